//! Acknowledged writes that are gone. Told once replicas agree: until then nothing is final.

use std::collections::BTreeSet;

use netsplit_checkers::history::{Key, Row, Value};
use netsplit_checkers::lost::{self, Count, Fate, Finals};
use netsplit_scenarios::judge;
use netsplit_sim::run::Run;
use netsplit_words::say;

use super::account::Account;
use crate::format;
use crate::verdict::{Chip, Mood};

/// Longer histories are not looked through at every event.
const MOST: usize = 200;

/// What became of acknowledged writes that are no longer there, without those that a later one replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Losses {
    /// How many writes met which fate.
    pub count: Count,
    /// Each that was lost, with its fate.
    pub lost: Vec<(Row, Fate)>,
}

impl Losses {
    /// Of a run whose replicas agree; `None` while they do not, where the protocol does not tell what they
    /// hold, and of long histories.
    pub fn of(run: &dyn Run, account: &Account) -> Option<Self> {
        let replicas = run.replicas();
        let agree = !replicas.is_empty() && judge::differing(&replicas).is_empty();
        if !agree || account.operations().len() > MOST {
            return None;
        }
        let numbers = |held: &Vec<i64>| held.iter().copied().map(Value::Number).collect::<Vec<_>>();
        let values = replicas.iter().map(|(key, servers)| {
            let held: BTreeSet<Value> = servers.values().flat_map(numbers).collect();
            (Key(*key), held)
        });
        let fates = lost::fates(&account.history, &Finals(values.collect()), None);
        let count = Count::of(&fates);
        let gone = |(_, fate): &(Row, Fate)| matches!(fate, Fate::LostATie { .. } | Fate::Lost { .. });
        Some(Self { count, lost: fates.into_iter().filter(gone).collect() })
    }

    /// What became of each, as a sentence.
    pub fn told(&self, account: &Account) -> Vec<String> {
        let told = |(row, fate): &(Row, Fate)| lost::sentence(account, &account.history, *row, *fate);
        self.lost.iter().map(told).collect()
    }

    /// As the stage claims it; nothing if nothing was lost.
    pub(super) fn chip(&self, account: &Account) -> Option<Chip> {
        let verb = match (self.count.lost_ties, self.count.lost) {
            (0, 0) => return None,
            (ties, 0) => say!(
                "{count, plural, one {# acknowledged write} other {# acknowledged writes}} lost a tie",
                count = format::grouped(ties)
            ),
            (_, lost) => say!(
                "{count, plural, one {# acknowledged write is} other {# acknowledged writes are}} lost",
                count = format::grouped(lost)
            ),
        };
        Some(Chip {
            mood: Mood::Bad,
            text: verb,
            moment: None,
            meaning: self.told(account).first().map_or_else(String::new, |told| format!("{told}.")),
            history: true,
        })
    }
}
