//! Interventions: everything that is done *to* a running system. They are part of the run.

use std::collections::BTreeSet;

use netsplit_words::say;
use thiserror::Error;

use crate::clock::MAX_DRIFT_PPM;
use crate::encode::{Encode, Encoder};
use crate::history::Operation;
use crate::id::{Link, MessageId, NodeId, OrderName, TamperName, TimerName, Topology, WallId};
use crate::network::LinkModel;
use crate::run::Stopped;
use crate::time::SimTime;

/// What a crash takes with it besides memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrashKind {
    /// The process dies; everything it wrote still reaches the disk.
    KeepWritten,
    /// The machine dies: writes that were not yet durable are gone.
    LoseUnsynced,
    /// The disk dies: it comes back empty.
    LoseDisk,
}

/// Something done to the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intervention {
    /// Stops a server and takes its memory.
    Crash(NodeId, CrashKind),
    /// Starts a crashed server from its disk.
    Restart(NodeId),
    /// Freezes a server: what arrives and what falls due waits in order.
    Pause(NodeId),
    /// Lets a paused server go on.
    Resume(NodeId),
    /// Shifts what a node's clock reads, in nanoseconds.
    ClockOffset(NodeId, i64),
    /// Sets how fast a node's clock runs, in parts per million more than true time.
    ClockDrift(NodeId, i32),
    /// Raises a wall, or moves one that stands: it cuts exactly these links.
    SetWall(WallId, BTreeSet<Link>),
    /// Takes a wall away.
    RemoveWall(WallId),
    /// Gives a link another behaviour.
    SetLink(Link, LinkModel),
    /// Gives a link its original behaviour back.
    ResetLink(Link),
    /// Loses a message that is under way.
    Drop(MessageId),
    /// Sends a second copy of a message that is under way, arriving at the same time.
    Duplicate(MessageId),
    /// Lets a message that is under way arrive now.
    DeliverNow(MessageId),
    /// Lets a message that is under way arrive at this time instead; now, if that has passed.
    Retime(MessageId, SimTime),
    /// Changes what a message under way says, as its protocol describes.
    Tamper(MessageId, TamperName),
    /// Makes a running timer due now.
    FireTimer(NodeId, TimerName),
    /// Tells a server to do something that its protocol describes.
    Order(NodeId, OrderName),
    /// Has a client ask for an operation, of the named server if there is one.
    Request {
        /// The client.
        client: NodeId,
        /// What it asks.
        operation: Operation,
        /// Whom it asks first.
        via: Option<NodeId>,
    },
}

/// An intervention with its place in the run's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheduled {
    /// When.
    pub at: SimTime,
    /// How many events of that very instant come before it; beyond the last means after all of them.
    pub rank: u32,
    /// What.
    pub what: Intervention,
}

/// Why an intervention changed nothing. It stays in the script, visibly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum NoEffect {
    /// The server is crashed already.
    #[error("{}", say!("it is crashed already"))]
    AlreadyCrashed,
    /// The server is not crashed.
    #[error("{}", say!("it is not crashed"))]
    NotCrashed,
    /// The server is not running.
    #[error("{}", say!("it is not running"))]
    NotRunning,
    /// The server is not paused.
    #[error("{}", say!("it is not paused"))]
    NotPaused,
    /// No such wall stands.
    #[error("{}", say!("that wall does not stand"))]
    NoSuchWall,
    /// The message is not under way, or lost already.
    #[error("{}", say!("that message is not under way"))]
    NoSuchMessage,
    /// The message has nothing of the kind that was to be changed.
    #[error("{}", say!("that message says nothing of the kind"))]
    NothingToTamperWith,
    /// The timer is not running.
    #[error("{}", say!("that timer is not running"))]
    NoSuchTimer,
    /// Everything was as asked already.
    #[error("{}", say!("nothing changes by it"))]
    NothingToChange,
}

/// Why an intervention cannot be part of this run at all.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadIntervention {
    /// Somebody is named who is not in the run.
    #[error("{}", say!("{it} is not in this run", it = _0))]
    NoSuchNode(NodeId),
    /// A client where a server is needed.
    #[error("{}", say!("{it} is a client: only servers can be crashed, restarted, paused, resumed or given orders", it = _0))]
    NotAServer(NodeId),
    /// A server where a client is needed.
    #[error("{}", say!("{it} is a server: only clients ask for operations", it = _0))]
    NotAClient(NodeId),
    /// A link from a node to itself.
    #[error("{}", say!("{it} has no link to itself", it = _0))]
    SelfLink(NodeId),
    /// More drift than a clock may have.
    #[error("{}", say!("a clock may drift by at most {newest} parts per million, not {it}", newest = MAX_DRIFT_PPM, it = _0))]
    TooMuchDrift(i32),
    /// The run cannot go on.
    #[error("{0}")]
    Stopped(Stopped),
}

