//! A run of one protocol: a world, the script of what is done to it, and what became known of it.

mod log;

use crate::clock::LocalTime;
use crate::describe::{
    About, Answer, Ask, BadSetting, Describe, Images, MessageView, NodeView, Question, Settings, SideView,
    Subject, TimerView, Violation,
};
use crate::encode::Digest;
use crate::event::{Event, Sent, StepReport};
use crate::history::{Moment, OpRow};
use crate::id::{Link, MessageId, NodeId, Step, Topology, WallId};
use crate::intervention::{BadIntervention, Intervention, Scheduled};
use crate::network::LinkModel;
use crate::note::Note;
use crate::property::Properties;
use crate::run::{Applied, FlightView, Marked, Progress, Run, Status, Stopped};
use crate::setup::Setup;
use crate::time::SimTime;
use crate::world::World;

use log::Log;

use std::collections::BTreeSet;

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
    let config = P::configure(settings, setup.topology())?;
    Ok(Execution::<P, O>::new(setup, config, script)?.boxed())
}

/// A run of protocol `P`, watched by `O`. Pass `()` to watch nothing; the digest is the same.
///
/// Going back replays from the start.
pub struct Execution<P: Describe, O: Properties<P>> {
    start: (World<P>, O),
    world: World<P>,
    watch: O,
    /// Never before the last step, never after `until`.
    cursor: SimTime,
    /// Ordered by (time, rank).
    script: Vec<Scheduled>,
    /// How many interventions lie behind the cursor.
    applied: usize,
    log: Log,
    report: StepReport,
    found: Vec<Violation>,
}

impl<P: Describe, O: Properties<P>> Execution<P, O> {
    /// Boots every server and client at time zero.
    pub fn new(setup: Setup, config: P::Config, script: Vec<Scheduled>) -> Result<Self, BadIntervention> {
        let topology = setup.topology();
        script.iter().try_for_each(|line| line.what.check(topology))?;
        let watch = O::new(&config, topology);
        let mut report = StepReport::default();
        let world = World::new(setup, config, &mut report);
        let log = Log::new(P::about(), &report);
        let start = (world.clone(), watch.clone());
        let cursor = SimTime::ZERO;
        let script = in_order(script);
        Ok(Self { start, world, watch, cursor, script, applied: 0, log, report, found: Vec::new() })
    }

    /// As a run of any protocol.
    pub fn boxed(self) -> Box<dyn Run> {
        Box::new(self)
    }

    /// The world at the cursor.
    pub fn world(&self) -> &World<P> {
        &self.world
    }

    /// Whether the next thing to happen is the script's next line rather than the next event.
    fn script_is_next(&self) -> bool {
        let Some(line) = self.script.get(self.applied) else { return false };
        match self.world.next_event_at() {
            None => true,
            Some(at) if line.at == at => line.rank <= self.world.events_at(at),
            Some(at) => line.at < at,
        }
    }

    fn next_time(&self) -> Option<SimTime> {
        let line = self.script.get(self.applied).map(|line| line.at.max(self.world.now()));
        let event = self.world.next_event_at();
        let next = match (line, event) {
            (Some(line), Some(event)) => Some(line.min(event)),
            (line, event) => line.or(event),
        };
        next.filter(|&at| at <= self.world.setup().until)
    }

    /// One event or intervention, if there is one.
    fn advance(&mut self) -> Result<(), Stopped> {
        self.log.check_room(self.world.step_count())?;
        let touched = if self.script_is_next() {
            let line = &self.script[self.applied];
            let index = u32::try_from(self.applied).expect("a script has at most 10,000 lines");
            let at = line.at.max(self.world.now());
            self.applied += 1;
            self.world.intervene(at, index, &line.what, &mut self.report)
        } else {
            self.world.step(&mut self.report)?
        };
        self.cursor = self.cursor.max(self.world.now());
        self.found.clear();
        self.watch.after_step(&self.world, touched, &mut self.found);
        self.log.record(P::about(), &self.report, &self.found);
        Ok(())
    }

