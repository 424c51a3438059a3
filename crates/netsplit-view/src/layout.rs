//! Where servers and clients stand, and how large they are drawn.

use std::collections::BTreeMap;
use std::f64::consts::{FRAC_PI_2, TAU};

use netsplit_sim::id::{NodeId, Topology};

use crate::geometry::Point;

/// The stage in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StageSize {
    /// Width in pixels, more than zero.
    pub width: f64,
    /// Height in pixels, more than zero.
    pub height: f64,
}

impl Default for StageSize {
    fn default() -> Self {
        Self { width: 1_044.0, height: 582.0 }
    }
}

impl StageSize {
    /// A stage point in pixels.
    pub fn to_px(self, p: Point) -> Point {
        Point::new(p.x * self.width / 1_000.0, p.y * self.height / 1_000.0)
    }

    /// A pixel as a stage point.
    pub fn to_stage(self, px: Point) -> Point {
        Point::new(px.x * 1_000.0 / self.width.max(1.0), px.y * 1_000.0 / self.height.max(1.0))
    }
}

/// How large things are drawn, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// Radius of a server's outline.
    pub node: f64,
    /// Radius of the timer arc around it.
    pub arc: f64,
    /// Half the side of a client's square.
    pub client: f64,
    /// Width of a log cell beneath a server; zero if there is no room for cells.
    pub cell: f64,
    /// Radius of a message.
    pub dot: f64,
    /// How many log cells fit beneath a server.
    pub cells: usize,
}

/// Where everybody stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    topology: Topology,
    places: Vec<Point>,
    homes: Vec<Option<NodeId>>,
    moved: BTreeMap<NodeId, Point>,
}

/// The ellipse of the servers.
const CENTRE: Point = Point::new(500.0, 470.0);
const RADII: Point = Point::new(270.0, 370.0);
/// A moved node stays this far inside the stage.
const EDGE: f64 = 30.0;

impl Layout {
    /// Servers round an ellipse, the first on top; clients outside, near their home server. `homes`
    /// holds one entry per client; a missing home is the first server.
    pub fn new(topology: Topology, homes: &[Option<NodeId>]) -> Self {
        let mut places: Vec<Point> = topology.servers().map(|id| server_place(id, topology)).collect();
        places.extend(clients::places(topology, homes, &places));
        Self { topology, places, homes: homes.to_vec(), moved: BTreeMap::new() }
    }

    /// The same with one participant put elsewhere by the user. Presentation only: no cut changes.
    pub fn with_moved(&self, id: NodeId, to: Point) -> Self {
        let mut layout = self.clone();
        if layout.topology.contains(id) {
            let inside = |v: f64| if v.is_finite() { v.clamp(EDGE, 1_000.0 - EDGE) } else { 500.0 };
            layout.moved.insert(id, Point::new(inside(to.x), inside(to.y)));
        }
        layout
    }

    /// Who was moved, and where to.
    pub fn moved(&self) -> &BTreeMap<NodeId, Point> {
        &self.moved
    }

    /// Who takes part.
    pub fn topology(&self) -> Topology {
        self.topology
    }

    /// Where a participant stands; the middle of the stage for somebody who is not in this run.
    pub fn at(&self, id: NodeId) -> Point {
        let place = || self.places.get(self.topology.position(id)).copied();
        self.moved.get(&id).copied().or_else(place).unwrap_or(CENTRE)
    }

    /// The server a client turns to first.
    pub fn home(&self, client: NodeId) -> NodeId {
        let named = self.homes.get(usize::from(client.index())).copied().flatten();
        named.unwrap_or(NodeId::server(0))
    }

    /// How large everything is drawn on a stage of this size.
    pub fn sizes(&self, stage: StageSize) -> Sizes {
        let servers = f64::from(self.topology.servers.max(1));
        let (rx, ry) = (RADII.x * stage.width / 1_000.0, RADII.y * stage.height / 1_000.0);
        // Neighbours on the innermost ring stand about this far apart at its flattest.
        let rings = rings(self.topology.servers);
        let gap = TAU * rx.min(ry) * ring(rings - 1) * f64::from(rings) / servers;
        let node = (gap * 0.33).min(stage.width.min(stage.height) * 0.07).clamp(7.0, 34.0);
        // At the sides of the ellipse a server's cells must fit above its lower neighbour.
        let cell = (node * 0.75).clamp(14.0, 25.0);
        let cell = if gap < node * 2.8 + cell + 5.0 { 0.0 } else { cell };
        let room = (gap.max(rx.max(ry) / 2.2) * 0.95 / cell.max(1.0)) as usize;
        let cells = if cell == 0.0 { 0 } else { room.clamp(2, 6) };
        Sizes { node, arc: node * 1.4, client: node * 0.7, cell, dot: (node * 0.33).clamp(4.0, 10.5), cells }
    }
}

fn server_place(id: NodeId, topology: Topology) -> Point {
    if topology.servers == 1 {
        return CENTRE;
    }
    let angle = TAU * f64::from(id.index()) / f64::from(topology.servers) - FRAC_PI_2;
    let ring = ring(id.index() % rings(topology.servers));
    CENTRE + Point::new(RADII.x * angle.cos(), RADII.y * angle.sin()) * ring
}

/// On how many ellipses the servers stand: large clusters take turns, so that names stay legible.
fn rings(servers: u16) -> u16 {
    match servers {
        0..=24 => 1,
        25..=50 => 2,
        _ => 3,
    }
}

