//! What must hold after every event: Figure 3's five safety properties and the laws of Figure 2.
//!
//! Only the server at which something happened is looked at, through a small summary of it; where
//! the summary is unchanged, as after a heartbeat, nothing more is done. Running hashes compare two
//! logs at an index in one step, so that no check walks a log.

mod committed;
mod laws;
mod leaders;
mod logs;
mod summary;
#[cfg(test)]
mod tests;

use netsplit_sim::describe::Violation;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::{NodeId, Topology};
use netsplit_sim::note::Note;
use netsplit_sim::property::Properties;
use netsplit_sim::world::World;

use super::Raft;
use super::config::Config;

use committed::Committed;
use leaders::Leaders;
use logs::Applied;
use summary::Summary;

/// Watches a run of Raft.
#[derive(Clone, Debug)]
pub struct RaftProperties {
    /// Each server as it was after its last event.
    servers: Vec<Summary>,
    /// Who led which term.
    leaders: Leaders,
    /// Which entries are committed: a fact about disks that no server may know.
    committed: Committed,
    /// What was applied at each index.
    applied: Applied,
    /// Which properties were found broken; broken is final, so each is reported once.
    broken: Broken,
}

/// A set of properties by position.
#[derive(Clone, Copy, Debug, Default)]
struct Broken(u16);

footprint_fields!(RaftProperties { servers, leaders, committed, applied });

impl Properties<Raft> for RaftProperties {
    fn new(_config: &Config, topology: Topology) -> Self {
        Self {
            servers: vec![Summary::default(); usize::from(topology.servers)],
            leaders: Leaders::default(),
            committed: Committed::new(topology),
            applied: Applied::default(),
            broken: Broken::default(),
        }
    }

    fn after_step(&mut self, world: &World<Raft>, touched: Option<NodeId>, found: &mut Vec<Violation>) {
        if let Some(id) = touched.filter(|id| !id.is_client()) {
            self.check(world, id, found);
        }
    }
}

impl RaftProperties {
    fn check(&mut self, world: &World<Raft>, id: NodeId, found: &mut Vec<Violation>) {
        let before = &mut self.servers[usize::from(id.index())];
        let now = Summary::of(world, id, before);
        if now == *before {
            return;
        }
        let step = Change { world, id, before: std::mem::replace(before, now), now };
        let mut report = Report { broken: &mut self.broken, found };
        laws::check(&step, &mut report);
        logs::check_append_only(&step, &mut report);
        logs::check_matching(&step, &mut report);
        self.leaders.check(&step, &mut report);
        self.committed.check(&step, &mut report);
        self.applied.check(&step, &mut report);
    }
}

/// One server before and after an event that changed it.
struct Change<'a> {
    world: &'a World<Raft>,
    id: NodeId,
    before: Summary,
    now: Summary,
}

impl Change<'_> {
    /// Whether the server ran all the time, so that its memory is the same.
    fn kept_memory(&self) -> bool {
        self.before.runs && self.now.runs && self.before.incarnation == self.now.incarnation
    }
}

/// Collects violations, each property's first only.
struct Report<'a> {
    broken: &'a mut Broken,
    found: &'a mut Vec<Violation>,
}

impl Report<'_> {
    fn violated(&mut self, property: u16, note: Note) {
        let bit = 1 << property;
        if self.broken.0 & bit == 0 {
            self.broken.0 |= bit;
            self.found.push(Violation { property, note });
        }
    }
}
