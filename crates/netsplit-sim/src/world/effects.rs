//! Carrying out what a handler recorded: timers, writes, messages, notes, outcomes.

use std::mem;
use std::rc::Rc;

use crate::context::{Effects, Send};
use crate::event::{Fate, StepReport};
use crate::id::{Link, NodeId, Step, TimerName};
use crate::protocol::{Message, Protocol};
use crate::queue::{Class, Key};
use crate::random::{Draw, Purpose, Stream};
use crate::time::{SimDuration, SimTime};

use super::flight::Flight;
use super::host::{RunningTimer, Waiting};
use super::{Pending, World};

/// A timer about to run.
pub(super) struct TimerStart {
    pub(super) name: TimerName,
    pub(super) set_at: SimTime,
    pub(super) due_at: SimTime,
    /// The event that set it.
    pub(super) cause: Step,
}

impl<P: Protocol> World<P> {
    /// Carries out what the handler at `id` just recorded, and leaves the buffer empty.
    pub(super) fn carry_out(&mut self, id: NodeId, report: &mut StepReport) {
        let mut effects = mem::take(&mut self.effects);
        for (name, after) in effects.timers.drain(..) {
            match after {
                Some(after) => self.set_timer(id, name, after),
                None => self.cancel_timer(id, name),
            }
        }
        if !id.is_client() {
            self.issue_writes(id, &mut effects);
        }
        for send in effects.sends.drain(..) {
            self.send_or_hold_back(id, send, report);
        }
        report.notes.append(&mut effects.notes);
        if let Some(outcome) = effects.outcome.take() {
            self.end_operation(id, outcome, report);
        }
        self.effects = effects;
    }

    fn set_timer(&mut self, id: NodeId, name: TimerName, after: SimDuration) {
        self.stop_waiting(id, name);
        let after = self.host(id).clock.true_duration(after).max(SimDuration(1));
        let timer = TimerStart { name, set_at: self.now, due_at: self.now + after, cause: self.step };
        self.start_timer(id, timer);
    }

    fn cancel_timer(&mut self, id: NodeId, name: TimerName) {
        self.stop_waiting(id, name);
        if let Some(timer) = self.host_mut(id).remove_timer(name) {
            self.queue.take(timer.slot);
        }
    }

    /// A timer that fell due during a pause and was not handled yet is stopped too.
    fn stop_waiting(&mut self, id: NodeId, name: TimerName) {
        self.resumed.retain(|(node, waiting)| {
            *node != id || !matches!(waiting, Waiting::Timer(due, _) if *due == name)
        });
    }

    /// Lets a timer run, or run otherwise than it did.
    pub(super) fn start_timer(&mut self, id: NodeId, start: TimerStart) {
        let TimerStart { name, set_at, due_at, cause } = start;
        let destination = self.fixed.topology.position(id);
        let key = Key::new(due_at, Class::Timer, destination, 0, u32::from(name.0));
        let pending = Pending::Timer { node: id, name, cause };
        if let Some(running) = self.host(id).timer(name) {
            let slot = running.slot;
            self.queue.postpone(slot, key, pending);
            self.host_mut(id).replace_timer(RunningTimer { name, set_at, due_at, cause, slot });
        } else {
            let slot = self.queue.push(key, pending);
            self.host_mut(id).insert_timer(RunningTimer { name, set_at, due_at, cause, slot });
        }
    }

    fn issue_writes(&mut self, id: NodeId, effects: &mut Effects<P>) {
        if effects.writes.is_empty() {
            return;
        }
        let disk = &mut Rc::make_mut(&mut self.servers[usize::from(id.index())]).disk;
        disk.issued += effects.writes.len() as u64;
        disk.unsynced.extend(effects.writes.drain(..));
        self.begin_sync(id);
    }

    /// Starts a sync of everything issued, unless one is under way or nothing waits for it.
    pub(super) fn begin_sync(&mut self, id: NodeId) {
        let position = self.fixed.topology.position(id);
        let slot = Rc::make_mut(&mut self.servers[usize::from(id.index())]);
        let disk = &mut slot.disk;
        if disk.syncing.is_some() || disk.synced == disk.issued {
            return;
        }
        let mut draw =
            Draw::keyed(self.fixed.setup.seed, Stream::Node(id), Purpose::Disk, u64::from(disk.syncs));
        let takes = self.fixed.setup.disk.sample(&mut draw).max(SimDuration(1));
        let key = Key::new(self.now + takes, Class::Durable, position, 0, disk.syncs);
        disk.syncs += 1;
        let pending = Pending::Sync { node: id, upto: disk.issued, cause: self.step };
        disk.syncing = Some(self.queue.push(key, pending));
    }

    fn send_or_hold_back(&mut self, from: NodeId, send: Send<P::Message>, report: &mut StepReport) {
        if send.after_sync && !from.is_client() {
            let disk = &mut Rc::make_mut(&mut self.servers[usize::from(from.index())]).disk;
            if disk.synced < disk.issued {
                disk.outbox.push_back((disk.issued, send, self.step));
                return;
            }
        }
        self.transmit(from, send, self.step, report);
    }

    /// Puts a message on its link.
    pub(super) fn transmit(
        &mut self,
        from: NodeId,
        send: Send<P::Message>,
        cause: Step,
        report: &mut StepReport,
    ) {
        let link = Link::new(from, send.to);
        let (flight, duplicate) = self.links.send(link, send.message, self.now, cause);
        self.launch(flight, report);
        if let Some(duplicate) = duplicate {
            self.launch(duplicate, report);
        }
    }

    fn launch(&mut self, flight: Flight<P::Message>, report: &mut StepReport) {
        report.tell_sent(flight.sent(), flight.message.wire_size());
        match flight.fate {
            Fate::Lost(why) => self.links.lose(flight, why, self.now),
            _ => self.enqueue(flight),
        }
    }

    /// Lets a flight arrive at its `deliver_at`.
    pub(super) fn enqueue(&mut self, flight: Flight<P::Message>) {
        let topology = self.fixed.topology;
        let (to, from) = (topology.position(flight.id.link.to), topology.position(flight.id.link.from));
        let key = Key::new(flight.deliver_at, Class::Delivery, to, from, flight.id.index);
        self.queue.push(key.with_copy(flight.id.copy), Pending::Flight(flight));
    }
}
