//! The client history as a picture: operations as intervals, a lane for each process, faults as bands,
//! and where in their intervals operations may have taken effect.
//!
//! | concept | room |
//! |---|---|
//! | what is told | [`account`]; of a run [`run`] |
//! | what is looked at, and the whole picture | here |
//! | lanes, intervals, faults | [`lanes`], [`bars`], [`bands`] |
//! | points of an order inside the intervals, states before and after | [`points`], [`states`] |
//! | the messages that served an operation | [`served`] |
//! | what is claimed of it on the stage | [`claims`] |
//! | what things are called, an operation in words | [`naming`], [`words`] |
//!
//! Places are pixels of a drawing that is as wide as the look says: texts have to fit between intervals,
//! so their width counts.

pub mod account;
pub mod bands;
pub mod bars;
pub mod claims;
pub mod lanes;
pub mod losses;
pub mod naming;
pub mod points;
pub mod run;
pub mod served;
pub mod states;
pub mod words;

use netsplit_checkers::history::{Row, Time};
use netsplit_checkers::verdict::{Consistency, Verdict};
use netsplit_sim::time::SimTime;

use crate::timeline::{self, Tick, Window};

pub use account::Account;
use bands::BandPicture;
use bars::BarPicture;
use lanes::Lane;

/// What is looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// The first and the last time in sight.
    pub window: (Time, Time),
    /// How wide the drawing is.
    pub width: f64,
    /// Where the cursor stands.
    pub cursor: Option<Time>,
    /// An order that explains operations.
    pub order: Vec<Row>,
    /// Whether the order respects real time, so that it has points in the intervals.
    pub timed: bool,
    /// The operations that prove a violation.
    pub witness: Vec<Row>,
    /// The one among them that cannot be explained.
    pub stuck: Option<Row>,
}

impl Look {
    /// With what a verdict says: its order, and the proof of a violation.
    #[must_use]
    pub fn judged(self, what: Consistency, verdict: &Verdict) -> Self {
        let witness = verdict.witness();
        Self {
            order: verdict.order().0.clone(),
            timed: matches!(what, Consistency::Linearizable(_)),
            witness: witness.map_or_else(Vec::new, |witness| witness.rows.clone()),
            stuck: witness.map(|witness| witness.stuck),
            ..self
        }
    }
}

/// A history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistoryPicture {
    /// From the top.
    pub lanes: Vec<Lane>,
    /// Operations in sight, lane by lane, in order.
    pub bars: Vec<BarPicture>,
    /// How many more are in sight and left out, the oldest first.
    pub left_out: usize,
    /// Where operations may have taken effect.
    pub points: Vec<Point>,
    /// Faults in sight.
    pub bands: Vec<BandPicture>,
    /// Labelled times.
    pub ticks: Vec<Tick>,
    /// Where the cursor stands, if it is in sight.
    pub cursor: Option<f64>,
    /// What is written above the lanes takes this much.
    pub top: f64,
    /// How high the drawing is.
    pub height: f64,
}

/// Where in its interval an operation may have taken effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Which operation.
    pub row: Row,
    /// Where across.
    pub x: f64,
    /// The middle of its lane.
    pub y: f64,
}

/// So many positions are labelled at most.
const MOST_TICKS: u64 = 10;

/// From time to place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    from: Time,
    to: Time,
    width: f64,
}

impl Scale {
    fn new(look: &Look) -> Self {
        let (from, to) = look.window;
        Self { from, to: to.max(Time(from.0 + 1)), width: look.width.max(1.0) }
    }

    /// The place of a time; outside of the drawing for times that are not in sight.
    fn x(self, at: Time) -> f64 {
        (at.0 as f64 - self.from.0 as f64) * self.width / (self.to.0 - self.from.0) as f64
    }

    fn is_in_sight(self, from: Time, to: Time) -> bool {
        from <= self.to && to >= self.from
    }

    fn ticks(self) -> Vec<Tick> {
        let window = Window { from: SimTime(self.from.0), to: SimTime(self.to.0) };
        let times = timeline::tick_times(window).into_iter();
        times.map(|(at, label)| Tick { x: self.x(Time(at.0)), label }).collect()
    }
}

/// The picture of a history.
pub fn picture(account: &Account, look: &Look) -> HistoryPicture {
    let scale = Scale::new(look);
    let bands = bands::bands(account, look, scale);
    let top = bands::height(&bands);
    let lanes = lanes::lanes(account, top);
    let mut bars = bars::bars(account, look, scale, &lanes);
    let left_out = bars::thin(&mut bars);
    let mut points = points(account, look, scale, &lanes);
    if left_out > 0 {
        points.retain(|point| bars.iter().any(|bar| bar.row == point.row));
    }
    HistoryPicture {
        left_out,
        points,
        cursor: look.cursor.map(|at| scale.x(at)).filter(|x| (0.0..=look.width).contains(x)),
        ticks: ticks(account, scale),
        height: lanes.last().map_or(top, |lane| lane.y + lanes::HEIGHT / 2.0),
        lanes,
        bars,
        bands,
        top,
    }
}

/// Round times; positions in a file are whole numbers.
fn ticks(account: &Account, scale: Scale) -> Vec<Tick> {
    if !account.naming.counts() {
        return scale.ticks();
    }
    let every = (scale.to.0 - scale.from.0).div_ceil(MOST_TICKS).max(1);
    let first = scale.from.0.div_ceil(every) * every;
    let places = (first..=scale.to.0).step_by(every as usize);
    places.map(|at| Tick { x: scale.x(Time(at)), label: at.to_string() }).collect()
}

fn points(account: &Account, look: &Look, scale: Scale, lanes: &[Lane]) -> Vec<Point> {
    if !look.timed {
        return Vec::new();
    }
    let placed = points::points(&account.history, &look.order, account.until).into_iter();
    let point = |(row, at): (Row, Time)| {
        let lane = lanes::of(account, lanes, row)?;
        Some(Point { row, x: scale.x(at), y: lanes[lane].y })
    };
    placed.filter_map(point).filter(|point| (0.0..=look.width).contains(&point.x)).collect()
}

/// About how wide a text is.
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * size * 0.58
}
