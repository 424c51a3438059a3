//! Clients' operations: when they come, how they begin and how they end.

use std::rc::Rc;

use crate::encode_fields;
use crate::event::{HistoryChange, StepReport};
use crate::history::{Operation, Outcome};
use crate::id::{NodeId, ProcessId};
use crate::protocol::{Client, Protocol};
use crate::queue::{Class, Key};
use crate::random::{Draw, Purpose, Stream};
use crate::time::SimTime;
use crate::workload::Arrival;

use super::host::ClientSlot;
use super::{Pending, World};

/// An operation that a client is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Request {
    pub(super) operation: Operation,
    /// The server to turn to first, if one is named.
    pub(super) via: Option<NodeId>,
    /// Whether its workload asked, so that its end may bring the next.
    pub(super) from_workload: bool,
}

/// The operation that a client has in flight.
#[derive(Clone, Copy, Debug)]
pub(super) struct InFlight {
    /// Its row of the history.
    pub(super) row: u32,
    pub(super) from_workload: bool,
}

encode_fields!(Request { operation, via, from_workload });
encode_fields!(InFlight { row, from_workload });

impl<P: Protocol> World<P> {
    /// Schedules the next arrival of a client's workload. `previous` is when the one before arrived,
    /// or was answered.
    pub(super) fn schedule_arrival(&mut self, id: NodeId, previous: SimTime) {
        let seed = self.fixed.setup.seed;
        let spec = &self.fixed.setup.clients[usize::from(id.index())];
        let index = self.clients[usize::from(id.index())].arrivals;
        let Some(arrival) = spec.workload.arrival(seed, id, index, previous) else { return };
        let operation = spec.workload.operation(seed, id, self.fixed.topology.clients, index);
        let operation = operation.expect("an operation that arrives is one of the workload");
        let at = match arrival {
            Arrival::At(at) => at.max(self.now),
            Arrival::AfterAnswer(gap) => previous + gap,
        };
        let via = spec.roaming.then(|| self.route(id, index));
        self.client_slot_mut(id).arrivals += 1;
        self.schedule_request(id, at, Request { operation, via, from_workload: true });
    }

    /// The server that a roaming client turns to with an operation.
    fn route(&self, id: NodeId, index: u32) -> NodeId {
        let seed = self.fixed.setup.seed;
        let mut draw = Draw::keyed(seed, Stream::Node(id), Purpose::Route, u64::from(index));
        NodeId::server(draw.below(u64::from(self.fixed.topology.servers)) as u16)
    }

    fn schedule_request(&mut self, client: NodeId, at: SimTime, request: Request) {
        let position = self.fixed.topology.position(client);
        let slot = self.client_slot_mut(client);
        let key = Key::new(at, Class::Workload, position, 0, slot.scheduled);
        slot.scheduled += 1;
        self.queue.push(key, Pending::Request { client, request });
    }

    /// A client is asked for an operation: it begins, or waits while another is in flight. Returns
    /// whether it waits.
    pub(super) fn request(&mut self, client: NodeId, request: Request, report: &mut StepReport) -> bool {
        let row = self.rows;
        let slot = self.client_slot_mut(client);
        if slot.current.is_some() {
            slot.backlog.push_back(request);
            return true;
        }
        slot.current = Some(InFlight { row, from_workload: request.from_workload });
        let process = slot.process;
        let Request { operation, via, .. } = request;
        self.rows += 1;
        report.history.push(HistoryChange::Invoked { row, process, client, operation });
        self.with_client_context(client, |memory, ctx| memory.on_request(operation, via, ctx));
        self.carry_out(client, report);
        false
    }

    /// A workload's operation arrives, and the next one is scheduled. Returns whether it waits.
    pub(super) fn arrive(&mut self, client: NodeId, request: Request, report: &mut StepReport) -> bool {
        let waits = self.request(client, request, report);
        if request.from_workload && !self.is_closed_loop(client) {
            self.schedule_arrival(client, self.now);
        }
        waits
    }

    /// Ends the operation in flight at a client, and lets the next one begin.
    pub(super) fn end_operation(&mut self, client: NodeId, outcome: Outcome, report: &mut StepReport) {
        let fresh = ProcessId(self.processes);
        let slot = self.client_slot_mut(client);
        let ended = slot.current.take().expect("a client completes only what it was asked for");
        let next = slot.backlog.pop_front();
        if outcome == Outcome::Info {
            slot.process = fresh;
            self.processes += 1;
        }
        report.history.push(HistoryChange::Returned { row: ended.row, outcome });
        if let Some(next) = next {
            // It has arrived already: no other arrival follows from it.
            self.schedule_request(client, self.now, Request { from_workload: false, ..next });
        }
        if ended.from_workload && self.is_closed_loop(client) {
            self.schedule_arrival(client, self.now);
        }
    }

    fn is_closed_loop(&self, client: NodeId) -> bool {
        self.fixed.setup.clients[usize::from(client.index())].workload.waits_for_answers()
    }

    fn client_slot_mut(&mut self, id: NodeId) -> &mut ClientSlot<P> {
        Rc::make_mut(&mut self.clients[usize::from(id.index())])
    }
}
