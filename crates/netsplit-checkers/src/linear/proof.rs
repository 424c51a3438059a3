//! From a violation to its proof: cut at the first answer that cannot be explained, then drop what is not needed.
//!
//! Only what tells and does nothing may be dropped, or the rest could be broken where the whole is not: reads,
//! and of a plain register with distinct writes a write together with all reads of its value, since any order
//! that explains the whole still explains what is left when such a value is crossed out of it.

use std::sync::Arc;

use super::dropping::Dropping;
use super::key::KeySearch;
use super::reasons;
use super::timeline::{OpId, Stage, Timeline};
use super::wing_gong::{Progress, WingGong};
use super::zones;
use crate::history::{Request, Row};
use crate::model::Model;
use crate::search::Budget;
use crate::verdict::{Order, Witness};

/// Steps that are spent on making a proof shorter at most, and on one attempt.
const SHORTENING: u64 = 100_000;
const PATIENCE: u64 = 10_000;

/// Steps after which the dead ends of a proof are those met so far.
const EXPLANATION: u64 = 20_000;

/// Making a proof shorter, in slices.
pub(super) struct Proof {
    model: Model,
    /// All operations of the key, which no order explains.
    whole: Arc<Timeline>,
    /// The first answer that cannot be explained, as far as is known.
    stuck: Stage,
    /// What is left of the operations: alone a violation.
    left: Arc<Timeline>,
    phase: Phase,
    /// Whether this is a violation too.
    attempt: KeySearch,
    /// Steps that may still be spent.
    steps: u64,
}

enum Phase {
    /// The operations up to an answer, with later answers unknown.
    Cut,
    /// Without some values.
    Values(Dropping),
    /// Without some reads.
    Reads(Dropping),
    Done,
}

impl Proof {
    /// Of a timeline that cannot be explained, as a search found out at this stage.
    pub fn new(model: Model, whole: Arc<Timeline>, stuck: Stage, budget: Budget) -> Self {
        let cut = Arc::new(whole.up_to(stuck, |_| true));
        let attempt = KeySearch::new(model, cut.clone());
        let steps = budget.0.min(SHORTENING);
        let mut proof = Self { model, left: whole.clone(), whole, stuck, phase: Phase::Cut, attempt, steps };
        // No order got farther, and what was answered later told nothing about what happened before: only what
        // is taken from a queue does that, and what a process did at once before something else. Without these this
        // is a violation without asking again.
        if model != Model::Queue && proof.whole.ops.iter().all(|op| op.after.is_none()) {
            proof.left = cut;
            proof.drop_values();
        }
        proof
    }

    /// Goes on for about so many steps, and says whether it is done.
    pub fn run(&mut self, steps: u64) -> bool {
        let mut slice = steps;
        while !matches!(self.phase, Phase::Done) && slice > 0 {
            let before = self.attempt.steps();
            let progress = self.attempt.run(slice.min(PATIENCE));
            let took = (self.attempt.steps() - before).max(1);
            slice = slice.saturating_sub(took);
            self.steps = self.steps.saturating_sub(took);
            match progress {
                Progress::Exhausted => self.accept(),
                Progress::Found => self.refuse(),
                Progress::Underway if self.attempt.steps() >= PATIENCE => self.refuse(),
                Progress::Underway => {}
            }
            if self.steps == 0 {
                self.phase = Phase::Done;
            }
        }
        matches!(self.phase, Phase::Done)
    }

    /// The attempt is a violation, so it is what is left.
    fn accept(&mut self) {
        match &mut self.phase {
            Phase::Cut => {
                self.left = self.attempt.timeline.clone();
                return self.drop_values();
            }
            Phase::Values(dropping) | Phase::Reads(dropping) => dropping.accept(),
            Phase::Done => {}
        }
        self.next();
    }

    /// The attempt can be explained, or it takes too long to know.
    fn refuse(&mut self) {
        match &mut self.phase {
            Phase::Cut if self.stuck + 1 < self.whole.last() => {
                // An answer that came later said something about what had happened before.
                self.stuck += 1;
                let longer = self.whole.up_to(self.stuck, |_| true);
                self.attempt = KeySearch::new(self.model, Arc::new(longer));
                return;
            }
            Phase::Cut => return self.drop_values(),
            Phase::Values(dropping) | Phase::Reads(dropping) => dropping.refuse(),
            Phase::Done => {}
        }
        self.next();
    }

    fn drop_values(&mut self) {
        let stuck = self.stuck_op();
        let mut units =
            if zones::apply(self.model, &self.left) { zones::clusters(&self.left) } else { Vec::new() };
        units.retain(|unit| !unit.contains(&stuck));
        self.phase = Phase::Values(Dropping::new(units));
        self.next();
    }

    fn drop_reads(&mut self) {
        let stuck = self.stuck_op();
        let reads = |(id, op): (OpId, &super::timeline::Op)| {
            (op.request == Request::Read && id != stuck).then(|| vec![id])
        };
        self.phase =
            Phase::Reads(Dropping::new(self.left.ops.iter().enumerate().filter_map(reads).collect()));
        self.next();
    }

    /// The next attempt, or the next phase.
    fn next(&mut self) {
        let (Phase::Values(dropping) | Phase::Reads(dropping)) = &self.phase else { return };
        let more = dropping.attempt().is_some();
        let gone = dropping.attempt().unwrap_or_else(|| dropping.gone.clone());
        let fewer = Arc::new(self.left.up_to(self.left.last(), |op| !gone.contains(&op)));
        if more {
            self.attempt = KeySearch::new(self.model, fewer);
            return;
        }
        self.left = fewer;
        match self.phase {
            Phase::Values(_) => self.drop_reads(),
            _ => self.phase = Phase::Done,
        }
    }

    fn stuck_row(&self) -> Row {
        self.whole.ops[self.whole.returns[self.stuck as usize]].row
    }

    /// What is stuck, among what is left.
    fn stuck_op(&self) -> OpId {
        let row = self.stuck_row();
        self.left.ops.iter().position(|op| op.row == row).unwrap_or_default()
    }

    /// The proof, beside the order that explains most of what came before.
    pub fn witness(&mut self, best: Order) -> Witness {
        if let Phase::Values(dropping) | Phase::Reads(dropping) = &self.phase {
            self.left = Arc::new(self.left.up_to(self.left.last(), |op| !dropping.gone.contains(&op)));
        }
        let mut search = WingGong::new(self.model, self.left.clone());
        search.run(EXPLANATION);
        let stuck = self.stuck_op();
        Witness {
            rows: self.left.ops.iter().map(|op| op.row).collect(),
            stuck: self.stuck_row(),
            reasons: reasons::reasons(self.model, &self.left, stuck, search.dead_ends()),
            best,
        }
    }
}
