//! What a protocol is to the kernel: sans-IO state machines that record effects.
//!
//! A protocol is five types and their handlers. A handler receives what happened and a
//! [`Context`](crate::context::Context); it changes its own state and *records* what it wants done.
//! It never waits, never reads a clock but its own, and draws randomness only by key. Servers and
//! clients are `Clone`, so that a run can go back in time; this is why nothing here is `async`. They tell
//! their [`Footprint`], so that what is kept to go back to has a budget.

use crate::context::{ClientContext, ServerContext};
use crate::encode::Encode;
use crate::footprint::Footprint;
use crate::history::Operation;
use crate::id::{NodeId, OrderName, TamperName, TimerName};

/// A distributed protocol.
pub trait Protocol: Sized + 'static {
    /// Its parameters, constant during a run; see [`Configs`](crate::setup::Configs).
    type Config: 'static;
    /// What servers and clients send each other.
    type Message: Message;
    /// What a server keeps on disk.
    type Disk: Disk;
    /// What a server keeps in memory, lost by every crash.
    type Server: Server<Self>;
    /// A client's state machine: redirects, retries, sessions.
    type Client: Client<Self>;
}

/// A message of a protocol.
pub trait Message: Clone + Encode + Footprint + 'static {
    /// Bytes on the wire, for bandwidth and cost.
    fn wire_size(&self) -> u32;
    /// Which of the protocol's described message kinds it is.
    fn kind(&self) -> u8;
    /// Somebody on the way changes it as its protocol [describes](crate::describe::About::tampers); says
    /// whether there was anything to change. The receiver cannot tell.
    fn tamper(&mut self, _how: TamperName) -> bool {
        false
    }
}

/// The persistent state of a server. `Default` is an empty disk.
pub trait Disk: Clone + Default + Encode + Footprint + 'static {
    /// One write, small enough to be applied whole or not at all.
    type Write: Clone + Encode + Footprint + 'static;
    /// Performs the write.
    fn apply(&mut self, write: &Self::Write);
    /// Holds what equals the other disk only once from now on, if it knows how. Called now and then,
    /// since replicas have a habit of being equal.
    fn share_with(&mut self, _other: &Self) {}
}

/// The volatile state of a server and how it reacts.
pub trait Server<P: Protocol>: Clone + Encode + Footprint + 'static {
    /// Starts with what the disk holds: at the beginning of the run and after every crash.
    fn boot(ctx: &mut ServerContext<'_, P>) -> Self;
    /// A message arrived.
    fn on_message(&mut self, from: NodeId, message: P::Message, ctx: &mut ServerContext<'_, P>);
    /// A timer that this server set is due.
    fn on_timer(&mut self, timer: TimerName, ctx: &mut ServerContext<'_, P>);
    /// An operator tells it to do something that its protocol [describes](crate::describe::About::orders).
    fn on_order(&mut self, _order: OrderName, _ctx: &mut ServerContext<'_, P>) {}
    /// The disk reports that some writes are durable; see
    /// [`ServerContext::durable`](crate::context::Context::durable).
    fn on_durable(&mut self, ctx: &mut ServerContext<'_, P>);
}

/// The state of a client and how it reacts.
pub trait Client<P: Protocol>: Clone + Encode + Footprint + 'static {
    /// Starts; `home` is the server to turn to first.
    fn boot(home: NodeId, ctx: &mut ClientContext<'_, P>) -> Self;
    /// The workload or the user asks for an operation, of the server `via` if one is named. The
    /// client has none in flight. It ends by [`complete`](crate::context::Context::complete).
    fn on_request(&mut self, operation: Operation, via: Option<NodeId>, ctx: &mut ClientContext<'_, P>);
    /// A message arrived.
    fn on_message(&mut self, from: NodeId, message: P::Message, ctx: &mut ClientContext<'_, P>);
    /// A timer that this client set is due.
    fn on_timer(&mut self, timer: TimerName, ctx: &mut ClientContext<'_, P>);
}
