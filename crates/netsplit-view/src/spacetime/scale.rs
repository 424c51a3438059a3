//! From time to place: even, with quiet stretches drawn narrow, or by chains of causes.

use netsplit_sim::event::EventKind;
use netsplit_sim::history::Moment;
use netsplit_sim::id::{NodeId, Step, Topology};
use netsplit_sim::time::{SimDuration, SimTime};

use super::{Shown, Spacing};
use crate::kept;
use crate::timeline::{self, Tick, Window};

/// From time to place. What is earlier never lies farther right.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// What is shown.
    pub window: Window,
    course: Course,
}

#[derive(Clone, Debug, PartialEq)]
enum Course {
    /// Straight between these: both columns grow.
    Knots(Vec<(SimTime, f64)>),
    /// By longest chains of causes.
    Ranks(Ranks),
}

/// The events of the window by the longest chain of causes that leads to each. What is done to the
/// whole system, such as a wall, comes after everything before it and before everything after it.
#[derive(Clone, Debug, PartialEq)]
struct Ranks {
    topology: Topology,
    first: Step,
    /// Of each event: time, participant, rank, and the highest rank up to here.
    rows: Vec<RankRow>,
    /// The highest of all, at least one.
    last: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct RankRow {
    time: SimTime,
    node: Option<NodeId>,
    rank: u32,
    front: u32,
}

/// A quiet stretch drawn narrow.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// Its place.
    pub x: f64,
    /// When it begins.
    pub from: SimTime,
    /// When it ends.
    pub to: SimTime,
    /// `120 ms`.
    pub label: String,
}

/// A stretch without events is quiet if it takes more than this share of the window.
const QUIET: u64 = 24;
/// A quiet stretch is drawn as wide as this share of the window would be.
const NARROW: u64 = 96;

impl Scale {
    pub(super) fn new(shown: Shown<'_>, window: Window, spacing: Spacing) -> Self {
        let course = match spacing {
            Spacing::Even => Course::Knots(vec![(window.from, 0.0), (window.to, 1_000.0)]),
            Spacing::Quiet => Course::Knots(knots(window, &quiet_stretches(shown, window))),
            Spacing::Causal => Course::Ranks(Ranks::new(shown)),
        };
        Self { window, course }
    }

    /// The place of a time: per-mille of the width, outside of 0 to 1000 for times not shown. Under
    /// causal spacing the farthest place of anything up to then.
    pub fn x(&self, at: SimTime) -> f64 {
        match &self.course {
            Course::Knots(knots) => knots_x(knots, self.window, at),
            Course::Ranks(ranks) => ranks.front_x(at),
        }
    }

    /// The place of an event.
    pub fn x_of(&self, moment: Moment) -> f64 {
        match &self.course {
            Course::Knots(_) => self.x(moment.time),
            Course::Ranks(ranks) => ranks.x_of(moment.step),
        }
    }

    /// The time at a place.
    pub fn at(&self, x: f64) -> SimTime {
        match &self.course {
            Course::Knots(knots) => knots_at(knots, x),
            Course::Ranks(ranks) => ranks.at(x).unwrap_or(self.window.from),
        }
    }

    /// Whether places are times: a straight arrow is as steep as its message is fast.
    pub fn is_time(&self) -> bool {
        matches!(self.course, Course::Knots(_))
    }

    /// How far apart two ranks lie; nothing where places are times.
    pub(super) fn rank_width(&self) -> f64 {
        match &self.course {
            Course::Knots(_) => 0.0,
            Course::Ranks(ranks) => ranks.width(),
        }
    }

    /// Where the cursor crosses a participant's lane.
    pub(super) fn cursor_x(&self, shown: Shown<'_>, id: NodeId) -> f64 {
        match &self.course {
            Course::Knots(_) => self.x(shown.run.now()),
            Course::Ranks(ranks) => ranks.cut_x(shown.run.step(), id),
        }
    }

