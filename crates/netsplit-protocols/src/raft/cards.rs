//! Raft's cards: its rules, its model and its departures in a few lines each.

use netsplit_sim::describe::Assumption;

/// The rules in short.
pub(super) const RULE_CARD: &[(&str, &str)] = &[
    ("§5.1", "Who sees a higher term adopts it and becomes a follower. Older terms are refused."),
    (
        "§5.2",
        "Who hears from no leader for an election timeout enters a new term, votes for itself and \
         asks all others.",
    ),
    (
        "§5.2",
        "A server votes once per term, first come, first served. A majority of all servers makes \
         a leader.",
    ),
    (
        "§5.3",
        "The leader appends commands to its log and sends them to all. A follower takes only what \
         fits after the entry it names.",
    ),
    ("§5.3", "A follower deletes entries only where a new one conflicts; the leader never deletes any."),
    (
        "§5.4.1",
        "No vote for a candidate whose log is less up-to-date: older last term, or same last term \
         and shorter.",
    ),
    (
        "§5.4.2",
        "An entry is committed once its leader, still in that entry's term, has it on a majority. \
         Older entries are committed with it, never by counting.",
    ),
    ("Figure 2", "Term, vote and log are on disk before any answer that vouches for them leaves."),
    (
        "§8",
        "A retried command takes effect once. A read outside the log needs a proof that the \
         leader still leads.",
    ),
];

/// What is assumed, and what is promised as long as that holds.
pub(super) const MODEL_CARD: &[(&str, &str)] = &[
    ("assumes of the network", "Messages may be slow, lost, doubled or out of order; none are forged."),
    ("assumes of servers", "They may crash, pause and restart at any time. What was written durably stays."),
    (
        "assumes of clocks",
        "Nothing for safety: Raft never reads the time of day. Lease reads need clocks that drift \
         less than clock_drift_bound and are not set, and timers that are not fired by hand.",
    ),
    ("promises always", "The five safety properties, whatever is cut, slow or down."),
    (
        "promises with a majority up and linked",
        "A leader is elected and requests are answered, as long as messages take much less than \
         the election timeout.",
    ),
    (
        "does not promise",
        "Answers on a side without a majority; which operation of several at once comes first; \
         what became of a request that timed out.",
    ),
];

/// Where this implementation departs from the paper, and why.
pub(super) const DEPARTURES: &[(&str, &str)] = &[
    (
        "RPCs are pairs of one-way messages",
        "A reply names what it answers, since replies can come late, twice or out of order here.",
    ),
    (
        "RequestVote waits for the disk",
        "It vouches for a term, a vote and a log that a crash must not take back. The paper asks \
         this of replies.",
    ),
    (
        "New entries wait for the answer to those before",
        "One AppendEntries with entries is under way per follower; a heartbeat repeats it once a \
         whole round has gone unanswered. This bounds the traffic on slow links.",
    ),
    (
        "No snapshots and no membership changes",
        "§6 and §7 of the paper are not part of this playground yet; only the rule of §6 against \
         disruptive servers is.",
    ),
    ("Local reads", "With read_mode local only a server that believes itself leader answers."),
];

/// Faults under which the properties need not hold.
pub(super) const INTOLERABLE: &[(Assumption, &str)] = &[
    (
        Assumption::StableStorage,
        "Raft relies on disks: a server that lost its disk can vote twice in a term and forget \
         entries that were counted on it",
    ),
    (
        Assumption::BoundedDrift,
        "lease reads rely on clocks that drift less than clock_drift_bound; everything else in \
         Raft does not",
    ),
    (
        Assumption::GenuineMessages,
        "Raft believes what servers write to each other: whoever can write in their name can depose a \
         leader, and worse",
    ),
];