    fn rewind(&mut self) {
        (self.world, self.watch) = self.start.clone();
        self.cursor = SimTime::ZERO;
        self.applied = 0;
    }

    /// Forgets every future of the cursor: the script's and what was known to follow from it.
    fn cut_off_future(&mut self) -> Vec<Scheduled> {
        self.log.truncate(self.world.step_count());
        self.script.split_off(self.applied)
    }
}

// Written by hand, because a derive would ask for `P: Clone`, and `P` is only a name.
impl<P: Describe, O: Properties<P>> Clone for Execution<P, O> {
    fn clone(&self) -> Self {
        Self {
            start: self.start.clone(),
            world: self.world.clone(),
            watch: self.watch.clone(),
            cursor: self.cursor,
            script: self.script.clone(),
            applied: self.applied,
            log: self.log.clone(),
            report: StepReport::default(),
            found: Vec::new(),
        }
    }
}

/// Ordered by (time, rank), equals in the order given. Scripts come almost always in order already.
fn in_order(script: Vec<Scheduled>) -> Vec<Scheduled> {
    let mut ordered: Vec<Scheduled> = Vec::with_capacity(script.len());
    for line in script {
        let after = ordered.partition_point(|other| (other.at, other.rank) <= (line.at, line.rank));
        ordered.insert(after, line);
    }
    ordered
}

