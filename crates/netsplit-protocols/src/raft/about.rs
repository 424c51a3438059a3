//! What never changes about Raft: names, shapes, timers and properties.

use netsplit_sim::describe::{About, MessageKind, Property, Role, Shape, TimerKind, Tone};
use netsplit_sim::history::Function;

use super::cards::{DEPARTURES, INTOLERABLE, MODEL_CARD, RULE_CARD};
use super::params::{FLAWS, PARAMS, ROLLOUTS, TAMPERS};
use super::rules::RULES;

/// Positions in the table of roles.
pub(super) mod role {
    pub(crate) const FOLLOWER: u16 = 0;
    pub(crate) const CANDIDATE: u16 = 1;
    pub(crate) const LEADER: u16 = 2;
    pub(crate) const PRE_CANDIDATE: u16 = 3;
    pub(crate) const CLIENT: u16 = 4;
}

/// Positions in the table of properties.
pub(super) mod property {
    pub(crate) const ELECTION_SAFETY: u16 = 0;
    pub(crate) const LEADER_APPEND_ONLY: u16 = 1;
    pub(crate) const LOG_MATCHING: u16 = 2;
    pub(crate) const LEADER_COMPLETENESS: u16 = 3;
    pub(crate) const STATE_MACHINE_SAFETY: u16 = 4;
    pub(crate) const TERMS_MONOTONE: u16 = 5;
    pub(crate) const ONE_VOTE_PER_TERM: u16 = 6;
    pub(crate) const COMMIT_INDEX_MONOTONE: u16 = 7;
    pub(crate) const COMMIT_INDEX_TRUE: u16 = 8;
}

/// Raft, described.
pub(super) static ABOUT: About = About {
    name: "raft",
    title: "Raft",
    summary: "Servers agree on one log of commands: they elect a leader, which appends commands and has \
              a majority store them before they count.",
    roles: ROLES,
    messages: MESSAGES,
    rules: RULES,
    timers: TIMERS,
    functions: &[Function::Read, Function::Write, Function::Cas],
    replica_choice: false,
    orders: &[],
    tampers: TAMPERS,
    params: PARAMS,
    rollouts: ROLLOUTS,
    flaws: FLAWS,
    properties: PROPERTIES,
    rule_card: || RULE_CARD,
    model_card: || MODEL_CARD,
    departures: || DEPARTURES,
    intolerable: INTOLERABLE,
};

const ROLES: &[Role] = &[
    Role { name: "follower", letter: 'F', tone: Tone::Plain, shape: Shape::Circle },
    Role { name: "candidate", letter: 'C', tone: Tone::Contend, shape: Shape::Diamond },
    Role { name: "leader", letter: 'L', tone: Tone::Lead, shape: Shape::Hexagon },
    Role { name: "pre-candidate", letter: 'P', tone: Tone::Contend, shape: Shape::Diamond },
    Role { name: "client", letter: 'c', tone: Tone::Client, shape: Shape::Square },
];

const fn kind(name: &'static str, short: &'static str, letter: char, tone: Tone) -> MessageKind {
    MessageKind { name, short, letter, tone }
}

/// In the order of `Message::kind`.
const MESSAGES: &[MessageKind] = &[
    kind("RequestVote", "vote?", 'V', Tone::Contend),
    kind("RequestVote reply", "vote", 'v', Tone::Assent),
    kind("PreVote", "would you?", 'P', Tone::Contend),
    kind("PreVote reply", "would", 'p', Tone::Assent),
    kind("heartbeat", "heartbeat", 'h', Tone::Lead),
    kind("AppendEntries", "entries", 'A', Tone::Lead),
    kind("AppendEntries reply", "reply", 'r', Tone::Assent),
    kind("client request", "request", 'w', Tone::Client),
    kind("client reply", "answer", '✓', Tone::Client),
];

/// What a leader sends to keep its authority (§5.2): heartbeats, and AppendEntries with entries.
const WORD_OF_LEADER: &[u8] = &[4, 5];
/// Client replies.
const ANSWER: &[u8] = &[8];

const fn timer(name: &'static str, on_stage: bool, reset_by: &'static [u8]) -> TimerKind {
    TimerKind { name, on_stage, reset_by }
}

/// In the order of the timer names; the last two are the clients'.
const TIMERS: &[TimerKind] = &[
    timer("election timer", true, WORD_OF_LEADER),
    timer("heartbeat timer", true, &[]),
    timer("leader-is-near timer", false, WORD_OF_LEADER),
    timer("quorum check timer", false, &[]),
    timer("client retry timer", false, ANSWER),
    timer("client timeout", true, ANSWER),
];

const fn headline(
    name: &'static str,
    title: &'static str,
    meaning: &'static str,
    section: &'static str,
) -> Property {
    Property { name, title, meaning, headline: true, section }
}

const fn law(
    name: &'static str,
    title: &'static str,
    meaning: &'static str,
    section: &'static str,
) -> Property {
    Property { name, title, meaning, headline: false, section }
}

const PROPERTIES: &[Property] = &[
    headline("election-safety", "Election safety", "At most one leader is elected in a given term.", "§5.2"),
    headline(
        "leader-append-only",
        "Leader append-only",
        "A leader never overwrites or deletes entries in its log; it only appends new ones.",
        "§5.3",
    ),
    headline(
        "log-matching",
        "Log matching",
        "If two logs contain an entry with the same index and term, they are identical up to that index.",
        "§5.3",
    ),
    headline(
        "leader-completeness",
        "Leader completeness",
        "An entry committed in a term is in the logs of the leaders of all higher terms.",
        "§5.4",
    ),
    headline(
        "state-machine-safety",
        "State machine safety",
        "If a server has applied an entry at an index, no other server ever applies another one there.",
        "§5.4.3",
    ),
    law("terms-monotone", "Terms increase", "The current term of a server never decreases.", "§5.1"),
    law(
        "one-vote-per-term",
        "One vote per term",
        "A server gives its vote to at most one candidate in a given term.",
        "§5.2",
    ),
    law(
        "commit-index-monotone",
        "Commit index increases",
        "The commit index of a server never decreases while it runs.",
        "Figure 2",
    ),
    law(
        "commit-index-true",
        "Commit index tells the truth",
        "What a server takes for committed is on a majority of disks, stored there by a leader in its own \
         term.",
        "§5.4.2",
    ),
];
