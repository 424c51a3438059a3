//! One intervention: what it changes, or why it changes nothing.

use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use crate::encode::{Encode, Encoder};
use crate::event::{Event, EventKind, Fate, Loss, StepReport};
use crate::history::Operation;
use crate::id::{Link, MessageId, NodeId, OrderName, Step, TamperName, TimerName, WallId};
use crate::intervention::{CrashKind, Intervention, NoEffect};
use crate::network::{LinkModel, UnderWay};
use crate::protocol::{Message, Protocol, Server};
use crate::queue::Slot;
use crate::run::Status;
use crate::time::SimTime;

use super::effects::TimerStart;
use super::flight::Flight;
use super::host::RunningTimer;
use super::requests::Request;
use super::{Pending, World};

type Applied = Result<(), NoEffect>;

impl<P: Protocol> World<P> {
    /// Applies the intervention at position `index` of the script, at time `at`, and tells of it in
    /// `report`. Returns at whom it happened, if at one participant.
    pub fn intervene(
        &mut self,
        at: SimTime,
        index: u32,
        what: &Intervention,
        report: &mut StepReport,
    ) -> Option<NodeId> {
        report.clear();
        self.advance(at);
        let refused = self.apply(what, report).err();
        self.fold_intervention(what, refused);
        let kind = EventKind::Intervene { index, refused };
        report.event = Some(Event { step: self.step, time: at, kind, cause: None });
        what.target()
    }

    fn apply(&mut self, what: &Intervention, report: &mut StepReport) -> Applied {
        match what {
            Intervention::Crash(id, kind) => self.crash(*id, *kind),
            Intervention::Restart(id) => self.restart(*id, report),
            Intervention::Pause(id) => self.pause(*id),
            Intervention::Resume(id) => self.resume(*id),
            Intervention::ClockOffset(id, nanos) => self.shift_clock(*id, *nanos),
            Intervention::ClockDrift(id, ppm) => self.set_drift(*id, *ppm),
            Intervention::SetWall(wall, cuts) => self.set_wall(*wall, cuts, report),
            Intervention::RemoveWall(wall) => self.remove_wall(*wall, report),
            Intervention::SetLink(link, model) => self.set_link(*link, model),
            Intervention::ResetLink(link) => self.reset_link(*link),
            Intervention::Drop(id) => self.drop_message(*id, report),
            Intervention::Duplicate(id) => self.duplicate_message(*id, report),
            Intervention::DeliverNow(id) => self.retime(*id, self.now, report),
            Intervention::Retime(id, to) => self.retime(*id, *to, report),
            Intervention::Tamper(id, how) => self.tamper(*id, *how, report),
            Intervention::FireTimer(id, timer) => self.fire_timer_now(*id, *timer),
            Intervention::Order(id, order) => self.order(*id, *order, report),
            Intervention::Request { client, operation, via } => {
                self.ask(*client, *operation, *via, report);
                Ok(())
            }
        }
    }

    fn crash(&mut self, id: NodeId, kind: CrashKind) -> Applied {
        if self.status(id) == Status::Crashed {
            return Err(NoEffect::AlreadyCrashed);
        }
        self.resumed.retain(|(node, _)| *node != id);
        let host = self.host_mut(id);
        host.status = Status::Crashed;
        host.waiting.clear();
        let timers = std::mem::take(&mut host.timers);
        for timer in timers {
            self.queue.take(timer.slot);
        }
        let slot = Rc::make_mut(&mut self.servers[usize::from(id.index())]);
        slot.memory = None;
        let disk = &mut slot.disk;
        disk.outbox.clear();
        if let Some(sync) = disk.syncing.take() {
            self.queue.take(sync);
        }
        match kind {
            CrashKind::KeepWritten => disk.sync(disk.issued),
            CrashKind::LoseUnsynced => disk.live = disk.durable.clone(),
            CrashKind::LoseDisk => (disk.live, disk.durable) = Default::default(),
        }
        disk.unsynced.clear();
        disk.synced = disk.issued;
        Ok(())
    }

    fn restart(&mut self, id: NodeId, report: &mut StepReport) -> Applied {
        if self.status(id) != Status::Crashed {
            return Err(NoEffect::NotCrashed);
        }
        let host = self.host_mut(id);
        host.status = Status::Up;
        host.incarnation += 1;
        self.boot_server(id, report);
        Ok(())
    }

