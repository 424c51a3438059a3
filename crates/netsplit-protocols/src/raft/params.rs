//! Parameters and flaws as documents and settings forms name them.

use netsplit_sim::describe::{Flaw, Param, ParamKind, Tampering};

const MS: u64 = 1_000_000;
const MINUTE: u64 = 60_000 * MS;

const fn duration(min: u64, default: u64) -> ParamKind {
    ParamKind::Duration { min, max: MINUTE, default }
}

/// Parameters, in the order a form shows them.
pub(super) const PARAMS: &[Param] = &[
    Param {
        name: "election_timeout_min",
        meaning: "Shortest time without word from a leader after which a server stands for election (§5.2).",
        kind: duration(MS, 150 * MS),
    },
    Param {
        name: "election_timeout_max",
        meaning: "Longest such time; each server draws its own anew, so that one usually comes first (§5.2).",
        kind: duration(MS, 300 * MS),
    },
    Param {
        name: "heartbeat_interval",
        meaning: "From one heartbeat of a leader to the next; shorter than any election timeout (§5.2).",
        kind: duration(MS / 10, 50 * MS),
    },
    Param {
        name: "read_mode",
        meaning: "How reads are served (§8).",
        kind: ParamKind::Choice {
            options: &[
                ("log", "As an entry of the log, like a write."),
                (
                    "read_index",
                    "By the leader from its own state, once a majority confirmed that it still leads.",
                ),
                (
                    "lease",
                    "By the leader at once, while a majority promised not to elect another; needs clocks \
                     that drift little.",
                ),
                ("local", "By whoever believes itself leader, asking nobody: may be stale."),
            ],
        },
    },
    Param {
        name: "leader_noop",
        meaning: "Whether a leader begins its term with an empty entry, which commits everything before it; \
                  without it read_index and lease reads wait for the first write of the term (§8).",
        kind: ParamKind::Switch { default: true },
    },
    Param {
        name: "backtracking",
        meaning: "How a leader finds where a follower's log departs from its own (§5.3).",
        kind: ParamKind::Choice {
            options: &[
                ("one", "One entry back for each refusal, as in Figure 2."),
                ("conflict_term", "One term back for each refusal, by what the follower tells of its log."),
            ],
        },
    },
    Param {
        name: "max_entries_per_append",
        meaning: "Most entries in one AppendEntries.",
        kind: ParamKind::Count { min: 1, max: 1_000, default: 64 },
    },
    Param {
        name: "pre_vote",
        meaning: "Whether a server asks if it could win before it enters a new term, so that one that was \
                  cut off does not depose a healthy leader when it returns (dissertation §9.6).",
        kind: ParamKind::Switch { default: false },
    },
    Param {
        name: "check_quorum",
        meaning: "Whether a leader that has not heard from a majority for election_timeout_max steps down \
                  (dissertation §6.2).",
        kind: ParamKind::Switch { default: false },
    },
    Param {
        name: "disregard_request_vote",
        meaning: "Whether a server ignores RequestVote within the minimum election timeout of hearing from \
                  a leader; unlike pre_vote this also covers removed servers (§6). Leases imply it.",
        kind: ParamKind::Switch { default: false },
    },
    Param {
        name: "clock_drift_bound",
        meaning: "How far from true time a clock may run, in parts per million: leases are shortened to \
                  allow for it, and hold no longer than clocks keep to it.",
        kind: ParamKind::Count { min: 0, max: 500_000, default: 10_000 },
    },
    Param {
        name: "client_retry",
        meaning: "How long a client waits for a server's answer before it asks the next server.",
        kind: duration(MS, 100 * MS),
    },
    Param {
        name: "client_timeout",
        meaning: "How long a client waits in all before it gives up, not knowing what became of its request.",
        kind: duration(MS, 1_000 * MS),
    },
];

/// Parameters that every server can have of its own: when it acts, and how it answers for itself.
pub(super) const ROLLOUTS: &[&str] =
    &["election_timeout_min", "election_timeout_max", "heartbeat_interval", "pre_vote", "check_quorum"];

/// What somebody on the way can do to a message; see [`Message::raise_term`](super::Message::raise_term).
pub(super) const TAMPERS: &[Tampering] = &[Tampering {
    name: "raise its term by ten",
    meaning: "The message claims a term that nobody has entered; whoever believes it enters it (§5.1).",
}];

/// Rules that can be broken on purpose.
pub(super) const FLAWS: &[Flaw] = &[
    Flaw {
        name: "commit-old-terms",
        meaning: "A leader commits entries of older terms by counting replicas, against §5.4.2 (Figure 8).",
    },
    Flaw {
        name: "vote-not-persisted",
        meaning: "A restarted server has forgotten its vote and can vote again in the same term, against \
                  Figure 2.",
    },
    Flaw {
        name: "reply-before-durable",
        meaning: "Servers answer before their disk has stored what they acknowledge, against Figure 2.",
    },
    Flaw {
        name: "majority-of-live",
        meaning: "A majority is counted among the servers heard from lately instead of all servers, \
                  against §5.2 and §5.3.",
    },
    Flaw {
        name: "count-stale-votes",
        meaning: "A candidate counts votes that it was given in an older term, against §5.1 and §5.2.",
    },
    Flaw {
        name: "commit-last-index",
        meaning: "A follower takes all of its log for committed up to leaderCommit, also what this leader \
                  has not confirmed, against rule 5 of AppendEntries in Figure 2.",
    },
];
