//! How far influence reaches: on each lane the last event that could have influenced what is looked at,
//! and the first that it could influence, with a border across the lanes.

use netsplit_sim::history::Moment;
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;
use netsplit_view::geometry::Point;
use netsplit_view::spacetime::SpaceTime;
use netsplit_words::say;

use netsplit_view::spacetime::draw::bands::Name;
use netsplit_view::spacetime::draw::pen::{Dash, Pen};

use super::ink::Ink;
use super::sight::Sight;
use netsplit_view::spacetime::draw::labels::Row;
use netsplit_view::spacetime::draw::lanes::Lit;
use netsplit_view::spacetime::draw::place::{Place, TOP};

/// The lit part of each lane, and what is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    lanes: Vec<Ends>,
    /// How far the picture goes, in pixels.
    horizon: f64,
    /// Of the past and the future, the longer words first.
    words: [Vec<String>; 2],
}

/// Up to where a lane belongs to the past, and from where to the future, in pixels; or between where it
/// served an operation.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Ends {
    past: Option<f64>,
    future: Option<f64>,
    between: Option<(f64, f64)>,
}

impl Reach {
    /// The reach of what is lit, on the lanes of a picture.
    pub fn of(run: &dyn Run, sight: &Sight, picture: &SpaceTime, place: &Place) -> Self {
        let x = |step: Step| {
            let time = run.event(step)?.time;
            let x = place.x(picture.scale.x_of(Moment { step, time }));
            Some(x.clamp(place.plot.left, place.right()))
        };
        let horizon = place.x(picture.horizon_x).clamp(place.plot.left, place.right());
        let ends = |id: NodeId| {
            let (past, future) = sight.reach(id);
            let between = sight.between(id).and_then(|(first, last)| Some((x(first)?, last.map(x))));
            let between = between.map(|(from, to)| (from, to.flatten().unwrap_or(horizon)));
            Ends { past: past.and_then(x), future: future.and_then(x), between }
        };
        let owned = |words: [&str; 2]| words.map(str::to_owned).to_vec();
        let words = match sight.knower() {
            _ if sight.is_operation() => [Vec::new(), Vec::new()],
            Some(id) => [vec![say!("what {node} knows", node = id)], Vec::new()],
            None => [
                owned([say!("could have influenced it"), say!("its past")]),
                owned([say!("it could influence"), say!("its future")]),
            ],
        };
        let known = |id: NodeId| match sight.knower() {
            // It knows itself as it is.
            Some(knower) if knower == id => Ends {
                past: Some(place.x(picture.scale.x(run.now())).clamp(place.plot.left, place.right())),
                ..Ends::default()
            },
            _ => ends(id),
        };
        Self { horizon, lanes: picture.lanes.iter().map(|lane| known(lane.id)).collect(), words }
    }

    /// What of each lane is lit.
    pub fn lit(&self, place: &Place) -> Vec<Lit> {
        let lit = |ends: &Ends| {
            let past = ends.past.map(|x| (place.plot.left, x));
            past.into_iter().chain(ends.future.map(|x| (x, self.horizon))).chain(ends.between).collect()
        };
        self.lanes.iter().map(lit).collect()
    }

    /// A faint ground for each side, and the borders.
    pub fn draw(&self, ink: &Ink<'_>, place: &Place) {
        self.side(ink, place, |ends| ends.past.unwrap_or(place.plot.left), place.plot.left);
        self.side(ink, place, |ends| ends.future.unwrap_or(self.horizon), self.horizon);
    }

    /// What the sides mean, in a word if there is no room for more; and whether every side has its words.
    pub fn names<'a>(&'a self, ink: &'a Ink<'_>, row: &mut Row) -> (Vec<Name<'a>>, bool) {
        let past = self.lanes.iter().filter_map(|ends| ends.past).reduce(f64::max);
        let future = self.lanes.iter().filter_map(|ends| ends.future).reduce(f64::min);
        let mut complete = true;
        let mut names = Vec::new();
        for (words, border, before) in [(&self.words[0], past, true), (&self.words[1], future, false)] {
            let Some(border) = border.filter(|_| !words.is_empty()) else { continue };
            let at = |text: &str| if before { border - ink.width(text) - 6.0 } else { border + 6.0 };
            let found = words.iter().find(|text| at(text) > 2.0 && row.take(at(text), ink.width(text)));
            complete &= found.is_some();
            names.extend(found.map(|text| Name { text, at: at(text), colour: &ink.colours.ink }));
        }
        (names, complete)
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