    /// Labelled times.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        let times = match &self.course {
            Course::Knots(_) => timeline::tick_times(self.window),
            Course::Ranks(ranks) => return ranks.ticks(),
        };
        let breaks = self.breaks();
        let hidden = |at: SimTime| breaks.iter().any(|quiet| quiet.from < at && at < quiet.to);
        let times = times.into_iter().filter(|(at, _)| !hidden(*at));
        times.map(|(at, label)| Tick { x: self.x(at), label }).collect()
    }

    /// Quiet stretches drawn narrow.
    pub(super) fn breaks(&self) -> Vec<Break> {
        let Course::Knots(knots) = &self.course else { return Vec::new() };
        let narrow = |pair: &&[(SimTime, f64)]| is_narrow(self.window, pair);
        let shown = |pair: &[(SimTime, f64)]| Break {
            x: (pair[0].1 + pair[1].1) / 2.0,
            from: pair[0].0,
            to: pair[1].0,
            label: pair[1].0.since(pair[0].0).to_string(),
        };
        if knots.len() == 2 { Vec::new() } else { knots.windows(2).filter(narrow).map(shown).collect() }
    }
}

/// Stretches of the window in which nothing happens for long. What is not known yet is not quiet.
fn quiet_stretches(shown: Shown<'_>, window: Window) -> Vec<(SimTime, SimTime)> {
    let least = SimDuration(length(window) / QUIET);
    let margin = SimDuration(length(window) / NARROW / 2);
    let mut stretches = Vec::new();
    let mut last = window.from;
    let times = shown.kept().map(|event| event.time);
    for time in times.chain([window.to.min(shown.horizon.time)]) {
        if time.since(last) > least {
            stretches.push((last + margin, SimTime(time.0 - margin.0)));
        }
        last = last.max(time);
    }
    stretches
}

fn length(window: Window) -> u64 {
    window.to.since(window.from).0.max(1)
}

/// Straight pieces: quiet stretches narrow, the rest shares what they leave.
fn knots(window: Window, quiet: &[(SimTime, SimTime)]) -> Vec<(SimTime, f64)> {
    let narrow = length(window) as f64 / NARROW as f64;
    let hidden: f64 = quiet.iter().map(|(from, to)| to.since(*from).0 as f64 - narrow).sum();
    let scale = 1_000.0 / (length(window) as f64 - hidden);
    let mut knots = vec![(window.from, 0.0)];
    let mut go = |to: SimTime, wide: Option<f64>| {
        let (from, x) = knots[knots.len() - 1];
        if to > from {
            knots.push((to, x + scale * wide.unwrap_or(to.since(from).0 as f64)));
        }
    };
    for &(from, to) in quiet {
        go(from, None);
        go(to, Some(narrow));
    }
    go(window.to, None);
    knots
}

/// Whether a piece is one of the narrow ones: those that stand are all equally steep and steeper.
fn is_narrow(window: Window, pair: &[(SimTime, f64)]) -> bool {
    let even = 1_000.0 / length(window) as f64;
    (pair[1].1 - pair[0].1) < even * pair[1].0.since(pair[0].0).0 as f64 * 0.999
}

/// The piece that holds a place in one of the columns.
fn piece(knots: &[(SimTime, f64)], before: impl Fn(&(SimTime, f64)) -> bool) -> [(SimTime, f64); 2] {
    let after = knots.partition_point(before).clamp(1, knots.len() - 1);
    [knots[after - 1], knots[after]]
}

fn knots_x(knots: &[(SimTime, f64)], window: Window, at: SimTime) -> f64 {
    if at < window.from || at > window.to {
        // Outside, time runs as if nothing were narrow.
        return window.x(at);
    }
    let [from, to] = piece(knots, |(time, _)| *time <= at);
    let share = at.since(from.0).0 as f64 / to.0.since(from.0).0.max(1) as f64;
    from.1 + (to.1 - from.1) * share
}

fn knots_at(knots: &[(SimTime, f64)], x: f64) -> SimTime {
    let x = x.clamp(0.0, 1_000.0);
    let [from, to] = piece(knots, |(_, place)| *place <= x);
    let share = (x - from.1) / (to.1 - from.1).max(f64::MIN_POSITIVE);
    SimTime(from.0.0 + (to.0.since(from.0).0 as f64 * share.clamp(0.0, 1.0)) as u64)
}