    fn pause(&mut self, id: NodeId) -> Applied {
        match self.status(id) {
            Status::Paused => return Err(NoEffect::NothingToChange),
            Status::Crashed => return Err(NoEffect::NotRunning),
            Status::Up => self.host_mut(id).status = Status::Paused,
        }
        // What the last resume has not handled yet waits for the next one.
        let (own, others): (VecDeque<_>, VecDeque<_>) =
            std::mem::take(&mut self.resumed).into_iter().partition(|(node, _)| *node == id);
        self.resumed = others;
        self.host_mut(id).waiting.extend(own.into_iter().map(|(_, waiting)| waiting));
        Ok(())
    }

    fn resume(&mut self, id: NodeId) -> Applied {
        if self.status(id) != Status::Paused {
            return Err(NoEffect::NotPaused);
        }
        let host = self.host_mut(id);
        host.status = Status::Up;
        let waiting = std::mem::take(&mut host.waiting);
        self.resumed.extend(waiting.into_iter().map(|what| (id, what)));
        Ok(())
    }

    fn shift_clock(&mut self, id: NodeId, nanos: i64) -> Applied {
        if nanos == 0 {
            return Err(NoEffect::NothingToChange);
        }
        let now = self.now;
        self.host_mut(id).clock.shift(now, nanos);
        Ok(())
    }

    /// A timer counts its node's clock, so what is left of it is retimed.
    fn set_drift(&mut self, id: NodeId, ppm: i32) -> Applied {
        let before = self.host(id).clock.clone();
        if before.drift_ppm() == ppm {
            return Err(NoEffect::NothingToChange);
        }
        let now = self.now;
        self.host_mut(id).clock.set_drift(now, ppm);
        for timer in self.host(id).timers.clone() {
            let left = before.local_duration(timer.due_at.since(now));
            let due_at = now + self.host(id).clock.true_duration(left);
            self.move_timer(id, timer, due_at, timer.cause);
        }
        Ok(())
    }

    fn move_timer(&mut self, id: NodeId, timer: RunningTimer, due_at: SimTime, cause: Step) {
        self.start_timer(id, TimerStart { name: timer.name, set_at: timer.set_at, due_at, cause });
    }

    fn fire_timer_now(&mut self, id: NodeId, name: TimerName) -> Applied {
        let timer = *self.host(id).timer(name).ok_or(NoEffect::NoSuchTimer)?;
        if timer.due_at == self.now {
            return Err(NoEffect::NothingToChange);
        }
        self.move_timer(id, timer, self.now, self.step);
        Ok(())
    }

    fn set_wall(&mut self, wall: WallId, cuts: &BTreeSet<Link>, report: &mut StepReport) -> Applied {
        if self.links.walls().get(&wall) == Some(cuts) {
            return Err(NoEffect::NothingToChange);
        }
        let (cut, free) = self.links.set_wall(wall, Some(cuts.clone()));
        self.catch(&cut, report);
        self.release(&free, report);
        Ok(())
    }

    fn remove_wall(&mut self, wall: WallId, report: &mut StepReport) -> Applied {
        if !self.links.walls().contains_key(&wall) {
            return Err(NoEffect::NoSuchWall);
        }
        let (_, free) = self.links.set_wall(wall, None);
        self.release(&free, report);
        Ok(())
    }

    /// What happens to messages under way on links that were just cut.
    fn catch(&mut self, links: &[Link], report: &mut StepReport) {
        if self.fixed.setup.under_way == UnderWay::Deliver {
            return;
        }
        let on_cut_links = |flight: &Flight<P::Message>| links.contains(&flight.id.link);
        for slot in self.slots_of_flights(on_cut_links) {
            let Some(Pending::Flight(mut flight)) = self.queue.take(slot) else { continue };
            if self.fixed.setup.under_way == UnderWay::Hold {
                flight.hold(self.now);
                report.changed.push(flight.sent());
                self.links.held_mut().push(flight);
            } else {
                self.lose(flight, Loss::Cut, report);
            }
        }
    }

    fn lose(&mut self, mut flight: Flight<P::Message>, why: Loss, report: &mut StepReport) {
        flight.fate = Fate::Lost(why);
        report.changed.push(flight.sent());
        self.links.lose(flight, why, self.now);
    }

    /// Lets messages go on that waited for the end of a cut.
    fn release(&mut self, links: &[Link], report: &mut StepReport) {
        let held = std::mem::take(self.links.held_mut());
        for mut flight in held {
            if links.contains(&flight.id.link) {
                flight.release(self.now);
                report.changed.push(flight.sent());
                self.enqueue(flight);
            } else {
                self.links.held_mut().push(flight);
            }
        }
    }

    fn slots_of_flights(&self, wanted: impl Fn(&Flight<P::Message>) -> bool) -> Vec<Slot> {
        let slot = |(slot, pending): (Slot, &Pending<P::Message>)| match pending {
            Pending::Flight(flight) if wanted(flight) => Some(slot),
            _ => None,
        };
        self.queue.iter().filter_map(slot).collect()
    }

