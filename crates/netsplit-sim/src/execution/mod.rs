//! A run of one protocol: a world, the script of what is done to it, and what became known of it.
//!
//! | what | room |
//! |---|---|
//! | going forward, and how a run is booted | here |
//! | going back | `keyframes.rs` |
//! | doing and undoing | `edit.rs` |
//! | what became known | `log/` |
//! | all of it as `dyn Run` | `face.rs` |

mod edit;
mod face;
mod keyframes;
mod log;

use crate::describe::{BadSetting, Describe, Settings, Violation};
use crate::event::StepReport;
use crate::id::{NodeId, Step};
use crate::intervention::{BadIntervention, Scheduled};
use crate::property::Properties;
use crate::run::{Limits, Run, Stopped, Traffic};
use crate::setup::{Configs, Setup};
use crate::time::SimTime;
use crate::world::World;

use keyframes::{Keyframes, State};
use log::Log;

use thiserror::Error;

/// Why a run was not booted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// Because of its parameters.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// Because of its script.
    #[error(transparent)]
    Intervention(#[from] BadIntervention),
}

/// Boots a run of protocol `P`, watched by `O`. Each protocol calls this from one plain function of its
/// own, so that the simulator is compiled for it in the protocol's crate, at the level which that has.
pub fn boot<P: Describe, O: Properties<P>>(
    setup: Setup,
    settings: &Settings,
    script: Vec<Scheduled>,
) -> Result<Box<dyn Run>, Refused> {
    let topology = setup.topology();
    let mut configs = Configs::shared(P::configure(settings, topology)?);
    for (id, own) in settings.rolled_out() {
        configs.give(id, P::configure(&own, topology)?);
    }
    Ok(Execution::<P, O>::with(setup, configs, script)?.boxed())
}

/// A run of protocol `P`, watched by `O`. Pass `()` to watch nothing; the digest is the same.
pub struct Execution<P: Describe, O: Properties<P>> {
    /// What moves with the cursor.
    here: State<P, O>,
    /// Never before the last step, never after `until`.
    cursor: SimTime,
    /// Ordered by (time, rank).
    script: Vec<Scheduled>,
    keyframes: Keyframes<P, O>,
    /// The next step at which there is, or should be, a keyframe.
    keyframe_due: Step,
    log: Log,
    limits: Limits,
    report: StepReport,
    found: Vec<Violation>,
}

impl<P: Describe, O: Properties<P>> Execution<P, O> {
    /// Boots every server and client at time zero.
    pub fn new(setup: Setup, config: P::Config, script: Vec<Scheduled>) -> Result<Self, BadIntervention> {
        Self::with(setup, Configs::shared(config), script)
    }

    /// The same, of servers that need not agree on their parameters.
    fn with(setup: Setup, configs: Configs<P>, script: Vec<Scheduled>) -> Result<Self, BadIntervention> {
        let topology = setup.topology();
        script.iter().try_for_each(|line| line.what.check(topology))?;
        let limits = Limits::default();
        let watch = O::new(configs.everybody(), topology);
        let mut report = StepReport::default();
        let world = World::with(setup, configs, &mut report);
        let mut log = Log::new(P::about(), topology, &report, limits.log_bytes);
        for id in topology.servers() {
            log.record_role(id, P::role(world.config_of(id), world.server(id)));
        }
        let traffic = vec![Traffic::default(); P::about().messages.len()];
        let mut here = State { world, watch, applied: 0, traffic };
        here.count(&report);
        let keyframes = Keyframes::new(&here, &limits);
        Ok(Self {
            here,
            cursor: SimTime::ZERO,
            script: edit::in_order(script),
            keyframe_due: keyframes.due_after(Step(0)),
            keyframes,
            log,
            limits,
            report,
            found: Vec::new(),
        })
    }

    /// As a run of any protocol.
    pub fn boxed(self) -> Box<dyn Run> {
        Box::new(self)
    }

    /// The world at the cursor.
    pub fn world(&self) -> &World<P> {
        &self.here.world
    }

    /// Whether the next thing to happen is the script's next line rather than the next event.
    fn script_is_next(&self) -> bool {
        let Some(line) = self.script.get(self.here.applied) else { return false };
        match self.here.world.next_event_at() {
            None => true,
            Some(at) if line.at == at => line.rank <= self.here.world.events_at(at),
            Some(at) => line.at < at,
        }
    }

    fn next_time(&self) -> Option<SimTime> {
        let world = &self.here.world;
        let line = self.script.get(self.here.applied).map(|line| line.at.max(world.now()));
        let event = world.next_event_at();
        let next = match (line, event) {
            (Some(line), Some(event)) => Some(line.min(event)),
            (line, event) => line.or(event),
        };
        next.filter(|&at| at <= world.setup().until)
    }

    /// One event or intervention, if there is one.
    fn advance(&mut self) -> Result<(), Stopped> {
        let touched = self.step_world()?;
        self.here.count(&self.report);
        let world = &self.here.world;
        self.cursor = self.cursor.max(world.now());
        self.found.clear();
        self.here.watch.after_step(world, touched, &mut self.found);
        let is_news = self.log.record(P::about(), &self.report, &self.found);
        if let Some(id) = touched.filter(|id| is_news && !id.is_client()) {
            self.log.record_role(id, P::role(world.config_of(id), world.server(id)));
        }
        if world.step_count() == self.keyframe_due { self.at_keyframe() } else { Ok(()) }
    }

    fn step_world(&mut self) -> Result<Option<NodeId>, Stopped> {
        if !self.script_is_next() {
            return self.here.world.step(&mut self.report);
        }
        let line = &self.script[self.here.applied];
        let index = u32::try_from(self.here.applied).expect("a script has at most 10,000 lines");
        let at = line.at.max(self.here.world.now());
        self.here.applied += 1;
        Ok(self.here.world.intervene(at, index, &line.what, &mut self.report))
    }

    fn at_keyframe(&mut self) -> Result<(), Stopped> {
        self.here.world.share();
        let seen = self.keyframes.visit(&self.here);
        self.keyframe_due = self.keyframes.due_after(self.here.step());
        seen
    }

    /// Takes the run up at the latest keyframe for which `holds`: always, or only if that lies ahead.
    fn jump(&mut self, holds: impl Fn(&State<P, O>) -> bool, always: bool) {
        let lacks_past = |step: Step| step.0 > 0 && self.log.event(step).is_none();
        let state = self.keyframes.last(holds, lacks_past);
        if always || state.step() > self.here.step() {
            self.here = state.clone();
            self.keyframe_due = self.keyframes.due_after(self.here.step());
        }
        self.cursor = self.here.world.now();
    }
}

// Written by hand, because a derive would ask for `P: Clone`, and `P` is only a name.
impl<P: Describe, O: Properties<P>> Clone for Execution<P, O> {
    fn clone(&self) -> Self {
        Self {
            here: self.here.clone(),
            script: self.script.clone(),
            keyframes: self.keyframes.clone(),
            log: self.log.clone(),
            report: StepReport::default(),
            found: Vec::new(),
            ..*self
        }
    }
}
