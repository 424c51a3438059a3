//! One event: taken from the queue, handled by its participant, told in a report.

use std::rc::Rc;

use crate::encode::Digest;
use crate::event::{Arrival, Event, EventKind, HistoryChange, StepReport};
use crate::id::{Link, NodeId, Step, TimerName};
use crate::protocol::{Client, Message, Protocol, Server};
use crate::run::{Status, Stopped};
use crate::time::SimTime;

use super::flight::Flight;
use super::host::Waiting;
use super::requests::InFlight;
use super::{LIVELOCK_LIMIT, Pending, World};

impl<P: Protocol> World<P> {
    /// Handles the next event, if one ever comes, and tells of it in `report`. Returns at whom it
    /// happened.
    pub fn step(&mut self, report: &mut StepReport) -> Result<Option<NodeId>, Stopped> {
        report.clear();
        let Some(at) = self.next_event_at() else { return Ok(None) };
        self.count_event(at)?;
        let (kind, cause) = match self.resumed.pop_front() {
            Some((id, waiting)) => self.handle_waiting(id, waiting, report),
            None => {
                let (_, pending) = self.queue.pop().expect("the queue says when its next event comes");
                self.handle(pending, report)
            }
        };
        self.fold_event(&kind);
        report.event = Some(Event { step: self.step, time: self.now, kind, cause });
        Ok(kind.node())
    }

    fn count_event(&mut self, at: SimTime) -> Result<(), Stopped> {
        let events_now = self.events_at(at) + 1;
        if events_now > LIVELOCK_LIMIT {
            return Err(Stopped::Livelock { at, limit: LIVELOCK_LIMIT });
        }
        self.advance(at);
        self.events_now = events_now;
        Ok(())
    }

    /// Begins a step at this time.
    pub(super) fn advance(&mut self, at: SimTime) {
        debug_assert!(at >= self.now, "time never goes back");
        if at > self.now {
            self.events_now = 0;
        }
        self.now = at;
        self.step.0 += 1;
    }

    fn handle(&mut self, pending: Pending<P::Message>, report: &mut StepReport) -> (EventKind, Option<Step>) {
        match pending {
            Pending::Flight(flight) => self.deliver(flight, report),
            Pending::Sync { node, upto, cause } => {
                self.finish_sync(node, upto, report);
                (EventKind::Durable { node }, Some(cause))
            }
            Pending::Timer { node, name, cause } => self.timer_due(node, name, cause, report),
            Pending::Request { client, request } => {
                let waits = self.arrive(client, request, report);
                (EventKind::Request { client, operation: request.operation, waits }, None)
            }
        }
    }

    fn deliver(&mut self, flight: Flight<P::Message>, report: &mut StepReport) -> (EventKind, Option<Step>) {
        let (id, kind, cause) = (flight.id, flight.message.kind(), flight.cause);
        let arrival = match self.status(id.link.to) {
            Status::Up => {
                self.tell_received(id.link, cause, report);
                self.receive(id.link.from, id.link.to, flight.message, report);
                Arrival::Handled
            }
            Status::Paused => {
                self.host_mut(id.link.to).waiting.push_back(Waiting::Message(flight));
                Arrival::Waits
            }
            Status::Crashed => Arrival::NobodyThere,
        };
        (EventKind::Deliver { message: id, kind, arrival }, Some(cause))
    }

    /// A server received something from a client: its operation in flight, if it is about that.
    fn tell_received(&self, link: Link, sent: Step, report: &mut StepReport) {
        if link.from.is_client() && !link.to.is_client() {
            let client = &self.clients[usize::from(link.from.index())];
            if let Some(InFlight { row, .. }) = client.current {
                report.history.push(HistoryChange::Received { row, sent });
            }
        }
    }

    fn receive(&mut self, from: NodeId, to: NodeId, message: P::Message, report: &mut StepReport) {
        if to.is_client() {
            self.with_client_context(to, |client, ctx| client.on_message(from, message, ctx));
        } else {
            self.with_server_context(to, |server, ctx| {
                server.expect(RUNS).on_message(from, message, ctx);
            });
        }
        self.carry_out(to, report);
    }

