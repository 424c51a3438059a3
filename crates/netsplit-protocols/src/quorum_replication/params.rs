//! Parameters and flaws as documents and settings forms name them.

use netsplit_sim::describe::{Flaw, Param, ParamKind};

use super::ring::MOST_REPLICAS;

const MS: u64 = 1_000_000;
const MINUTE: u64 = 60_000 * MS;

const fn duration(default: u64) -> ParamKind {
    ParamKind::Duration { min: MS / 1_000, max: 60 * MINUTE, default }
}

const fn replicas(default: u64) -> ParamKind {
    ParamKind::Count { min: 1, max: MOST_REPLICAS as u64, default }
}

/// Parameters, in the order a form shows them.
pub(super) const PARAMS: &[Param] = &[
    Param { name: "n", meaning: "N: how many servers store each key (§4.3).", kind: replicas(3) },
    Param {
        name: "r",
        meaning: "R: how many of them must answer a read, unless the operation says otherwise (§4.5).",
        kind: replicas(2),
    },
    Param {
        name: "w",
        meaning: "W: how many of them must acknowledge a write, unless the operation says otherwise (§4.5).",
        kind: replicas(2),
    },
    Param {
        name: "quorum",
        meaning: "Who counts towards R and W while homes of a key are unreachable (§4.6).",
        kind: ParamKind::Choice {
            options: &[
                ("strict", "Only the N homes of the key."),
                ("sloppy", "The first N servers of the preference list that seem healthy: stand-ins count."),
            ],
        },
    },
    Param {
        name: "hinted_handoff",
        meaning: "Whether a stand-in hands what it keeps over to the home once that is back (§4.6).",
        kind: ParamKind::Switch { default: true },
    },
    Param {
        name: "read_repair",
        meaning: "Whether the coordinator of a read updates replicas that answered with old versions (§5).",
        kind: ParamKind::Switch { default: true },
    },
    Param {
        name: "anti_entropy",
        meaning: "Whether replicas compare Merkle trees of what they share, and exchange what differs (§4.7).",
        kind: ParamKind::Switch { default: false },
    },
    Param {
        name: "reconciliation",
        meaning: "How versions that differ become one (§4.4).",
        kind: ParamKind::Choice {
            options: &[
                (
                    "siblings",
                    "By version vectors: what is older goes, what is concurrent stays side by side until \
                     a client that read it writes.",
                ),
                (
                    "last_writer_wins",
                    "By timestamps of the coordinators' clocks: the latest stays, however the clocks go.",
                ),
            ],
        },
    },
    Param {
        name: "propagation",
        meaning: "Whom the coordinator of a write sends it to.",
        kind: ParamKind::Choice {
            options: &[
                ("all", "All N homes, of which W must answer."),
                ("only_w", "W homes drawn at random and nobody else: the model of k-staleness, not Dynamo."),
            ],
        },
    },
    Param {
        name: "members",
        meaning: "How many servers own parts of the ring at first, counted from n1; the others only \
                  coordinate. 0: all of them.",
        kind: ParamKind::Count { min: 0, max: 100, default: 0 },
    },
    Param {
        name: "virtual_nodes",
        meaning: "How many positions each member has on the ring (§4.2).",
        kind: ParamKind::Count { min: 1, max: 64, default: 4 },
    },
    Param {
        name: "ring",
        meaning: "Which circle: another number gives members other positions, and keys other homes.",
        kind: ParamKind::Count { min: 0, max: 1_000_000, default: 0 },
    },
    Param {
        name: "sync_writes",
        meaning: "Whether a replica acknowledges a write only once it is on disk; otherwise it trusts its \
                  memory, as the write buffer of §6.1 does, and a crash loses what is in it.",
        kind: ParamKind::Switch { default: true },
    },
    Param {
        name: "replica_timeout",
        meaning: "How long a coordinator waits for a replica before it suspects it, and turns to a stand-in \
                  if the quorum is sloppy.",
        kind: duration(100 * MS),
    },
    Param {
        name: "request_timeout",
        meaning: "How long a coordinator tries in all before it tells its client that it does not know.",
        kind: duration(400 * MS),
    },
    Param {
        name: "probe_interval",
        meaning: "From one look at suspected servers to the next (§4.8.3).",
        kind: duration(500 * MS),
    },
    Param {
        name: "handoff_interval",
        meaning: "From one attempt to hand over hints and moved keys to the next.",
        kind: duration(500 * MS),
    },
    Param {
        name: "anti_entropy_interval",
        meaning: "How often each server compares Merkle trees with one other.",
        kind: duration(1_000 * MS),
    },
    Param {
        name: "client_timeout",
        meaning: "How long a client waits before it gives up, not knowing what became of its request.",
        kind: duration(1_000 * MS),
    },
];

/// Rules that can be broken on purpose.
pub(super) const FLAWS: &[Flaw] = &[
    Flaw {
        name: "blind-repair",
        meaning: "Read repair writes the first answer back without comparing versions, against §5.",
    },
    Flaw {
        name: "hints-dropped",
        meaning: "A restarted server has forgotten what it kept for others, against §4.6.",
    },
    Flaw {
        name: "dots-reused",
        meaning: "A restarted server names its writes from one again, so that a new write can pass for an \
                  old one, against §4.4.",
    },
    Flaw {
        name: "ack-before-durable",
        meaning: "Replicas acknowledge before their disk has stored what they acknowledge, although \
                  sync_writes is on.",
    },
];
