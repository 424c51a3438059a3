//! What a handler may see and do: its own clock, keyed randomness, its disk, and a buffer of effects.

use crate::clock::LocalTime;
use crate::history::Outcome;
use crate::id::{NodeId, ProcessId, TimerName, Topology};
use crate::note::Note;
use crate::protocol::{Disk, Protocol};
use crate::random::{Draw, Purpose, Stream};
use crate::time::SimDuration;

/// What a handler recorded. The kernel reuses one buffer for all events.
pub struct Effects<P: Protocol> {
    /// Messages to send, in order.
    pub sends: Vec<Send<P::Message>>,
    /// Timers set (`Some`) and cancelled (`None`), in order; durations are local.
    pub timers: Vec<(TimerName, Option<SimDuration>)>,
    /// Writes issued to the disk, already applied to the live image.
    pub writes: Vec<<P::Disk as Disk>::Write>,
    /// What happened.
    pub notes: Vec<Note>,
    /// The outcome of the client's operation.
    pub outcome: Option<Outcome>,
}

/// One message to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Send<M> {
    /// The receiver.
    pub to: NodeId,
    /// The message.
    pub message: M,
    /// Whether it waits until every write issued before it is durable.
    pub after_sync: bool,
}

impl<P: Protocol> Default for Effects<P> {
    fn default() -> Self {
        Self { sends: Vec::new(), timers: Vec::new(), writes: Vec::new(), notes: Vec::new(), outcome: None }
    }
}

/// How often each of a node's protocol draws was made; survives restarts, so that no draw repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrawCounts(pub(crate) [u32; DrawCounts::PURPOSES]);

impl DrawCounts {
    /// A protocol numbers its draws below this.
    pub const PURPOSES: usize = 4;
}

/// Everything a handler may use. `D` is what the participant has of a disk: see [`ServerContext`]
/// and [`ClientContext`].
pub struct Context<'a, P: Protocol, D> {
    /// Who is running.
    pub me: NodeId,
    /// The protocol's parameters.
    pub config: &'a P::Config,
    /// Who else there is.
    pub topology: Topology,
    /// The logical process of a client; a server has number zero and no use for it.
    pub process: ProcessId,
    pub(crate) now: LocalTime,
    pub(crate) seed: u64,
    pub(crate) draws: &'a mut DrawCounts,
    pub(crate) effects: &'a mut Effects<P>,
    pub(crate) disk: D,
}

/// What a server's handler gets.
pub type ServerContext<'a, P> = Context<'a, P, Images<'a, <P as Protocol>::Disk>>;
/// What a client's handler gets: no disk.
pub type ClientContext<'a, P> = Context<'a, P, ()>;

/// A disk as its server sees it, and as a crash would leave it.
pub struct Images<'a, D> {
    pub(crate) live: &'a mut D,
    pub(crate) durable: &'a D,
}

impl<P: Protocol, D> Context<'_, P, D> {
    /// What the node's own clock reads.
    pub fn now(&self) -> LocalTime {
        self.now
    }

    /// The other servers, in order.
    pub fn peers(&self) -> impl Iterator<Item = NodeId> + Clone + use<P, D> {
        let me = self.me;
        self.topology.servers().filter(move |&id| id != me)
    }

    /// Sends a message at once.
    pub fn send(&mut self, to: NodeId, message: P::Message) {
        self.effects.sends.push(Send { to, message, after_sync: false });
    }

    /// (Re)starts a timer; `after` is counted by the node's own clock.
    pub fn set_timer(&mut self, timer: TimerName, after: SimDuration) {
        self.effects.timers.push((timer, Some(after)));
    }

    /// Stops a timer; nothing happens if it does not run.
    pub fn cancel_timer(&mut self, timer: TimerName) {
        self.effects.timers.push((timer, None));
    }

    /// A fresh draw for one of the protocol's purposes, numbered below [`DrawCounts::PURPOSES`].
    pub fn draw(&mut self, purpose: u8) -> Draw {
        let index = &mut self.draws.0[usize::from(purpose)];
        let key = Purpose::Protocol(purpose);
        let draw = Draw::keyed(self.seed, Stream::Node(self.me), key, u64::from(*index));
        *index += 1;
        draw
    }

    /// Tells what just happened.
    pub fn note(&mut self, note: Note) {
        self.effects.notes.push(note);
    }
}

impl<P: Protocol> ServerContext<'_, P> {
    /// The disk as it is once everything written so far has arrived there.
    pub fn disk(&self) -> &P::Disk {
        self.disk.live
    }

    /// The disk as a crash that loses unsynced writes would leave it.
    pub fn durable(&self) -> &P::Disk {
        self.disk.durable
    }

    /// Issues a write. [`disk`](Self::disk) shows it at once, [`durable`](Self::durable) when the
    /// disk has synced.
    pub fn persist(&mut self, write: <P::Disk as Disk>::Write) {
        self.disk.live.apply(&write);
        self.effects.writes.push(write);
    }

    /// Sends a message once every write issued so far is durable. A crash before that sends nothing.
    pub fn send_after_sync(&mut self, to: NodeId, message: P::Message) {
        self.effects.sends.push(Send { to, message, after_sync: true });
    }
}

impl<P: Protocol> ClientContext<'_, P> {
    /// Ends the operation in flight.
    pub fn complete(&mut self, outcome: Outcome) {
        self.effects.outcome = Some(outcome);
    }
}
