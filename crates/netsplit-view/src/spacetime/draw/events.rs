//! Events on a lane that are no arrival, and the moments people look for above it.

use crate::cone::Influence;
use crate::geometry::Point;
use crate::spacetime::SpaceTime;
use crate::spacetime::dots::{Dot, DotKind, MarkDot};
use netsplit_sim::describe::{Mark, Tone};
use netsplit_sim::id::Step;

use super::pen::{Dash, Pen};
use super::place::Place;
use crate::picture::Role;

const DIM: f64 = 0.2;
/// Marks stand so far above their lane.
const ABOVE: f64 = 9.0;

/// All of them; `lies` tells how the event of each lies to what is looked at.
pub fn draw(ink: &dyn Pen, picture: &SpaceTime, place: &Place, lies: impl Fn(Step) -> Option<Influence>) {
    let dimmed = |step| if lies(step) == Some(Influence::Apart) { DIM } else { 1.0 };
    for dot in &picture.dots {
        ink.alpha(dimmed(dot.step));
        event(ink, dot, place.plot.to_px(dot.at));
    }
    for mark in &picture.marks {
        let Some(at) = spot(mark, place) else { continue };
        ink.alpha(dimmed(mark.moment.step));
        moment(ink, mark.mark, at);
    }
    ink.alpha(1.0);
}

/// Where a mark stands; those that concern everybody are told by the edge of a wall.
pub fn spot(mark: &MarkDot, place: &Place) -> Option<Point> {
    let lane = mark.lane.filter(|_| (0.0..=1_000.0).contains(&mark.x))?;
    // Above a client's lane stand words.
    let above = if mark.mark == Mark::Client { 0.0 } else { ABOVE };
    Some(Point::new(place.x(mark.x), place.y(lane) - above))
}

fn event(ink: &dyn Pen, dot: &Dot, at: Point) {
    ink.begin();
    match dot.kind {
        DotKind::Timer => {
            ink.circle(at, 3.0);
            ink.fill(ink.colour(Role::Panel));
            ink.line(ink.colour(Role::Soft), 1.4, Dash::Solid);
            ink.trace();
        }
        DotKind::Disk => {
            ink.shape(at, &[(-2.2, -2.2), (2.2, -2.2), (2.2, 2.2), (-2.2, 2.2)]);
            ink.fill(ink.colour(Role::Soft));
        }
        DotKind::Request => {
            ink.shape(at, &[(-3.0, -4.0), (4.0, 0.0), (-3.0, 4.0)]);
            ink.fill(ink.tone(Tone::Client));
        }
        DotKind::Intervention => {
            ink.shape(at, &[(0.0, -4.6), (4.6, 0.0), (0.0, 4.6), (-4.6, 0.0)]);
            ink.fill(ink.colour(Role::Wall));
        }
        DotKind::Late => {
            ink.circle(at, 2.6);
            ink.fill(ink.colour(Role::Soft));
        }
    }
}

/// The shapes of the timeline, half as large.
fn moment(ink: &dyn Pen, mark: Mark, at: Point) {
    ink.begin();
    let colour = match mark {
        Mark::Election => {
            ink.shape(at, &[(0.0, -5.0), (5.0, 0.0), (0.0, 5.0), (-5.0, 0.0)]);
            ink.tone(Tone::Lead)
        }
        Mark::Commit => {
            ink.circle(at, 3.2);
            ink.colour(Role::Ok)
        }
        Mark::Fault => {
            ink.shape(at, &[(-1.5, -5.0), (1.5, -5.0), (1.5, 5.0), (-1.5, 5.0)]);
            ink.colour(Role::Wall)
        }
        Mark::Violation => {
            ink.line(ink.colour(Role::Bad), 3.0, Dash::Solid);
            ink.cross(at, 4.2);
            ink.trace();
            return;
        }
        Mark::Client => {
            ink.shape(at, &[(-3.0, -3.0), (3.0, -3.0), (3.0, 3.0), (-3.0, 3.0)]);
            ink.tone(Tone::Client)
        }
    };
    ink.line(ink.colour(Role::Panel), 2.0, Dash::Solid);
    ink.trace();
    ink.fill(colour);
}
