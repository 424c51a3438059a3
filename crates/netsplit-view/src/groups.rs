//! Partitions as groups of participants: what they cut, how a wall is named by them, and a line that
//! separates exactly them.

use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::{FRAC_PI_4, TAU};

use netsplit_scenarios::sketch::{Sketch, WallShape};
use netsplit_sim::id::{Link, NodeId, Topology};
use netsplit_words::say;

use crate::format::names;
use crate::geometry::{self, MIDDLE, Point};
use crate::layout::Layout;
use crate::order::set_of;
use crate::wall;

/// What ticking nodes into groups makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Partition {
    /// The links between different groups.
    pub cuts: BTreeSet<Link>,
    /// A line or lasso that separates exactly these groups where everybody stands now, if there is one.
    pub sketch: Option<Sketch>,
    /// `n1, n2 | n3, n4, n5`.
    pub name: String,
}

/// The partition into these groups, by number; who is in none of them keeps all links.
pub fn sketch_for_groups(groups: &BTreeMap<NodeId, usize>, layout: &Layout) -> Partition {
    let topology = layout.topology();
    let apart = |link: &Link| match (groups.get(&link.from), groups.get(&link.to)) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    };
    let cuts = set_of(wall::links(topology).filter(apart));
    let sketch = two_sided(groups, layout).and_then(|(left, kind)| separating(&cuts, &left, &kind, layout));
    Partition { name: words(&cuts, topology), sketch, cuts }
}

/// The members of the first of two groups, and a wall with doors for those in neither.
fn two_sided(groups: &BTreeMap<NodeId, usize>, layout: &Layout) -> Option<(BTreeSet<NodeId>, Sketch)> {
    let (first, last) = (*groups.values().min()?, *groups.values().max()?);
    if first == last || groups.values().any(|group| *group != first && *group != last) {
        return None;
    }
    let everyone = || layout.topology().everyone();
    let left = set_of(everyone().filter(|id| groups.get(id) == Some(&first)));
    let doors = everyone().filter(|id| !groups.contains_key(id)).collect();
    Some((left, Sketch { doors, ..drawn(Vec::new(), WallShape::Line) }))
}

/// A line or lasso of this kind (one-way or not, with these doors) that has `left` on one side where
/// everybody stands now and cuts exactly `cuts`, if one is found.
pub fn separating(
    cuts: &BTreeSet<Link>,
    left: &BTreeSet<NodeId>,
    kind: &Sketch,
    layout: &Layout,
) -> Option<Sketch> {
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for id in layout.topology().everyone().filter(|id| !kind.doors.contains(id)) {
        if left.contains(&id) { &mut one } else { &mut other }.push(layout.at(id));
    }
    let line = |gap| line_between(&one, &other, gap);
    let lines = [line(WIDE), loop_round(&one), loop_round(&other), line(NARROW)];
    let dressed = lines.into_iter().flatten().flat_map(|(path, shape)| {
        [false, true].map(|flipped| Sketch { path: path.clone(), shape, flipped, ..kind.clone() })
    });
    let mut exact = dressed.filter(|sketch| &wall::cuts(sketch, layout, layout.topology()) == cuts);
    exact.next()
}

/// A line needs this much room between the groups, or it looks as if it went through nodes.
const WIDE: f64 = 80.0;
/// The least room with which a line still separates.
const NARROW: f64 = 4.0;

/// Where a wall may run.
type Course = (Vec<(i32, i32)>, WallShape);

/// The straight line that keeps farthest from both groups of points, if one has at least this gap.
fn line_between(one: &[Point], other: &[Point], least: f64) -> Option<Course> {
    const DIRECTIONS: u32 = 72;
    let mut best: Option<(f64, Course)> = None;
    for turn in 0..DIRECTIONS {
        let angle = TAU * f64::from(turn) / f64::from(DIRECTIONS);
        let normal = Point::new(angle.cos(), angle.sin());
        let reach = |p: &Point| p.x * normal.x + p.y * normal.y;
        let low = one.iter().map(reach).fold(f64::NEG_INFINITY, f64::max);
        let high = other.iter().map(reach).fold(f64::INFINITY, f64::min);
        let gap = high - low;
        if gap.is_finite() && gap > best.as_ref().map_or(least, |(widest, _)| widest + 1.0) {
            best = Some((gap, line_across(normal, (low + high) / 2.0)));
        }
    }
    best.map(|(_, line)| line)
}

