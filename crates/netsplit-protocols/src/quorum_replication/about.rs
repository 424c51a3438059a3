//! What never changes about the protocol: names, shapes, timers, orders and properties.

use netsplit_sim::describe::{About, MessageKind, Order, Property, Role, Shape, TimerKind, Tone};
use netsplit_sim::history::Function;

use super::cards::{DEPARTURES, INTOLERABLE, MODEL_CARD, RULE_CARD};
use super::params::{FLAWS, PARAMS};
use super::rules::RULES;

/// Positions in the table of roles.
pub(super) mod role {
    pub(crate) const REPLICA: u16 = 0;
    pub(crate) const COORDINATOR: u16 = 1;
    pub(crate) const STAND_IN: u16 = 2;
    pub(crate) const OUTSIDE: u16 = 3;
    pub(crate) const CLIENT: u16 = 4;
}

/// Positions in the table of orders.
pub(super) mod order {
    use netsplit_sim::id::OrderName;

    pub(crate) const JOIN: OrderName = OrderName(0);
    #[cfg(test)]
    pub(crate) const LEAVE: OrderName = OrderName(1);
}

/// Positions in the table of properties.
pub(super) mod property {
    pub(crate) const VERSIONS_ADVANCE: u16 = 0;
    pub(crate) const SIBLINGS_CONCURRENT: u16 = 1;
    pub(crate) const ACKNOWLEDGED_STORED: u16 = 2;
    pub(crate) const NAMES_UNIQUE: u16 = 3;
    pub(crate) const HINTS_KEPT: u16 = 4;
}

/// Replication by quorums, described.
pub(super) static ABOUT: About = About {
    name: "quorum-replication",
    title: "Dynamo",
    summary: "Each key lives on N servers of a ring; any server writes to all of them and waits for W, or asks \
              all and waits for R.",
    roles: ROLES,
    messages: MESSAGES,
    rules: RULES,
    timers: TIMERS,
    functions: &[Function::Read, Function::Write],
    replica_choice: true,
    orders: ORDERS,
    tampers: &[],
    params: PARAMS,
    rollouts: &[],
    flaws: FLAWS,
    properties: PROPERTIES,
    rule_card: || RULE_CARD,
    model_card: || MODEL_CARD,
    departures: || DEPARTURES,
    intolerable: INTOLERABLE,
};

const ROLES: &[Role] = &[
    Role { name: "replica", letter: 'R', tone: Tone::Plain, shape: Shape::Circle },
    Role { name: "coordinator", letter: 'C', tone: Tone::Lead, shape: Shape::Hexagon },
    Role { name: "stand-in", letter: 'S', tone: Tone::Contend, shape: Shape::Diamond },
    Role { name: "not on the ring", letter: 'O', tone: Tone::Info, shape: Shape::Circle },
    Role { name: "client", letter: 'c', tone: Tone::Client, shape: Shape::Square },
];

const fn kind(name: &'static str, short: &'static str, letter: char, tone: Tone) -> MessageKind {
    MessageKind { name, short, letter, tone }
}

/// In the order of `Message::kind`; the first four are the legs of Bailis et al. 2012.
const MESSAGES: &[MessageKind] = &[
    kind("write", "write", 'W', Tone::Lead),
    kind("write ack", "ack", 'A', Tone::Assent),
    kind("read", "read", 'R', Tone::Contend),
    kind("read reply", "reply", 'S', Tone::Assent),
    kind("client request", "request", 'q', Tone::Client),
    kind("client reply", "answer", '✓', Tone::Client),
    kind("read repair", "repair", 'P', Tone::Lead),
    kind("handoff", "handoff", 'H', Tone::Info),
    kind("handoff ack", "taken", 'h', Tone::Assent),
    kind("ping", "ping", '?', Tone::Plain),
    kind("pong", "pong", '!', Tone::Plain),
    kind("ring", "ring", 'G', Tone::Info),
    kind("ring ack", "known", 'g', Tone::Assent),
    kind("Merkle tree", "tree", 'M', Tone::Info),
    kind("exchange", "exchange", 'X', Tone::Info),
];

const ORDERS: &[Order] = &[
    Order {
        name: "join",
        meaning: "Joins the ring with its virtual nodes, and takes its keys over (§4.8.1).",
    },
    Order { name: "leave", meaning: "Leaves the ring, and passes its keys on (§4.8.1)." },
];

const fn timer(name: &'static str, on_stage: bool, reset_by: &'static [u8]) -> TimerKind {
    TimerKind { name, on_stage, reset_by }
}

/// In the order of the timer names; the last is the clients'.
const TIMERS: &[TimerKind] = &[
    timer("patience", true, &[]),
    timer("probe timer", false, &[]),
    timer("handoff timer", true, &[8]),
    timer("comparison timer", false, &[]),
    timer("ring timer", false, &[12]),
    timer("client timeout", true, &[5]),
];

const fn headline(
    name: &'static str,
    title: &'static str,
    meaning: &'static str,
    section: &'static str,
) -> Property {
    Property { name, title, meaning, headline: true, section }
}

const PROPERTIES: &[Property] = &[
    headline(
        "versions-advance",
        "Versions advance",
        "A replica gives up a version only for one that follows it (by timestamps: for a later one).",
        "§4.4",
    ),
    headline(
        "siblings-concurrent",
        "Siblings are concurrent",
        "Of the versions that a replica keeps side by side, none follows another.",
        "§4.4",
    ),
    headline(
        "acknowledged-stored",
        "Acknowledged writes are stored",
        "When a client is told that its write is done, as many disks have it as its coordinator counted, as long \
         as the ring has not changed.",
        "§4.5",
    ),
    headline(
        "names-unique",
        "Versions have one name each",
        "No two values of a key are stored under the same name.",
        "§4.4",
    ),
    headline(
        "hints-kept",
        "Hints are kept",
        "A stand-in forgets what it keeps for a home only once that has it.",
        "§4.6",
    ),
];
