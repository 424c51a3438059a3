//! Times below the lanes, quiet stretches that are drawn narrow, and how crowded it is.

use crate::geometry::Point;
use crate::spacetime::SpaceTime;

use super::labels::Row;
use super::pen::{Dash, Pen};
use super::place::{Place, TOP};
use crate::picture::Role;

/// Lines behind everything, and the words below.
pub fn draw(ink: &dyn Pen, picture: &SpaceTime, place: &Place) {
    let mut row = Row::default();
    ink.font(false, 1.0);
    for tick in &picture.ticks {
        let x = place.x(tick.x).round() + 0.5;
        ink.line(ink.colour(Role::Line), 1.0, Dash::Solid);
        ink.stroke(Point::new(x, TOP), Point::new(x, place.floor() + 3.0));
        label(ink, place, &mut row, x, &tick.label);
    }
    for quiet in &picture.breaks {
        let x = place.x(quiet.x).round() + 0.5;
        torn(ink, place, x);
        label(ink, place, &mut row, x, &quiet.label);
    }
    density(ink, picture, place);
}

/// Words below a place, if there is room.
fn label(ink: &dyn Pen, place: &Place, row: &mut Row, x: f64, text: &str) {
    let width = ink.width(text);
    let from = (x - width / 2.0).clamp(2.0, (place.width - width - 2.0).max(2.0));
    if row.take(from, width) {
        ink.text(ink.colour(Role::Soft), text, Point::new(from, place.floor() + 11.0));
    }
}

/// Two strokes across the foot of a dotted line: here time is left out.
fn torn(ink: &dyn Pen, place: &Place, x: f64) {
    let foot = place.floor();
    ink.line(ink.colour(Role::Soft), 1.0, Dash::Dotted);
    ink.alpha(0.7);
    ink.stroke(Point::new(x, TOP), Point::new(x, foot - 5.0));
    ink.alpha(1.0);
    ink.line(ink.colour(Role::Soft), 1.2, Dash::Solid);
    for aside in [-2.0, 2.0] {
        ink.stroke(Point::new(x + aside - 2.0, foot + 3.0), Point::new(x + aside + 2.0, foot - 3.0));
    }
}

/// With too many events to draw any, their number as the height of bars.
fn density(ink: &dyn Pen, picture: &SpaceTime, place: &Place) {
    const SHARE: f64 = 0.8;
    let most = picture.density.iter().map(|part| part.events).max().unwrap_or(1).max(1) as f64;
    ink.alpha(0.35);
    for part in &picture.density {
        let height = (place.floor() - TOP) * SHARE * (part.events as f64 / most);
        let (from, to) = (place.x(part.from_x), place.x(part.to_x));
        let top = Point::new(from, place.floor() - height);
        ink.block(ink.colour(Role::Soft), top, Point::new((to - 0.5).max(from + 0.5), place.floor()));
    }
    ink.alpha(1.0);
}
