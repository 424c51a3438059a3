//! What the kernel keeps of a participant besides the protocol's own state.

use std::collections::VecDeque;

use crate::clock::Clock;
use crate::context::{DrawCounts, Send};
use crate::encode::{Encode, Encoder};
use crate::encode_fields;
use crate::id::{ProcessId, Step, TimerName};
use crate::protocol::{Disk, Protocol};
use crate::queue::Slot;
use crate::run::Status;
use crate::time::SimTime;

use super::flight::Flight;
use super::requests::{InFlight, Request};

/// What servers and clients have in common. `M` is the protocol's message.
#[derive(Clone, Debug)]
pub(super) struct Host<M> {
    pub(super) status: Status,
    /// How often it was started, from zero; grows with every restart.
    pub(super) incarnation: u32,
    pub(super) clock: Clock,
    /// Ordered by name, so that digests need no sorting.
    pub(super) timers: Vec<RunningTimer>,
    pub(super) draws: DrawCounts,
    /// What arrived or fell due while paused, in order.
    pub(super) waiting: VecDeque<Waiting<M>>,
    /// The step that last changed anything here.
    pub(super) changed_at: Step,
}

impl<M> Default for Host<M> {
    fn default() -> Self {
        Self {
            status: Status::Up,
            incarnation: 0,
            clock: Clock::default(),
            timers: Vec::new(),
            draws: DrawCounts::default(),
            waiting: VecDeque::new(),
            changed_at: Step(0),
        }
    }
}

/// A timer that runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct RunningTimer {
    pub(super) name: TimerName,
    pub(super) set_at: SimTime,
    pub(super) due_at: SimTime,
    pub(super) cause: Step,
    pub(super) slot: Slot,
}

/// Something that a paused server will handle when it resumes.
#[derive(Clone, Debug)]
pub(super) enum Waiting<M> {
    Message(Flight<M>),
    Timer(TimerName, Step),
    Synced(Step),
}

impl<M> Host<M> {
    pub(super) fn timer(&self, name: TimerName) -> Option<&RunningTimer> {
        self.timers.iter().find(|timer| timer.name == name)
    }

    pub(super) fn remove_timer(&mut self, name: TimerName) -> Option<RunningTimer> {
        let at = self.timers.iter().position(|timer| timer.name == name)?;
        Some(self.timers.remove(at))
    }

    pub(super) fn replace_timer(&mut self, timer: RunningTimer) {
        if let Some(running) = self.timers.iter_mut().find(|running| running.name == timer.name) {
            *running = timer;
        }
    }

    pub(super) fn insert_timer(&mut self, timer: RunningTimer) {
        let at = self.timers.partition_point(|other| other.name < timer.name);
        self.timers.insert(at, timer);
    }
}

/// A server: its memory, its disk, and what waits for the disk.
pub(super) struct ServerSlot<P: Protocol> {
    pub(super) host: Host<P::Message>,
    /// `None` while crashed.
    pub(super) memory: Option<P::Server>,
    pub(super) disk: DiskState<P>,
}

/// A disk: the image with every write issued, the one a crash would leave, and the writes between.
pub(super) struct DiskState<P: Protocol> {
    pub(super) live: P::Disk,
    pub(super) durable: P::Disk,
    /// Issued and not yet durable, in order.
    pub(super) unsynced: VecDeque<<P::Disk as Disk>::Write>,
    /// Number of writes ever issued; grows only.
    pub(super) issued: u64,
    /// Number of writes known durable; grows only, never above `issued`.
    pub(super) synced: u64,
    /// The sync under way. One at a time: what is written meanwhile goes with the next.
    pub(super) syncing: Option<Slot>,
    /// Number of syncs ever begun, the index of their delay draws.
    pub(super) syncs: u32,
    /// Messages that wait until that many writes are durable, with the event that sent them.
    pub(super) outbox: VecDeque<(u64, Send<P::Message>, Step)>,
}

