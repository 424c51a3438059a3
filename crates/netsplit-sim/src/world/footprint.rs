//! How much memory a world holds, beside another with which it shares what neither has changed.

use std::rc::Rc;

use crate::context::Send;
use crate::footprint::{Footprint, RC_HEADER};
use crate::id::Step;
use crate::protocol::{Disk, Protocol};

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

impl<P: Protocol> DiskState<P> {
    fn heap(&self, live_beside: Option<&P::Disk>) -> usize {
        let outbox: usize = self.outbox.iter().map(|(_, send, _)| send.heap(None)).sum();
        self.live.heap(live_beside)
            + self.durable.heap(Some(&self.live))
            + self.unsynced.heap(None)
            + self.outbox.capacity() * size_of::<(u64, Send<P::Message>, Step)>()
            + outbox
    }
}

impl<P: Protocol> Footprint for ClientSlot<P> {
    fn heap(&self, other: Option<&Self>) -> usize {
        self.host.heap(None) + self.memory.heap(other.map(|other| &other.memory)) + self.backlog.heap(None)
    }
}

impl<P: Protocol> World<P> {
    /// Lets disks hold what is equal only once.
    pub(crate) fn share(&mut self) {
        for at in 0..self.servers.len() {
            let (before, rest) = self.servers.split_at_mut(at);
            // One that is shared has not changed since the last time.
            let Some(slot) = rest.first_mut().and_then(Rc::get_mut) else { continue };
            if let Some(first) = before.first() {
                slot.disk.live.share_with(&first.disk.live);
            }
            slot.disk.durable.share_with(&slot.disk.live);
        }
    }
}

impl<P: Protocol> World<P> {
    /// Bytes of servers: nothing for one that has not changed. Of the others, the first disk is held
    /// against its past, and the rest against the first, with which they share.
    fn heap_of_servers(&self, other: Option<&Self>) -> usize {
        let first = self.servers.first().map(|slot| &slot.disk.live);
        let heap = |(at, slot): (usize, &Rc<ServerSlot<P>>)| {
            let before = other.and_then(|other| other.servers.get(at));
            if before.is_some_and(|before| Rc::ptr_eq(before, slot)) {
                return 0;
            }
            let beside = if at == 0 { before.map(|before| &before.disk.live) } else { first };
            RC_HEADER
                + size_of::<ServerSlot<P>>()
                + slot.host.heap(None)
                + slot.memory.heap(before.map(|before| &before.memory))
                + slot.disk.heap(beside)
        };
        self.servers.capacity() * size_of::<Rc<ServerSlot<P>>>()
            + self.servers.iter().enumerate().map(heap).sum::<usize>()
    }
}

impl<P: Protocol> Footprint for World<P> {
    fn heap(&self, other: Option<&Self>) -> usize {
        self.queue.heap(None)
            + self.resumed.iter().map(|(_, waiting)| waiting.heap(None)).sum::<usize>()
            + self.heap_of_servers(other)
            + self.clients.heap(other.map(|other| &other.clients))
            + self.links.heap(other.map(|other| &other.links))
    }
}
