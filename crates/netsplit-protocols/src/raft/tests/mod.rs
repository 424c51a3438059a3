//! Stories of Raft, by the section of the paper they tell.

mod elections;
mod lab;
mod safety;
mod swarm;
