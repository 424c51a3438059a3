//! What a drawn wall cuts, where links meet it, and how it is moved and turned.

use std::collections::BTreeSet;

use netsplit_scenarios::limits::SKETCH_REACH;
pub use netsplit_scenarios::sketch::{Sketch, WallShape};
use netsplit_sim::id::{Link, NodeId, Topology, WallId};
use netsplit_sim::run::Run;

use crate::geometry::{self, Point};
use crate::layout::{Layout, StageSize};
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
    links(topology)
        .filter(|link| left.contains(&link.from) != left.contains(&link.to))
        .filter(|link| !kind.doors.contains(&link.from) && !kind.doors.contains(&link.to))
        .filter(|link| !kind.one_way || left.contains(&link.from) == from_left)
        .collect()
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
mod tests {
    use super::*;

    const FIVE: Topology = Topology { servers: 5, clients: 2 };

    fn layout() -> Layout {
        Layout::new(FIVE, &[Some(NodeId::server(4)), Some(NodeId::server(1))])
    }

    fn down_the_middle(one_way: bool) -> Sketch {
        // Right of the first server: with it on the left stand n1, n4, n5 and c1.
        palette(Point::new(560.0, 500.0), one_way)
    }

    fn cut(sketch: &Sketch) -> BTreeSet<Link> {
        cuts(sketch, &layout(), FIVE)
    }

    fn id(name: &str) -> NodeId {
        name.parse().expect("a name")
    }

    fn link(from: &str, to: &str) -> Link {
        Link::new(id(from), id(to))
    }

    #[test]
    fn a_wall_cuts_links_between_its_sides_and_clients_too() {
        let cut = cut(&down_the_middle(false));
        assert_eq!(name(&cut, FIVE), "n1, n4, n5, c1 | n2, n3, c2");
        assert!(cut.contains(&link("c1", "n2")) && cut.contains(&link("n2", "c1")));
        assert!(!cut.contains(&link("c1", "c2")), "clients have no links to one another");
        assert!(!cut.contains(&link("n1", "n5")));
    }

    #[test]
    fn a_one_way_palette_wall_cuts_from_the_left_of_downwards_to_its_right() {
        // Who walks down the screen has the screen's right on the left hand.
        let sketch = down_the_middle(true);
        assert_eq!(name(&cut(&sketch), FIVE), "n2, n3, c2 → n1, n4, n5, c1");
        assert_eq!(name(&cut(&flipped(&sketch)), FIVE), "n1, n4, n5, c1 → n2, n3, c2");
    }

    #[test]
    fn a_one_way_lasso_cuts_from_inside_to_outside() {
        let corners = [(650.0, 250.0), (870.0, 250.0), (870.0, 500.0), (650.0, 500.0)];
        let points = corners.map(|(x, y)| Point::new(x, y));
        let sketch = lasso(&points, true).expect("it encloses something");
        assert_eq!(name(&cut(&sketch), FIVE), "n2 → n1, n3, n4, n5, c1, c2");
    }

    #[test]
    fn a_door_frees_all_links_of_its_node() {
        let sketch = with_door_toggled(&down_the_middle(false), id("n3"));
        let cut = cut(&sketch);
        assert!(cut.iter().all(|link| link.from != id("n3") && link.to != id("n3")));
        assert_eq!(name(&cut, FIVE), "n1, n4, n5, c1 | n2, c2");
        assert_eq!(with_door_toggled(&sketch, id("n3")), down_the_middle(false));
    }

    #[test]
    fn a_cut_link_meets_the_wall_between_its_ends() {
        let (sketch, layout) = (down_the_middle(false), layout());
        for link in cut(&sketch) {
            let at = crossing(&sketch, layout.at(link.from), layout.at(link.to));
            assert!(at.is_some_and(|at| (0.0..=1.0).contains(&at)), "{link}: {at:?}");
        }
        assert_eq!(crossing(&sketch, layout.at(id("n1")), layout.at(id("n5"))), None);
    }

    #[test]
    fn a_turned_wall_looks_turned_by_that_much_on_an_oblong_stage() {
        let size = StageSize { width: 1_000.0, height: 500.0 };
        let sketch = turned(&down_the_middle(false), size, std::f64::consts::FRAC_PI_2);
        let [a, b] = [sketch.path[0], sketch.path[1]];
        assert_eq!(a.1, b.1, "downwards has become sideways: {:?}", sketch.path);
        assert_eq!((a.0 - b.0).abs(), 250, "500 per mille of the height are 250 of the width");
    }

    #[test]
    fn a_wall_dragged_by_its_end_points_there() {
        let size = StageSize::default();
        let sketch = down_the_middle(false);
        let to = Point::new(900.0, 700.0);
        let dragged = turned_towards(&sketch, size, HandleKind::TurnEnd, to);
        let off = geometry::distance_to_path(to, &drawn_path(&dragged));
        assert!(off < 5.0, "the line passes {off} beside it");
    }

    #[test]
    fn a_wall_dragged_away_is_off_stage() {
        let sketch = down_the_middle(false);
        assert!(!is_off_stage(&sketch));
        assert!(is_off_stage(&moved(&sketch, Point::new(460.0, 0.0))));
        assert!(!is_off_stage(&moved(&sketch, Point::new(0.0, 5_000.0))), "a line has no ends");
    }

    #[test]
    fn handles_lie_on_the_line_and_inside_the_box() {
        let tilted = turned(&down_the_middle(false), StageSize::default(), 0.4);
        for handle in handles(&tilted) {
            assert!(geometry::distance_to_path(handle.at, &drawn_path(&tilted)) < 1.0);
            assert!((0.0..=1_000.0).contains(&handle.at.x) && (0.0..=1_000.0).contains(&handle.at.y));
        }
        assert_eq!(handles(&tilted).len(), 3);
    }

    #[test]
    fn a_shaky_stroke_becomes_a_short_sketch() {
        let shaky: Vec<Point> =
            (0..2_000).map(|i| Point::new(500.0 + f64::from(i % 3), f64::from(i) / 2.0)).collect();
        let sketch = stroke(&shaky, false).expect("it has length");
        assert!(sketch.path.len() <= MOST_POINTS);
        assert_eq!(sketch.path.first(), Some(&(500, 0)));
        assert!(stroke(&[Point::new(5.0, 5.0); 40], false).is_none());
        assert!(stroke(&[Point::new(f64::NAN, 5.0), Point::new(5.0, 5.0)], false).is_none());
        assert!(lasso(&shaky[..10], false).is_none());
    }

    #[test]
    fn hostile_sketches_do_no_harm() {
        for path in [vec![], vec![(0, 0)], vec![(7, 7); 5], vec![(i32::MAX, i32::MIN), (i32::MIN, i32::MAX)]]
        {
            for shape in [WallShape::Line, WallShape::Stroke, WallShape::Lasso] {
                let sketch = new(path.clone(), shape, true);
                let _ = (cut(&sketch), handles(&sketch), is_off_stage(&sketch), middle(&sketch));
                let _ = turned_towards(&sketch, StageSize::default(), HandleKind::TurnEnd, Point::default());
            }
        }
    }
}
