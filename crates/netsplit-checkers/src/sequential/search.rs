//! Judging sequential consistency in slices, and making a violation small.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::attempt::{Attempt, Progress};
use crate::causal::{Events, Narrowing, happened, rank_after};
use crate::history::{History, Request, Row, Value};
use crate::linear::dropping::Dropping;
use crate::model::Model;
use crate::search::{Budget, Search};
use crate::session::Sessions;
use crate::verdict::{Order, Spent, Stopped, Verdict, Witness};

/// Judging whether a history is sequentially consistent.
pub struct SequentialSearch {
    model: Model,
    history: Arc<History>,
    budget: Budget,
    /// The rows that were answered, in the order of their answers.
    answers: Vec<Row>,
    attempt: Attempt,
    /// Steps of the attempts before.
    steps: u64,
    stage: Stage,
}

enum Stage {
    /// Is there a violation?
    Judging,
    /// There is: which is the first answer that shows one?
    Narrowing(Narrowed),
    /// Which operations does it not need?
    Dropping(Shrinking),
    Done(Verdict),
}

struct Narrowed {
    narrowing: Narrowing,
    best: Vec<Row>,
    failed: Attempt,
}

struct Shrinking {
    violated: usize,
    best: Vec<Row>,
    failed: Attempt,
    dropping: Dropping,
}

impl SequentialSearch {
    /// A search that has not begun yet.
    pub fn new(model: Model, history: Arc<History>, budget: Budget) -> Self {
        let operations = history.operations();
        let mut answers: Vec<Row> = (0..operations.len()).filter(|row| happened(&operations[*row])).collect();
        answers.sort_by_key(|row| (operations[*row].returned.as_ref().map(|(at, _)| *at), *row));
        let attempt = Attempt::new(model, &history, &answers, &BTreeSet::new());
        Self { model, history, budget, answers, attempt, steps: 0, stage: Stage::Judging }
    }

    fn attempt(&self, answers: usize, gone: &BTreeSet<Row>) -> Attempt {
        Attempt::new(self.model, &self.history, &self.answers[..answers], gone)
    }

    /// Begins another attempt, and gives the one before.
    fn next(&mut self, attempt: Attempt) -> Attempt {
        self.steps += self.attempt.steps + self.history.operations().len() as u64;
        std::mem::replace(&mut self.attempt, attempt)
    }

    /// Steps after which an attempt to make a violation smaller is given up.
    fn patience(&self) -> u64 {
        match self.stage {
            Stage::Judging => self.budget.0,
            _ => self.budget.0 / 8,
        }
    }

    fn step(&mut self, steps: u64) {
        let progress = self.attempt.run(steps);
        let given_up = self.attempt.steps > self.patience();
        let found = match progress {
            Progress::Found(order) => Some(order),
            Progress::Exhausted => return self.violated(),
            Progress::Underway if given_up => None,
            Progress::Underway => return,
        };
        match std::mem::replace(&mut self.stage, Stage::Judging) {
            Stage::Judging => self.stage = Stage::Done(self.judged(found)),
            Stage::Narrowing(mut narrowed) => {
                narrowed.narrowing.is_fine();
                narrowed.best = found.unwrap_or(narrowed.best);
                self.narrow(narrowed);
            }
            Stage::Dropping(mut shrinking) => {
                shrinking.dropping.refuse();
                self.drop_next(shrinking);
            }
            done @ Stage::Done(_) => self.stage = done,
        }
    }

    fn judged(&self, found: Option<Vec<Row>>) -> Verdict {
        match found {
            Some(order) => Verdict::Ok(Order(order)),
            None => {
                let steps = self.steps + self.attempt.steps;
                Verdict::Unknown(Spent { steps, best: Order(self.attempt.best()), stopped: Stopped::Budget })
            }
        }
    }

    /// No order explains the attempt.
    fn violated(&mut self) {
        match std::mem::replace(&mut self.stage, Stage::Judging) {
            Stage::Judging => {
                let failed = self.next(self.attempt(0, &BTreeSet::new()));
                let narrowing = Narrowing::new(self.answers_of(&failed));
                self.narrow(Narrowed { narrowing, best: Vec::new(), failed });
            }
            Stage::Narrowing(mut narrowed) => {
                narrowed.failed = self.next(self.attempt(0, &BTreeSet::new()));
                narrowed.narrowing.is_violated(self.answers_of(&narrowed.failed));
                self.narrow(narrowed);
            }
            Stage::Dropping(mut shrinking) => {
                shrinking.dropping.accept();
                shrinking.failed = self.next(self.attempt(0, &BTreeSet::new()));
                self.drop_next(shrinking);
            }
            done @ Stage::Done(_) => self.stage = done,
        }
    }