    fn timer_due(
        &mut self,
        node: NodeId,
        timer: TimerName,
        cause: Step,
        report: &mut StepReport,
    ) -> (EventKind, Option<Step>) {
        let host = self.host_mut(node);
        host.remove_timer(timer);
        let waits = host.status == Status::Paused;
        if waits {
            host.waiting.push_back(Waiting::Timer(timer, cause));
        } else {
            self.fire(node, timer, report);
        }
        (EventKind::Timer { node, timer, waits }, Some(cause))
    }

    fn fire(&mut self, node: NodeId, timer: TimerName, report: &mut StepReport) {
        if node.is_client() {
            self.with_client_context(node, |client, ctx| client.on_timer(timer, ctx));
        } else {
            self.with_server_context(node, |server, ctx| server.expect(RUNS).on_timer(timer, ctx));
        }
        self.carry_out(node, report);
    }

    /// The disk does not stop when its server is paused; what the server does about it waits.
    fn finish_sync(&mut self, node: NodeId, upto: u64, report: &mut StepReport) {
        let step = self.step;
        let slot = Rc::make_mut(&mut self.servers[usize::from(node.index())]);
        slot.host.changed_at = step;
        slot.disk.syncing = None;
        slot.disk.sync(upto);
        if slot.host.status == Status::Paused {
            slot.host.waiting.push_back(Waiting::Synced(step));
        } else {
            self.after_sync(node, report);
        }
        self.begin_sync(node);
    }

    /// Sends what waited for the disk, then tells the server.
    fn after_sync(&mut self, node: NodeId, report: &mut StepReport) {
        loop {
            let disk = &mut Rc::make_mut(&mut self.servers[usize::from(node.index())]).disk;
            let synced = disk.synced;
            if disk.outbox.front().is_none_or(|(upto, ..)| *upto > synced) {
                break;
            }
            if let Some((_, send, _)) = disk.outbox.pop_front() {
                self.transmit(node, send, self.step, report);
            }
        }
        self.with_server_context(node, |server, ctx| server.expect(RUNS).on_durable(ctx));
        self.carry_out(node, report);
    }

    /// What a resumed server still has to handle.
    fn handle_waiting(
        &mut self,
        node: NodeId,
        waiting: Waiting<P::Message>,
        report: &mut StepReport,
    ) -> (EventKind, Option<Step>) {
        match waiting {
            Waiting::Message(flight) => self.deliver(flight, report),
            Waiting::Timer(timer, cause) => {
                self.fire(node, timer, report);
                (EventKind::Timer { node, timer, waits: false }, Some(cause))
            }
            Waiting::Synced(cause) => {
                self.after_sync(node, report);
                (EventKind::Durable { node }, Some(cause))
            }
        }
    }

    /// Folds an event into the trace digest.
    fn fold_event(&mut self, kind: &EventKind) {
        let (class, a, b, copy): (u8, u32, u32, u32) = match *kind {
            EventKind::Deliver { message, arrival, .. } => {
                let link = u32::from(message.link.from.raw()) << 16 | u32::from(message.link.to.raw());
                (arrival as u8, link, message.index, message.copy)
            }
            EventKind::Durable { node } => (8, u32::from(node.raw()), 0, 0),
            EventKind::Timer { node, timer, waits } => {
                (16 + u8::from(waits), u32::from(node.raw()), u32::from(timer.0), 0)
            }
            EventKind::Request { client, waits, .. } => (24 + u8::from(waits), u32::from(client.raw()), 0, 0),
            EventKind::Intervene { .. } => unreachable!("interventions are folded where they are applied"),
        };
        let mut bytes = [0u8; 29];
        bytes[..8].copy_from_slice(&self.trace.0.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.now.0.to_le_bytes());
        bytes[16] = class;
        bytes[17..21].copy_from_slice(&a.to_le_bytes());
        bytes[21..25].copy_from_slice(&b.to_le_bytes());
        bytes[25..].copy_from_slice(&copy.to_le_bytes());
        self.trace = Digest::of_bytes(&bytes);
    }
}

/// Why a server that handles something has memory.
const RUNS: &str = "a server that is not crashed has memory";
