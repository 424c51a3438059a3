//! The timeline: moments people look for, faults as bands, and the mapping of times to places.

use std::collections::BTreeMap;

use netsplit_sim::describe::Mark;
use netsplit_sim::history::Moment;
use netsplit_sim::id::{Link, NodeId, WallId};
use netsplit_sim::intervention::{Intervention, Scheduled};
use netsplit_sim::run::{Marked, Run};
use netsplit_sim::time::SimTime;
use netsplit_words::{language, say, told};

use crate::groups;
use crate::order;

/// The stretch of time shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The left end.
    pub from: SimTime,
    /// The right end, later than `from`.
    pub to: SimTime,
}

/// The timeline in a window. Places are per-mille of its width.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// What is shown.
    pub window: Window,
    /// Moments, in order, thinned so that none covers another.
    pub marks: Vec<MarkPicture>,
    /// Faults while they last.
    pub bands: Vec<Band>,
    /// Labelled times.
    pub ticks: Vec<Tick>,
    /// How far the run is known.
    pub known_x: f64,
}

/// A moment people look for, or several close together.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkPicture {
    /// Its place.
    pub x: f64,
    /// What kind; of several the gravest.
    pub mark: Mark,
    /// The moment; of several the first of that kind.
    pub moment: Moment,
    /// How many moments it stands for.
    pub count: u32,
    /// `election at 0.415 s`.
    pub label: String,
}

/// A fault while it lasts.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Where it begins.
    pub from_x: f64,
    /// Where it ends.
    pub to_x: f64,
    /// When it begins.
    pub from: SimTime,
    /// When it ends; `None` if nothing in the script ends it.
    pub to: Option<SimTime>,
    /// What it is.
    pub kind: BandKind,
    /// `wall: n1, n5, c1 | n2, n3, n4, c2`.
    pub label: String,
}

/// What a band shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BandKind {
    /// A wall stands.
    Wall(WallId),
    /// A server is crashed.
    Crash(NodeId),
    /// A server is paused.
    Pause(NodeId),
    /// A clock drifts.
    Clock(NodeId),
    /// A link behaves otherwise than set up.
    Link(Link),
}

/// A labelled time.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Its place.
    pub x: f64,
    /// `1.5 s`.
    pub label: String,
}

impl Window {
    /// The whole run.
    pub fn whole(run: &dyn Run) -> Self {
        Self { from: SimTime::ZERO, to: run.until().max(SimTime(1)) }
    }

    /// The place of a time: per-mille of the width, outside of 0 to 1000 for times not shown.
    pub fn x(self, at: SimTime) -> f64 {
        let length = self.to.since(self.from).0.max(1) as f64;
        (at.0 as f64 - self.from.0 as f64) * 1_000.0 / length
    }

    /// The time at a place.
    pub fn at(self, x: f64) -> SimTime {
        let length = self.to.since(self.from).0 as f64;
        let nanos = self.from.0 as f64 + length * x.clamp(0.0, 1_000.0) / 1_000.0;
        SimTime(nanos.max(0.0) as u64)
    }

    /// The window zoomed by a factor about a place, kept within the run and no shorter than a
    /// millisecond; a factor below one zooms in.
    pub fn zoomed(self, x: f64, factor: f64, until: SimTime) -> Self {
        const SHORTEST: f64 = 1e6;
        let longest = (until.0 as f64).max(SHORTEST);
        let length = (self.to.since(self.from).0 as f64 * factor).clamp(SHORTEST, longest);
        let start = self.at(x).0 as f64 - length * x.clamp(0.0, 1_000.0) / 1_000.0;
        let from = start.clamp(0.0, longest - length);
        Self { from: SimTime(from as u64), to: SimTime((from + length) as u64) }
    }

    /// The window moved so that it shows this time.
    pub fn following(self, at: SimTime, until: SimTime) -> Self {
        if self.from <= at && at <= self.to {
            return self;
        }
        let length = self.to.since(self.from).0;
        let from = at.0.saturating_sub(length / 5).min(until.0.saturating_sub(length));
        Self { from: SimTime(from), to: SimTime(from + length) }
    }
}

/// The timeline of a run; marks closer than `spacing` per-mille are shown as one.
pub fn timeline(run: &dyn Run, window: Window, spacing: f64) -> Timeline {
    Timeline {
        window,
        marks: marks(run, window, spacing),
        bands: bands(run, window),
        ticks: ticks(window),
        known_x: window.x(run.known().time.max(run.now())),
    }
}

fn marks(run: &dyn Run, window: Window, spacing: f64) -> Vec<MarkPicture> {
    let mut shown: Vec<MarkPicture> = Vec::new();
    let visible = |moment: &Moment| window.from <= moment.time && moment.time <= window.to;
    for &Marked { moment, mark, .. } in run.known_marks().iter().filter(|marked| visible(&marked.moment)) {
        let x = window.x(moment.time);
        match shown.last_mut().filter(|last| x - last.x < spacing) {
            Some(last) => join(last, moment, mark),
            None => shown.push(MarkPicture { x, mark, moment, count: 1, label: label(mark, moment, 1) }),
        }
    }
    shown
}

/// The later kinds of [`Mark`] are the rarer and graver ones, except that a violation tops all.
pub(crate) fn gravity(mark: Mark) -> u8 {
    match mark {
        Mark::Commit => 0,
        Mark::Client => 1,
        Mark::Election => 2,
        Mark::Fault => 3,
        Mark::Violation => 4,
    }
}