impl<P: Describe, O: Properties<P>> Run for Execution<P, O> {
    fn about(&self) -> &'static About {
        P::about()
    }

    fn topology(&self) -> Topology {
        self.world.topology()
    }

    fn now(&self) -> SimTime {
        self.cursor
    }

    fn step(&self) -> Step {
        self.world.step_count()
    }

    fn next_at(&self) -> Option<SimTime> {
        self.next_time()
    }

    fn until(&self) -> SimTime {
        self.world.setup().until
    }

    fn step_forward(&mut self) -> Result<Progress, Stopped> {
        match self.next_time() {
            None => {
                self.cursor = self.until();
                Ok(Progress::Ended)
            }
            Some(_) => self.advance().map(|()| Progress::Arrived),
        }
    }

    fn run_until(&mut self, target: SimTime, budget: u32) -> Result<Progress, Stopped> {
        for _ in 0..budget {
            match self.next_time() {
                Some(at) if at <= target => self.advance()?,
                next => {
                    self.cursor = self.cursor.max(target.min(self.until()));
                    let ended = next.is_none() && target >= self.until();
                    return Ok(if ended { Progress::Ended } else { Progress::Arrived });
                }
            }
        }
        Ok(Progress::Underway)
    }

    fn run_to_step(&mut self, step: Step, budget: u32) -> Result<Progress, Stopped> {
        for _ in 0..budget {
            if self.step() >= step {
                self.cursor = self.world.now();
                return Ok(Progress::Arrived);
            }
            if self.next_time().is_none() {
                return Err(Stopped::NoSuchStep { asked: step.0, has: self.step().0 });
            }
            self.advance()?;
        }
        Ok(Progress::Underway)
    }

    fn approach(&mut self, time: SimTime) -> Result<(), Stopped> {
        if time < self.world.now() {
            self.rewind();
        }
        self.cursor = self.world.now();
        Ok(())
    }

    fn approach_step(&mut self, step: Step) -> Result<(), Stopped> {
        if step < self.step() {
            self.rewind();
        }
        self.cursor = self.world.now();
        Ok(())
    }

    fn seek_step(&mut self, step: Step) -> Result<(), Stopped> {
        self.approach_step(step)?;
        while self.run_to_step(step, u32::MAX)? == Progress::Underway {}
        Ok(())
    }

    fn seek(&mut self, time: SimTime) -> Result<(), Stopped> {
        self.approach(time)?;
        while self.run_until(time, u32::MAX)? == Progress::Underway {}
        Ok(())
    }

    fn script(&self) -> &[Scheduled] {
        &self.script
    }

    fn applied(&self) -> usize {
        self.applied
    }

    fn intervene(&mut self, what: Intervention) -> Result<Vec<Scheduled>, BadIntervention> {
        what.check(self.topology())?;
        let discarded = self.cut_off_future();
        let rank = self.world.events_at(self.cursor);
        self.script.push(Scheduled { at: self.cursor, rank, what });
        // What is done now is done at once: no event stands between the cursor and it.
        if let Err(stopped) = self.advance() {
            self.script.pop();
            return Err(BadIntervention::Stopped(stopped));
        }
        Ok(discarded)
    }

    fn edit(&mut self, script: Vec<Scheduled>) -> Result<(), BadIntervention> {
        script.iter().try_for_each(|line| line.what.check(self.topology()))?;
        let script = in_order(script);
        let shared = self.script.iter().zip(&script).take_while(|(old, new)| old == new).count();
        let differs = [self.script.get(shared), script.get(shared)].into_iter().flatten();
        let Some(from) = differs.map(|line| (line.at, line.rank)).min() else { return Ok(()) };
        let here = (self.cursor, self.world.events_at(self.cursor));
        if self.applied > shared || here > from {
            self.rewind();
        }
        self.script = script;
        self.log.truncate(self.step());
        Ok(())
    }

    fn fork(&self) -> Box<dyn Run> {
        self.clone().boxed()
    }

    fn known(&self) -> Moment {
        self.log.known()
    }

    fn event(&self, step: Step) -> Option<&Event> {
        self.log.event(step)
    }

    fn outcome(&self, index: usize) -> Option<Applied> {
        self.log.outcome(index)
    }

    fn sent_by_kind(&self) -> &[u32] {
        self.log.sent_by_kind()
    }

    fn notes(&self, step: Step) -> &[Note] {
        self.log.notes(step)
    }

    fn sent(&self, step: Step) -> &[Sent] {
        self.log.sent(step)
    }

    fn changed(&self, step: Step) -> &[Sent] {
        self.log.changed(step)
    }

    fn known_marks(&self) -> &[Marked] {
        self.log.marks()
    }

    fn violations(&self) -> &[(Moment, Violation)] {
        self.log.violations_until(self.step())
    }

    fn history(&self) -> &[OpRow] {
        self.log.history_until(self.step())
    }

    fn node(&self, id: NodeId) -> NodeView {
        if id.is_client() {
            return P::client(self.world.config(), id, self.world.client(id));
        }
        let disk = Images { live: self.world.disk(id), durable: self.world.durable(id) };
        P::server(self.world.config(), id, self.world.server(id), disk)
    }

    fn changed_at(&self, id: NodeId) -> Step {
        self.world.changed_at(id)
    }

    fn status(&self, id: NodeId) -> Status {
        self.world.status(id)
    }

    fn clock(&self, id: NodeId) -> (LocalTime, i32) {
        let clock = self.world.clock(id);
        (clock.read(self.cursor), clock.drift_ppm())
    }

    fn timers(&self, id: NodeId) -> Vec<TimerView> {
        self.world.timers(id).collect()
    }

    fn flights(&self, out: &mut Vec<FlightView>) {
        self.world.flights(self.cursor, out);
    }

    fn message(&self, id: MessageId) -> Option<MessageView> {
        self.world.message(id).map(P::message)
    }

    fn walls(&self) -> Vec<(WallId, BTreeSet<Link>)> {
        self.world.links().walls().iter().map(|(wall, cuts)| (*wall, cuts.clone())).collect()
    }

    fn is_cut(&self, link: Link) -> bool {
        self.world.links().is_cut(link)
    }

    fn link_model(&self, link: Link) -> &LinkModel {
        self.world.links().model(link)
    }

    fn link_is_original(&self, link: Link) -> bool {
        self.world.links().is_original(link)
    }

    fn side(&self, members: &BTreeSet<NodeId>) -> SideView {
        P::side(self.world.config(), self.topology(), members)
    }

    fn questions(&self, about: Subject) -> Vec<Question> {
        P::questions(&self.world, self, about)
    }

    fn answer(&self, ask: Ask) -> Answer {
        P::answer(&self.world, self, ask)
    }

    fn digest(&self) -> Digest {
        self.world.digest()
    }
}
