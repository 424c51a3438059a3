//! Stories of Raft, by the section of the paper they tell.

mod clients;
mod commitment;
mod elections;
mod flaws;
mod lab;
mod reads;
mod replication;
mod safety;
mod swarm;
