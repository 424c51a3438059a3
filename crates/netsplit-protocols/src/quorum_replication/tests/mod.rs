//! Stories of replication by quorums, by the section of the paper they tell.

mod anti_entropy;
mod description;
mod flaws;
pub(super) mod lab;
mod questions;
mod quorums;
mod ring_changes;
mod sloppy;
mod swarm;
mod versions;
