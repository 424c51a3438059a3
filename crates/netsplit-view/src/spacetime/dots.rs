//! Events along the lanes that are no arrival of an arrow, and the moments people look for.

use netsplit_sim::describe::Mark;
use netsplit_sim::event::{Event, EventKind};
use netsplit_sim::history::Moment;
use netsplit_sim::id::Step;
use netsplit_sim::run::Marked;

use super::Shown;
use super::lanes::Lanes;
use super::scale::Scale;
use crate::geometry::Point;
use crate::kept;
use crate::timeline::gravity;

/// An event on its lane, or several of a kind close together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Which; of several the first.
    pub step: Step,
    /// Where.
    pub at: Point,
    /// On which lane.
    pub lane: usize,
    /// What kind.
    pub kind: DotKind,
    /// How many events it stands for.
    pub count: u32,
}

/// What kind of event; each has a form of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DotKind {
    /// A timer fell due.
    Timer,
    /// Writes became durable.
    Disk,
    /// A client was asked for an operation.
    Request,
    /// Something was done to the participant.
    Intervention,
    /// A message that had waited was handled.
    Late,
}

/// A moment people look for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarkDot {
    /// Where across.
    pub x: f64,
    /// On which lane; `None` for what concerns all, such as a wall, and for hidden lanes.
    pub lane: Option<usize>,
    /// What kind; of several the gravest.
    pub mark: Mark,
    /// Which moment; of several the first of that kind.
    pub moment: Moment,
    /// How many moments it stands for.
    pub count: u32,
}

pub(super) fn dots(shown: Shown<'_>, scale: &Scale, order: &Lanes, late: &[Step]) -> Vec<Dot> {
    let events = shown.kept();
    let dot = |event: &Event| {
        let kind = match event.kind {
            EventKind::Deliver { .. } => late.binary_search(&event.step).ok().map(|_| DotKind::Late)?,
            EventKind::Durable { .. } => DotKind::Disk,
            EventKind::Timer { .. } => DotKind::Timer,
            EventKind::Request { .. } => DotKind::Request,
            EventKind::Intervene { .. } => DotKind::Intervention,
        };
        let lane = order.of(kept::participant(shown.run, event)?)?;
        let x = scale.x_of(Moment { step: event.step, time: event.time });
        Some(Dot { step: event.step, at: Point::new(x, lane as f64), lane, kind, count: 1 })
    };
    events.filter_map(dot).collect()
}

/// Moments of one lane closer than this are shown as one.
const SPACING: f64 = 8.0;

pub(super) fn marks(shown: Shown<'_>, scale: &Scale, order: &Lanes) -> Vec<MarkDot> {
    let known = shown.run.known_marks();
    let first = known.partition_point(|marked| marked.moment.step < shown.first);
    let end = known.partition_point(|marked| marked.moment.step < shown.end);
    let mut marks: Vec<MarkDot> = Vec::new();
    for marked in &known[first..end] {
        add(&mut marks, scale, order, marked);
    }
    marks
}

/// Adds a moment to those before it on its lane, or beside them.
fn add(marks: &mut Vec<MarkDot>, scale: &Scale, order: &Lanes, marked: &Marked) {
    /// Lanes are few, so that the last mark of a lane is not far back.
    const BACK: usize = 64;
    let &Marked { moment, mark, node } = marked;
    let (x, lane) = (scale.x_of(moment), node.and_then(|id| order.of(id)));
    let last = marks.iter_mut().rev().take(BACK).find(|other| other.lane == lane);
    match last.filter(|last| (x - last.x).abs() < SPACING) {
        Some(last) => {
            last.count += 1;
            if gravity(mark) > gravity(last.mark) {
                (last.mark, last.moment) = (mark, moment);
            }
        }
        None => marks.push(MarkDot { x, lane, mark, moment, count: 1 }),
    }
}
