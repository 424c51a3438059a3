//! Partitions as groups of participants: what they cut, how a wall is named by them, and a line that
//! separates exactly them.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_sim::id::{Link, NodeId, Topology};

use crate::format::names;
use crate::geometry::{self, Point};
use crate::layout::Layout;
use crate::wall::{self, Sketch, WallShape};

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
    let cuts: BTreeSet<Link> = wall::links(topology).filter(apart).collect();
    let sketch = separating_sketch(&cuts, groups, layout);
    Partition { name: words(&cuts, topology), sketch, cuts }
}

fn separating_sketch(
    cuts: &BTreeSet<Link>,
    groups: &BTreeMap<NodeId, usize>,
    layout: &Layout,
) -> Option<Sketch> {
    let mut members: BTreeMap<usize, Vec<Point>> = BTreeMap::new();
    let mut doors = Vec::new();
    for id in layout.topology().everyone() {
        match groups.get(&id) {
            Some(&group) => members.entry(group).or_default().push(layout.at(id)),
            None => doors.push(id),
        }
    }
    let mut both = members.into_values();
    let (one, other) = (both.next()?, both.next()?);
    if both.next().is_some() {
        return None;
    }
    let candidates = [line_between(&one, &other), loop_round(&one), loop_round(&other)];
    candidates.into_iter().flatten().find_map(|mut sketch| {
        sketch.doors = doors.clone();
        (&wall::cuts(&sketch, layout, layout.topology()) == cuts).then_some(sketch)
    })
}

/// The straight line that keeps farthest from both groups of points, if one separates them.
fn line_between(one: &[Point], other: &[Point]) -> Option<Sketch> {
    const DIRECTIONS: u32 = 72;
    let mut best: Option<(f64, Sketch)> = None;
    for turn in 0..DIRECTIONS {
        let angle = std::f64::consts::TAU * f64::from(turn) / f64::from(DIRECTIONS);
        let normal = Point::new(angle.cos(), angle.sin());
        let reach = |p: &Point| p.x * normal.x + p.y * normal.y;
        let low = one.iter().map(reach).fold(f64::NEG_INFINITY, f64::max);
        let high = other.iter().map(reach).fold(f64::INFINITY, f64::min);
        let gap = high - low;
        if gap > 2.0 && best.as_ref().is_none_or(|(widest, _)| gap > *widest + 1.0) {
            best = Some((gap, line_across(normal, (low + high) / 2.0)));
        }
    }
    best.map(|(_, sketch)| sketch)
}

/// The line at this distance along `normal` from the origin, drawn downwards near the stage's middle.
fn line_across(normal: Point, distance: f64) -> Sketch {
    let centre = geometry::MIDDLE;
    let off = distance - (centre.x * normal.x + centre.y * normal.y);
    let foot = centre + normal * off;
    let along = Point::new(-normal.y, normal.x);
    let down = if along.y < 0.0 { along * -1.0 } else { along };
    let ends = [foot - down * 250.0, foot + down * 250.0];
    drawn(ends.map(rounded).to_vec(), WallShape::Line)
}

/// A loop some way outside the hull of the points.
fn loop_round(points: &[Point]) -> Option<Sketch> {
    const MARGIN: f64 = 70.0;
    let corners = points.iter().flat_map(|&p| {
        (0..8).map(move |k| {
            let (sin, cos) = (std::f64::consts::FRAC_PI_4 * f64::from(k)).sin_cos();
            p + Point::new(cos, sin) * MARGIN
        })
    });
    let hull = geometry::convex_hull(&corners.collect::<Vec<_>>());
    let path: Vec<_> = hull.into_iter().map(rounded).collect();
    (path.len() >= 3).then(|| drawn(path, WallShape::Lasso))
}

fn drawn(path: Vec<(i32, i32)>, shape: WallShape) -> Sketch {
    Sketch { path, shape, one_way: false, flipped: false, doors: Vec::new() }
}

fn rounded(p: Point) -> (i32, i32) {
    (p.x.round() as i32, p.y.round() as i32)
}

/// Who can still talk both ways, directly or through others, once these links are cut: the parts of
/// the cluster, in order of their first member. Clients count only if they have a link of their own.
pub fn parts(cuts: &BTreeSet<Link>, topology: Topology) -> Vec<BTreeSet<NodeId>> {
    let free = |link: Link| !cuts.contains(&link) && !cuts.contains(&link.reversed());
    let mut parts = components(topology.servers(), free);
    for client in topology.clients() {
        attach(client, &mut parts, free);
    }
    parts
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

/// Puts a client to the one part it can reach; one that reaches several or none stands for itself.
fn attach(client: NodeId, parts: &mut Vec<BTreeSet<NodeId>>, free: impl Fn(Link) -> bool) {
    let reaches = |part: &&mut BTreeSet<NodeId>| {
        part.iter().any(|&node| !node.is_client() && free(Link::new(client, node)))
    };
    let mut reached: Vec<_> = parts.iter_mut().filter(reaches).collect();
    match &mut reached[..] {
        [only] => drop(only.insert(client)),
        [] => parts.push(BTreeSet::from([client])),
        _ => {}
    }
}

/// What the cuts separate, in words: `n1, n2 | n3, n4, n5`; one direction only `n1, n2 → n3, n4, n5`;
/// what leaves everybody connected is listed by links.
pub fn words(cuts: &BTreeSet<Link>, topology: Topology) -> String {
    if cuts.is_empty() {
        return "nothing".to_owned();
    }
    let both_ways = cuts.iter().all(|link| cuts.contains(&link.reversed()));
    if !both_ways && let Some(text) = one_way_words(cuts) {
        return text;
    }
    let parts = parts(cuts, topology);
    if both_ways && parts.len() > 1 {
        return parts.iter().map(|part| names(part.iter().copied())).collect::<Vec<_>>().join(" | ");
    }
    link_words(cuts)
}

/// `n1, n5 → n2, n3` if every one of the first is cut from every one of the second, and nothing else.
fn one_way_words(cuts: &BTreeSet<Link>) -> Option<String> {
    let from: BTreeSet<NodeId> = cuts.iter().map(|link| link.from).collect();
    let to: BTreeSet<NodeId> = cuts.iter().map(|link| link.to).collect();
    let clients = |set: &BTreeSet<NodeId>| set.iter().filter(|id| id.is_client()).count();
    let all = from.len() * to.len() - clients(&from) * clients(&to);
    (from.is_disjoint(&to) && cuts.len() == all).then(|| format!("{} → {}", names(from), names(to)))
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
