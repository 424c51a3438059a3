//! Walls behind all lanes; crashes, pauses and skewed clocks on one lane.

use crate::geometry::Point;
use crate::spacetime::SpaceTime;
use crate::spacetime::bands::Band;
use crate::timeline::BandKind;

use super::labels::Row;
use super::pen::{Dash, Pen};
use super::place::{Place, TOP};
use crate::picture::Role;

/// What concerns all lanes. `blind`: somebody's knowledge is shown, and nobody knows of a wall.
pub fn draw_walls(ink: &dyn Pen, picture: &SpaceTime, place: &Place, blind: bool) {
    const DIM: f64 = 0.3;
    let seen = if blind { DIM } else { 1.0 };
    for band in picture.bands.iter().filter(|band| band.lane.is_none()) {
        let (from, to) = (place.x(band.from_x), place.x(band.to_x));
        let colour = colour(ink, band);
        ink.alpha(0.09 * seen);
        ink.block(colour, Point::new(from, TOP - 14.0), Point::new(to.max(from + 1.0), place.floor()));
        ink.alpha(seen);
        edges(ink, band, place, (from, to), (TOP - 14.0, place.floor()));
        ink.alpha(1.0);
    }
}

/// A line where it begins, a thinner one where it ends; none where the window ends.
fn edges(ink: &dyn Pen, band: &Band, place: &Place, (from, to): (f64, f64), (top, floor): (f64, f64)) {
    let colour = colour(ink, band);
    if band.from_x > 0.0 {
        let x = from.round();
        ink.line(colour, 2.0, Dash::Solid);
        ink.stroke(Point::new(x, top), Point::new(x, floor));
    }
    if band.to.is_some() && to < place.right() {
        let x = to.round() + 0.5;
        ink.line(colour, 1.0, Dash::Dashed);
        ink.stroke(Point::new(x, top), Point::new(x, floor));
    }
}

/// Words, and where they begin.
#[derive(Clone, Debug, PartialEq)]
pub struct Name<'a> {
    /// What is written.
    pub text: &'a str,
    /// Where, in pixels from the left.
    pub at: f64,
    /// In which colour.
    pub colour: &'a str,
}

/// The names of what concerns all lanes, as far as there is room; `brief`, or where the window ends
/// before a name does, only of what kind it is.
pub fn names<'a>(
    ink: &'a dyn Pen,
    picture: &'a SpaceTime,
    place: &Place,
    brief: bool,
    row: &mut Row,
) -> Vec<Name<'a>> {
    let name = |band: &'a Band| {
        let at = place.x(band.from_x) + 6.0;
        let fits = |text: &str| at + ink.width(text) + 4.0 <= place.width;
        let text = if !brief && fits(&band.label) { band.label.as_str() } else { kind(band) };
        let free = fits(text) && row.take(at, ink.width(text));
        free.then(|| Name { text, at, colour: wall_text(ink, band) })
    };
    picture.bands.iter().filter(|band| band.lane.is_none()).filter_map(name).collect()
}

const fn kind(band: &Band) -> &'static str {
    match band.kind {
        BandKind::Wall(_) => "wall",
        BandKind::Link(_) => "link",
        BandKind::Crash(_) | BandKind::Pause(_) | BandKind::Clock(_) => "",
    }
}

/// What concerns one lane: a box over its row, with a sign where it begins.
pub fn draw_own(ink: &dyn Pen, picture: &SpaceTime, place: &Place) {
    let bands = picture.bands.iter().filter_map(|band| Some((band, band.lane?)));
    for (band, lane) in bands {
        let (from, to, y) = (place.x(band.from_x), place.x(band.to_x), place.y(lane));
        let half = (place.plot.lane_gap / 2.0 - 2.0).min(9.0);
        let colour = colour(ink, band);
        ink.alpha(0.16);
        ink.block(colour, Point::new(from, y - half), Point::new(to.max(from + 2.0), y + half));
        ink.alpha(1.0);
        edges(ink, band, place, (from, to), (y - half, y + half));
        sign(ink, band, Point::new(from.max(place.plot.left) + 9.0, y), to - from);
    }
}

/// A cross for a crash, bars for a pause, a clock's hands for a clock; and the words if there is room.
fn sign(ink: &dyn Pen, band: &Band, at: Point, width: f64) {
    const ROOM: f64 = 18.0;
    if width < ROOM {
        return;
    }
    let colour = colour(ink, band);
    ink.line(colour, 2.0, Dash::Solid);
    let to = |x: f64, y: f64| Point::new(at.x + x, at.y + y);
    ink.begin();
    match band.kind {
        BandKind::Crash(_) => ink.cross(at, 3.2),
        BandKind::Pause(_) => {
            ink.segment(to(-2.4, -4.0), to(-2.4, 4.0));
            ink.segment(to(2.4, -4.0), to(2.4, 4.0));
        }
        BandKind::Clock(_) | BandKind::Wall(_) | BandKind::Link(_) => {
            ink.circle(at, 4.5);
            ink.segment(at, to(0.0, -3.0));
            ink.segment(at, to(2.4, 1.2));
        }
    }
    ink.trace();
    ink.font(false, 0.94);
    if ink.width(&band.label) + ROOM + 6.0 < width {
        ink.text(ink.colour(Role::Soft), &band.label, to(10.0, 0.5));
    }
}

fn colour<'a>(ink: &'a dyn Pen, band: &Band) -> &'a str {
    match band.kind {
        BandKind::Wall(_) => ink.colour(Role::Wall),
        BandKind::Crash(_) | BandKind::Pause(_) => ink.colour(Role::Soft),
        BandKind::Clock(_) | BandKind::Link(_) => ink.colour(Role::Info),
    }
}

fn wall_text<'a>(ink: &'a dyn Pen, band: &Band) -> &'a str {
    match band.kind {
        BandKind::Wall(_) => ink.colour(Role::BadText),
        _ => ink.colour(Role::Soft),
    }
}