/// The size of a ring, the outermost being one.
fn ring(number: u16) -> f64 {
    1.0 - 0.22 * f64::from(number)
}

/// Places for clients.
mod clients {
    use super::{CENTRE, NodeId, Point, Topology};
    use crate::order;

    /// One client below another: its name and its operation need this much.
    const STEP: f64 = 190.0;
    /// Columns of clients lie this far apart.
    const COLUMN: f64 = 48.0;

    /// In the columns left and right of the ellipse, each at the height of its home, then spread so
    /// that none covers another.
    pub(super) fn places(topology: Topology, homes: &[Option<NodeId>], servers: &[Point]) -> Vec<Point> {
        let home = |client: NodeId| {
            let named = homes.get(usize::from(client.index())).copied().flatten();
            let index = usize::from(named.map_or(0, NodeId::index));
            servers.get(index).copied().unwrap_or(CENTRE)
        };
        let wanted: Vec<Point> = topology.clients().map(home).collect();
        let mut sides: [Vec<usize>; 2] = [Vec::new(), Vec::new()];
        for (client, at) in wanted.iter().enumerate() {
            let right =
                if (at.x - CENTRE.x).abs() < 1.0 { sides[0].len() > sides[1].len() } else { at.x > CENTRE.x };
            sides[usize::from(right)].push(client);
        }
        let mut places = wanted.clone();
        for (side, members) in sides.iter_mut().enumerate() {
            order::sort(members, |&a, &b| wanted[a].y < wanted[b].y);
            spread(members, side == 1, &wanted, &mut places);
        }
        places
    }

    /// Puts the clients of one side one below the other; where they are too many they take turns in up
    /// to four columns, so that squares do not touch.
    fn spread(members: &[usize], right: bool, wanted: &[Point], places: &mut [Point]) {
        let (top, bottom) = (150.0, 850.0);
        let count = members.len() as f64;
        let step = STEP.min((bottom - top) / (count - 1.0).max(1.0));
        let columns = if members.len() > 6 { members.len().div_ceil(7).min(4) } else { 1 };
        let middle = members.iter().map(|&m| wanted[m].y).sum::<f64>() / count.max(1.0);
        let span = step * (count - 1.0).max(0.0);
        let start = (middle - span / 2.0).clamp(top, (bottom - span).max(top));
        for (row, &member) in members.iter().enumerate() {
            let outside = if columns == 1 { 75.0 } else { 30.0 };
            let inward = outside + COLUMN * (row % columns) as f64;
            places[member] =
                Point::new(if right { 1_000.0 - inward } else { inward }, start + step * row as f64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(servers: u16, clients: u16) -> Layout {
        let homes: Vec<_> = (0..clients).map(|i| Some(NodeId::server(i % servers))).collect();
        Layout::new(Topology { servers, clients }, &homes)
    }

    #[test]
    fn the_first_server_stands_on_top_and_the_rest_follow_clockwise() {
        let five = layout(5, 0);
        let at = |index| five.at(NodeId::server(index));
        assert!((at(0).x - 500.0).abs() < 1e-9 && at(0).y < 200.0);
        assert!(at(1).x > 700.0 && at(4).x < 300.0);
        assert!(at(2).y > 700.0 && at(2).x > at(3).x);
    }

    #[test]
    fn nobody_covers_anybody_in_ordinary_clusters() {
        for servers in [1, 2, 3, 4, 5, 7, 9, 24, 25, 50, 51, 100] {
            for clients in [0, 1, 2, 3, 6, 12, 20, 50] {
                let layout = layout(servers, clients);
                let stage = StageSize::default();
                let sizes = layout.sizes(stage);
                let radius = |id: NodeId| if id.is_client() { sizes.client } else { sizes.node };
                let everyone: Vec<NodeId> = layout.topology().everyone().collect();
                for (i, &a) in everyone.iter().enumerate() {
                    for &b in &everyone[i + 1..] {
                        let apart = stage.to_px(layout.at(a)).distance(stage.to_px(layout.at(b)));
                        assert!(
                            apart > radius(a) + radius(b),
                            "{servers}+{clients}: {a} and {b}, {apart} px"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn everybody_stands_inside_the_stage_up_to_the_limits() {
        let crowd = layout(100, 50);
        for id in crowd.topology().everyone() {
            let at = crowd.at(id);
            assert!((20.0..=980.0).contains(&at.x) && (100.0..=900.0).contains(&at.y), "{id}: {at:?}");
        }
        assert!(crowd.sizes(StageSize::default()).node >= 7.0);
    }

    #[test]
    fn logs_are_drawn_beneath_servers_as_long_as_they_cover_nobody() {
        let cells = |servers, stage| layout(servers, 0).sizes(stage).cells;
        let phone = StageSize { width: 370.0, height: 330.0 };
        for servers in [3, 4, 5, 7] {
            assert!(cells(servers, StageSize::default()) >= 5, "{servers} on a desktop");
            assert!(cells(servers, phone) >= 4, "{servers} on a phone");
        }
        assert_eq!(cells(25, StageSize::default()), 0);
    }

    #[test]
    fn a_moved_node_stays_inside() {
        let five = layout(5, 1);
        let moved = five.with_moved(NodeId::server(1), Point::new(5_000.0, f64::NAN));
        assert_eq!(moved.at(NodeId::server(1)), Point::new(970.0, 500.0));
    }
}
