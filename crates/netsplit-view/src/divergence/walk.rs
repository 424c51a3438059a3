//! Walking two runs side by side, instant by instant.

use netsplit_sim::event::{Event, EventKind};
use netsplit_sim::id::Step;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;

use crate::kept;

/// An instant at which two runs part.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Instant {
    pub(super) time: SimTime,
    /// The first event that the other run does not have.
    pub(super) here: Option<Event>,
    /// The first event that the one run does not have.
    pub(super) there: Option<Event>,
}

/// Two runs and where in each the walk stands.
pub(super) struct Walk<'a> {
    one: Side<'a>,
    other: Side<'a>,
    /// Only what happens before this is compared.
    pub(super) before: SimTime,
    /// Whether a forgotten stretch was left out.
    pub(super) forgot: bool,
}

/// A run and the next step of it.
#[derive(Clone, Copy)]
struct Side<'a> {
    run: &'a dyn Run,
    next: u64,
    known: u64,
}

impl<'a> Walk<'a> {
    pub(super) fn new(one: &'a dyn Run, other: &'a dyn Run, since: SimTime, until: SimTime) -> Self {
        let side = |run| Side { run, next: kept::first_at(run, since).0, known: run.known().step.0 };
        let (one, other) = (side(one), side(other));
        // What comes after a forgotten end is not there to be compared.
        let end = [one.forgotten_end(), other.forgotten_end()].into_iter().flatten().min();
        let before = SimTime(until.0.saturating_add(1));
        Self { one, other, before: end.map_or(before, |end| before.min(end)), forgot: end.is_some() }
    }

    /// The first instant at which they differ.
    pub(super) fn parting(&mut self) -> Option<Instant> {
        loop {
            let (here, there) = (self.one.peek(), self.other.peek());
            if here.is_some_and(|seen| seen.hole) || there.is_some_and(|seen| seen.hole) {
                self.leap(here, there);
                continue;
            }
            let (here, there) = (here.map(|seen| seen.event), there.map(|seen| seen.event));
            let (Some(one), Some(other)) = (here, there) else {
                let left = here.or(there).filter(|event| event.time < self.before)?;
                return Some(self.instant(left.time));
            };
            if !same(self.one.run, one, self.other.run, other) {
                let time = one.time.min(other.time);
                return (time < self.before).then(|| self.instant(time));
            }
            self.one.next = one.step.0 + 1;
            self.other.next = other.step.0 + 1;
        }
    }

    /// Goes on after a stretch that one of them forgot, at the same time in both.
    fn leap(&mut self, here: Option<Seen<'_>>, there: Option<Seen<'_>>) {
        self.forgot = true;
        let after = |seen: Option<Seen<'_>>| seen.filter(|seen| seen.hole).map(|seen| seen.event.time);
        let time = after(here).max(after(there)).unwrap_or(SimTime::MAX);
        for side in [&mut self.one, &mut self.other] {
            // Part of that very instant may have been forgotten too.
            side.next = kept::first_after(side.run, time).0.max(side.next);
        }
    }

    /// What each has at this instant that the other has not.
    fn instant(&self, time: SimTime) -> Instant {
        let (one, other) = (self.one.at(time), self.other.at(time));
        let first_only = |own: &Side<'_>, events: &[Event], side: &Side<'_>, others: &[Event]| {
            let has = |event: &&Event| others.iter().any(|twin| same(own.run, event, side.run, twin));
            events.iter().find(|event| !has(event)).copied()
        };
        Instant {
            time,
            here: first_only(&self.one, &one, &self.other, &other),
            there: first_only(&self.other, &other, &self.one, &one),
        }
    }
}

/// The next event of a run, and whether forgotten ones lie before it.
#[derive(Clone, Copy)]
struct Seen<'a> {
    event: &'a Event,
    hole: bool,
}

impl<'a> Side<'a> {
    /// When the last event that is kept happened, if later ones were forgotten: of that very instant some
    /// may be among them.
    fn forgotten_end(&self) -> Option<SimTime> {
        let pages = self.run.pages();
        let last = pages.iter().rev().find_map(|page| page.last());
        let whole = last.map_or(0, |event| event.step.0) == self.known;
        (!whole).then(|| last.map_or(SimTime::ZERO, |event| event.time))
    }

    /// The next event that is no intervention.
    fn peek(&self) -> Option<Seen<'a>> {
        let mut hole = false;
        for step in (self.next..=self.known).map(Step) {
            match self.run.event(step) {
                None => hole = true,
                Some(Event { kind: EventKind::Intervene { .. }, .. }) => {}
                Some(event) => return Some(Seen { event, hole }),
            }
        }
        None
    }

    /// The events of an instant from the next one on.
    fn at(&self, time: SimTime) -> Vec<Event> {
        let events = kept::events(self.run, self.next..=self.known);
        let of_this = events.take_while(|event| event.time <= time).filter(|event| event.time == time);
        of_this.filter(|event| !matches!(event.kind, EventKind::Intervene { .. })).copied().collect()
    }
}

/// Whether two events are the same but for their numbers.
pub(super) fn same(one: &dyn Run, here: &Event, other: &dyn Run, there: &Event) -> bool {
    here.time == there.time
        && here.kind == there.kind
        && one.notes(here.step) == other.notes(there.step)
        && one.sent(here.step) == other.sent(there.step)
}
