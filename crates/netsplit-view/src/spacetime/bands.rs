//! Bands: walls, crashes and pauses while they last; and where on its way a message meets a wall.

use std::collections::BTreeSet;

use netsplit_scenarios::run_record::Entry;
use netsplit_scenarios::sketch::Sketch;
use netsplit_sim::id::{Link, NodeId, Step};
use netsplit_sim::intervention::Intervention;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;

use super::Shown;
use super::lanes::Lanes;
use super::scale::Scale;
use crate::groups;
use crate::layout::Layout;
use crate::timeline::{self, BandKind, Fault};
use crate::wall;

/// A fault while it lasts.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Where it begins, within the window.
    pub from_x: f64,
    /// Where it ends, within the window.
    pub to_x: f64,
    /// When it begins.
    pub from: SimTime,
    /// When it ends; `None` if nothing ends it.
    pub to: Option<SimTime>,
    /// What it is.
    pub kind: BandKind,
    /// The lane it concerns; `None` for walls and links, which lie behind all lanes.
    pub lane: Option<usize>,
    /// For a wall, of each lane: which part it is in. Those in different parts do not hear each other.
    pub parts: Vec<usize>,
    /// `wall: n1, n5, c1 | n2, n3, n4, c2`.
    pub label: String,
    /// The line of the script that began it.
    pub index: usize,
}

pub(super) fn bands(shown: Shown<'_>, scale: &Scale, order: &Lanes) -> Vec<Band> {
    let faults = timeline::faults(shown.run).into_iter();
    faults.filter_map(|fault| band(shown, scale, order, fault)).collect()
}

/// A fault that reaches into the window; nothing if it concerns a hidden lane only.
fn band(shown: Shown<'_>, scale: &Scale, order: &Lanes, fault: Fault) -> Option<Band> {
    let Fault { kind, label, began, ended } = fault;
    let window = scale.window;
    if began.0 > window.to.min(shown.horizon.time) || ended.is_some_and(|(to, _)| to < window.from) {
        return None;
    }
    let lane = match kind {
        BandKind::Crash(id) | BandKind::Pause(id) | BandKind::Clock(id) => Some(order.of(id)?),
        BandKind::Wall(_) | BandKind::Link(_) => None,
    };
    let ended = ended.filter(|(to, _)| *to <= shown.horizon.time);
    let place = |(at, index): (SimTime, usize)| {
        let applied = shown.run.outcome(index);
        applied.map_or_else(|| scale.x(at), |applied| scale.x_of(applied.moment)).clamp(0.0, 1_000.0)
    };
    Some(Band {
        from_x: place(began),
        to_x: ended.map_or(scale.x(shown.horizon.time).min(1_000.0), place),
        from: began.0,
        to: ended.map(|(to, _)| to),
        kind,
        lane,
        parts: parts(shown.run, order, began.1),
        label,
        index: began.1,
    })
}

/// Of each lane, which part of the system a wall leaves it in; empty for what is no wall.
fn parts(run: &dyn Run, order: &Lanes, index: usize) -> Vec<usize> {
    let Some(Intervention::SetWall(_, cuts)) = run.script().get(index).map(|entry| &entry.what) else {
        return Vec::new();
    };
    let everyone = run.topology().everyone();
    let free = |link: Link| {
        let clients = link.from.is_client() && link.to.is_client();
        !clients && !cuts.contains(&link) && !cuts.contains(&link.reversed())
    };
    let parts = groups::components(everyone, free);
    let part = |id: &NodeId| parts.iter().position(|part| part.contains(id)).unwrap_or(0);
    order.shown().iter().map(part).collect()
}

/// Every wall that stands or stood, and how it was drawn.
pub(crate) struct Walls<'a> {
    layout: &'a Layout,
    standings: Vec<Standing<'a>>,
}

/// A wall from one intervention to the next on it.
struct Standing<'a> {
    from: Step,
    to: Option<Step>,
    cuts: &'a BTreeSet<Link>,
    sketch: Option<&'a Sketch>,
}

impl<'a> Walls<'a> {
    pub(super) fn new(shown: Shown<'a>, layout: &'a Layout, script: &'a [Entry]) -> Self {
        let run = shown.run;
        let step = |index: usize| run.outcome(index).map(|applied| applied.moment.step);
        let walls = timeline::faults(run).into_iter().filter_map(|fault| {
            let scheduled = run.script().get(fault.began.1)?;
            let Intervention::SetWall(_, cuts) = &scheduled.what else { return None };
            // The record's script may hold muted lines that the run's does not.
            let drawn = script.iter().find(|entry| entry.at == scheduled.at && entry.what == scheduled.what);
            Some(Standing {
                from: step(fault.began.1)?,
                to: fault.ended.and_then(|(_, index)| step(index)),
                cuts,
                sketch: drawn.and_then(|entry| entry.sketch.as_ref()),
            })
        });
        Self { layout, standings: walls.collect() }
    }

    /// How far along its way a message dies that was lost to a cut by this step: where the link meets
    /// the last wall that went up across it, or half-way if nobody drew one.
    pub(super) fn meets(&self, link: Link, lost: Step) -> f64 {
        let stands = |wall: &&Standing<'_>| {
            wall.from <= lost && wall.to.is_none_or(|to| lost < to) && wall.cuts.contains(&link)
        };
        let sketch = self.standings.iter().rev().find(stands).and_then(|wall| wall.sketch);
        let (from, to) = (self.layout.at(link.from), self.layout.at(link.to));
        sketch.and_then(|sketch| wall::crossing(sketch, from, to)).unwrap_or(0.5)
    }
}
