//! What a drawn wall cuts, where links meet it, and how it is moved and turned.

use std::collections::BTreeSet;

use netsplit_scenarios::limits::SKETCH_REACH;
pub use netsplit_scenarios::sketch::{Sketch, WallShape};
use netsplit_sim::id::{Link, NodeId, Topology, WallId};
use netsplit_sim::run::Run;

use crate::geometry::{self, Point};
use crate::layout::{Layout, StageSize};
use crate::order::set_of;
use crate::scene::Sketches;

/// Which side of a wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Left of the stroke's direction, or inside of a lasso.
    Left,
    /// Right of the stroke's direction, or outside of a lasso.
    Right,
}

/// A wall from the palette: a line from top to bottom through this point.
pub fn palette(through: Point, one_way: bool) -> Sketch {
    let x = per_mille(through.x);
    new(vec![(x, 250), (x, 750)], WallShape::Line, one_way)
}

/// A wall along a stroke. Points closer than a few per-mille are left out; a stroke without length
/// gives none.
pub fn stroke(points: &[Point], one_way: bool) -> Option<Sketch> {
    let path = thinned(points);
    (path.len() >= 2).then(|| new(path, WallShape::Stroke, one_way))
}

/// A wall round what a stroke encloses; a stroke that encloses nothing gives none.
pub fn lasso(points: &[Point], one_way: bool) -> Option<Sketch> {
    let path = thinned(points);
    (path.len() >= 3).then(|| new(path, WallShape::Lasso, one_way))
}

fn new(path: Vec<(i32, i32)>, shape: WallShape, one_way: bool) -> Sketch {
    Sketch { path, shape, one_way, flipped: false, doors: Vec::new() }
}

/// Whether the wall goes round some nodes.
pub fn is_closed(sketch: &Sketch) -> bool {
    sketch.shape == WallShape::Lasso
}

/// Points of a stroke this close to the last one kept carry no shape.
const CLOSE: f64 = 8.0;
/// A stroke keeps at most this many points, so that links stay short.
const MOST_POINTS: usize = 24;

fn thinned(points: &[Point]) -> Vec<(i32, i32)> {
    let mut kept: Vec<Point> = Vec::new();
    for &p in points.iter().filter(|p| p.x.is_finite() && p.y.is_finite()) {
        if kept.last().is_none_or(|last| last.distance(p) >= CLOSE) {
            kept.push(p);
        }
    }
    let count = kept.len();
    let chosen = count.min(MOST_POINTS);
    let pick = |i: usize| kept[if chosen > 1 { i * (count - 1) / (chosen - 1) } else { 0 }];
    (0..chosen).map(|i| (per_mille(pick(i).x), per_mille(pick(i).y))).collect()
}

fn per_mille(value: f64) -> i32 {
    let reach = SKETCH_REACH as f64;
    value.round().clamp(-reach, reach) as i32
}

/// The sketch's points.
pub fn points(sketch: &Sketch) -> Vec<Point> {
    sketch.path.iter().map(|&(x, y)| Point::new(f64::from(x), f64::from(y))).collect()
}

/// The line as it divides the stage: a lasso closed, a stroke drawn on far beyond the edges.
pub fn extended_path(sketch: &Sketch) -> Vec<Point> {
    let mut path = points(sketch);
    if !is_closed(sketch) {
        return geometry::extended(&path);
    }
    path.extend(path.first().copied());
    path
}

/// The line to draw: cut off well outside the stage's box, which is smaller than the stage.
pub fn drawn_path(sketch: &Sketch) -> Vec<Point> {
    path_within(sketch, 400.0)
}

/// The line as far as it lies in the box, or a margin round it.
fn path_within(sketch: &Sketch, margin: f64) -> Vec<Point> {
    let mut path = extended_path(sketch);
    if is_closed(sketch) || path.len() < 4 {
        return path;
    }
    let last = path.len() - 1;
    for (end, inner) in [(0, 1), (last, last - 1)] {
        if let Some((_, edge)) = geometry::clipped(path[inner], path[end], margin) {
            path[end] = edge;
        } else {
            path[end] = path[inner];
        }
    }
    path.dedup();
    path
}

/// On which side of the wall a point lies.
pub fn side_of(sketch: &Sketch, p: Point) -> Side {
    let path = points(sketch);
    let left = if is_closed(sketch) { geometry::inside(&path, p) } else { geometry::left_of(&path, p) };
    if left { Side::Left } else { Side::Right }
}

/// The participants on each side of the wall as it is drawn: left (or inside), right (or outside).
pub fn sides(sketch: &Sketch, layout: &Layout) -> (BTreeSet<NodeId>, BTreeSet<NodeId>) {
    let everyone = layout.topology().everyone();
    everyone.partition(|&id| side_of(sketch, layout.at(id)) == Side::Left)
}

/// Every directed link of a run.
pub fn links(topology: Topology) -> impl Iterator<Item = Link> {
    let from = topology.everyone();
    let all = from.flat_map(move |from| topology.everyone().map(move |to| Link::new(from, to)));
    all.filter(|link| exists(*link))
}

/// Whether there is such a link: none from a node to itself, none between clients.
pub fn exists(link: Link) -> bool {
    link.from != link.to && !(link.from.is_client() && link.to.is_client())
}

/// The links that the wall cuts: those whose ends lie on different sides, except at its doors; a
/// one-way wall cuts only one direction.
pub fn cuts(sketch: &Sketch, layout: &Layout, topology: Topology) -> BTreeSet<Link> {
    cuts_between(&sides(sketch, layout).0, sketch, topology)
}

