//! Vector clocks over events: who comes before whom, through session order, reads-from and further edges.

use std::sync::Arc;

use super::events::{EventId, Events};

/// One event comes before another although neither their session nor a read of the one by the other says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Forced {
    pub first: EventId,
    pub then: EventId,
    /// The read that tells.
    pub read: EventId,
    pub how: How,
}

/// What a read tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// `first` had come before the read, which returned what `then` wrote.
    Hidden,
    /// `first`, the read itself, returned what `then` replaced.
    Replaced,
}

/// For each event, how many events of each chain come before it or are it.
pub(crate) struct Clocks {
    events: Arc<Events>,
    counts: Vec<u32>,
}

/// Events each of which comes before the next, and the last before the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Circle(pub Vec<EventId>);

impl Clocks {
    /// The clocks of the events that `within` names, over session order, reads-from and the forced edges
    /// among them; or a circle, if there is one.
    pub fn new(events: &Arc<Events>, within: &[bool], forced: &[Forced]) -> Result<Self, Circle> {
        let before = Before::new(events, forced);
        let order = order(&before, within)?;
        let width = events.chains.len();
        let mut counts = vec![0_u32; width * events.all.len()];
        let mut mine = vec![0; width];
        for event in order {
            mine.fill(0);
            for earlier in before.of(event).filter(|earlier| within[*earlier]) {
                let theirs = &counts[earlier * width..][..width];
                mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine = (*mine).max(*theirs));
            }
            mine[events.all[event].chain] = events.all[event].at;
            counts[event * width..][..width].copy_from_slice(&mine);
        }
        Ok(Self { events: events.clone(), counts })
    }

    /// How many events of a chain come before an event or are it.
    pub fn count(&self, event: EventId, chain: usize) -> u32 {
        self.counts[event * self.events.chains.len() + chain]
    }

    /// Whether `first` comes before `then`.
    pub fn precedes(&self, first: EventId, then: EventId) -> bool {
        let event = &self.events.all[first];
        first != then && self.count(then, event.chain) >= event.at
    }

    /// Which events come before `event` or are it.
    pub fn past(&self, event: EventId) -> Vec<bool> {
        (0..self.events.all.len()).map(|other| other == event || self.precedes(other, event)).collect()
    }

    /// Of each chain the last write to a key that comes before `event`.
    pub fn last_writes(&self, event: EventId) -> impl Iterator<Item = EventId> {
        let chains = self.events.writes.get(&self.events.all[event].key).into_iter().flatten();
        chains.filter_map(move |(chain, writes)| {
            let count = self.count(event, *chain);
            let known = writes.partition_point(|write| self.events.all[*write].at <= count);
            writes[..known].iter().rev().copied().find(|write| *write != event)
        })
    }
}

/// What comes right before each event.
struct Before<'a> {
    events: &'a Events,
    forced: Vec<Vec<EventId>>,
}

impl<'a> Before<'a> {
    fn new(events: &'a Events, edges: &[Forced]) -> Self {
        let mut forced = vec![Vec::new(); events.all.len()];
        edges.iter().for_each(|edge| forced[edge.then].push(edge.first));
        Self { events, forced }
    }

    fn of(&self, event: EventId) -> impl Iterator<Item = EventId> {
        self.events.before(event).chain(self.forced[event].iter().copied())
    }
}

/// How far the walk has come with an event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    Begun,
    Done,
}

/// The events in an order in which each comes after its predecessors.
fn order(before: &Before<'_>, within: &[bool]) -> Result<Vec<EventId>, Circle> {
    let mut seen = vec![Seen::Not; within.len()];
    let mut order = Vec::new();
    // The way back from an event, each with how many of its predecessors have been looked at.
    let mut way: Vec<(EventId, usize)> = Vec::new();
    for start in (0..within.len()).filter(|event| within[*event]) {
        if seen[start] == Seen::Not {
            seen[start] = Seen::Begun;
            way.push((start, 0));
        }
        while let Some((event, looked)) = way.last_mut() {
            let (event, next) = (*event, before.of(*event).nth(*looked));
            *looked += 1;
            match next {
                None => {
                    seen[event] = Seen::Done;
                    order.push(event);
                    way.pop();
                }
                Some(earlier) if !within[earlier] || seen[earlier] == Seen::Done => {}
                Some(earlier) if seen[earlier] == Seen::Begun => return Err(circle(&way, earlier)),
                Some(earlier) => {
                    seen[earlier] = Seen::Begun;
                    way.push((earlier, 0));
                }
            }
        }
    }
    Ok(order)
}

/// The way back has come to an event that it had passed.
fn circle(way: &[(EventId, usize)], passed: EventId) -> Circle {
    let start = way.iter().position(|(event, _)| *event == passed).unwrap_or(0);
    Circle(way[start..].iter().rev().map(|(event, _)| *event).collect())
}