    /// How many answers a failed attempt needs, as far as it tells.
    fn answers_of(&self, failed: &Attempt) -> usize {
        failed.contradiction().map_or(self.answers.len(), |(rows, _)| rank_after(&self.answers, &rows)).max(1)
    }

    fn narrow(&mut self, narrowed: Narrowed) {
        let violated = narrowed.narrowing.violated;
        if let Some(answers) = narrowed.narrowing.attempt() {
            self.next(self.attempt(answers, &BTreeSet::new()));
            self.stage = Stage::Narrowing(narrowed);
            return;
        }
        let Narrowed { best, failed, .. } = narrowed;
        let stuck = self.stuck(violated);
        let (mut units, mut gone) = (self.units(stuck), BTreeSet::new());
        if let Some((mut rows, _)) = failed.contradiction() {
            // All that the contradiction does not need is gone already.
            rows.extend(rows.binary_search(&stuck).err().map(|_| stuck));
            rows.sort_unstable();
            let rows: BTreeSet<Row> =
                Events::in_context(&self.history, &Sessions::default(), rows).into_iter().collect();
            units.retain(|unit| unit.iter().all(|row| rows.contains(row)));
            gone = (0..self.history.operations().len()).filter(|row| !rows.contains(row)).collect();
        }
        let mut dropping = Dropping::new(units);
        dropping.gone = gone;
        self.drop_next(Shrinking { violated, best, failed, dropping });
    }

    fn stuck(&self, violated: usize) -> Row {
        self.answers.get(violated.saturating_sub(1)).copied().unwrap_or_default()
    }

    fn drop_next(&mut self, shrinking: Shrinking) {
        let spent = self.steps > self.budget.0.saturating_mul(2);
        let Some(gone) = shrinking.dropping.attempt().filter(|_| !spent) else {
            return self.finish(shrinking);
        };
        let attempt = self.attempt(shrinking.violated, &gone);
        self.next(attempt);
        self.stage = Stage::Dropping(shrinking);
    }

    fn finish(&mut self, shrinking: Shrinking) {
        let Shrinking { violated, best, failed, dropping } = shrinking;
        let told = |row: &Row| {
            let operation = &self.history.operations()[*row];
            let failed = matches!(operation.returned, Some((_, crate::history::Outcome::Fail)));
            let late = operation.request == Request::Read && !self.answers[..violated].contains(row);
            !failed && !late && !dropping.gone.contains(row)
        };
        let rows = (0..self.history.operations().len()).filter(told).collect();
        let reasons = failed.contradiction().map_or_else(|| failed.dead_ends(), |(_, reasons)| reasons);
        let witness = Witness { rows, stuck: self.stuck(violated), reasons, best: Order(best) };
        self.stage = Stage::Done(Verdict::Violation(witness));
    }

    /// What may be left out without explaining less: a read, and where values are only replaced, all writes of
    /// a value together with all reads of it, unless a compare-and-set knows the value. Any order that explains the
    /// whole still explains what is left when they are crossed out of it.
    fn units(&self, stuck: Row) -> Vec<Vec<Row>> {
        let mut values = BTreeMap::<_, Vec<Row>>::new();
        let mut held = BTreeSet::new();
        let mut units = Vec::new();
        for (row, operation) in self.history.operations().iter().enumerate() {
            match &operation.request {
                Request::Write(value) => values.entry((operation.key, value)).or_default().push(row),
                Request::Read => {
                    units.push(vec![row]);
                    if let Some((_, crate::history::Outcome::Ok(Some(value)))) = &operation.returned {
                        values.entry((operation.key, value)).or_default().push(row);
                    }
                }
                Request::Cas { expected, new } => {
                    held.extend([(operation.key, expected), (operation.key, new)]);
                }
                _ => {}
            }
        }
        let replaces = matches!(self.model, Model::Register | Model::CasRegister);
        values.retain(|value, _| replaces && *value.1 != Value::Absent && !held.contains(value));
        let mut all: Vec<Vec<Row>> = values.into_values().chain(units).collect();
        all.retain(|unit| !unit.contains(&stuck));
        all
    }
}

impl Search for SequentialSearch {
    fn run(&mut self, steps: u64) -> Option<Verdict> {
        let until = (self.steps + self.attempt.steps).saturating_add(steps);
        loop {
            if let Stage::Done(verdict) = &self.stage {
                return Some(verdict.clone());
            }
            let spent = self.steps + self.attempt.steps;
            if spent >= until {
                return None;
            }
            let slice = (until - spent).min(self.patience() + 1 - self.attempt.steps.min(self.patience()));
            self.step(slice);
        }
    }
}
