//! Events on a lane that are no arrival, and the moments people look for above it.

use netsplit_sim::describe::{Mark, Tone};
use netsplit_sim::id::Step;
use netsplit_view::cone::Influence;
use netsplit_view::geometry::Point;
use netsplit_view::spacetime::SpaceTime;
use netsplit_view::spacetime::dots::{Dot, DotKind, MarkDot};

use super::ink::{Dash, Ink};
use super::place::Place;

const DIM: f64 = 0.2;
/// Marks stand so far above their lane.
const ABOVE: f64 = 9.0;

/// All of them; `lies` tells how the event of each lies to what is looked at.
pub fn draw(ink: &Ink<'_>, picture: &SpaceTime, place: &Place, lies: impl Fn(Step) -> Option<Influence>) {
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

fn event(ink: &Ink<'_>, dot: &Dot, at: Point) {
    ink.context.begin_path();
    match dot.kind {
        DotKind::Timer => {
            ink.circle(at, 3.0);
            ink.fill(&ink.colours.panel);
            ink.line(&ink.colours.soft, 1.4, Dash::Solid);
            ink.context.stroke();
        }
        DotKind::Disk => {
            ink.shape(at, &[(-2.2, -2.2), (2.2, -2.2), (2.2, 2.2), (-2.2, 2.2)]);
            ink.fill(&ink.colours.soft);
        }
        DotKind::Request => {
            ink.shape(at, &[(-3.0, -4.0), (4.0, 0.0), (-3.0, 4.0)]);
            ink.fill(ink.tone(Tone::Client));
        }
        DotKind::Intervention => {
            ink.shape(at, &[(0.0, -4.6), (4.6, 0.0), (0.0, 4.6), (-4.6, 0.0)]);
            ink.fill(&ink.colours.wall);
        }
        DotKind::Late => {
            ink.circle(at, 2.6);
            ink.fill(&ink.colours.soft);
        }
    }
}

/// The shapes of the timeline, half as large.
fn moment(ink: &Ink<'_>, mark: Mark, at: Point) {
    let colours = ink.colours;
    ink.context.begin_path();
    let colour = match mark {
        Mark::Election => {
            ink.shape(at, &[(0.0, -5.0), (5.0, 0.0), (0.0, 5.0), (-5.0, 0.0)]);
            ink.tone(Tone::Lead)
        }
        Mark::Commit => {
            ink.circle(at, 3.2);
            &colours.ok
        }
        Mark::Fault => {
            ink.shape(at, &[(-1.5, -5.0), (1.5, -5.0), (1.5, 5.0), (-1.5, 5.0)]);
            &colours.wall
        }
        Mark::Violation => {
            ink.line(&colours.bad, 3.0, Dash::Solid);
            ink.cross(at, 4.2);
            ink.context.stroke();
            return;
        }
        Mark::Client => {
            ink.shape(at, &[(-3.0, -3.0), (3.0, -3.0), (3.0, 3.0), (-3.0, 3.0)]);
            ink.tone(Tone::Client)
        }
    };
    ink.line(&colours.panel, 2.0, Dash::Solid);
    ink.context.stroke();
    ink.fill(colour);
}
