//! A wall's sketch as lines and regions in pixels, up to the edges of the element.

use std::collections::BTreeSet;

use crate::geometry::{self, Point};
use crate::layout::{Layout, Sizes};
use crate::stage::StagePicture;
use crate::wall::{self, HandleKind, Side};
use netsplit_scenarios::sketch::Sketch;
use netsplit_sim::id::NodeId;

use crate::board::Board;

/// What a wall is drawn from. Everything is in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct WallLines {
    /// Its line.
    pub line: Vec<Point>,
    /// Whether the line is closed.
    pub closed: bool,
    /// The direction of its hatch, in degrees.
    pub hatch: f64,
    /// The side that is tinted: inside a lasso, else where fewer servers are.
    pub tinted: Side,
    /// That side as a polygon.
    pub region: Vec<Point>,
    /// The handles that turn it; a lasso has none.
    pub handles: Vec<(HandleKind, Point)>,
    /// On a one-way wall: where arrows stand, and the direction in degrees in which messages pass.
    pub passing: Vec<(Point, f64)>,
}

/// How far beyond the box a line is drawn, in per-mille of the box: past every edge of the element.
const BEYOND: f64 = 900.0;

/// The lines of a sketch.
pub fn wall_lines(sketch: &Sketch, layout: &Layout, board: &Board) -> WallLines {
    let line = to_the_edges(sketch, board);
    let tinted = smaller_side(sketch, layout);
    WallLines {
        passing: if sketch.one_way { passing(sketch, board) } else { Vec::new() },
        handles: handles(sketch, board),
        region: region(sketch, tinted, board),
        tinted,
        closed: wall::is_closed(sketch),
        hatch: hatch(&line),
        line,
    }
}

fn to_the_edges(sketch: &Sketch, board: &Board) -> Vec<Point> {
    if wall::is_closed(sketch) {
        return wall::points(sketch).into_iter().map(|p| board.to_px(p)).collect();
    }
    let mut path = wall::extended_path(sketch);
    let last = path.len().saturating_sub(1);
    if last >= 3 {
        for (end, inner) in [(0, 1), (last, last - 1)] {
            let kept = geometry::clipped(path[inner], path[end], BEYOND);
            path[end] = kept.map_or(path[inner], |(_, edge)| edge);
        }
    }
    path.into_iter().map(|p| board.to_px(p)).collect()
}

/// Half a right angle off the direction from its first point to its last.
fn hatch(line: &[Point]) -> f64 {
    let ends = line.first().zip(line.last());
    ends.map_or(45.0, |(a, b)| (b.y - a.y).atan2(b.x - a.x).to_degrees() - 45.0)
}

fn smaller_side(sketch: &Sketch, layout: &Layout) -> Side {
    let (left, right) = wall::sides(sketch, layout);
    let servers = |side: &BTreeSet<NodeId>| side.iter().filter(|id| !id.is_client()).count();
    if !wall::is_closed(sketch) && servers(&right) < servers(&left) { Side::Right } else { Side::Left }
}

fn region(sketch: &Sketch, side: Side, board: &Board) -> Vec<Point> {
    let mut path = wall::points(sketch);
    if side == Side::Right {
        path.reverse();
    }
    if !wall::is_closed(sketch) {
        path = geometry::left_region(&path);
    }
    path.into_iter().map(|p| board.to_px(p)).collect()
}

fn handles(sketch: &Sketch, board: &Board) -> Vec<(HandleKind, Point)> {
    let turning = wall::handles(sketch).into_iter().filter(|handle| handle.kind != HandleKind::Move);
    turning.map(|handle| (handle.kind, board.to_px(handle.at))).collect()
}

/// Arrows at some places of the line that is in sight, across it.
fn passing(sketch: &Sketch, board: &Board) -> Vec<(Point, f64)> {
    let line: Vec<Point> = wall::drawn_path(sketch).into_iter().map(|p| board.to_px(p)).collect();
    let places = [0.1, 0.32, 0.68, 0.95].into_iter().map(|along| (along, along + 0.01));
    let arrows = places.map(|(here, ahead)| {
        let at = wall::along(&line, here);
        let along = wall::along(&line, ahead) - at;
        let across = Point::new(-along.y, along.x) * (6.0 / along.length().max(f64::MIN_POSITIVE));
        let leads_left = wall::side_of(sketch, board.to_stage(at + across)) == Side::Left;
        // Cut is what goes from left to right, so what goes to the left passes, unless flipped.
        let passes = across * if leads_left != sketch.flipped { 1.0 } else { -1.0 };
        (at, passes.y.atan2(passes.x).to_degrees())
    });
    arrows.collect()
}

