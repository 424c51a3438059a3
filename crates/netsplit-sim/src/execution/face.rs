//! An execution as `dyn Run`.

use std::collections::BTreeSet;

use crate::clock::LocalTime;
use crate::describe::{
    About, Answer, Ask, Describe, Images, MessageView, NodeView, Question, Replicas, SideView, Subject,
    TimerView, Violation, Window,
};
use crate::encode::Digest;
use crate::event::{Event, Sent};
use crate::history::{Moment, OpRow};
use crate::id::{Link, MessageId, NodeId, Step, Topology, WallId};
use crate::intervention::{BadIntervention, Intervention, Scheduled};
use crate::network::LinkModel;
use crate::note::Note;
use crate::property::Properties;
use crate::run::{Applied, FlightView, Limits, Marked, Memory, Progress, Run, Status, Stopped, Traffic};
use crate::time::SimTime;

use super::Execution;

impl<P: Describe, O: Properties<P>> Run for Execution<P, O> {
    fn about(&self) -> &'static About {
        P::about().spoken()
    }

    fn topology(&self) -> Topology {
        self.here.world.topology()
    }

    fn now(&self) -> SimTime {
        self.cursor
    }

    fn step(&self) -> Step {
        self.here.world.step_count()
    }

    fn next_at(&self) -> Option<SimTime> {
        self.next_time()
    }

    fn until(&self) -> SimTime {
        self.here.world.setup().until
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
                self.cursor = self.here.world.now();
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
        let goes_back = time < self.here.world.now();
        self.jump(|state| state.world.now() <= time, goes_back);
        Ok(())
    }

    fn approach_step(&mut self, step: Step) -> Result<(), Stopped> {
        let goes_back = step < self.here.step();
        self.jump(|state| state.step() <= step, goes_back);
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
        self.here.applied
    }

    fn intervene(&mut self, what: Intervention) -> Result<Vec<Scheduled>, BadIntervention> {
        self.do_now(what)
    }

    fn edit(&mut self, script: Vec<Scheduled>) -> Result<(), BadIntervention> {
        self.replace_script(script)
    }

    fn fork(&self) -> Box<dyn Run> {
        self.clone().boxed()
    }

    fn known(&self) -> Moment {
        self.log.known()
    }

    fn memory(&self) -> Memory {
        let mut memory = Memory { limits: self.limits, ..Memory::default() };
        self.keyframes.report(&mut memory);
        self.log.report(&mut memory);
        let before = self.keyframes.last(|state| state.step() <= self.here.step(), |_| false);
        memory.state_bytes = self.here.bytes(Some(before));
        memory
    }

    fn limit(&mut self, limits: Limits) {
        self.limits = limits;
        self.keyframes.set_limits(&limits);
        self.keyframe_due = self.keyframes.due_after(self.here.step());
        self.log.set_budget(limits.log_bytes, self.here.step());
    }

    fn pages(&self) -> Vec<&[Event]> {
        self.log.pages()
    }

    fn event(&self, step: Step) -> Option<&Event> {
        self.log.event(step)
    }

    fn roles(&self, id: NodeId) -> &[(Moment, u16)] {
        self.log.roles(id)
    }

    fn outcome(&self, index: usize) -> Option<Applied> {
        self.log.outcome(index)
    }

    fn sent_by_kind(&self) -> &[u32] {
        self.log.sent_by_kind()
    }

    fn traffic(&self) -> &[Traffic] {
        &self.here.traffic
    }

    fn replicas(&self) -> Replicas {
        P::replicas(&self.here.world)
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

    fn node_in(&self, id: NodeId, window: Window) -> NodeView {
        if id.is_client() {
            return P::client(self.here.world.config(), id, self.here.world.client(id));
        }
        let disk = Images { live: self.here.world.disk(id), durable: self.here.world.durable(id) };
        P::server(self.here.world.config_of(id), id, self.here.world.server(id), disk, window)
    }

    fn changed_at(&self, id: NodeId) -> Step {
        self.here.world.changed_at(id)
    }

    fn status(&self, id: NodeId) -> Status {
        self.here.world.status(id)
    }

    fn clock(&self, id: NodeId) -> (LocalTime, i32) {
        let clock = self.here.world.clock(id);
        (clock.read(self.cursor), clock.drift_ppm())
    }

    fn timers(&self, id: NodeId) -> Vec<TimerView> {
        self.here.world.timers(id).collect()
    }

    fn flights(&self, out: &mut Vec<FlightView>) {
        self.here.world.flights(self.cursor, out);
    }

    fn message(&self, id: MessageId) -> Option<MessageView> {
        self.here.world.message(id).map(P::message)
    }

    fn walls(&self) -> Vec<(WallId, BTreeSet<Link>)> {
        self.here.world.links().walls().iter().map(|(wall, cuts)| (*wall, cuts.clone())).collect()
    }

    fn is_cut(&self, link: Link) -> bool {
        self.here.world.links().is_cut(link)
    }

    fn link_model(&self, link: Link) -> &LinkModel {
        self.here.world.links().model(link)
    }

    fn link_is_original(&self, link: Link) -> bool {
        self.here.world.links().is_original(link)
    }

    fn side(&self, members: &BTreeSet<NodeId>) -> SideView {
        P::side(self.here.world.config(), self.topology(), members)
    }

    fn questions(&self, about: Subject) -> Vec<Question> {
        P::questions(&self.here.world, self, about)
    }

    fn answer(&self, ask: Ask) -> Answer {
        P::answer(&self.here.world, self, ask)
    }

    fn digest(&self) -> Digest {
        self.here.world.digest()
    }
}
