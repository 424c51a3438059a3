//! How much memory a world holds, beside another with which it shares what neither has changed.

use crate::context::Send;
use crate::footprint::Footprint;
use crate::id::Step;
use crate::protocol::Protocol;

use super::flight::Flight;
use super::host::{ClientSlot, DiskState, Host, RunningTimer, ServerSlot, Waiting};
use super::requests::Request;
use super::{Pending, World};

impl Footprint for RunningTimer {}
impl Footprint for Request {}

impl<M: Footprint> Footprint for Flight<M> {
    fn heap(&self, _: Option<&Self>) -> usize {
        self.message.heap(None)
    }
}

impl<M: Footprint> Footprint for Send<M> {
    fn heap(&self, _: Option<&Self>) -> usize {
        self.message.heap(None)
    }
}

impl<M: Footprint> Footprint for Waiting<M> {
    fn heap(&self, _: Option<&Self>) -> usize {
        match self {
            Self::Message(flight) => flight.heap(None),
            Self::Timer(..) | Self::Synced(_) => 0,
        }
    }
}

impl<M: Footprint> Footprint for Pending<M> {
    fn heap(&self, _: Option<&Self>) -> usize {
        match self {
            Self::Flight(flight) => flight.heap(None),
            Self::Sync { .. } | Self::Timer { .. } | Self::Request { .. } => 0,
        }
    }
}

impl<M: Footprint> Footprint for Host<M> {
    fn heap(&self, _: Option<&Self>) -> usize {
        self.timers.heap(None) + self.waiting.heap(None)
    }
}

impl<P: Protocol> Footprint for DiskState<P> {
    fn heap(&self, other: Option<&Self>) -> usize {
        let outbox: usize = self.outbox.iter().map(|(_, send, _)| send.heap(None)).sum();
        self.live.heap(other.map(|other| &other.live))
            + self.durable.heap(Some(&self.live))
            + self.unsynced.heap(None)
            + self.outbox.capacity() * size_of::<(u64, Send<P::Message>, Step)>()
            + outbox
    }
}

impl<P: Protocol> Footprint for ServerSlot<P> {
    fn heap(&self, other: Option<&Self>) -> usize {
        self.host.heap(None)
            + self.memory.heap(other.map(|other| &other.memory))
            + self.disk.heap(other.map(|other| &other.disk))
    }
}

impl<P: Protocol> Footprint for ClientSlot<P> {
    fn heap(&self, other: Option<&Self>) -> usize {
        self.host.heap(None) + self.memory.heap(other.map(|other| &other.memory)) + self.backlog.heap(None)
    }
}

impl<P: Protocol> Footprint for World<P> {
    fn heap(&self, other: Option<&Self>) -> usize {
        self.queue.heap(None)
            + self.resumed.iter().map(|(_, waiting)| waiting.heap(None)).sum::<usize>()
            + self.servers.heap(other.map(|other| &other.servers))
            + self.clients.heap(other.map(|other| &other.clients))
            + self.links.heap(other.map(|other| &other.links))
    }
}