impl Intervention {
    /// Checks that everybody named exists and that the numbers are possible.
    pub fn check(&self, topology: Topology) -> Result<(), BadIntervention> {
        match self {
            Self::Crash(id, _) | Self::Order(id, _) => check_server(*id, topology),
            Self::Restart(id) | Self::Pause(id) | Self::Resume(id) => check_server(*id, topology),
            Self::ClockDrift(_, ppm) if ppm.unsigned_abs() > MAX_DRIFT_PPM.unsigned_abs() => {
                Err(BadIntervention::TooMuchDrift(*ppm))
            }
            Self::ClockOffset(id, _) | Self::ClockDrift(id, _) | Self::FireTimer(id, _) => {
                check_node(*id, topology)
            }
            Self::SetWall(_, cuts) => cuts.iter().try_for_each(|link| check_link(*link, topology)),
            Self::RemoveWall(_) => Ok(()),
            Self::SetLink(link, _) | Self::ResetLink(link) => check_link(*link, topology),
            Self::Drop(id) | Self::Duplicate(id) | Self::DeliverNow(id) => check_link(id.link, topology),
            Self::Retime(id, _) | Self::Tamper(id, _) => check_link(id.link, topology),
            Self::Request { client, via, .. } => {
                if !client.is_client() {
                    return Err(BadIntervention::NotAClient(*client));
                }
                check_node(*client, topology)?;
                via.map_or(Ok(()), |id| check_server(id, topology))
            }
        }
    }
}

fn check_node(id: NodeId, topology: Topology) -> Result<(), BadIntervention> {
    if topology.contains(id) { Ok(()) } else { Err(BadIntervention::NoSuchNode(id)) }
}

fn check_server(id: NodeId, topology: Topology) -> Result<(), BadIntervention> {
    if id.is_client() { Err(BadIntervention::NotAServer(id)) } else { check_node(id, topology) }
}

fn check_link(link: Link, topology: Topology) -> Result<(), BadIntervention> {
    if link.from == link.to {
        return Err(BadIntervention::SelfLink(link.from));
    }
    check_node(link.from, topology)?;
    check_node(link.to, topology)
}

impl Intervention {
    /// The kind as a number, for the trace digest. The numbers are frozen.
    fn tag(&self) -> u8 {
        match self {
            Self::Crash(_, CrashKind::KeepWritten) => 0,
            Self::Crash(_, CrashKind::LoseUnsynced) => 1,
            Self::Crash(_, CrashKind::LoseDisk) => 2,
            Self::Restart(_) => 3,
            Self::Pause(_) => 4,
            Self::Resume(_) => 5,
            Self::ClockOffset(..) => 6,
            Self::ClockDrift(..) => 7,
            Self::SetWall(..) => 8,
            Self::RemoveWall(_) => 9,
            Self::SetLink(..) => 10,
            Self::ResetLink(_) => 11,
            Self::Drop(_) => 12,
            Self::Duplicate(_) => 13,
            Self::DeliverNow(_) => 14,
            Self::FireTimer(..) => 15,
            Self::Request { .. } => 16,
            Self::Retime(..) => 17,
            Self::Order(..) => 18,
            Self::Tamper(..) => 19,
        }
    }
}

impl Encode for Intervention {
    /// The kind and its target. What a link or wall is set to shows in the state digest.
    fn encode(&self, out: &mut Encoder) {
        self.tag().encode(out);
        match self {
            Self::Crash(id, _) | Self::Restart(id) | Self::Pause(id) | Self::Resume(id) => id.encode(out),
            Self::ClockOffset(id, nanos) => (*id, *nanos).encode(out),
            Self::ClockDrift(id, ppm) => (*id, *ppm).encode(out),
            Self::SetWall(wall, cuts) => {
                wall.encode(out);
                cuts.encode(out);
            }
            Self::RemoveWall(wall) => wall.encode(out),
            Self::SetLink(link, _) | Self::ResetLink(link) => link.encode(out),
            Self::Drop(id) | Self::Duplicate(id) | Self::DeliverNow(id) => id.encode(out),
            Self::Retime(id, to) => (*id, *to).encode(out),
            Self::Tamper(id, how) => (*id, how.0).encode(out),
            Self::FireTimer(id, timer) => (*id, *timer).encode(out),
            Self::Order(id, order) => (*id, order.0).encode(out),
            Self::Request { client, operation, via } => {
                client.encode(out);
                operation.encode(out);
                via.encode(out);
            }
        }
    }
}
