//! How far influence reaches: on each lane the last event that could have influenced what is looked at,
//! and the first that it could influence, with a border across the lanes.

use netsplit_sim::history::Moment;
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;
use netsplit_view::geometry::Point;
use netsplit_view::spacetime::SpaceTime;

use super::ink::{Dash, Ink};
use super::labels::Row;
use super::lanes::Lit;
use super::place::{Place, TOP};
use super::sight::Sight;

/// The lit part of each lane, and what is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    lanes: Vec<Ends>,
    /// How far the picture goes, in pixels.
    horizon: f64,
    words: [String; 2],
}

/// Up to where a lane belongs to the past, and from where to the future, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ends {
    past: Option<f64>,
    future: Option<f64>,
}

impl Reach {
    /// The reach of what is lit, on the lanes of a picture.
    pub fn of(run: &dyn Run, sight: &Sight, picture: &SpaceTime, place: &Place) -> Self {
        let x = |step: Step| {
            let time = run.event(step)?.time;
            let x = place.x(picture.scale.x_of(Moment { step, time }));
            Some(x.clamp(place.plot.left, place.right()))
        };
        let ends = |id: NodeId| {
            let (past, future) = sight.reach(id);
            Ends { past: past.and_then(x), future: future.and_then(x) }
        };
        let words = match sight.knower() {
            Some(id) => [["what ", &id.to_string(), " knows"].concat(), String::new()],
            None => ["could have influenced it".to_owned(), "it could influence".to_owned()],
        };
        let known = |id: NodeId| match sight.knower() {
            // It knows itself as it is.
            Some(knower) if knower == id => Ends {
                past: Some(place.x(picture.scale.x(run.now())).clamp(place.plot.left, place.right())),
                future: None,
            },
            _ => ends(id),
        };
        let horizon = place.x(picture.horizon_x).clamp(place.plot.left, place.right());
        Self { horizon, lanes: picture.lanes.iter().map(|lane| known(lane.id)).collect(), words }
    }

    /// What of each lane is lit.
    pub fn lit(&self, place: &Place) -> Vec<Lit> {
        let lit = |ends: &Ends| {
            let past = ends.past.map(|x| (place.plot.left, x));
            past.into_iter().chain(ends.future.map(|x| (x, self.horizon))).collect()
        };
        self.lanes.iter().map(lit).collect()
    }

    /// The borders, and what they mean.
    pub fn draw(&self, ink: &Ink<'_>, place: &Place, row: &mut Row) {
        let past = |ends: &Ends| ends.past.unwrap_or(place.plot.left);
        let future = |ends: &Ends| ends.future.unwrap_or(self.horizon);
        self.side(ink, place, past, place.plot.left);
        self.side(ink, place, future, self.horizon);
        ink.font("400", 1.0);
        let farthest = self.lanes.iter().map(past).fold(place.plot.left, f64::max);
        let nearest = self.lanes.iter().map(future).fold(self.horizon, f64::min);
        self.name(ink, &self.words[0], farthest - ink.width(&self.words[0]) - 6.0, row);
        self.name(ink, &self.words[1], nearest + 6.0, row);
    }

    fn name(&self, ink: &Ink<'_>, words: &str, at: f64, row: &mut Row) {
        let at = at.max(6.0);
        if !words.is_empty() && row.take(at, ink.width(words)) {
            ink.text(&ink.colours.ink, words, Point::new(at, TOP - 6.5));
        }
    }

    /// A faint ground on one side of a border, and the border, in a step for each lane.
    fn side(&self, ink: &Ink<'_>, place: &Place, border: impl Fn(&Ends) -> f64, edge: f64) {
        let half = place.plot.lane_gap / 2.0;
        if self.lanes.iter().all(|ends| border(ends) == edge) {
            return;
        }
        let steps = self.lanes.iter().enumerate().flat_map(|(lane, ends)| {
            let (x, y) = (border(ends).round() + 0.5, place.y(lane));
            [Point::new(x, y - half), Point::new(x, y + half)]
        });
        let steps: Vec<Point> = steps.collect();
        let context = ink.context;
        let along = || steps.iter().for_each(|step| context.line_to(step.x, step.y));
        context.begin_path();
        context.move_to(edge, TOP);
        along();
        context.line_to(edge, place.floor());
        context.close_path();
        ink.alpha(0.1);
        ink.fill(&ink.colours.ink);
        ink.alpha(1.0);
        ink.line(&ink.colours.soft, 1.0, Dash::Dashed);
        context.begin_path();
        let is_inside = |pair: &&[Point]| pair[0].x != pair[1].x || (pair[0].x - edge).abs() > 1.0;
        steps.windows(2).filter(is_inside).for_each(|pair| ink.segment(pair[0], pair[1]));
        context.stroke();
    }
}
