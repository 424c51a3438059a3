//! The kept events of a run by time: what pictures of a window walk instead of the whole run.

use std::ops::RangeInclusive;

use netsplit_sim::event::{Event, EventKind};
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;

/// The first step that is not before `time`; the one after the latest known if none is.
pub(crate) fn first_at(run: &dyn Run, time: SimTime) -> Step {
    partition(run, |event| event.time < time)
}

/// The first step after `time`.
pub(crate) fn first_after(run: &dyn Run, time: SimTime) -> Step {
    partition(run, |event| event.time <= time)
}

/// The first step for which `before` no longer holds. Events are ordered by time, so a forgotten one
/// lies on the side of the nearest one kept before it.
fn partition(run: &dyn Run, before: impl Fn(&Event) -> bool) -> Step {
    let (mut low, mut high) = (1, run.known().step.0 + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let kept = (low..=middle).rev().find_map(|step| run.event(Step(step)));
        match kept {
            Some(event) if !before(event) => high = event.step.0,
            _ => low = middle + 1,
        }
    }
    Step(low)
}

/// The events of these steps, in order, without those that were forgotten.
pub(crate) fn events(run: &dyn Run, steps: RangeInclusive<u64>) -> impl DoubleEndedIterator<Item = &Event> {
    steps.filter_map(|step| run.event(Step(step)))
}

/// At whom an event happened, interventions at one participant included.
pub(crate) fn participant(run: &dyn Run, event: &Event) -> Option<NodeId> {
    match event.kind {
        EventKind::Intervene { index, .. } => run.script().get(index as usize)?.what.target(),
        _ => event.kind.node(),
    }
}
