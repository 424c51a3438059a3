//! Walls as the stage draws them, and what each side can still do.

use std::collections::BTreeSet;

use netsplit_scenarios::sketch::Sketch;
use netsplit_sim::id::{Link, NodeId, WallId};
use netsplit_sim::run::{Run, Status};
use netsplit_words::say;

use crate::geometry::{self, Point};
use crate::groups;
use crate::order::set_of;
use crate::placing;
use crate::scene::Scene;
use crate::wall::{self, Handle, HandleKind, Side};

/// A wall that stands.
#[derive(Clone, Debug, PartialEq)]
pub struct WallPicture {
    /// Which.
    pub id: WallId,
    /// The line to draw, from edge to edge or closed; empty for a wall that was not drawn.
    pub path: Vec<Point>,
    /// Whether the line is closed.
    pub closed: bool,
    /// Where it can be taken hold of.
    pub handles: Vec<Handle>,
    /// `wall, both ways`.
    pub label: String,
    /// Where the label stands.
    pub label_at: Point,
    /// Where an arrow stands on a one-way wall and the direction, of length one, in which nothing
    /// passes.
    pub stops: Option<(Point, Point)>,
    /// `n1, n2 | n3, n4, n5`.
    pub name: String,
    /// The nodes whose links it leaves alone.
    pub doors: Vec<NodeId>,
    /// Whether nodes were moved since, so that the line no longer shows what is cut.
    pub stale: bool,
    /// How many directed links it cuts.
    pub cuts: usize,
}

/// What some servers can do among themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct SideText {
    /// Where it stands.
    pub at: Point,
    /// `2 of 5: cannot commit`.
    pub text: String,
    /// Whether they can go on without the others.
    pub able: bool,
    /// Who is meant.
    pub members: Vec<NodeId>,
}

/// The walls that stand at the cursor.
pub fn walls(run: &dyn Run, scene: &Scene) -> Vec<WallPicture> {
    let pictures = run.walls().into_iter().map(|(id, cuts)| match scene.sketches.get(&id) {
        Some(sketch) => drawn(run, scene, id, &cuts, sketch),
        None => undrawn(run, scene, id, &cuts),
    });
    pictures.collect()
}

fn drawn(run: &dyn Run, scene: &Scene, id: WallId, cuts: &BTreeSet<Link>, sketch: &Sketch) -> WallPicture {
    let path = wall::drawn_path(sketch);
    WallPicture {
        id,
        closed: wall::is_closed(sketch),
        handles: wall::handles(sketch),
        label: if sketch.one_way { say!("wall, one way") } else { say!("wall, both ways") }.to_owned(),
        label_at: label_place(sketch),
        stops: sketch.one_way.then(|| stops(sketch, &path)),
        name: wall::name(cuts, run.topology()),
        doors: sketch.doors.clone(),
        stale: &wall::cuts(sketch, &scene.layout, run.topology()) != cuts,
        cuts: cuts.len(),
        path,
    }
}

fn undrawn(run: &dyn Run, scene: &Scene, id: WallId, cuts: &BTreeSet<Link>) -> WallPicture {
    let middle = |link: &Link| scene.layout.at(link.from).towards(scene.layout.at(link.to), 0.5);
    let name = wall::name(cuts, run.topology());
    WallPicture {
        id,
        path: Vec::new(),
        closed: false,
        handles: Vec::new(),
        label: say!("cut: {name}", name),
        label_at: geometry::centroid(cuts.iter().map(middle)),
        stops: None,
        name,
        doors: Vec::new(),
        stale: false,
        cuts: cuts.len(),
    }
}

/// Where the wall is taken hold of, far enough inside the stage for the words.
fn label_place(sketch: &Sketch) -> Point {
    let grip = wall::handles(sketch).into_iter().find(|handle| handle.kind == HandleKind::Move);
    let at = grip.map_or(geometry::MIDDLE, |grip| grip.at);
    Point::new(at.x.clamp(40.0, 860.0), at.y.clamp(60.0, 920.0))
}

/// Where nothing passes: from the left of the direction to its right, unless flipped.
fn stops(sketch: &Sketch, path: &[Point]) -> (Point, Point) {
    let (at, ahead) = (wall::along(path, 0.35), wall::along(path, 0.36));
    let along = ahead - at;
    let length = along.length().max(f64::MIN_POSITIVE);
    let across = Point::new(-along.y / length, along.x / length);
    let leaves = wall::side_of(sketch, at + across * 3.0) == Side::Right;
    (at, across * if leaves != sketch.flipped { 1.0 } else { -1.0 })
}

/// What a wall would do if it stood: the same words and places as once it is raised.
#[derive(Clone, Debug, PartialEq)]
pub struct WallPreview {
    /// Who stands left of it, or inside.
    pub left: BTreeSet<NodeId>,
    /// Who stands right of it, or outside.
    pub right: BTreeSet<NodeId>,
    /// The links it would cut.
    pub cuts: BTreeSet<Link>,
    /// `n1, n2 | n3, n4, n5`.
    pub name: String,
    /// The line to draw.
    pub path: Vec<Point>,
    /// What each side could still do.
    pub sides: Vec<SideText>,
}

/// What this wall would do; `instead_of` is the standing wall that is being dragged.
pub fn preview(run: &dyn Run, scene: &Scene, sketch: &Sketch, instead_of: Option<WallId>) -> WallPreview {
    let (left, right) = wall::sides(sketch, &scene.layout);
    let cuts = wall::cuts(sketch, &scene.layout, run.topology());
    let mut standing = run.walls();
    standing.retain(|(id, _)| Some(*id) != instead_of);
    let mut sketches: Vec<&Sketch> = standing.iter().filter_map(|(id, _)| scene.sketches.get(id)).collect();
    sketches.push(sketch);
    let is_cut = |link: &Link| cuts.contains(link) || standing.iter().any(|(_, held)| held.contains(link));
    WallPreview {
        name: wall::name(&cuts, run.topology()),
        path: wall::drawn_path(sketch),
        sides: sides_under(run, scene, &sketches, is_cut),
        left,
        right,
        cuts,
    }
}

/// What the servers of each side can do, as long as the walls separate any; those that are crashed
/// count on no side.
pub fn sides(run: &dyn Run, scene: &Scene) -> Vec<SideText> {
    let standing = run.walls();
    if standing.is_empty() {
        return Vec::new();
    }
    let sketches: Vec<&Sketch> = standing.iter().filter_map(|(id, _)| scene.sketches.get(id)).collect();
    sides_under(run, scene, &sketches, |link| run.is_cut(*link))
}

fn sides_under(
    run: &dyn Run,
    scene: &Scene,
    sketches: &[&Sketch],
    is_cut: impl Fn(&Link) -> bool,
) -> Vec<SideText> {
    let open = |link: Link| !is_cut(&link) && !is_cut(&link.reversed());
    let parts = groups::components(run.topology().servers(), open);
    let mut texts: Vec<SideText> = Vec::new();
    for part in if parts.len() < 2 { Vec::new() } else { parts } {
        let taken: Vec<Point> = texts.iter().map(|text| text.at).collect();
        let at = placing::free_place(&part, &scene.layout, sketches, &taken);
        let running = set_of(part.iter().copied().filter(|&id| run.status(id) != Status::Crashed));
        let side = run.side(&running);
        texts.push(SideText { at, text: side.text, able: side.able, members: part.into_iter().collect() });
    }
    texts
}