/// The line at this distance along `normal` from the origin, drawn downwards near the stage's middle.
fn line_across(normal: Point, distance: f64) -> Course {
    let off = distance - (MIDDLE.x * normal.x + MIDDLE.y * normal.y);
    let foot = MIDDLE + normal * off;
    let along = Point::new(-normal.y, normal.x);
    let down = if along.y < 0.0 { along * -1.0 } else { along };
    ([foot - down * 250.0, foot + down * 250.0].map(rounded).to_vec(), WallShape::Line)
}

/// A loop some way outside the hull of the points.
fn loop_round(points: &[Point]) -> Option<Course> {
    const MARGIN: f64 = 70.0;
    let corners = points.iter().flat_map(|&p| {
        (0..8).map(move |k| {
            let (sin, cos) = (FRAC_PI_4 * f64::from(k)).sin_cos();
            p + Point::new(cos, sin) * MARGIN
        })
    });
    let hull = geometry::convex_hull(&corners.collect::<Vec<_>>());
    let path: Vec<_> = hull.into_iter().map(rounded).collect();
    (path.len() >= 3).then_some((path, WallShape::Lasso))
}

fn drawn(path: Vec<(i32, i32)>, shape: WallShape) -> Sketch {
    Sketch { path, shape, one_way: false, flipped: false, doors: Vec::new() }
}

fn rounded(p: Point) -> (i32, i32) {
    (p.x.round() as i32, p.y.round() as i32)
}

/// Servers joined by links that satisfy `free`.
pub fn components(
    servers: impl Iterator<Item = NodeId>,
    free: impl Fn(Link) -> bool,
) -> Vec<BTreeSet<NodeId>> {
    let mut rest: Vec<NodeId> = servers.collect();
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let mut part = BTreeSet::new();
        let mut reached = vec![rest.remove(0)];
        while let Some(node) = reached.pop() {
            part.insert(node);
            let (near, far) = rest.into_iter().partition(|&other| free(Link::new(node, other)));
            reached.extend::<Vec<NodeId>>(near);
            rest = far;
        }
        parts.push(part);
    }
    parts
}

/// What the cuts separate, in words: `n1, n2 | n3, n4, n5`; one direction only `n1, n2 → n3, n4, n5`;
/// what has neither form is listed link by link. Who keeps all links is not named.
pub fn words(cuts: &BTreeSet<Link>, topology: Topology) -> String {
    if cuts.is_empty() {
        return say!("nothing").to_owned();
    }
    one_way_words(cuts).or_else(|| two_way_words(cuts, topology)).unwrap_or_else(|| link_words(cuts))
}

/// `n1, n2 | n3, n4, n5` if every link between different parts is cut both ways, and nothing else.
fn two_way_words(cuts: &BTreeSet<Link>, topology: Topology) -> Option<String> {
    let touched = set_of(cuts.iter().map(|link| link.from));
    let free = |link: Link| !cuts.contains(&link) && wall::exists(link);
    let mut parts = components(touched.iter().copied(), free);
    // Clients have no links to one another, so those that are alone on a side are one part.
    let (lonely, joined): (Vec<_>, Vec<_>) =
        parts.into_iter().partition(|part| part.iter().all(|id| id.is_client()));
    parts = joined;
    parts.extend((!lonely.is_empty()).then(|| set_of(lonely.into_iter().flatten())));
    let part_of = |id: &NodeId| parts.iter().position(|part| part.contains(id));
    let between = |link: &Link| match (part_of(&link.from), part_of(&link.to)) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    };
    let whole = set_of(wall::links(topology).filter(between));
    let named = parts.iter().map(|part| names(part.iter().copied())).collect::<Vec<_>>();
    (&whole == cuts).then(|| named.join(" | "))
}

/// `n1, n5 → n2, n3` if every one of the first is cut from every one of the second, and nothing else.
fn one_way_words(cuts: &BTreeSet<Link>) -> Option<String> {
    let from = set_of(cuts.iter().map(|link| link.from));
    let to = set_of(cuts.iter().map(|link| link.to));
    let clients = |set: &BTreeSet<NodeId>| set.iter().filter(|id| id.is_client()).count();
    let all = from.len() * to.len() - clients(&from) * clients(&to);
    let disjoint = !from.iter().any(|id| to.contains(id));
    (disjoint && cuts.len() == all).then(|| format!("{} → {}", names(from), names(to)))
}

