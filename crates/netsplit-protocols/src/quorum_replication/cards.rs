//! The cards: rules, model and departures in a few lines each.

use netsplit_sim::describe::Assumption;

/// The rules in short.
pub(super) const RULE_CARD: &[(&str, &str)] = &[
    ("§4.2", "Servers stand at several places of a circle of hash values; a key stands at its own hash."),
    (
        "§4.3",
        "The first N different servers clockwise from a key are its homes, the head of its preference list.",
    ),
    (
        "§4.4",
        "Each write has a name and the past that its writer had read. A version that another follows goes; \
         concurrent ones stay side by side until a client that read them writes.",
    ),
    (
        "§4.5",
        "Any server coordinates: it sends a write to all N and answers after W; it asks all N and answers \
         after R. R + W > N makes any two such sets meet.",
    ),
    (
        "§4.6",
        "Sloppy: while homes are unreachable the next servers stand in, count, and hand over when the homes \
         are back.",
    ),
    ("§4.7", "Replicas compare Merkle trees, and exchange only what differs."),
    ("§4.8", "Servers join and leave one by one; keys move only from and to those whose part changes."),
    ("§5", "After a read the coordinator waits for the rest, and updates who answered with old versions."),
];

/// What is assumed, and what is promised as long as that holds.
pub(super) const MODEL_CARD: &[(&str, &str)] = &[
    ("assumes of the network", "Messages may be slow, lost, doubled or out of order; none are forged."),
    (
        "assumes of servers",
        "They may crash, pause and restart at any time. What was written durably stays, unless sync_writes \
         is off.",
    ),
    (
        "assumes of clocks",
        "Nothing with siblings. With last_writer_wins, that clocks agree: the later timestamp wins, whoever \
         wrote later.",
    ),
    (
        "promises always",
        "No version is given up but for one that follows it; a write is acknowledged only once W servers \
         have it; hints are kept until they are handed over.",
    ),
    (
        "promises once all is well again",
        "With read repair, hinted handoff or anti-entropy, replicas come to hold the same versions.",
    ),
    (
        "does not promise",
        "Linearizability, not even with R + W > N: a write under way can be read as new and then as old, \
         concurrent writes need not meet, and stand-ins need not be asked.",
    ),
];

/// Where this implementation departs from the paper, and why.
pub(super) const DEPARTURES: &[(&str, &str)] = &[
    (
        "Any server names a write",
        "In the paper a write is coordinated by one of the first N. Here a server that is no home coordinates \
         too, and remembers what it has named, so that versions keep an exact past.",
    ),
    (
        "Dotted version vectors",
        "The paper's vector clocks cannot tell two writes apart that reached one server with the same \
         context (Preguiça et al. 2010). A restarted server counts as another actor, so that no name is used \
         twice.",
    ),
    (
        "One Merkle tree per pair of servers",
        "The paper keeps one for the range of each virtual node. Here it covers the keys that both are homes \
         of, in 64 slices of the circle.",
    ),
    (
        "News of the ring go straight to everyone",
        "The paper gossips them from random server to random server. Here who joins or leaves tells all \
         others until each has answered.",
    ),
    (
        "Keys move at once",
        "The paper throttles this and confirms each range. Here a server passes keys on when it learns of \
         the change; until they have arrived a read at the new home finds nothing.",
    ),
    (
        "Silence is noticed by the operation under way",
        "A coordinator suspects who has not answered after replica_timeout, and only then turns to \
         stand-ins.",
    ),
    ("No deletes", "Nothing can be deleted, so nothing needs tombstones."),
];

/// Faults under which the properties need not hold.
pub(super) const INTOLERABLE: &[(Assumption, &str)] = &[(
    Assumption::StableStorage,
    "quorums count copies on disks: a server that lost its disk has forgotten writes that were counted on it",
)];
