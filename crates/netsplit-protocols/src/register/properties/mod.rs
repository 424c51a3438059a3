//! What must hold after every event. A design that another property is about keeps it without trying.

mod answers;
mod replicas;
#[cfg(test)]
mod tests;

use netsplit_sim::describe::Violation;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::{NodeId, Topology};
use netsplit_sim::note::{Note, node};
use netsplit_sim::property::Properties;
use netsplit_sim::world::World;

use super::Register;
use super::about::property;
use super::client::Told;
use super::config::Config;
use super::office::Office;
use super::rules;

use replicas::Replica;

/// Watches a run of the register.
#[derive(Clone, Debug)]
pub struct RegisterProperties {
    /// What each server had stored durably after its last event.
    replicas: Vec<Replica>,
    /// What each client was told last.
    told: Vec<Option<Told>>,
    /// Which properties were found broken; broken is final, so each is reported once.
    broken: u16,
}

footprint_fields!(RegisterProperties { replicas, told });

impl Properties<Register> for RegisterProperties {
    fn new(_config: &Config, topology: Topology) -> Self {
        Self {
            replicas: vec![Replica::default(); usize::from(topology.servers)],
            told: vec![None; usize::from(topology.clients)],
            broken: 0,
        }
    }

    fn after_step(&mut self, world: &World<Register>, touched: Option<NodeId>, found: &mut Vec<Violation>) {
        let Some(id) = touched else { return };
        let mut report = Report { broken: &mut self.broken, found };
        if id.is_client() {
            let told = world.client(id).told;
            let last = &mut self.told[usize::from(id.index())];
            if told != *last {
                *last = told;
                told.iter().for_each(|told| answers::check(world, told, &mut report));
            }
            return;
        }
        check_one_primary(world, id, &mut report);
        self.replicas[usize::from(id.index())].check(world, id, &mut report);
    }
}

/// At most one server acts as primary.
fn check_one_primary(world: &World<Register>, id: NodeId, report: &mut Report<'_>) {
    let leads =
        |id: NodeId| world.server(id).is_some_and(|server| matches!(server.office, Some(Office::Primary(_))));
    if !leads(id) {
        return;
    }
    if let Some(other) = world.topology().servers().find(|other| *other != id && leads(*other)) {
        let note = Note::new(rules::TWO_PRIMARIES, [node(other), node(id)]);
        report.violated(property::ONE_PRIMARY, note);
    }
}

/// Collects violations, each property's first only.
struct Report<'a> {
    broken: &'a mut u16,
    found: &'a mut Vec<Violation>,
}

impl Report<'_> {
    fn violated(&mut self, property: u16, note: Note) {
        let bit = 1 << property;
        if *self.broken & bit == 0 {
            *self.broken |= bit;
            self.found.push(Violation { property, note });
        }
    }
}
