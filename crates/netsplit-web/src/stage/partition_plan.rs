//! A partition by names: who is in which group, which way it cuts, and what that leaves.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_scenarios::sketch::Sketch;
use netsplit_sim::id::{Link, NodeId, Topology, WallId};
use netsplit_sim::run::{Run, Status};
use netsplit_view::format;
use netsplit_view::groups::{self, Partition};
use netsplit_view::layout::Layout;
use netsplit_view::wall::{self, Side};

/// Groups that can be ticked.
pub const GROUPS: [&str; 3] = ["A", "B", "C"];

/// Which way it cuts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ways {
    /// Both.
    #[default]
    Both,
    /// What goes from group A to group B.
    FromA,
    /// What goes from group B to group A.
    FromB,
}

/// What was ticked.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Everybody, in order.
    pub everyone: Vec<NodeId>,
    /// The group of each participant; who is in none keeps all links.
    pub groups: BTreeMap<NodeId, usize>,
    /// Which way it cuts; one way only between two groups.
    pub ways: Ways,
}

impl Plan {
    /// Everybody in group A, or as the wall's sketch has it.
    pub fn new(topology: Topology, standing: Option<(&Sketch, &Layout)>) -> Self {
        let everyone: Vec<NodeId> = topology.everyone().collect();
        let Some((sketch, layout)) = standing else {
            let mut groups = BTreeMap::new();
            groups.extend(everyone.iter().map(|&id| (id, 0)));
            return Self { groups, ways: Ways::Both, everyone };
        };
        let group = |id| usize::from(wall::side_of(sketch, layout.at(id)) == Side::Right);
        let inside = everyone.iter().copied().filter(|id| !sketch.doors.contains(id));
        let ways = match (sketch.one_way, sketch.flipped) {
            (false, _) => Ways::Both,
            (true, false) => Ways::FromA,
            (true, true) => Ways::FromB,
        };
        let mut groups = BTreeMap::new();
        groups.extend(inside.map(|id| (id, group(id))));
        Self { groups, ways, everyone }
    }

    /// Puts somebody into a group, or into none.
    pub fn put(&mut self, id: NodeId, group: Option<usize>) {
        match group {
            Some(group) => self.groups.insert(id, group),
            None => self.groups.remove(&id),
        };
    }

    /// Whether a direction can be chosen: between exactly two groups, A and B.
    pub fn has_direction(&self) -> bool {
        let uses = |wanted: usize| self.groups.values().any(|group| *group == wanted);
        uses(0) && uses(1) && !uses(2)
    }

    /// What it cuts, with a line if one parts just these groups.
    pub fn partition(&self, layout: &Layout) -> Partition {
        let whole = groups::sketch_for_groups(&self.groups, layout);
        let from = match self.ways {
            _ if !self.has_direction() => return whole,
            Ways::Both => return whole,
            Ways::FromA => 0,
            Ways::FromB => 1,
        };
        let mut cuts = whole.cuts;
        cuts.retain(|link| self.groups.get(&link.from) == Some(&from));
        let sketch = whole.sketch.and_then(|sketch| directed(sketch, &cuts, layout));
        Partition { name: wall::name(&cuts, layout.topology()), sketch, cuts }
    }
}

/// The line as a one-way wall that cuts exactly these links.
fn directed(sketch: Sketch, cuts: &BTreeSet<Link>, layout: &Layout) -> Option<Sketch> {
    let ways = [false, true].map(|flipped| Sketch { one_way: true, flipped, ..sketch.clone() });
    ways.into_iter().find(|sketch| &wall::cuts(sketch, layout, layout.topology()) == cuts)
}

/// What the servers could still do, one line per part that talks among itself.
pub fn sides(run: &dyn Run, cuts: &BTreeSet<Link>, instead_of: Option<WallId>) -> Vec<(String, String)> {
    let mut standing = run.walls();
    standing.retain(|(id, _)| Some(*id) != instead_of);
    let is_cut = |link: Link| cuts.contains(&link) || standing.iter().any(|(_, held)| held.contains(&link));
    let open = |link: Link| !is_cut(link) && !is_cut(link.reversed());
    let parts = groups::components(run.topology().servers(), open).into_iter();
    let line = |part: BTreeSet<NodeId>| {
        let names = format::names(part.iter().copied());
        let mut running = part;
        running.retain(|&id| run.status(id) != Status::Crashed);
        (names, run.side(&running).text)
    };
    parts.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> Layout {
        Layout::new(Topology { servers: 5, clients: 1 }, &[Some(NodeId::server(0))])
    }

    fn plan(in_b: &[u16]) -> Plan {
        let mut plan = Plan::new(layout().topology(), None);
        in_b.iter().for_each(|&index| plan.put(NodeId::server(index), Some(1)));
        plan
    }

    #[test]
    fn everybody_in_one_group_cuts_nothing() {
        assert!(plan(&[]).partition(&layout()).cuts.is_empty());
    }

    #[test]
    fn one_way_cuts_half_of_both_ways_and_is_drawn_alike() {
        let both = plan(&[1, 2]).partition(&layout());
        let mut one_way = plan(&[1, 2]);
        one_way.ways = Ways::FromB;
        let one = one_way.partition(&layout());
        assert_eq!(one.cuts.len() * 2, both.cuts.len());
        assert!(one.cuts.iter().all(|link| [1, 2].contains(&link.from.index()) && !link.from.is_client()));
        let sketch = one.sketch.expect("two neighbours can be parted by a line");
        assert_eq!(wall::cuts(&sketch, &layout(), layout().topology()), one.cuts);
    }

    #[test]
    fn who_is_in_no_group_keeps_all_links() {
        let mut open = plan(&[1, 2]);
        open.put(NodeId::server(3), None);
        let cuts = open.partition(&layout()).cuts;
        assert!(!cuts.is_empty());
        assert!(cuts.iter().all(|link| link.from.index() != 3 && link.to.index() != 3));
    }

    #[test]
    fn three_groups_have_no_direction() {
        let mut three = plan(&[1, 2]);
        three.put(NodeId::server(3), Some(2));
        three.ways = Ways::FromA;
        assert!(!three.has_direction());
        let cuts = three.partition(&layout()).cuts;
        assert!(cuts.iter().all(|link| cuts.contains(&link.reversed())));
    }

    #[test]
    fn a_standing_wall_is_read_back_as_it_was_ticked() {
        let mut one_way = plan(&[1, 2]);
        one_way.ways = Ways::FromB;
        let made = one_way.partition(&layout());
        let sketch = made.sketch.expect("two neighbours can be parted by a line");
        let read = Plan::new(layout().topology(), Some((&sketch, &layout())));
        assert_eq!(read.partition(&layout()).cuts, made.cuts);
    }
}
