//! What never changes about the register: names, shapes, timers and properties.

use netsplit_sim::describe::{About, MessageKind, Property, Role, Shape, TimerKind, Tone};
use netsplit_sim::history::Function;

use super::cards::{DEPARTURES, INTOLERABLE, MODEL_CARD, RULE_CARD};
use super::params::{FLAWS, PARAMS, ROLLOUTS};
use super::rules::RULES;

/// Positions in the table of roles.
pub(super) mod role {
    pub(crate) const REPLICA: u16 = 0;
    pub(crate) const COORDINATOR: u16 = 1;
    pub(crate) const PRIMARY: u16 = 2;
    pub(crate) const BACKUP: u16 = 3;
    pub(crate) const CLIENT: u16 = 4;
}

/// Positions in the table of properties.
pub(super) mod property {
    pub(crate) const ACKNOWLEDGED_ON_MAJORITY: u16 = 0;
    pub(crate) const ONE_VALUE_PER_TAG: u16 = 1;
    pub(crate) const FAILED_NOWHERE_STORED: u16 = 2;
    pub(crate) const ONE_PRIMARY: u16 = 3;
    pub(crate) const REPLICAS_ONLY_GROW: u16 = 4;
    pub(crate) const NOTHING_INVENTED: u16 = 5;
}

/// The register, described.
pub(super) static ABOUT: About = About {
    name: "register",
    title: "Register",
    summary: "One key-value store on several servers, in three designs: what does it answer while a wall \
              stands?",
    roles: ROLES,
    messages: MESSAGES,
    rules: RULES,
    timers: TIMERS,
    params: PARAMS,
    rollouts: ROLLOUTS,
    flaws: FLAWS,
    properties: PROPERTIES,
    replica_choice: true,
    orders: &[],
    tampers: &[],
    functions: FUNCTIONS,
    rule_card: || RULE_CARD,
    model_card: || MODEL_CARD,
    departures: || DEPARTURES,
    intolerable: INTOLERABLE,
};

/// In the order in which a form offers them; which of them a key can do is up to the design.
const FUNCTIONS: &[Function] =
    &[Function::Read, Function::Write, Function::Cas, Function::Add, Function::Remove];

const ROLES: &[Role] = &[
    Role { name: "replica", letter: 'R', tone: Tone::Plain, shape: Shape::Circle },
    Role { name: "coordinator", letter: 'C', tone: Tone::Contend, shape: Shape::Diamond },
    Role { name: "primary", letter: 'P', tone: Tone::Lead, shape: Shape::Hexagon },
    Role { name: "backup", letter: 'B', tone: Tone::Plain, shape: Shape::Circle },
    Role { name: "client", letter: 'c', tone: Tone::Client, shape: Shape::Square },
];

const fn kind(name: &'static str, short: &'static str, letter: char, tone: Tone) -> MessageKind {
    MessageKind { name, short, letter, tone }
}

/// In the order of `Message::kind`.
const MESSAGES: &[MessageKind] = &[
    kind("query", "query", 'Q', Tone::Contend),
    kind("query reply", "value", 'q', Tone::Assent),
    kind("store", "store", 'S', Tone::Lead),
    kind("store reply", "stored", 's', Tone::Assent),
    kind("replicate", "replicate", 'R', Tone::Lead),
    kind("compare", "same?", '?', Tone::Info),
    kind("exchange", "exchange", 'E', Tone::Info),
    kind("heartbeat", "heartbeat", 'h', Tone::Lead),
    kind("heartbeat reply", "here", 'r', Tone::Assent),
    kind("transfer", "transfer", 'T', Tone::Lead),
    kind("transfer reply", "taken", 't', Tone::Assent),
    kind("forward", "forward", 'F', Tone::Client),
    kind("client request", "request", 'w', Tone::Client),
    kind("client reply", "answer", '✓', Tone::Client),
];

/// What a primary sends to show that it is there.
const WORD_OF_PRIMARY: &[u8] = &[7];
/// Client replies.
const ANSWER: &[u8] = &[13];
/// What a coordinator or a primary waits for.
const REPLIES: &[u8] = &[1, 3, 10];

const fn timer(name: &'static str, on_stage: bool, reset_by: &'static [u8]) -> TimerKind {
    TimerKind { name, on_stage, reset_by }
}

/// In the order of the timer names; the last one is the clients'.
const TIMERS: &[TimerKind] = &[
    timer("retry timer", true, REPLIES),
    timer("anti-entropy timer", false, &[]),
    timer("heartbeat timer", false, &[]),
    timer("failover timer", true, WORD_OF_PRIMARY),
    timer("client timeout", true, ANSWER),
];

const fn property(
    headline: bool,
    name: &'static str,
    title: &'static str,
    meaning: &'static str,
    section: &'static str,
) -> Property {
    Property { name, title, meaning, headline, section }
}

const PROPERTIES: &[Property] = &[
    property(
        true,
        "acknowledged-on-majority",
        "Acknowledged on a majority",
        "cp: when a client is answered by a majority, a majority of the disks holds a tag at least as high as \
         that of what it read or wrote.",
        "§3",
    ),
    property(
        true,
        "one-value-per-tag",
        "One value per tag",
        "cp: two replicas that hold the same tag under a key hold the same value.",
        "§3",
    ),
    property(
        true,
        "failed-nowhere-stored",
        "Failed means never",
        "An update that a client was told has failed is stored nowhere.",
        "",
    ),
    property(
        true,
        "one-primary",
        "One primary",
        "ca: at most one server acts as primary at any time; it needs a network that is never cut.",
        "",
    ),
    property(
        false,
        "replicas-only-grow",
        "Replicas only grow",
        "cp and ap: what a replica has durably stored is replaced only by what follows it.",
        "§3",
    ),
    property(
        false,
        "nothing-invented",
        "Nothing invented",
        "ap with siblings, counters and sets: no replica knows of more updates through a server than that \
         server has made.",
        "",
    ),
];
