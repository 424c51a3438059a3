//! A ring of hash values as a drawing: whose arc each part is, and where the keys lie.

use std::f64::consts::TAU;

use netsplit_sim::describe::{Panel, RingKey, RingPanel, RingPoint};
use netsplit_sim::id::NodeId;
use netsplit_sim::run::{Run, Status};
use netsplit_words::say;

use crate::geometry::Point;

/// A ring as one server sees it. Coordinates lie in a square from −1 to 1, with room for labels outside of
/// the unit circle.
#[derive(Clone, Debug, PartialEq)]
pub struct RingPicture {
    /// What the ring is.
    pub title: &'static str,
    /// Who sees it so.
    pub seen_by: NodeId,
    /// The parts, clockwise from the top.
    pub arcs: Vec<Arc>,
    /// The keys.
    pub keys: Vec<KeyDot>,
    /// How much of the circle each owner has, in parts per million, by node.
    pub shares: Vec<(NodeId, u32)>,
}

/// One part of the ring.
#[derive(Clone, Debug, PartialEq)]
pub struct Arc {
    /// Whose.
    pub owner: NodeId,
    /// Whether it is the part of the server whose view this is.
    pub own: bool,
    /// Where it begins, on the unit circle.
    pub from: Point,
    /// Where it ends: at the owner's point.
    pub to: Point,
    /// Whether it is more than half of the circle.
    pub large: bool,
    /// Where its label stands.
    pub label_at: Point,
}

/// A key on the ring.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyDot {
    /// What it is called.
    pub label: String,
    /// Where it lies, inside of the ring.
    pub at: Point,
    /// Who is responsible for it, the first first.
    pub homes: Vec<NodeId>,
    /// Whether the server whose view this is holds it.
    pub held: bool,
    /// All of it in words.
    pub title: String,
}

/// Arcs shorter than this have no label of their own: a sixtieth of the circle.
const LABELLED: u32 = 16_000;
const OUTSIDE: f64 = 1.14;
const INSIDE: f64 = 0.84;

/// The ring as the selected server sees it, or the first that has one and runs.
pub fn ring(run: &dyn Run, selected: Option<NodeId>) -> Option<RingPicture> {
    let up = |id: &NodeId| run.status(*id) != Status::Crashed;
    let first = selected.filter(|id| !id.is_client() && up(id));
    let mut candidates = first.into_iter().chain(run.topology().servers().filter(up));
    candidates.find_map(|id| Some(draw(id, panel(run, id)?)))
}

fn panel(run: &dyn Run, id: NodeId) -> Option<RingPanel> {
    run.node(id).panels.into_iter().find_map(|panel| match panel {
        Panel::Ring(ring) => Some(ring),
        Panel::Log(_) | Panel::Table(_) => None,
    })
}

fn draw(seen_by: NodeId, panel: RingPanel) -> RingPicture {
    let points = &panel.points;
    let before = |index: usize| points[(index + points.len() - 1) % points.len()].at;
    let arcs = points.iter().enumerate().map(|(index, point)| arc(before(index), point)).collect();
    let mut shares = std::collections::BTreeMap::<NodeId, u32>::new();
    for (index, point) in points.iter().enumerate() {
        *shares.entry(point.owner).or_default() += span(before(index), point.at);
    }
    RingPicture {
        title: panel.title,
        seen_by,
        arcs,
        keys: panel.keys.into_iter().map(key).collect(),
        shares: shares.into_iter().collect(),
    }
}

const WHOLE: u32 = 1_000_000;

/// From one position clockwise to another; the whole circle if they are the same.
fn span(from: u32, to: u32) -> u32 {
    if from == to { WHOLE } else { (to + WHOLE - from) % WHOLE }
}

fn on_circle(at: f64, radius: f64) -> Point {
    let angle = at / f64::from(WHOLE) * TAU;
    Point { x: radius * angle.sin(), y: -radius * angle.cos() }
}

fn arc(from: u32, point: &RingPoint) -> Arc {
    let length = span(from, point.at);
    // A full circle has no ends to be drawn between: it stops short of itself.
    let end = f64::from(from) + f64::from(length.min(WHOLE - 1));
    let middle = f64::from(from) + f64::from(length) / 2.0;
    Arc {
        owner: point.owner,
        own: point.own,
        from: on_circle(f64::from(from), 1.0),
        to: on_circle(end, 1.0),
        large: length > WHOLE / 2,
        label_at: on_circle(middle, if length < LABELLED { 0.0 } else { OUTSIDE }),
    }
}

impl Arc {
    /// Whether it is long enough for a label.
    pub fn is_labelled(&self) -> bool {
        self.label_at.x.hypot(self.label_at.y) > 1.0
    }
}

fn key(key: RingKey) -> KeyDot {
    let homes: Vec<String> = key.homes.iter().map(NodeId::to_string).collect();
    KeyDot {
        at: on_circle(f64::from(key.at), INSIDE),
        title: if key.held {
            say!("{key}: kept by {homes}; held here", key = key.label, homes = homes.join(", "))
        } else {
            say!("{key}: kept by {homes}; not held here", key = key.label, homes = homes.join(", "))
        },
        label: key.label,
        homes: key.homes,
        held: key.held,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(at: u32, owner: u16) -> RingPoint {
        RingPoint { at, owner: NodeId::server(owner), own: owner == 0 }
    }

    fn drawn(points: Vec<RingPoint>) -> RingPicture {
        let key = RingKey { at: 250_000, label: "x".into(), homes: vec![NodeId::server(1)], held: false };
        draw(NodeId::server(0), RingPanel { title: "ring", points, keys: vec![key] })
    }

    #[test]
    fn each_owner_has_what_lies_before_its_points() {
        let picture = drawn(vec![point(100_000, 0), point(600_000, 1), point(700_000, 0)]);
        assert_eq!(picture.shares, [(NodeId::server(0), 500_000), (NodeId::server(1), 500_000)]);
        assert_eq!(picture.arcs[0].from, picture.arcs[2].to, "the ring is closed");
    }

    #[test]
    fn a_single_point_owns_the_whole_ring() {
        let picture = drawn(vec![point(400_000, 0)]);
        assert_eq!(picture.shares, [(NodeId::server(0), 1_000_000)]);
        assert!(picture.arcs[0].large);
    }

    #[test]
    fn a_quarter_of_the_way_lies_to_the_right() {
        let key = &drawn(vec![point(0, 0)]).keys[0];
        assert!((key.at.x - INSIDE).abs() < 1e-9 && key.at.y.abs() < 1e-9);
        assert_eq!(key.title, "x: kept by n2; not held here");
    }
}