/// The cut links one by one: `n1–n2, n3→n4`, and how many more.
fn link_words(cuts: &BTreeSet<Link>) -> String {
    const MOST: usize = 6;
    let pairs: Vec<String> = cuts
        .iter()
        .filter(|link| link.from < link.to || !cuts.contains(&link.reversed()))
        .map(|link| {
            if cuts.contains(&link.reversed()) {
                format!("{}–{}", link.from, link.to)
            } else {
                link.to_string()
            }
        })
        .collect();
    match pairs.get(MOST..) {
        Some(more) if !more.is_empty() => format!("{} and {} more", pairs[..MOST].join(", "), more.len()),
        _ => pairs.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIVE: Topology = Topology { servers: 5, clients: 2 };

    /// Groups as lists of names; what is not named is in no group.
    fn partition(groups: &[&str]) -> Partition {
        let homes = [Some(NodeId::server(4)), Some(NodeId::server(1))];
        let mut ticked = BTreeMap::new();
        for (number, members) in groups.iter().enumerate() {
            for name in members.split_whitespace() {
                ticked.insert(name.parse().expect("a name"), number);
            }
        }
        sketch_for_groups(&ticked, &Layout::new(FIVE, &homes))
    }

    #[test]
    fn neighbours_are_separated_by_a_straight_line() {
        let made = partition(&["n1 n5 c1", "n2 n3 n4 c2"]);
        assert_eq!(made.name, "n1, n5, c1 | n2, n3, n4, c2");
        assert_eq!(made.sketch.map(|sketch| sketch.shape), Some(WallShape::Line));
    }

    #[test]
    fn the_sketch_cuts_exactly_what_was_ticked_for_every_two_groups_it_is_found_for() {
        let layout = Layout::new(FIVE, &[Some(NodeId::server(4)), Some(NodeId::server(1))]);
        let everyone: Vec<NodeId> = FIVE.everyone().collect();
        let mut found = 0;
        for mask in 1_u32..127 {
            let groups = everyone.iter().enumerate().map(|(i, &id)| (id, (mask >> i & 1) as usize)).collect();
            let made = sketch_for_groups(&groups, &layout);
            if let Some(sketch) = made.sketch {
                assert_eq!(wall::cuts(&sketch, &layout, FIVE), made.cuts, "{}", made.name);
                found += 1;
            }
        }
        assert!(found >= 50, "a line for {found} of 126 partitions");
    }

    #[test]
    fn crossed_groups_have_cuts_and_no_line() {
        let made = partition(&["n1 n3 c1", "n2 n4 n5 c2"]);
        assert_eq!(made.name, "n1, n3, c1 | n2, n4, n5, c2");
        assert_eq!(made.cuts.len(), 2 * (2 * 3 + 2 + 3));
    }

    #[test]
    fn three_groups_are_cut_from_one_another() {
        let made = partition(&["n1 c1", "n2 n3", "n4 n5 c2"]);
        assert_eq!(made.name, "n1, c1 | n2, n3 | n4, n5, c2");
        assert_eq!(made.sketch, None);
    }

    #[test]
    fn who_is_in_no_group_keeps_all_links_as_through_a_door() {
        let made = partition(&["n1 n5", "n2 n3 n4"]);
        assert_eq!(made.name, "n1, n5 | n2, n3, n4");
        let doors = made.sketch.expect("a line separates them").doors;
        assert_eq!(doors, FIVE.clients().collect::<Vec<_>>());
    }

    #[test]
    fn clients_alone_are_one_part() {
        assert_eq!(partition(&["n1 n2 n3 n4 n5", "c1 c2"]).name, "n1, n2, n3, n4, n5 | c1, c2");
    }

    #[test]
    fn what_has_no_sides_is_named_by_its_links() {
        let cut = |text: &str| {
            let ends: Vec<NodeId> = text.split('-').map(|name| name.parse().expect("a name")).collect();
            [Link::new(ends[0], ends[1]), Link::new(ends[1], ends[0])]
        };
        let cuts: BTreeSet<Link> = ["n1-n4", "n2-n5", "n3-n4"].into_iter().flat_map(cut).collect();
        assert_eq!(words(&cuts, FIVE), "n1–n4, n2–n5, n3–n4");
        let lone = BTreeSet::from([Link::new(NodeId::server(0), NodeId::server(1))]);
        assert_eq!(words(&lone, FIVE), "n1 → n2");
        assert_eq!(words(&BTreeSet::new(), FIVE), "nothing");
    }
}