    fn set_link(&mut self, link: Link, model: &LinkModel) -> Applied {
        if self.links.model(link) == model {
            return Err(NoEffect::NothingToChange);
        }
        self.links.set_model(link, model.clone());
        Ok(())
    }

    fn reset_link(&mut self, link: Link) -> Applied {
        if self.links.is_original(link) {
            return Err(NoEffect::NothingToChange);
        }
        self.links.reset_model(link);
        Ok(())
    }

    /// Takes a message off its way, held ones too.
    fn take_flight(&mut self, id: MessageId) -> Result<Flight<P::Message>, NoEffect> {
        let held = self.links.held_mut();
        if let Some(at) = held.iter().position(|flight| flight.id == id) {
            return Ok(held.remove(at));
        }
        let slot = self.slots_of_flights(|flight| flight.id == id).first().copied();
        match slot.and_then(|slot| self.queue.take(slot)) {
            Some(Pending::Flight(flight)) => Ok(flight),
            _ => Err(NoEffect::NoSuchMessage),
        }
    }

    fn drop_message(&mut self, id: MessageId, report: &mut StepReport) -> Applied {
        let flight = self.take_flight(id)?;
        self.lose(flight, Loss::Dropped, report);
        Ok(())
    }

    fn duplicate_message(&mut self, id: MessageId, report: &mut StepReport) -> Applied {
        let flight = self.under_way().find(|flight| flight.id == id).cloned();
        let mut copy = flight.ok_or(NoEffect::NoSuchMessage)?;
        copy.id.copy = self.links.next_copy();
        report.tell_sent(copy.sent(), copy.message.wire_size());
        if copy.fate == Fate::Held {
            self.links.held_mut().push(copy);
        } else {
            self.enqueue(copy);
        }
        Ok(())
    }

    /// A held message goes on by this, whatever cuts its link.
    fn retime(&mut self, id: MessageId, to: SimTime, report: &mut StepReport) -> Applied {
        let to = to.max(self.now);
        let arrives_then =
            |flight: &Flight<P::Message>| flight.deliver_at == to && flight.fate == Fate::Deliver;
        if self.under_way().find(|flight| flight.id == id).is_some_and(arrives_then) {
            return Err(NoEffect::NothingToChange);
        }
        let mut flight = self.take_flight(id)?;
        if flight.fate == Fate::Held {
            flight.release(self.now);
        }
        flight.retime(self.now, to);
        report.changed.push(flight.sent());
        self.enqueue(flight);
        Ok(())
    }

    /// The message goes on as it was on its way; only what it says is another thing.
    fn tamper(&mut self, id: MessageId, how: TamperName, report: &mut StepReport) -> Applied {
        let message = self.under_way().find(|flight| flight.id == id).map(|flight| flight.message.clone());
        let mut message = message.ok_or(NoEffect::NoSuchMessage)?;
        if !message.tamper(how) {
            return Err(NoEffect::NothingToTamperWith);
        }
        let flight = Flight { message, ..self.take_flight(id)? };
        report.changed.push(flight.sent());
        if flight.fate == Fate::Held {
            self.links.held_mut().push(flight);
        } else {
            self.enqueue(flight);
        }
        Ok(())
    }

    fn ask(&mut self, client: NodeId, operation: Operation, via: Option<NodeId>, report: &mut StepReport) {
        self.request(client, Request { operation, via, from_workload: false }, report);
    }

    fn order(&mut self, id: NodeId, order: OrderName, report: &mut StepReport) -> Applied {
        if self.status(id) != Status::Up {
            return Err(NoEffect::NotRunning);
        }
        self.with_server_context(id, |server, ctx| {
            server.expect("a server that is up has memory").on_order(order, ctx);
        });
        self.carry_out(id, report);
        Ok(())
    }

    fn fold_intervention(&mut self, what: &Intervention, refused: Option<NoEffect>) {
        let mut out = Encoder::default();
        (self.trace, self.now).encode(&mut out);
        (255u8, refused.is_some()).encode(&mut out);
        what.encode(&mut out);
        self.trace = out.finish();
    }
}

impl Intervention {
    /// The one participant it happens to, if there is one.
    pub fn target(&self) -> Option<NodeId> {
        match self {
            Self::Crash(id, _) | Self::Restart(id) | Self::Pause(id) | Self::Resume(id) => Some(*id),
            Self::ClockOffset(id, _) | Self::ClockDrift(id, _) | Self::FireTimer(id, _) => Some(*id),
            Self::Order(id, _) => Some(*id),
            Self::Request { client, .. } => Some(*client),
            _ => None,
        }
    }
}
