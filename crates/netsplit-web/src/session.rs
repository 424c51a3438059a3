//! The one place where a run lives: the live execution, the record that makes it a link, and what
//! can be undone.

use netsplit_scenarios::document::Scenario;
use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::fingerprint::Fingerprint;
use netsplit_scenarios::link::{self, Badge, Opened, Position};
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::RunRecord;
pub use netsplit_scenarios::sketch::Sketch;
use netsplit_sim::id::{NodeId, Step, WallId};
use netsplit_sim::intervention::{BadIntervention, Intervention};
use netsplit_sim::run::{Progress, Run, Stopped};
use netsplit_sim::time::SimTime;
use netsplit_view::geometry::Point;
use netsplit_view::layout::Layout;
use netsplit_view::layout::StageSize;
use netsplit_view::scene::{Scene, Sketches};

/// A run, open on the page.
pub struct Session {
    run: Box<dyn Run>,
    record: RunRecord,
    opened: RunRecord,
    badge: Option<Badge>,
    unknown: Vec<(String, Option<String>)>,
    layout: Layout,
    undo: Vec<UndoPoint>,
    furthest: SimTime,
}

/// What a change replaced, and where the cursor stood.
struct UndoPoint {
    step: Step,
    time: SimTime,
    before: RunRecord,
}

/// What an intervention did to the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intervened {
    /// How many later interventions were discarded, since they were made for another future.
    pub discarded: usize,
}

impl Session {
    /// Opens what a link named, at time zero. `unknown` is what else stood in the link.
    pub fn new(opened: Opened, unknown: Vec<(String, Option<String>)>) -> Result<Self, OpenError> {
        let run = open(&opened.record)?;
        let homes: Vec<_> = opened.record.scenario.clients.iter().map(|client| client.home).collect();
        let layout = Layout::new(run.topology(), &homes);
        Ok(Self {
            run,
            record: opened.record.clone(),
            opened: opened.record,
            badge: opened.badge,
            unknown,
            layout,
            undo: Vec::new(),
            furthest: SimTime::ZERO,
        })
    }

    /// The live execution.
    pub fn run(&self) -> &dyn Run {
        &*self.run
    }

    /// What makes the run a link.
    pub fn record(&self) -> &RunRecord {
        &self.record
    }

    /// The experiment.
    pub fn scenario(&self) -> &Scenario {
        &self.record.scenario
    }

    /// Why the run may differ from what the author of its link saw.
    pub fn badge(&self) -> Option<Badge> {
        self.badge
    }

    /// Whether parameters or flaws differ from those of the run that was opened.
    pub fn modified(&self) -> bool {
        let (now, then) = (&self.record.scenario, &self.opened.scenario);
        now.params != then.params || now.flaws != then.flaws
    }

    /// Where the cursor stands, so that a link finds the same spot again: the step, and the time if the
    /// cursor stands later than that step's event.
    pub fn position(&self) -> Position {
        let run = self.run();
        let at_event = run.event(run.step()).map_or(SimTime::ZERO, |event| event.time) == run.now();
        let micros = (!at_event).then_some(run.now().0 / 1_000);
        Position { micros, step: Some(run.step().0), fingerprint: None }
    }

    /// Puts the cursor where a link points. The step wins over the time.
    pub fn go_to(&mut self, position: &Position) -> Result<(), Stopped> {
        if let Some(micros) = position.micros {
            self.seek(end_of_micro(SimTime(micros.saturating_mul(1_000))))?;
        }
        match position.step.map(Step).filter(|step| *step != self.run.step() || position.micros.is_none()) {
            Some(step) => self.seek_step(step),
            None => Ok(()),
        }
    }

    /// What this run shows at a step, for its link. Taken from a second run of the same record, so that
    /// the cursor stays.
    pub fn fingerprint(&self, step: Step) -> Result<Fingerprint, Stopped> {
        // The record was opened before, so it opens again.
        let mut run = open(&self.record).expect("the record of a run that is open");
        Fingerprint::take(&mut *run, step)
    }

    /// The shortest fragment that opens this run at this position.
    pub fn fragment(&self, position: &Position) -> String {
        link::share(&self.record, position, &self.unknown).to_string()
    }

    /// Where everybody stands.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Puts a participant elsewhere on the stage. Presentation only: no cut changes.
    pub fn move_node(&mut self, node: NodeId, to: Point) {
        self.layout = self.layout.with_moved(node, to);
    }

    /// The latest moment that the cursor ever reached, or that is part of the script.
    pub fn furthest(&self) -> SimTime {
        let scripted = self.run.script().last().map_or(SimTime::ZERO, |last| last.at);
        self.furthest.max(scripted).min(self.run.until())
    }

