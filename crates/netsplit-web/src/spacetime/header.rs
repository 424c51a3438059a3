//! The words above the lanes: the names of walls, and what the sides of a cone mean.

use netsplit_view::geometry::Point;
use netsplit_view::spacetime::SpaceTime;

use netsplit_view::spacetime::draw::bands;
use netsplit_view::spacetime::draw::pen::Pen;

use super::ink::Ink;
use super::reach::Reach;
use netsplit_view::spacetime::draw::labels::Row;
use netsplit_view::spacetime::draw::place::{Place, TOP};

/// Writes the words. The names of walls come first, unless that left a side of the cone without any: then
/// a wall is only called a wall.
pub fn draw(ink: &Ink<'_>, picture: &SpaceTime, place: &Place, reach: Option<&Reach>) {
    ink.font(false, 1.0);
    for brief in [false, true] {
        let mut row = Row::default();
        let walls = bands::names(ink, picture, place, brief, &mut row);
        let sides = reach.map(|reach| reach.names(ink, &mut row));
        let (sides, complete) = sides.unwrap_or((Vec::new(), true));
        if complete || brief {
            for name in walls.iter().chain(&sides) {
                ink.text(name.colour, name.text, Point::new(name.at, TOP - 6.5));
            }
            return;
        }
    }
}
