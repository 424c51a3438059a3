//! The kept events of a run by time: what pictures of a window walk instead of the whole run.

use std::ops::RangeInclusive;

use netsplit_sim::event::{Event, EventKind};
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;

/// The first step that is not before `time`; the one after the latest kept if none is.
pub(crate) fn first_at(run: &dyn Run, time: SimTime) -> Step {
    partition(run, |event| event.time < time)
}

/// The first step after `time`.
pub(crate) fn first_after(run: &dyn Run, time: SimTime) -> Step {
    partition(run, |event| event.time <= time)
}

/// The first step kept after `time`; the one after the latest known if none is.
pub(crate) fn end_after(run: &dyn Run, time: SimTime) -> Step {
    let next = first_after(run, time);
    let known = run.known().step;
    events(run, next.0..=known.0).next().map_or(Step(known.0 + 1), |event| event.step)
}

/// The step after the last one kept for which `before` holds: what was forgotten next to it counts as
/// coming after.
fn partition(run: &dyn Run, before: impl Fn(&Event) -> bool) -> Step {
    let pages = run.pages();
    let ended = |page: &&[Event]| page.last().is_some_and(&before);
    let at = pages.partition_point(ended);
    let inside = pages.get(at).and_then(|page| page[..page.partition_point(&before)].last());
    let last = inside.or_else(|| pages[..at].last()?.last());
    Step(last.map_or(0, |event| event.step.0) + 1)
}

/// The events of these steps, in order, without those that were forgotten.
pub(crate) fn events(run: &dyn Run, steps: RangeInclusive<u64>) -> impl DoubleEndedIterator<Item = &Event> {
    let (first, last) = (Step(*steps.start()), Step(*steps.end()));
    let mut pages = run.pages();
    pages.truncate(pages.partition_point(|page| page.first().is_some_and(|event| event.step <= last)));
    let over = pages.partition_point(|page| page.last().is_some_and(|event| event.step < first));
    let wanted = move |page: &'_ [Event]| {
        let from = page.partition_point(|event| event.step < first);
        let to = page.partition_point(|event| event.step <= last);
        (from, to.max(from))
    };
    pages.into_iter().skip(over).flat_map(move |page| {
        let (from, to) = wanted(page);
        &page[from..to]
    })
}

/// At whom an event happened, interventions at one participant included.
pub(crate) fn participant(run: &dyn Run, event: &Event) -> Option<NodeId> {
    match event.kind {
        EventKind::Intervene { index, .. } => run.script().get(index as usize)?.what.target(),
        _ => event.kind.node(),
    }
}
