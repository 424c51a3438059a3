//! To whom something else happens in two runs, and from when on.

use netsplit_sim::event::{Event, EventKind};
use netsplit_sim::id::{NodeId, Step, Topology};
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;

use super::walk::same;
use crate::kept;

/// More events than this after the parting are not compared.
const MOST: u64 = 50_000;

/// Each participant that has another sequence of events, with the time of the first that differs.
pub(super) fn lanes(one: &dyn Run, other: &dyn Run, from: SimTime, until: SimTime) -> Vec<(NodeId, SimTime)> {
    let (here, there) = (by_lane(one, from, until), by_lane(other, from, until));
    let (mine, theirs) = (one.topology(), other.topology());
    let everyone = if mine.len() >= theirs.len() { mine.everyone() } else { theirs.everyone() };
    let lane = |lanes: &[Vec<Step>], topology: Topology, id: NodeId| -> Vec<Step> {
        if topology.contains(id) { lanes[topology.position(id)].clone() } else { Vec::new() }
    };
    let parts = everyone.filter_map(|id| {
        let (here, there) = (lane(&here, mine, id), lane(&there, theirs, id));
        Some((id, differs(one, &here, other, &there)?))
    });
    parts.collect()
}

/// The events of each participant in this stretch.
fn by_lane(run: &dyn Run, from: SimTime, until: SimTime) -> Vec<Vec<Step>> {
    let topology = run.topology();
    let mut lanes = vec![Vec::new(); topology.len()];
    let first = kept::first_at(run, from).0;
    let end = kept::first_after(run, until).0.min(first.saturating_add(MOST));
    for event in kept::events(run, first..=end.saturating_sub(1)) {
        if matches!(event.kind, EventKind::Intervene { .. }) {
            continue;
        }
        if let Some(id) = event.kind.node() {
            lanes[topology.position(id)].push(event.step);
        }
    }
    lanes
}

/// When two lanes begin to differ.
fn differs(one: &dyn Run, here: &[Step], other: &dyn Run, there: &[Step]) -> Option<SimTime> {
    let event = |run: &dyn Run, steps: &[Step], place: usize| -> Option<Event> {
        steps.get(place).and_then(|step| run.event(*step)).copied()
    };
    (0..here.len().max(there.len())).find_map(|place| {
        match (event(one, here, place), event(other, there, place)) {
            (Some(mine), Some(theirs)) if same(one, &mine, other, &theirs) => None,
            (Some(mine), Some(theirs)) => Some(mine.time.min(theirs.time)),
            (mine, theirs) => mine.or(theirs).map(|event| event.time),
        }
    })
}
