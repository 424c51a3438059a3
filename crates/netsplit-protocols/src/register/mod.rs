//! A replicated register in several honest designs: what does it answer while a wall stands?
//!
//! Consistency here is an atomic (linearizable) register, availability an answer from every server that
//! is up (Gilbert and Lynch, *Brewer's Conjecture and the Feasibility of Consistent, Available,
//! Partition-Tolerant Web Services*, 2002). The parameter `design` chooses:
//!
//! | design | what it does | given up behind a wall |
//! |---|---|---|
//! | `cp` | multi-writer ABD: two majority round trips for reads and writes (Lynch and Shvartsman, *Robust Emulation of Shared Memory Using Dynamic Quorum-Acknowledged Broadcasts*, 1997) | availability |
//! | `ap` | every replica answers at once and tells the others later; what differs is joined by clocks, version vectors or the data type | consistency |
//! | `ca` | a primary with synchronous backups, which assumes that it is never cut | one or both |
//!
//! Without a wall the same choice is one between latency and consistency (Abadi, *Consistency Tradeoffs
//! in Modern Distributed Database System Design*, 2012); each operation may make it for itself by
//! naming how many replicas it waits for.
//!
//! # Rule card
//!
//! | where | rule | file |
//! |---|---|---|
//! | §3 | ask a majority, then have a majority store: reads and writes | `coordination.rs` |
//! | – | every replica answers, tells, compares and joins | `available.rs` |
//! | – | what replicas keep, and how it is joined | `state/` |
//! | – | the primary does one thing after the other | `primary.rs`, `backup.rs` |
//! | – | who is primary, and who takes over | `office.rs` |
//! | – | a client asks once, and never knows for sure | `client.rs` |
//!
//! # Model card
//!
//! Assumed: messages may be delayed, lost, duplicated and reordered, but not forged; servers may crash and
//! restart, and what their disks reported durable stays. Promised then: `cp` is linearizable, and answers
//! where a majority is up and linked. `ap` answers wherever a server is up, and replicas that were told the
//! same are the same. `ca` does both until a wall falls.
//!
//! # Where we depart from the papers
//!
//! - A server coordinates for the client, as stores of today do; the tag still names the client.
//! - A tag names the client's operation too: a client that never learned what became of a write may take
//!   the same number again, and is a new client to the algorithm.
//! - A coordinator gives up after some attempts: it refuses what nobody was told to store, and says of all
//!   else that it does not know. The paper waits.
//! - A `cp` operation may ask for fewer replicas than a majority; then a read stores nothing.

mod about;
mod available;
mod backup;
mod cards;
mod client;
mod config;
mod coordination;
mod describe;
mod disk;
mod message;
mod office;
mod params;
mod primary;
mod properties;
mod questions;
mod rules;
mod server;
mod state;
#[cfg(test)]
mod tests;
mod types;
mod views;

use netsplit_sim::describe::Settings;
use netsplit_sim::execution::{self, Refused};
use netsplit_sim::intervention::Scheduled;
use netsplit_sim::protocol::Protocol;
use netsplit_sim::run::Run;
use netsplit_sim::setup::Setup;

pub use client::{Client, Pending, Told};
pub use config::{Config, Design, Flaws};
pub use coordination::{Coordination, Phase};
pub use disk::{Disk, Write};
pub use message::{Answer, ClientReply, Exchange, Message, Refusal, Request, Seen, Store, Transfer};
pub use office::{Job, Office, Primary, Running};
pub use properties::RegisterProperties;
pub use server::Server;
pub use state::{Counter, Kind, Numbered, OrSet, Reading, Stamped, State, Tagged, Tally};
pub use types::{OpId, Serial, Stamp, Tag, View};

/// The protocol.
#[derive(Clone, Copy, Debug)]
pub enum Register {}

impl Protocol for Register {
    type Config = Config;
    type Message = Message;
    type Disk = Disk;
    type Server = Server;
    type Client = Client;
}

/// Boots a run that is watched for all of the register's properties.
pub fn boot(setup: Setup, settings: &Settings, script: Vec<Scheduled>) -> Result<Box<dyn Run>, Refused> {
    execution::boot::<Register, RegisterProperties>(setup, settings, script)
}
