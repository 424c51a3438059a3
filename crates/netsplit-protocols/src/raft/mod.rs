//! Raft: a replicated log by a strong leader (Ongaro and Ousterhout, *In Search of an Understandable
//! Consensus Algorithm (Extended Version)*, 2014; Ongaro's dissertation for PreVote, CheckQuorum and
//! leases).
//!
//! # Rule card
//!
//! | where | rule | file |
//! |---|---|---|
//! | §5.1 | a higher term is adopted, and its finder becomes a follower | `server.rs` |
//! | §5.2 | who hears from no leader stands for election; one vote per term; a majority wins | `election.rs` |
//! | §5.3 | the leader appends and replicates; followers delete only what conflicts with a new entry | `replication.rs`, `append.rs` |
//! | §5.4.1 | no vote for a candidate whose log is less up-to-date | `election.rs` |
//! | §5.4.2 | counting replicas commits entries of the leader's own term only | `commit.rs` |
//! | §8 | clients find the leader; each command takes effect at most once; reads need a proof | `client.rs`, `requests.rs`, `reads.rs` |
//! | Figure 2 | term, vote and log are durable before anything is acknowledged | `disk.rs`, [`Server`] |
//!
//! # Model card
//!
//! Assumed: messages may be delayed, lost, duplicated and reordered, but not forged; servers may
//! crash and restart at any time, and what their disks reported durable stays. Promised then: the
//! five safety properties of Figure 3, always (see [`RaftProperties`]). With a majority up and linked
//! and message delays well below the election timeout, a leader is elected and requests are answered.
//! Raft never reads the time of day. Leases read how much time has passed, and are safe only as long
//! as clocks drift less than `clock_drift_bound` and are not set; a sentence that tells how long
//! a server has waited reads it too, and decides nothing.
//!
//! # Where we depart from the paper
//!
//! - RPCs are pairs of one-way messages, so AppendEntries replies carry the index they match up to
//!   (or the index they reject) and the round they answer; candidateId and leaderId are the sender.
//! - RequestVote leaves once the term, vote and log it vouches for are durable. The paper asks that
//!   of replies; without it a crash could take back the log that votes were given for.
//! - A leader has one AppendEntries with entries under way per follower, and repeats it with
//!   a heartbeat once a whole round has gone unanswered; other heartbeats are empty.
//! - `commit_index` and the state machine start empty after every restart; there are no snapshots
//!   (§7) and no membership changes (§6).
//! - With `read_mode` local, only a server that believes itself leader answers; others send clients on.

mod about;
mod append;
mod cards;
mod client;
mod commit;
mod config;
mod contact;
mod cow_vec;
mod describe;
mod disk;
mod election;
mod entry;
mod leadership;
mod lease;
mod log;
mod message;
mod params;
mod pre_vote;
mod properties;
mod questions;
mod reads;
mod replication;
mod requests;
mod rules;
mod server;
mod state_machine;
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

use crate::quorum;

pub use crate::quorum::ServerSet;
pub use client::{Client, Pending};
pub use config::{Backtracking, Config, Flaws, ReadMode};
pub use contact::Contact;
pub use disk::{Disk, Write};
pub use entry::{Command, Entries, Entry, Payload};
pub use leadership::{Leadership, PendingRead, Progress};
pub use lease::Lease;
pub use log::Log;
pub use message::{
    Answer, AppendEntries, AppendEntriesReply, AppendResult, ClientReply, Message, PreVoteReply, RequestVote,
    RequestVoteReply,
};
pub use properties::RaftProperties;
pub use server::{Role, Server};
pub use state_machine::StateMachine;
pub use types::{LogIndex, Round, Serial, Term};

/// The protocol.
#[derive(Clone, Copy, Debug)]
pub enum Raft {}

impl Protocol for Raft {
    type Config = Config;
    type Message = Message;
    type Disk = Disk;
    type Server = Server;
    type Client = Client;
}

/// Boots a run that is watched for all of Raft's properties.
pub fn boot(setup: Setup, settings: &Settings, script: Vec<Scheduled>) -> Result<Box<dyn Run>, Refused> {
    execution::boot::<Raft, RaftProperties>(setup, settings, script)
}