impl<P: Protocol> Default for DiskState<P> {
    fn default() -> Self {
        Self {
            live: P::Disk::default(),
            durable: P::Disk::default(),
            unsynced: VecDeque::new(),
            issued: 0,
            synced: 0,
            syncing: None,
            syncs: 0,
            outbox: VecDeque::new(),
        }
    }
}

impl<P: Protocol> DiskState<P> {
    /// Makes writes durable up to the `upto`-th ever issued.
    pub(super) fn sync(&mut self, upto: u64) {
        while self.synced < upto {
            let write = self.unsynced.pop_front().expect("every write not yet synced is kept");
            self.durable.apply(&write);
            self.synced += 1;
        }
    }
}

/// A client: its memory and its operations.
pub(super) struct ClientSlot<P: Protocol> {
    pub(super) host: Host<P::Message>,
    pub(super) memory: P::Client,
    /// The logical process; a new one after every operation that ended unknown.
    pub(super) process: ProcessId,
    /// The operation in flight.
    pub(super) current: Option<InFlight>,
    /// Operations that found the client busy.
    pub(super) backlog: VecDeque<Request>,
    /// How many requests were ever scheduled, the index of the next.
    pub(super) scheduled: u32,
    /// How many operations of the workload have arrived or are about to.
    pub(super) arrivals: u32,
}

// Written by hand, because a derive would ask for `P: Clone`, and `P` is only a name.
impl<P: Protocol> Clone for ServerSlot<P> {
    fn clone(&self) -> Self {
        Self { host: self.host.clone(), memory: self.memory.clone(), disk: self.disk.clone() }
    }
}

impl<P: Protocol> Clone for DiskState<P> {
    fn clone(&self) -> Self {
        Self {
            live: self.live.clone(),
            durable: self.durable.clone(),
            unsynced: self.unsynced.clone(),
            outbox: self.outbox.clone(),
            ..*self
        }
    }
}

impl<P: Protocol> Clone for ClientSlot<P> {
    fn clone(&self) -> Self {
        Self { host: self.host.clone(), memory: self.memory.clone(), backlog: self.backlog.clone(), ..*self }
    }
}

encode_fields!(RunningTimer { name, due_at });

impl Encode for DrawCounts {
    fn encode(&self, out: &mut Encoder) {
        self.0.as_slice().encode(out);
    }
}

impl<M: Encode> Encode for Waiting<M> {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Message(flight) => {
                0u8.encode(out);
                flight.encode(out);
            }
            Self::Timer(name, _) => (1u8, *name).encode(out),
            Self::Synced(_) => 2u8.encode(out),
        }
    }
}

impl<M: Encode> Encode for Host<M> {
    fn encode(&self, out: &mut Encoder) {
        (self.status as u8, self.incarnation).encode(out);
        self.clock.encode(out);
        self.timers.encode(out);
        self.draws.encode(out);
        self.waiting.encode(out);
    }
}

impl<M: Encode> Encode for Send<M> {
    fn encode(&self, out: &mut Encoder) {
        self.to.encode(out);
        self.message.encode(out);
    }
}

impl<P: Protocol> Encode for DiskState<P> {
    fn encode(&self, out: &mut Encoder) {
        self.live.encode(out);
        self.durable.encode(out);
        self.unsynced.encode(out);
        (self.issued, self.synced).encode(out);
        self.syncs.encode(out);
        (self.outbox.len() as u64).encode(out);
        for (upto, send, _) in &self.outbox {
            upto.encode(out);
            send.encode(out);
        }
    }
}

impl<P: Protocol> Encode for ServerSlot<P> {
    fn encode(&self, out: &mut Encoder) {
        self.host.encode(out);
        self.memory.encode(out);
        self.disk.encode(out);
    }
}

impl<P: Protocol> Encode for ClientSlot<P> {
    fn encode(&self, out: &mut Encoder) {
        self.host.encode(out);
        self.memory.encode(out);
        (self.process, self.current).encode(out);
        self.backlog.encode(out);
        (self.scheduled, self.arrivals).encode(out);
    }
}
