//! Looking for a scenario or a lesson by a word: also by those that people use and that its title does not say.

/// What somebody looks for: every word of it must be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    words: Vec<String>,
}

impl Wanted {
    /// Words in any case, apart by spaces.
    pub fn new(words: &str) -> Self {
        Self { words: words.split_whitespace().map(str::to_lowercase).collect() }
    }

    /// Whether each word stands in one of the texts, or in what people call the thing of this name.
    pub fn finds(&self, name: &str, texts: &[&str]) -> bool {
        let mut all: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
        all.extend(also_called(name).map(str::to_owned));
        self.words.iter().all(|word| all.iter().any(|text| text.contains(word)))
    }
}

/// What people call the thing of this name, scenario or lesson, besides its own words.
pub fn also_called(name: &str) -> impl Iterator<Item = &'static str> {
    CALLED.iter().filter(move |(_, names)| names.contains(&name)).map(|(words, _)| *words)
}

/// Every name in the table below, for a test that each is there.
pub fn named() -> impl Iterator<Item = &'static str> {
    CALLED.iter().flat_map(|(_, names)| names.iter().copied())
}

/// The field's words, lower case, and the scenarios that show what they mean.
const CALLED: &[(&str, &[&str])] = &[
    (
        "split brain, split-brain, two leaders, two primaries",
        &["raft/minority-leader", "register/ca-splits-its-brain", "raft/stale-local-read"],
    ),
    (
        "stale read, staleness, old value",
        &[
            "raft/stale-local-read",
            "raft/read-index-not-stale",
            "quorum-replication/stale-read",
            "quorum-replication/slow-replica",
            "quorum-replication/sloppy-misses-a-write",
            "quorum-replication/new-then-old",
            "register/ap-lab",
        ],
    ),
    (
        "lost update, lost write, data loss, overwritten",
        &[
            "register/ap-last-writer-wins",
            "register/ap-skewed-clock",
            "register/ca-splits-its-brain",
            "quorum-replication/skewed-clock",
            "raft/minority-leader",
            "raft/amnesia-entry",
        ],
    ),
    (
        "eventual consistency, conflict, merge, converge, crdt",
        &[
            "register/ap-lab",
            "register/ap-siblings",
            "register/ap-last-ticket",
            "quorum-replication/siblings",
            "quorum-replication/merkle-trees",
        ],
    ),
    (
        "network partition, netsplit",
        &[
            "raft/minority-leader",
            "raft/partial-partition",
            "raft/four-nodes-two-and-two",
            "register/cp-lab",
            "register/ap-lab",
            "quorum-replication/lab",
        ],
    ),
    (
        "asymmetric partition, one way, gray failure",
        &[
            "raft/follower-hears-nothing-but-is-heard",
            "raft/leader-sends-but-hears-nothing",
            "raft/leader-sends-but-hears-nothing-check-quorum",
            "raft/partial-partition",
        ],
    ),
    ("linearizable, linearizability", &["register/cp-lab", "register/ap-lab", "raft/read-index-not-stale"]),
    (
        "timeout, unknown outcome, indeterminate",
        &[
            "register/cp-unknown-write-comes-true",
            "register/cp-failed-write-comes-true",
            "quorum-replication/unacknowledged-write-comes-true",
            "raft/retry-takes-effect-once",
        ],
    ),
    ("exactly once, idempotent, idempotency, duplicate", &["raft/retry-takes-effect-once"]),
    (
        "clock skew, drift, last write wins, lww",
        &["register/ap-skewed-clock", "quorum-replication/skewed-clock", "register/ap-last-writer-wins"],
    ),
    ("failover, crash, dead node", &["raft/leader-crash", "register/ca-splits-its-brain"]),
    ("durability, fsync, disk", &["raft/amnesia-vote", "raft/amnesia-entry"]),
    ("latency, trade-off", &["register/pacelc"]),
    ("livelock, disruptive server", &["raft/split-vote", "raft/wall-round-one-follower"]),
    (
        "hinted handoff, sloppy quorum, consistent hashing",
        &["quorum-replication/zone-outage", "quorum-replication/server-joins"],
    ),
    ("anti-entropy, repair", &["quorum-replication/read-repair", "quorum-replication/merkle-trees"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Vec<&'static str> {
        let wanted = Wanted::new(words);
        let items = crate::gallery::gallery().iter();
        items
            .filter(|item| wanted.finds(item.path, &[item.title, item.summary(), item.topic]))
            .map(|item| item.path)
            .collect()
    }

    #[test]
    fn the_words_of_the_field_find_what_shows_them() {
        for (words, path) in [
            ("split brain", "raft/minority-leader"),
            ("Stale", "quorum-replication/stale-read"),
            ("lost update", "register/ap-last-writer-wins"),
            ("idempotency", "raft/retry-takes-effect-once"),
            ("hinted handoff", "quorum-replication/zone-outage"),
        ] {
            assert!(found(words).contains(&path), "{words} finds {:?}", found(words));
        }
    }

    #[test]
    fn every_word_must_be_found_and_none_is_always_found() {
        assert_eq!(found(" ").len(), crate::gallery::gallery().len());
        assert!(found("stale zebra").is_empty());
        assert!(found("stale").len() > found("stale wall").len());
    }

    #[test]
    fn every_name_in_the_table_is_in_the_gallery() {
        let missing: Vec<_> = named().filter(|name| crate::gallery::find(name).is_none()).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }
}