impl Ranks {
    fn new(shown: Shown<'_>) -> Self {
        let topology = shown.run.topology();
        let mut ranks = Self { topology, first: shown.first, rows: Vec::new(), last: 1 };
        let mut latest = vec![0; topology.len()];
        let mut barrier = 0;
        for step in shown.first.0..shown.end.0 {
            ranks.push(shown, Step(step), &mut latest, &mut barrier);
        }
        ranks.last = ranks.rows.last().map_or(1, |row| row.front.max(1));
        ranks
    }

    fn push(&mut self, shown: Shown<'_>, step: Step, latest: &mut [u32], barrier: &mut u32) {
        let before = self.rows.last().copied();
        let front = before.map_or(0, |row| row.front);
        let Some(event) = shown.run.event(step) else {
            // Forgotten: it keeps its place in the row, and nothing is known of it.
            let time = before.map_or(SimTime::ZERO, |row| row.time);
            self.rows.push(RankRow { time, node: None, rank: front, front });
            return;
        };
        let node = kept::participant(shown.run, event);
        let rank = match node {
            Some(id) => {
                let latest = &mut latest[self.topology.position(id)];
                let cause = self.rank_of_cause(event.kind, event.cause);
                *latest = 1 + (*latest).max(*barrier).max(cause);
                *latest
            }
            None => {
                *barrier = front + 1;
                *barrier
            }
        };
        self.rows.push(RankRow { time: event.time, node, rank, front: front.max(rank) });
    }

    /// The rank of the event that sent what arrived; what the participant did itself counts already.
    fn rank_of_cause(&self, kind: EventKind, cause: Option<Step>) -> u32 {
        match (kind, cause) {
            (EventKind::Deliver { .. }, Some(cause)) => self.row(cause).map_or(0, |row| row.rank),
            _ => 0,
        }
    }

    fn row(&self, step: Step) -> Option<&RankRow> {
        self.rows.get(usize::try_from(step.0.checked_sub(self.first.0)?).ok()?)
    }

    fn width(&self) -> f64 {
        1_000.0 / (f64::from(self.last) + 1.0)
    }

    fn place(&self, rank: u32) -> f64 {
        f64::from(rank) * self.width()
    }

    fn x_of(&self, step: Step) -> f64 {
        match self.row(step) {
            Some(row) => self.place(row.rank),
            None if step < self.first => 0.0,
            None => 1_000.0,
        }
    }

    fn front_x(&self, at: SimTime) -> f64 {
        let after = self.rows.partition_point(|row| row.time <= at);
        self.place(after.checked_sub(1).map_or(0, |last| self.rows[last].front))
    }

    fn at(&self, x: f64) -> Option<SimTime> {
        let after = self.rows.partition_point(|row| self.place(row.front) <= x);
        self.rows.get(after.saturating_sub(1)).map(|row| row.time)
    }

    /// Half-way between the last event of a lane behind the cursor and the next.
    fn cut_x(&self, cursor: Step, id: NodeId) -> f64 {
        let behind = (cursor.0 + 1).saturating_sub(self.first.0).min(self.rows.len() as u64) as usize;
        let touches = |row: &&RankRow| row.node.is_none_or(|node| node == id);
        let last = self.rows[..behind].iter().rev().find(touches).map_or(0.0, |row| self.place(row.rank));
        let next = self.rows[behind..].iter().find(touches).map_or(1_000.0, |row| self.place(row.rank));
        (last + next) / 2.0
    }

    /// The time up to here, at some places.
    fn ticks(&self) -> Vec<Tick> {
        const COUNT: u32 = 8;
        let every = self.last.div_ceil(COUNT).max(1);
        let ticks = (1..=self.last).step_by(every as usize).filter_map(|rank| {
            let first = self.rows.partition_point(|row| row.front < rank);
            Some(Tick { x: self.place(rank), label: self.rows.get(first)?.time.to_string() })
        });
        ticks.collect()
    }
}