    /// How the walls that stand at the cursor were drawn.
    pub fn sketches(&self) -> Sketches {
        let mut sketches = Sketches::new();
        for entry in &self.record.script[..self.run.applied().min(self.record.script.len())] {
            match (&entry.what, &entry.sketch) {
                (Intervention::SetWall(wall, _), Some(sketch)) => {
                    sketches.insert(*wall, sketch.clone());
                }
                (Intervention::SetWall(wall, _), None) | (Intervention::RemoveWall(wall), _) => {
                    sketches.remove(wall);
                }
                _ => {}
            }
        }
        sketches
    }

    /// Everything besides the run that a stage of this size depends on.
    pub fn scene(&self, size: StageSize) -> Scene {
        Scene { layout: self.layout.clone(), sketches: self.sketches(), size }
    }

    /// A number for a new wall, never used in this run.
    pub fn free_wall(&self) -> WallId {
        let used = self.run.script().iter().filter_map(|scheduled| match scheduled.what {
            Intervention::SetWall(wall, _) => Some(wall.0),
            _ => None,
        });
        WallId(used.max().map_or(1, |highest| highest.saturating_add(1)))
    }

    /// Runs on towards `target`, over at most `budget` events.
    pub fn run_until(&mut self, target: SimTime, budget: u32) -> Result<Progress, Stopped> {
        let progress = self.run.run_until(target.min(self.run.until()), budget);
        self.note_furthest();
        progress
    }

    /// Over one event or intervention.
    pub fn step_forward(&mut self) -> Result<Progress, Stopped> {
        let progress = self.run.step_forward();
        self.note_furthest();
        progress
    }

    /// Back before the last event or intervention. At the beginning it stays there.
    pub fn step_back(&mut self) -> Result<(), Stopped> {
        let step = self.run.step();
        // Behind the last event the cursor first goes back to that event.
        let at_event = self.run.event(self.run.step()).is_none_or(|event| event.time == self.run.now());
        let target = if at_event { Step(step.0.saturating_sub(1)) } else { step };
        self.run.seek_step(target)
    }

    /// Puts the cursor right after this step.
    pub fn seek_step(&mut self, step: Step) -> Result<(), Stopped> {
        let done = self.run.seek_step(step);
        self.note_furthest();
        done
    }

    /// Puts the cursor at this time.
    pub fn seek(&mut self, time: SimTime) -> Result<(), Stopped> {
        let done = self.run.seek(time.min(self.run.until()));
        self.note_furthest();
        done
    }

    fn note_furthest(&mut self) {
        self.furthest = self.furthest.max(self.run.now());
    }

    /// Does this to the system now.
    pub fn intervene(
        &mut self,
        what: Intervention,
        sketch: Option<Sketch>,
    ) -> Result<Intervened, BadIntervention> {
        let point = self.undo_point();
        let discarded = self.run.intervene(what)?.len();
        self.record.follow(self.run.script(), sketch);
        self.undo.push(point);
        self.furthest = self.run.now();
        Ok(Intervened { discarded })
    }

    /// Replaces the record: another seed, a parameter, a flaw. The run begins again at time zero.
    pub fn replace(&mut self, record: RunRecord) -> Result<(), OpenError> {
        let run = open(&record)?;
        self.undo.push(self.undo_point());
        self.run = run;
        self.record = record;
        self.furthest = SimTime::ZERO;
        Ok(())
    }

    /// The run as it was opened, at time zero. Says whether anything of it had been changed.
    pub fn reset(&mut self) -> Result<bool, OpenError> {
        let changed = self.record != self.opened;
        if changed {
            self.replace(self.opened.clone())?;
        } else {
            self.run = open(&self.record)?;
        }
        Ok(changed)
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Takes back the last change made here: the cursor returns to where it was made, and what it had
    /// discarded is there again. Says whether there was one.
    pub fn undo(&mut self) -> Result<bool, UndoError> {
        let Some(point) = self.undo.pop() else { return Ok(false) };
        let mut run = open(&point.before)?;
        run.seek(point.time)?;
        // Something of the restored script may stand at this very instant: it is still to come.
        if run.step() != point.step {
            run.seek_step(point.step)?;
        }
        self.run = run;
        self.record = point.before;
        Ok(true)
    }

    fn undo_point(&self) -> UndoPoint {
        UndoPoint { step: self.run.step(), time: self.run.now(), before: self.record.clone() }
    }
}

/// Why an undo failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UndoError {
    /// The past could not be reached.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The old run was refused.
    #[error(transparent)]
    Refused(#[from] OpenError),
}

/// The last instant of a microsecond. Links count microseconds, so a cursor that rests in time rests
/// here: its link brings back the very same instant.
pub fn end_of_micro(time: SimTime) -> SimTime {
    SimTime((time.0 / 1_000).saturating_mul(1_000).saturating_add(999))
}
