//! Convergence: whether all replicas hold the same. That they will is a promise that no run can refute; what can
//! be said is whether they do now, and whether anything under way could still change it.

use std::collections::{BTreeMap, BTreeSet};

use crate::history::{Key, Value};

/// What one replica holds. A key that it does not name is [`Value::Absent`].
pub type Replica = BTreeMap<Key, Value>;

/// Whether replicas hold the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// All hold the same, or there is only one.
    Equal,
    /// Not all hold the same under these keys.
    Differ(BTreeSet<Key>),
}

impl Agreement {
    /// Compares replicas.
    pub fn of(replicas: &[Replica]) -> Self {
        let held = |replica: &Replica, key: &Key| replica.get(key).cloned().unwrap_or_default();
        let keys: BTreeSet<Key> = replicas.iter().flat_map(|replica| replica.keys().copied()).collect();
        let differ = |key: &Key| replicas.windows(2).any(|pair| held(&pair[0], key) != held(&pair[1], key));
        let differ: BTreeSet<Key> = keys.into_iter().filter(differ).collect();
        if differ.is_empty() { Self::Equal } else { Self::Differ(differ) }
    }

    /// In words, given how many messages are under way.
    pub fn sentence(&self, under_way: u64) -> String {
        match self {
            Self::Equal => "replicas equal now".to_owned(),
            Self::Differ(keys) => {
                let under_way = match under_way {
                    0 => "no message".to_owned(),
                    1 => "1 message".to_owned(),
                    many => format!("{many} messages"),
                };
                let plural = if keys.len() == 1 { "" } else { "s" };
                format!("differ on {} key{plural}, {under_way} under way", keys.len())
            }
        }
    }
}