fn join(shown: &mut MarkPicture, moment: Moment, mark: Mark) {
    shown.count += 1;
    if gravity(mark) > gravity(shown.mark) {
        (shown.mark, shown.moment) = (mark, moment);
    }
    shown.label = label(shown.mark, shown.moment, shown.count);
}

fn label(mark: Mark, moment: Moment, count: u32) -> String {
    let (name, at) = (told(mark.name()), moment.time);
    if count > 1 {
        say!("{name} at {at} and {more} more", name, at, more = count - 1)
    } else {
        say!("{name} at {at}", name, at)
    }
}

fn bands(run: &dyn Run, window: Window) -> Vec<Band> {
    let mut bands: Vec<Band> = faults(run).into_iter().map(|fault| band(window, fault)).collect();
    bands.retain(|band| band.to_x >= 0.0 && band.from_x <= 1_000.0);
    bands
}

fn band(window: Window, fault: Fault) -> Band {
    let Fault { kind, label, began, ended } = fault;
    let to = ended.map(|(to, _)| to);
    Band {
        from_x: window.x(began.0),
        to_x: to.map_or(1_000.0, |to| window.x(to)),
        from: began.0,
        to,
        kind,
        label,
    }
}

/// A fault while it lasts.
pub(crate) struct Fault {
    pub(crate) kind: BandKind,
    pub(crate) label: String,
    /// When, and by which line of the script.
    pub(crate) began: (SimTime, usize),
    /// When, and by which line; `None` if nothing in the script ends it.
    pub(crate) ended: Option<(SimTime, usize)>,
}

/// Faults of the whole script, past and to come, by their beginning; what had no effect makes none.
pub(crate) fn faults(run: &dyn Run) -> Vec<Fault> {
    let mut open: BTreeMap<BandKind, usize> = BTreeMap::new();
    let mut faults: Vec<Fault> = Vec::new();
    for (index, entry) in run.script().iter().enumerate() {
        if run.outcome(index).is_some_and(|applied| applied.refused.is_some()) {
            continue;
        }
        let Some((kind, label)) = change(run, entry) else { continue };
        if let Some(before) = open.remove(&kind) {
            faults[before].ended = Some((entry.at, index));
        }
        if let Some(label) = label {
            open.insert(kind, faults.len());
            faults.push(Fault { kind, label, began: (entry.at, index), ended: None });
        }
    }
    order::sort(&mut faults, |fault, other| (fault.began.0, fault.kind) < (other.began.0, other.kind));
    faults
}

/// Which band an intervention begins (with a label) or ends (without one).
fn change(run: &dyn Run, entry: &Scheduled) -> Option<(BandKind, Option<String>)> {
    Some(match &entry.what {
        Intervention::SetWall(id, cuts) => {
            (BandKind::Wall(*id), Some(say!("wall: {groups}", groups = groups::words(cuts, run.topology()))))
        }
        Intervention::RemoveWall(id) => (BandKind::Wall(*id), None),
        Intervention::Crash(id, _) => (BandKind::Crash(*id), Some(say!("{id} crashed", id))),
        Intervention::Restart(id) => (BandKind::Crash(*id), None),
        Intervention::Pause(id) => (BandKind::Pause(*id), Some(say!("{id} paused", id))),
        Intervention::Resume(id) => (BandKind::Pause(*id), None),
        Intervention::ClockDrift(id, 0) => (BandKind::Clock(*id), None),
        Intervention::ClockDrift(id, _) => (BandKind::Clock(*id), Some(say!("clock of {id} drifts", id))),
        Intervention::SetLink(link, _) => (BandKind::Link(*link), Some(say!("{link} changed", link))),
        Intervention::ResetLink(link) => (BandKind::Link(*link), None),
        _ => return None,
    })
}

fn ticks(window: Window) -> Vec<Tick> {
    tick_times(window).into_iter().map(|(at, label)| Tick { x: window.x(at), label }).collect()
}

/// Round times, five to ten of them, with their labels.
pub(crate) fn tick_times(window: Window) -> Vec<(SimTime, String)> {
    let length = window.to.since(window.from).0.max(1);
    let mut step = 1_u64;
    let mut factors = [2, 5, 10].into_iter().cycle();
    let mut decade = 1_u64;
    while length / step > 8 {
        let factor = factors.next().unwrap_or(10);
        step = decade.saturating_mul(factor);
        if factor == 10 {
            decade = step;
        }
    }
    let first = window.from.0.div_ceil(step) * step;
    let times = (0..=10).map(|k| SimTime(first + k * step)).take_while(|at| *at <= window.to);
    times.map(|at| (at, tick_label(at, step))).collect()
}

/// Seconds with as many digits as tell neighbours apart.
fn tick_label(at: SimTime, step: u64) -> String {
    let digits = 9_usize.saturating_sub(step.max(1).ilog10() as usize);
    let (seconds, nanos) = (at.0 / 1_000_000_000, format!("{:09}", at.0 % 1_000_000_000));
    if digits == 0 {
        format!("{seconds} s")
    } else {
        format!("{seconds}{}{} s", language().decimal, &nanos[..digits])
    }
}

#[cfg(test)]
mod tests;