/// What a wall of this kind cuts if these stand left of it, or inside.
pub fn cuts_between(left: &BTreeSet<NodeId>, kind: &Sketch, topology: Topology) -> BTreeSet<Link> {
    let from_left = !kind.flipped;
    let cut = links(topology)
        .filter(|link| left.contains(&link.from) != left.contains(&link.to))
        .filter(|link| !kind.doors.contains(&link.from) && !kind.doors.contains(&link.to))
        .filter(|link| !kind.one_way || left.contains(&link.from) == from_left);
    set_of(cut)
}

/// How far along the way from `a` to `b` it first meets the wall.
pub fn crossing(sketch: &Sketch, a: Point, b: Point) -> Option<f64> {
    geometry::first_meeting(a, b, &extended_path(sketch))
}

/// The wall's name by its sides: `n1, n2 | n3, n4, n5`.
pub fn name(cuts: &BTreeSet<Link>, topology: Topology) -> String {
    crate::groups::words(cuts, topology)
}

/// A number for a new wall: one that no wall of the run, standing or gone, has had.
pub fn next_id(run: &dyn Run, sketches: &Sketches) -> WallId {
    use netsplit_sim::intervention::Intervention;
    let scripted = run.script().iter().filter_map(|entry| match &entry.what {
        Intervention::SetWall(id, _) | Intervention::RemoveWall(id) => Some(id.0),
        _ => None,
    });
    let taken = scripted.chain(sketches.keys().map(|id| id.0)).max();
    WallId(taken.map_or(0, |id| id.saturating_add(1)))
}

/// The wall moved by so much.
pub fn moved(sketch: &Sketch, by: Point) -> Sketch {
    mapped(sketch, |p| p + by)
}

/// The wall turned about its middle by an angle in radians, clockwise as seen on a stage of this size.
pub fn turned(sketch: &Sketch, size: StageSize, angle: f64) -> Sketch {
    let middle = size.to_px(middle(sketch));
    mapped(sketch, |p| size.to_stage(size.to_px(p).turned(middle, angle)))
}

/// The wall turned about its middle so that the handle taken hold of comes to point at `to`.
pub fn turned_towards(sketch: &Sketch, size: StageSize, handle: HandleKind, to: Point) -> Sketch {
    let Some(held) = handles(sketch).into_iter().find(|h| h.kind == handle) else {
        return sketch.clone();
    };
    let middle = size.to_px(middle(sketch));
    let angle = |p: Point| (size.to_px(p).y - middle.y).atan2(size.to_px(p).x - middle.x);
    turned(sketch, size, angle(to) - angle(held.at))
}

/// A wall cutting the other way.
pub fn flipped(sketch: &Sketch) -> Sketch {
    Sketch { flipped: !sketch.flipped, ..sketch.clone() }
}

/// A wall with a door for this node, or without it if it had one.
pub fn with_door_toggled(sketch: &Sketch, node: NodeId) -> Sketch {
    let mut sketch = sketch.clone();
    match sketch.doors.binary_search(&node) {
        Ok(at) => drop(sketch.doors.remove(at)),
        Err(at) => sketch.doors.insert(at, node),
    }
    sketch
}

fn mapped(sketch: &Sketch, place: impl Fn(Point) -> Point) -> Sketch {
    let path = points(sketch).into_iter().map(place).map(|p| (per_mille(p.x), per_mille(p.y)));
    Sketch { path: path.collect(), ..sketch.clone() }
}

/// Whether a wall has been dragged off the stage, which takes it away.
pub fn is_off_stage(sketch: &Sketch) -> bool {
    let path = extended_path(sketch);
    !path.windows(2).any(|pair| geometry::clipped(pair[0], pair[1], -10.0).is_some())
}

/// What a handle does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandleKind {
    /// Moves the wall.
    Move,
    /// Turns it, by its beginning.
    TurnStart,
    /// Turns it, by its end.
    TurnEnd,
}

/// Where a wall can be taken hold of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handle {
    /// What it does.
    pub kind: HandleKind,
    /// Where it is drawn.
    pub at: Point,
}

/// The handles of a wall: one to move it and two to turn it; a lasso is only moved.
pub fn handles(sketch: &Sketch) -> Vec<Handle> {
    let path = path_within(sketch, 0.0);
    if path.len() < 2 {
        return Vec::new();
    }
    let grip = Handle { kind: HandleKind::Move, at: along(&path, 0.5) };
    if is_closed(sketch) {
        return vec![grip];
    }
    let start = Handle { kind: HandleKind::TurnStart, at: along(&path, 0.22) };
    let end = Handle { kind: HandleKind::TurnEnd, at: along(&path, 0.86) };
    vec![start, grip, end]
}

/// The point that far along the path, from 0 to 1.
pub fn along(path: &[Point], fraction: f64) -> Point {
    let total: f64 = path.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    let mut left = total * fraction;
    for pair in path.windows(2) {
        let length = pair[0].distance(pair[1]);
        if length > 0.0 && left <= length {
            return pair[0].towards(pair[1], left / length);
        }
        left -= length;
    }
    path.last().copied().unwrap_or(geometry::MIDDLE)
}

/// The middle of the wall as drawn, about which it turns.
pub fn middle(sketch: &Sketch) -> Point {
    if is_closed(sketch) { geometry::centroid(points(sketch)) } else { along(&path_within(sketch, 0.0), 0.5) }
}

#[cfg(test)]
mod tests;
