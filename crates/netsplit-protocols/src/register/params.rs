//! Parameters and flaws as documents and settings forms name them.

use netsplit_sim::describe::{Flaw, Param, ParamKind};

const MS: u64 = 1_000_000;
const MINUTE: u64 = 60_000 * MS;

const fn duration(min: u64, default: u64) -> ParamKind {
    ParamKind::Duration { min, max: MINUTE, default }
}

/// Parameters, in the order a form shows them.
pub(super) const PARAMS: &[Param] = &[
    Param {
        name: "design",
        meaning: "What is given up while a wall stands.",
        kind: ParamKind::Choice {
            options: &[
                (
                    "cp",
                    "Availability: reads and writes ask a majority twice, and a side without one does not \
                     answer (Lynch and Shvartsman 1997).",
                ),
                (
                    "ap",
                    "Consistency: every replica answers at once from what it has, and tells the others \
                     afterwards.",
                ),
                (
                    "ca",
                    "Nothing, since it assumes that there are no walls: a primary stores every write at all \
                     backups before it answers.",
                ),
            ],
        },
    },
    Param {
        name: "reconcile",
        meaning: "ap: what becomes of updates that did not know of each other.",
        kind: ParamKind::Choice {
            options: &[
                ("lww", "The last writer wins, by the clocks of the servers; the other write is lost."),
                (
                    "siblings",
                    "Both stay, told apart by version vectors, until a client that read both writes.",
                ),
                ("crdt", "They are merged, as data_type says; no update is lost."),
            ],
        },
    },
    Param {
        name: "data_type",
        meaning: "ap with crdt: what a key holds.",
        kind: ParamKind::Choice {
            options: &[
                ("counter", "A number that is added to (PN-counter)."),
                ("set", "A set; an addition wins over a removal that had not seen it (OR-set)."),
                ("register", "A value; concurrent ones stay side by side (multi-value register)."),
            ],
        },
    },
    Param {
        name: "failover",
        meaning: "ca: whether the backups replace a primary that they do not hear from; otherwise everybody \
                  waits for it.",
        kind: ParamKind::Switch { default: false },
    },
    Param {
        name: "retry_interval",
        meaning: "How long a coordinator or primary waits for replicas before it asks those again that have \
                  not answered.",
        kind: duration(MS, 80 * MS),
    },
    Param {
        name: "attempts",
        meaning: "How many times replicas are asked before the coordinator gives up: it refuses what nobody \
                  has stored yet, and says of all else that it does not know.",
        kind: ParamKind::Count { min: 1, max: 100, default: 4 },
    },
    Param {
        name: "anti_entropy_interval",
        meaning: "ap: from one comparison with another replica to the next, which brings what was lost on \
                  the way.",
        kind: duration(MS, 400 * MS),
    },
    Param {
        name: "heartbeat_interval",
        meaning: "ca with failover: from one heartbeat of the primary to the next.",
        kind: duration(MS, 50 * MS),
    },
    Param {
        name: "failover_timeout",
        meaning: "ca with failover: how long the next in line waits for word from the primary before it \
                  takes over; the one after it waits twice as long, and so on.",
        kind: duration(MS, 200 * MS),
    },
    Param {
        name: "client_timeout",
        meaning: "How long a client waits before it gives up, not knowing what became of its request.",
        kind: duration(MS, 1_000 * MS),
    },
];

/// Parameters that every server can have of its own: how often it asks and compares, and its patience.
pub(super) const ROLLOUTS: &[&str] =
    &["retry_interval", "attempts", "anti_entropy_interval", "heartbeat_interval", "failover_timeout"];

/// Rules that can be broken on purpose.
pub(super) const FLAWS: &[Flaw] = &[
    Flaw {
        name: "read-without-write-back",
        meaning: "cp: a read answers after its first round trip, without making sure that a majority has \
                  stored what it read; a later read may see an older value.",
    },
    Flaw {
        name: "tag-without-client",
        meaning: "cp: tags are bare numbers, so that two writers can take the same one for different values.",
    },
    Flaw {
        name: "timeout-is-failure",
        meaning: "cp: a coordinator that runs out of time reports a write as failed, although some replica \
                  has stored it and it may come true.",
    },
    Flaw {
        name: "merge-by-sum",
        meaning: "ap with counters: replicas add up what they tell each other instead of taking the higher \
                  number, so that what is told twice counts twice.",
    },
];
