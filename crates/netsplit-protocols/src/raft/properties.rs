//! Stub.
use netsplit_sim::describe::Violation;
use netsplit_sim::id::{NodeId, Topology};
use netsplit_sim::property::Properties;
use netsplit_sim::world::World;

use super::Raft;
use super::config::Config;

/// Stub.
#[derive(Clone, Debug)]
pub struct RaftProperties;

impl Properties<Raft> for RaftProperties {
    fn new(_config: &Config, _topology: Topology) -> Self {
        Self
    }
    fn after_step(&mut self, _: &World<Raft>, _: Option<NodeId>, _: &mut Vec<Violation>) {}
}
