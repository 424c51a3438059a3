//! Lanes: a line for each participant, its roles along it, and what a client asked for.

use crate::geometry::Point;
use crate::node_picture::{Answer, RolePicture};
use crate::spacetime::SpaceTime;
use crate::spacetime::lanes::{Lane, OperationBar, RoleSegment, Stroke};
use netsplit_sim::describe::Tone;

use super::labels::{Letters, Row};
use super::pen::{Dash, Pen};
use super::place::Place;
use crate::picture::Role;

/// How much of a lane is left where it is dim.
pub const DIM: f64 = 0.28;

/// What of a lane is lit, from where to where; all of it if nothing is dim.
pub type Lit = Vec<(f64, f64)>;

/// All lanes. `lit` tells for each what is lit.
pub fn draw(ink: &dyn Pen, picture: &SpaceTime, place: &Place, lit: &[Lit], letters: &mut Letters) {
    for (number, lane) in picture.lanes.iter().enumerate() {
        let y = place.y(number).round() + 0.5;
        let end = place.x(picture.horizon_x.clamp(0.0, 1_000.0));
        ink.line(ink.colour(Role::Line), 1.0, Dash::Dotted);
        ink.stroke(Point::new(end, y), Point::new(place.right(), y));
        ink.line(ink.colour(Role::Line), 1.5, Dash::Solid);
        ink.stroke(Point::new(place.plot.left, y), Point::new(end, y));
        segments(ink, lane, place, y, lit.get(number));
        operations(ink, lane, place, (y, end), lit.get(number));
    }
    for (number, lane) in picture.lanes.iter().enumerate() {
        names(ink, lane, place, lit.get(number), (place.y(number), letters));
    }
}

fn segments(ink: &dyn Pen, lane: &Lane, place: &Place, y: f64, lit: Option<&Lit>) {
    for segment in &lane.roles {
        let (from, to) = (place.x(segment.from_x), place.x(segment.to_x));
        let Some(lit) = lit else {
            line(ink, segment, (from, to), y);
            continue;
        };
        ink.alpha(DIM);
        line(ink, segment, (from, to), y);
        ink.alpha(1.0);
        for (start, end) in lit {
            if start.max(from) < end.min(to) {
                line(ink, segment, (start.max(from), end.min(to)), y);
            }
        }
    }
}

fn line(ink: &dyn Pen, segment: &RoleSegment, (from, to): (f64, f64), y: f64) {
    let colour = ink.tone(segment.role.tone);
    match segment.stroke {
        Stroke::Thin => ink.line(ink.colour(Role::Link), 1.5, Dash::Solid),
        Stroke::Thick => ink.line(colour, 5.0, Dash::Solid),
        Stroke::Dashed => ink.line(colour, 4.0, Dash::Long),
    }
    ink.stroke(Point::new(from, y), Point::new(to, y));
}

/// The letter of each role that is taken on in sight, and of those that stand out where they come in.
fn names(ink: &dyn Pen, lane: &Lane, place: &Place, lit: Option<&Lit>, (y, letters): (f64, &mut Letters)) {
    const LEAST: f64 = 12.0;
    ink.font(true, 0.8);
    for segment in &lane.roles {
        let (from, to) = (place.x(segment.from_x), place.x(segment.to_x));
        let stands_out = segment.stroke != Stroke::Thin;
        // What comes in from before stands beside the lane, clear of the events on it.
        let at = Point::new(if segment.from_x > 0.0 { from } else { from - 4.0 }, y);
        if to - from < LEAST || !(stands_out || segment.from_x > 0.0) || !letters.take(at) {
            continue;
        }
        let is_lit = lit.is_none_or(|lit| lit.iter().any(|(start, end)| *start <= from && from <= *end));
        ink.alpha(if is_lit { 1.0 } else { DIM });
        name(ink, &segment.role, at);
    }
    ink.alpha(1.0);
}

/// A role's letter on a disc.
fn name(ink: &dyn Pen, role: &RolePicture, at: Point) {
    const RADIUS: f64 = 6.5;
    ink.begin();
    ink.circle(at, RADIUS);
    ink.fill(ink.colour(Role::Panel));
    ink.line(ink.tone(role.tone), 1.5, Dash::Solid);
    ink.trace();
    ink.centred(ink.colour(Role::Ink), role.letter.encode_utf8(&mut [0; 4]), Point::new(at.x, at.y + 0.5));
}

/// What a client asked for, from its invocation to its answer, with the answer above.
fn operations(ink: &dyn Pen, lane: &Lane, place: &Place, (y, end): (f64, f64), lit: Option<&Lit>) {
    let mut row = Row::default();
    ink.font(false, 0.92);
    for bar in &lane.operations {
        let from = place.x(bar.from_x.max(0.0));
        let to = place.x(bar.to_x.min(1_000.0)).max(from + 2.0);
        let is_lit = lit.is_none_or(|lit| lit.iter().any(|(start, end)| *start <= to && from <= *end));
        ink.alpha(if is_lit { 1.0 } else { DIM });
        ink.line(ink.tone(Tone::Client), 4.0, dash(bar));
        ink.stroke(Point::new(from, y), Point::new(to, y));
        let width = ink.width(&bar.label);
        // Words do not go where the picture does not go yet.
        let words = from.min(end - width - 4.0).max(place.plot.left);
        if row.take(words, width) {
            ink.text(ink.colour(Role::Soft), &bar.label, Point::new(words, y - 8.5));
        }
    }
    ink.alpha(1.0);
}

/// What was answered is a whole line; what was not, or was refused, is broken.
const fn dash(bar: &OperationBar) -> Dash {
    match bar.answer {
        Answer::Done | Answer::Idle => Dash::Solid,
        Answer::Pending | Answer::Refused | Answer::Unknown => Dash::Dashed,
    }
}
