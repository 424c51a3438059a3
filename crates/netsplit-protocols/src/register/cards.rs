//! The register's cards: its rules, its model and its departures in a few lines each.

use netsplit_sim::describe::Assumption;

/// The rules in short.
pub(super) const RULE_CARD: &[(&str, &str)] = &[
    (
        "cp, §3",
        "Every value has a tag: a number, and the writer to break ties. A replica keeps the value of the \
         highest tag it was told.",
    ),
    (
        "cp, §3",
        "A write asks a majority for its tags, takes the next higher number, and has a majority store the \
         value under it.",
    ),
    (
        "cp, §3",
        "A read asks a majority, takes the value of the highest tag, and has a majority store that before it \
         answers: whoever reads later sees it too.",
    ),
    (
        "cp",
        "Who cannot finish the first round trip refuses: nobody has stored anything. Who cannot finish the \
         second says that it does not know.",
    ),
    ("ap", "A replica answers from what it has, at once, and then tells all others."),
    (
        "ap",
        "Replicas compare their stores now and then and join what differs: after a wall is gone they become \
         the same.",
    ),
    (
        "ap",
        "Joining is by clock (lww), by version vector (siblings), or by the data type itself (counter, set).",
    ),
    ("ca", "The primary does one thing after the other and answers a write once all backups have stored it."),
    (
        "ca",
        "With failover the primary drops backups that do not answer, and backups replace a primary that they \
         do not hear from. Both are right only if silence means death.",
    ),
];

/// What is assumed, and what is promised as long as that holds.
pub(super) const MODEL_CARD: &[(&str, &str)] = &[
    (
        "assumes of the network",
        "cp, ap: messages may be slow, lost, doubled or out of order; none are forged. ca: none is lost for \
         long, and with failover none is slow.",
    ),
    ("assumes of servers", "They may crash, pause and restart. What was written durably stays."),
    ("assumes of clocks", "Nothing, except lww: there the order of writes is the order of the clocks."),
    (
        "cp promises",
        "Linearizability, always. An answer as long as a majority is up and linked; never on a side without \
         one.",
    ),
    (
        "ap promises",
        "An answer from every server that is up, always. Replicas that have heard of the same updates are \
         the same. Not linearizability, with or without a wall.",
    ),
    ("ca promises", "Linearizability and answers, until a wall falls: then it loses one or both."),
    (
        "does not promise",
        "cp, ap: compare-and-set, which needs consensus. Any design: what became of a request that was \
         answered with “unknown” or not at all.",
    ),
];

/// Where this implementation departs from the papers, and why.
pub(super) const DEPARTURES: &[(&str, &str)] = &[
    (
        "Servers coordinate",
        "In the paper the client itself asks the replicas. Here it asks one server, which does it for the \
         client, as stores of today do; the tag still names the client.",
    ),
    (
        "A tag names the client's operation too",
        "A client that never learned what became of a write may take the same number again. To the \
         algorithm it is a new client.",
    ),
    (
        "Coordinators give up",
        "The paper waits forever. Here a client is told after some attempts, so that a page has something to \
         show: refused if nobody has stored anything, unknown otherwise.",
    ),
    (
        "Operations may ask for less",
        "With fewer than a majority of replicas a cp read answers after one round trip, or none, without \
         storing what it read: quick, and perhaps stale (the EL of PACELC).",
    ),
    ("The initial value is stored too", "A read before the first write also has two round trips."),
];

/// Faults under which the properties need not hold.
pub(super) const INTOLERABLE: &[(Assumption, &str)] = &[(
    Assumption::StableStorage,
    "the register relies on disks: a server that lost its disk has forgotten what it said it had stored",
)];
