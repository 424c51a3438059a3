//! Where words go on the stage without covering anything.

use std::collections::BTreeSet;

use netsplit_scenarios::sketch::Sketch;
use netsplit_sim::id::NodeId;

use crate::geometry::{self, Point};
use crate::layout::Layout;
use crate::wall;

/// A place for words about some servers: near them, on their side of every wall drawn, away from
/// nodes, walls and the places already `taken`.
pub(crate) fn free_place(
    members: &BTreeSet<NodeId>,
    layout: &Layout,
    walls: &[&Sketch],
    taken: &[Point],
) -> Point {
    let middle = geometry::centroid(members.iter().map(|&id| layout.at(id)));
    let first = members.first().map_or(middle, |&id| layout.at(id));
    let walls: Vec<Obstacle> = walls.iter().map(|sketch| Obstacle::new(sketch, first)).collect();
    let everyone: Vec<Point> = layout.topology().everyone().map(|id| layout.at(id)).collect();
    let cost = |p: Point| -> f64 {
        let crowd: f64 = everyone.iter().map(|&at| crowding(p - at)).sum();
        let words: f64 = taken.iter().map(|&at| crowding((p - at) * 0.7)).sum();
        let lines: f64 = walls.iter().map(|wall| wall.cost(p)).sum();
        p.distance(middle) + crowd + words + lines
    };
    let priced = places().map(|p| (cost(p), p));
    priced.min_by(|(one, _), (other, _)| one.total_cmp(other)).map_or(middle, |(_, place)| place)
}

/// Candidates: far enough from the edges for a line of words.
fn places() -> impl Iterator<Item = Point> {
    (0..12).flat_map(|column| {
        (0..10).map(move |row| Point::new(130.0 + 67.0 * f64::from(column), 60.0 + 100.0 * f64::from(row)))
    })
}

/// A wall as words see it.
struct Obstacle {
    path: Vec<Point>,
    region: Vec<Point>,
    wanted: bool,
}

impl Obstacle {
    fn new(sketch: &Sketch, member: Point) -> Self {
        let points = wall::points(sketch);
        let region = if wall::is_closed(sketch) { points } else { geometry::left_region(&points) };
        let wanted = geometry::inside(&region, member);
        Self { path: wall::drawn_path(sketch), region, wanted }
    }

    /// The wrong side is out of the question; beside the wall words are cramped.
    fn cost(&self, p: Point) -> f64 {
        let strayed = if geometry::inside(&self.region, p) == self.wanted { 0.0 } else { 5_000.0 };
        strayed + (150.0 - geometry::distance_to_path(p, &self.path)).max(0.0) * 3.0
    }
}

/// How much words disturb something at this offset: they are wide, and nodes have cells beneath them.
fn crowding(offset: Point) -> f64 {
    let reach = (offset.x / 170.0).hypot((offset.y - 30.0) / 110.0);
    (1.0 - reach).max(0.0) * 1_500.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use netsplit_sim::id::Topology;

    #[test]
    fn words_stand_on_their_side_and_cover_nobody() {
        let topology = Topology { servers: 5, clients: 2 };
        let layout = Layout::new(topology, &[Some(NodeId::server(4)), Some(NodeId::server(1))]);
        for x in [250.0, 430.0, 560.0, 700.0] {
            for turn in 0..8 {
                let upright = wall::palette(Point::new(x, 500.0), false);
                let sketch =
                    wall::turned(&upright, crate::layout::StageSize::default(), f64::from(turn) * 0.4);
                let (left, right) = wall::sides(&sketch, &layout);
                for side in [left, right] {
                    let members: BTreeSet<NodeId> = side.into_iter().filter(|id| !id.is_client()).collect();
                    let Some(&member) = members.first() else { continue };
                    let place = free_place(&members, &layout, &[&sketch], &[]);
                    let wanted = wall::side_of(&sketch, layout.at(member));
                    assert_eq!(wall::side_of(&sketch, place), wanted, "{members:?} at {place:?}");
                    for id in topology.everyone() {
                        let offset = place - layout.at(id);
                        let clear = offset.x.abs() > 100.0 || offset.y.abs() > 55.0;
                        assert!(clear, "{members:?} at {place:?} covers {id} at {:?}", layout.at(id));
                    }
                }
            }
        }
    }
}
