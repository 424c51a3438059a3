//! Linearizability: each operation took effect at one instant between its call and its return.
//!
//! It is local (Herlihy & Wing 1990, theorem 1), so each key is judged alone, all of them in turns: one that
//! is hard does not hide what another one shows at once.

pub(crate) mod dropping;
mod key;
mod machine;
mod memo;
mod proof;
mod reasons;
mod sets;
mod slots;
mod timeline;
mod unanswered;
mod wing_gong;
mod zones;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::history::{History, Key, Row};
use crate::model::Model;
use crate::search::{Budget, Search};
use crate::verdict::{Order, Spent, Stopped, Verdict};
use key::KeySearch;
use proof::Proof;
use timeline::{Stage, Timeline};
use wing_gong::Progress;

/// Steps that a key may take before it is another one's turn.
const TURN: u64 = 4096;

/// Judging whether a history is linearizable.
pub struct Linearizability {
    model: Model,
    budget: Budget,
    keys: Vec<OneKey>,
    turn: usize,
    spent: u64,
    proof: Option<Proof>,
    verdict: Option<Verdict>,
}

/// Where the judging of a key stands.
enum OneKey {
    Underway(KeySearch),
    Explained(Vec<Row>),
}

impl Linearizability {
    /// A search that has not begun yet.
    pub fn new(model: Model, history: &History, budget: Budget) -> Self {
        let key = |timeline| OneKey::Underway(KeySearch::new(model, Arc::new(timeline)));
        let keys = timelines(history).into_iter().map(key).collect();
        Self { model, budget, keys, turn: 0, spent: 0, proof: None, verdict: None }
    }

    /// Gives the next key its turn, or says that no key is waiting.
    fn take_turn(&mut self) -> bool {
        let count = self.keys.len();
        let waiting = |at: &usize| matches!(self.keys[*at], OneKey::Underway(_));
        let Some(at) = (0..count).map(|next| (self.turn + next) % count).find(waiting) else { return false };
        self.turn = at + 1;
        let OneKey::Underway(search) = &mut self.keys[at] else { return false };
        let before = search.steps();
        let progress = search.run(TURN.min(self.budget.0.saturating_sub(self.spent).max(1)));
        self.spent += search.steps() - before;
        match progress {
            Progress::Underway => {}
            Progress::Found => self.keys[at] = OneKey::Explained(search.order()),
            Progress::Exhausted => self.meet_violation(at),
        }
        true
    }

    /// A violation is final. The keys that are not explained yet are asked only whether they were violated
    /// before, so that what is shown first stays what is shown.
    fn meet_violation(&mut self, at: usize) {
        let OneKey::Underway(search) = &self.keys[at] else { return };
        let (timeline, stuck) = (search.timeline.clone(), search.stuck());
        let ended = timeline.ops[timeline.returns[stuck as usize]].time;
        self.keys[at] = OneKey::Explained(search.order());
        self.proof = Some(Proof::new(self.model, timeline, stuck, self.budget));
        for key in &mut self.keys {
            if let OneKey::Underway(search) = key {
                let timeline = &search.timeline;
                let earlier = timeline.returns.partition_point(|op| timeline.ops[*op].time < ended);
                *key = match (earlier as Stage).checked_sub(1) {
                    Some(last) => {
                        OneKey::Underway(KeySearch::new(self.model, Arc::new(timeline.up_to(last, |_| true))))
                    }
                    None => OneKey::Explained(search.order()),
                };
            }
        }
    }

    /// The orders of all keys, one after another.
    fn order(&self) -> Order {
        let rows = |key: &OneKey| match key {
            OneKey::Underway(search) => search.order(),
            OneKey::Explained(rows) => rows.clone(),
        };
        Order(self.keys.iter().flat_map(rows).collect())
    }

    fn judge(&mut self, steps: u64) -> Option<Verdict> {
        let until = self.spent.saturating_add(steps);
        while self.spent < self.budget.0 {
            if self.spent >= until {
                return None;
            }
            if !self.take_turn() {
                break;
            }
        }
        if let Some(mut proof) = self.proof.take() {
            let complete = proof.run(until.saturating_sub(self.spent).max(1));
            let verdict = complete.then(|| Verdict::Violation(proof.witness(self.order())));
            self.proof = Some(proof);
            return verdict;
        }
        let open = self.keys.iter().any(|key| matches!(key, OneKey::Underway(_)));
        let order = self.order();
        Some(if open {
            Verdict::Unknown(Spent {
                steps: self.spent.min(self.budget.0),
                best: order,
                stopped: Stopped::Budget,
            })
        } else {
            Verdict::Ok(order)
        })
    }
}

impl Search for Linearizability {
    fn run(&mut self, steps: u64) -> Option<Verdict> {
        if self.verdict.is_none() {
            self.verdict = self.judge(steps.max(1));
        }
        self.verdict.clone()
    }
}

/// The operations of each key.
fn timelines(history: &History) -> Vec<Timeline> {
    let mut keys = BTreeMap::<Key, Vec<Row>>::new();
    for (row, operation) in history.operations().iter().enumerate() {
        keys.entry(operation.key).or_default().push(row);
    }
    let operation = |row: &Row| (*row, &history.operations()[*row]);
    keys.into_values().map(|rows| Timeline::new(rows.iter().map(operation))).collect()
}
