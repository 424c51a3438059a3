//! Replication by quorums over a ring (DeCandia and others, *Dynamo: Amazon's Highly Available Key-value
//! Store*, 2007; Preguiça and others, *Dotted Version Vectors*, 2010; the legs of a write and a read as
//! Bailis and others name them, *Probabilistically Bounded Staleness*, 2012).
//!
//! # Rule card
//!
//! | where | rule | file |
//! |---|---|---|
//! | §4.2, §4.3 | virtual nodes on a circle; the homes of a key, and who comes next | `ring.rs`, `targets.rs` |
//! | §4.4 | names, pasts and siblings, or the latest timestamp | `object.rs`, [`crate::version_vector`] |
//! | §4.5 | any server coordinates: all N are asked, W or R have to answer | `coordinate.rs`, `replica.rs` |
//! | §4.6 | stand-ins count in sloppy quorums, and hand over | `targets.rs`, `detector.rs`, `handoff.rs` |
//! | §4.7 | replicas compare Merkle trees | `merkle.rs`, `anti_entropy.rs` |
//! | §4.8, §4.9 | servers join and leave; keys move | `membership.rs`, `ring_change.rs` |
//! | §5 | read repair | `read_repair.rs` |
//! | §6.1 | a write buffer may be trusted instead of the disk | `disk.rs` |
//!
//! # What a configuration guarantees
//!
//! - Strict, R + W > N: a read that begins after a write was acknowledged sees it, or what replaced it.
//!   Nothing more: a write under way can be read as new and then as old.
//! - 2 W > N: of two writes of which one began after the other was acknowledged, some server sees both.
//! - Sloppy: any W servers that answer keep a write; a read sees it only if it reaches one of them.
//! - `last_writer_wins` keeps one version however many were acknowledged; siblings lose none.
//!
//! # Where we depart from the paper
//!
//! See `cards.rs`, from where the page shows the same: any server names writes; dots and epochs; one
//! Merkle tree a pair; news of the ring go straight to everyone; keys move at once.

mod about;
mod anti_entropy;
mod cards;
mod client;
mod config;
mod coordinate;
mod coordination;
mod describe;
mod detector;
mod disk;
mod handoff;
mod membership;
mod merkle;
mod message;
mod object;
mod params;
mod properties;
mod questions;
mod read_repair;
mod replica;
mod ring;
mod ring_change;
mod rules;
mod server;
mod store;
mod targets;
#[cfg(test)]
mod tests;
mod trail;
mod views;

use netsplit_sim::describe::Settings;
use netsplit_sim::execution::{self, Refused};
use netsplit_sim::intervention::Scheduled;
use netsplit_sim::protocol::Protocol;
use netsplit_sim::run::Run;
use netsplit_sim::setup::Setup;

pub use client::{Client, Pending};
pub use config::{Config, Flaws, Propagation, Quorum};
pub use coordination::{Coordination, Task};
pub use disk::{Hints, Kept, Write};
pub use membership::{Entry, Membership};
pub use message::{
    Action, Answer, Batch, Exchange, Message, OpId, Outcome, ReplicaWrite, Request, Ticket, Tree,
};
pub use object::{Object, Reconciliation, Stored};
pub use properties::QuorumProperties;
pub use ring::{Homes, Position, Ring, Token};
pub use server::Server;
pub use store::Store;

/// The protocol.
#[derive(Clone, Copy, Debug)]
pub enum QuorumReplication {}

impl Protocol for QuorumReplication {
    type Config = Config;
    type Message = Message;
    type Disk = Kept;
    type Server = Server;
    type Client = Client;
}

/// Boots a run that is watched for all properties.
pub fn boot(setup: Setup, settings: &Settings, script: Vec<Scheduled>) -> Result<Box<dyn Run>, Refused> {
    execution::boot::<QuorumReplication, QuorumProperties>(setup, settings, script)
}
