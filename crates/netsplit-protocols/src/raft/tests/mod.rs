//! Stories of Raft, by the section of the paper they tell.

mod clients;
mod commitment;
mod description;
mod elections;
mod flaws;
pub(super) mod lab;
mod questions;
mod reads;
mod replication;
mod safety;
mod swarm;
