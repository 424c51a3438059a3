//! How a wall is drawn that a lesson raises: a lesson names sides, not lines.

use std::collections::BTreeSet;

use netsplit_scenarios::run_record::RunRecord;
use netsplit_scenarios::sketch::{Sketch, WallShape};
use netsplit_sim::id::{Link, NodeId, Topology};
use netsplit_sim::intervention::Intervention;
use netsplit_view::groups;
use netsplit_view::layout::Layout;

/// Gives walls without a drawing one, where a line parts just their sides.
pub fn drawn(mut record: RunRecord) -> RunRecord {
    let scenario = &record.scenario;
    let topology = Topology { servers: scenario.nodes, clients: scenario.clients.len() as u16 };
    let homes: Vec<_> = scenario.clients.iter().map(|client| client.home).collect();
    let layout = Layout::new(topology, &homes);
    for entry in &mut record.script {
        if let (Intervention::SetWall(_, cuts), None) = (&entry.what, &entry.sketch) {
            entry.sketch = sketch(cuts, &layout);
        }
    }
    record
}

/// A line that cuts exactly these links where everybody stands now, if there is one.
pub fn sketch(cuts: &BTreeSet<Link>, layout: &Layout) -> Option<Sketch> {
    // A server's own links show the whole other side; a client has none to other clients.
    let first = cuts.iter().find(|link| !link.from.is_client())?.from;
    let across = |id: NodeId| cuts.contains(&Link::new(first, id)) || cuts.contains(&Link::new(id, first));
    let mentioned = |id: NodeId| cuts.iter().any(|link| link.from == id || link.to == id);
    let everyone: Vec<NodeId> = layout.topology().everyone().collect();
    let left = everyone.iter().copied().filter(|id| mentioned(*id) && !across(*id)).collect();
    let doors = everyone.into_iter().filter(|id| !mentioned(*id)).collect();
    let one_way = !cuts.iter().all(|link| cuts.contains(&link.reversed()));
    let kind = Sketch { path: Vec::new(), shape: WallShape::Line, one_way, flipped: false, doors };
    groups::separating(cuts, &left, &kind, layout)
}