/// The pixels that a wall's label should not cover.
pub fn taken(picture: &StagePicture, board: &Board, sizes: Sizes) -> Vec<Point> {
    let below = Point::new(0.0, sizes.arc + 12.0);
    let nodes = picture.nodes.iter().map(|node| board.to_px(node.at));
    let clients = picture.clients.iter().map(|client| board.to_px(client.at));
    let sides = picture.sides.iter().map(|side| board.to_px(side.at));
    nodes.flat_map(|at| [at, at + below]).chain(clients).chain(sides).collect()
}

/// Where a wall's label covers least: its upper left corner, for a label of this size.
pub fn label_place(line: &[Point], taken: &[Point], board: &Board, width: f64, height: f64) -> Point {
    let mut best = (f64::NEG_INFINITY, Point::default());
    // From the middle outwards: among places that are free enough the most central one wins.
    for step in 0..19 {
        let aside = f64::from((step + 1) / 2) / 20.0;
        let on_wall = wall::along(line, 0.5 + if step % 2 == 0 { aside } else { -aside });
        for x in [on_wall.x + 14.0, on_wall.x - 14.0 - width] {
            let corner = Point::new(x, on_wall.y - height / 2.0);
            let score = freedom(corner, taken, board, width, height);
            if score > best.0 + 4.0 {
                best = (score, corner);
            }
        }
    }
    best.1
}

/// How far a label at this corner is from everything else; negative if it leaves the box.
fn freedom(corner: Point, taken: &[Point], board: &Board, width: f64, height: f64) -> f64 {
    let (low, high) = (board.origin, board.to_px(Point::new(1_000.0, 1_000.0)));
    let outside = (low.x + 6.0 - corner.x)
        .max(corner.x + width + 6.0 - high.x)
        .max(low.y - corner.y)
        .max(corner.y + height - high.y);
    if outside > 0.0 {
        return -outside;
    }
    let gap = |p: &Point| {
        let dx = (corner.x - p.x).max(p.x - corner.x - width).max(0.0);
        let dy = (corner.y - p.y).max(p.y - corner.y - height).max(0.0);
        dx.hypot(dy)
    };
    // Beyond this it is free enough, and the middle of the wall is where one looks.
    taken.iter().map(gap).fold(90.0, f64::min)
}

#[cfg(test)]
mod tests {
    use netsplit_sim::id::Topology;

    use super::*;

    fn layout() -> Layout {
        Layout::new(Topology { servers: 5, clients: 2 }, &[None, None])
    }

    fn board() -> Board {
        Board::new(1044.0, 582.0)
    }

    fn upright(x: i32, one_way: bool) -> Sketch {
        wall::palette(Point::new(f64::from(x), 500.0), one_way)
    }

    #[test]
    fn an_open_wall_reaches_the_edges_of_the_element() {
        let shape = wall_lines(&upright(400, false), &layout(), &board());
        let (first, last) = (shape.line[0], shape.line[shape.line.len() - 1]);
        assert!(first.y < 0.0 && last.y > 582.0, "{first:?} {last:?}");
        assert_eq!(shape.handles.len(), 2);
        assert!(shape.passing.is_empty());
    }

    #[test]
    fn the_side_with_fewer_servers_is_tinted() {
        for (x, tinted) in [(330, Point::new(20.0, 300.0)), (680, Point::new(1_020.0, 300.0))] {
            let shape = wall_lines(&upright(x, false), &layout(), &board());
            assert!(geometry::inside(&shape.region, tinted), "{x}");
            assert!(!geometry::inside(&shape.region, Point::new(522.0, 300.0)), "{x}");
        }
    }

    #[test]
    fn arrows_show_what_passes_and_turn_when_flipped() {
        // Downwards, the left is the right of the screen; what goes from there to the left is cut.
        let one_way = upright(400, true);
        let shape = wall_lines(&one_way, &layout(), &board());
        assert!(shape.passing.iter().all(|(_, turn)| turn.abs() < 1.0), "{:?}", shape.passing);
        let flipped = wall_lines(&wall::flipped(&one_way), &layout(), &board());
        assert!(flipped.passing.iter().all(|(_, turn)| turn.abs() > 179.0), "{:?}", flipped.passing);
    }

    #[test]
    fn a_label_keeps_away_from_nodes_and_inside_the_box() {
        let board = board();
        let shape = wall_lines(&upright(520, false), &layout(), &board);
        let nodes: Vec<Point> =
            layout().topology().everyone().map(|id| board.to_px(layout().at(id))).collect();
        let corner = label_place(&shape.line, &nodes, &board, 170.0, 30.0);
        assert!(freedom(corner, &nodes, &board, 170.0, 30.0) > 30.0, "{corner:?}");
    }

    #[test]
    fn a_sketch_without_points_does_not_panic() {
        let empty = Sketch { path: Vec::new(), ..upright(0, true) };
        let shape = wall_lines(&empty, &layout(), &board());
        assert!(shape.line.is_empty());
        label_place(&shape.line, &[], &board(), 100.0, 30.0);
    }
}
