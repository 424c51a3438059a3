//! One branch: a live run, the record that makes it a link, and how far it was seen.

use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::open::{check, open};
use netsplit_scenarios::run_record::RunRecord;
use netsplit_scenarios::sketch::Sketch;
use netsplit_sim::id::Step;
use netsplit_sim::intervention::{BadIntervention, Intervention};
use netsplit_sim::run::{Limits, Progress, Run, Stopped};
use netsplit_sim::time::SimTime;
use netsplit_view::outcome::{Outcome, outcome};

/// Names a branch, also after it was deleted and brought back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BranchId(pub u32);

/// What a branch keeps while another is shown: with a dozen of them the page stays below what one run of
/// a million events takes. A replay brings back what was forgotten.
const IDLE: Limits = Limits { stride: 1_024, keyframe_bytes: 3 << 20, log_bytes: 2 << 20 };

/// Where a branch left another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fork {
    /// The branch that it left.
    pub from: BranchId,
    /// When.
    pub at: SimTime,
}

/// Where the cursor is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Everything up to and including this time has happened.
    At(SimTime),
    /// Right after this step.
    After(Step),
    /// At this time, but no further than right after this step: what the script holds for that very
    /// instant may be still to come.
    Within(SimTime, Step),
}

/// A future of a past that it may share with others.
pub struct Branch {
    /// Which.
    pub id: BranchId,
    /// What it is called.
    pub name: String,
    /// Where it left another branch, unless it is one of its own.
    pub fork: Option<Fork>,
    pub(super) run: Box<dyn Run>,
    pub(super) record: RunRecord,
    /// The latest moment that the cursor ever reached.
    pub(super) furthest: SimTime,
    /// What it led to, as it was last seen at the end of what is known of it.
    outcome: Option<(Step, Outcome)>,
}

impl Branch {
    /// A branch of its own, at time zero.
    pub(super) fn new(id: BranchId, name: String, record: RunRecord) -> Result<Self, OpenError> {
        let run = open(&record)?;
        Ok(Self { id, name, fork: None, run, record, furthest: SimTime::ZERO, outcome: None })
    }

    /// Another future of the past up to the cursor.
    pub(super) fn forked(&self, id: BranchId) -> Self {
        let fork = Some(Fork { from: self.id, at: self.run.now() });
        Self {
            id,
            name: String::new(),
            fork,
            run: self.run.fork(),
            record: self.record.clone(),
            furthest: self.run.now(),
            outcome: None,
        }
    }

    /// The live execution.
    pub fn run(&self) -> &dyn Run {
        &*self.run
    }

    /// What makes the run a link.
    pub fn record(&self) -> &RunRecord {
        &self.record
    }

    /// Whether something after the cursor is known or scripted already.
    pub(super) fn has_future(&self) -> bool {
        self.run.known().step > self.run.step() || self.run.applied() < self.run.script().len()
    }

    /// Where the cursor stands, to be returned to.
    pub fn place(&self) -> Place {
        Place::Within(self.run.now(), self.run.step())
    }

    /// Puts the cursor at once at the nearest kept instant before a place. On the way back from the end of
    /// what is known it takes note of what that led to.
    pub fn approach(&mut self, place: Place) -> Result<(), Stopped> {
        let back = match place {
            Place::At(time) => time < self.run.now(),
            Place::After(step) | Place::Within(_, step) => step < self.run.step(),
        };
        if back && self.run.step() >= self.run.known().step {
            self.outcome = Some((self.run.step(), outcome(&*self.run)));
        }
        match place {
            Place::At(time) => self.run.approach(time.min(self.run.until())),
            Place::After(step) | Place::Within(_, step) => self.run.approach_step(step),
        }
    }

    /// Runs on towards a place, over at most `budget` events.
    pub fn run_towards(&mut self, place: Place, budget: u32) -> Result<Progress, Stopped> {
        let progress = match place {
            Place::At(time) => self.run.run_until(time.min(self.run.until()), budget),
            Place::After(step) => self.run.run_to_step(step, budget),
            Place::Within(time, step) => self.run_within(time, step, budget),
        };
        self.note_furthest();
        progress
    }

    fn run_within(&mut self, time: SimTime, step: Step, budget: u32) -> Result<Progress, Stopped> {
        match self.run.run_to_step(step, budget) {
            Ok(Progress::Arrived) => {}
            // An edited run may have fewer steps by then.
            Err(Stopped::NoSuchStep { .. }) => {}
            other => return other,
        }
        let waits = self.run.next_at().is_some_and(|next| next <= time);
        if waits { Ok(Progress::Arrived) } else { self.run.run_until(time, budget) }
    }

    /// Over one event or intervention.
    pub fn step_forward(&mut self) -> Result<Progress, Stopped> {
        let progress = self.run.step_forward();
        self.note_furthest();
        progress
    }

    /// Where one event back leads. At the beginning it stays there.
    pub fn step_before(&self) -> Step {
        let step = self.run.step();
        // Behind the last event the cursor first goes back to that event.
        let at_event = self.run.event(step).is_none_or(|event| event.time == self.run.now());
        if at_event { Step(step.0.saturating_sub(1)) } else { step }
    }

    /// Does this to the system now; nothing later is known or scripted any more.
    pub(super) fn intervene(
        &mut self,
        what: Intervention,
        sketch: Option<Sketch>,
    ) -> Result<(), BadIntervention> {
        self.run.intervene(what)?;
        self.record.follow(self.run.script(), sketch);
        self.furthest = self.run.now();
        self.outcome = None;
        Ok(())
    }

    fn note_furthest(&mut self) {
        self.furthest = self.furthest.max(self.run.now());
    }

    /// Replaces the record. What the runs have in common stays known; another experiment begins again.
    pub(super) fn take(&mut self, record: RunRecord) -> Result<(), OpenError> {
        check(&record)?;
        if record.scenario == self.record.scenario {
            self.run.edit(record.scheduled()).map_err(refused)?;
        } else {
            self.run = open(&record)?;
            self.furthest = SimTime::ZERO;
        }
        self.record = record;
        self.outcome = None;
        Ok(())
    }

    /// It is shown from now on, and may keep as much as one run may.
    pub(super) fn enter(&mut self) {
        self.run.limit(Limits::default());
    }

    /// It is not shown, and its cursor stays.
    pub(super) fn keep_less(&mut self) {
        self.run.limit(IDLE);
    }

    /// Takes note of what it led to, going to the end of what is known of it; while it is not shown it
    /// keeps less.
    pub(super) fn leave(&mut self) {
        let known = self.run.known();
        let end = Place::At(known.time.max(self.furthest));
        // What cannot be replayed keeps the outcome that was seen last.
        if self.approach(end).and_then(|()| self.run_towards(end, u32::MAX)).is_ok() {
            self.outcome = Some((self.run.step(), outcome(&*self.run)));
        }
        self.run.limit(IDLE);
    }

    /// What it led to, as far as it is known: at the cursor if nothing later is known.
    pub fn outcome(&self) -> Outcome {
        match &self.outcome {
            Some((step, seen)) if *step >= self.run.known().step => seen.clone(),
            _ => outcome(&*self.run),
        }
    }

    /// How far it was seen or is scripted.
    pub fn horizon(&self) -> SimTime {
        let scripted = self.run.script().last().map_or(SimTime::ZERO, |last| last.at);
        self.furthest.max(scripted).min(self.run.until())
    }
}

fn refused(error: BadIntervention) -> OpenError {
    OpenError::Impossible { place: "script".to_owned(), problem: error.to_string() }
}
