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
        let before = predecessors(events, within, forced);
        let order = order(&before, within)?;
        let width = events.chains.len();
        let mut counts = vec![0; width * events.all.len()];
        for event in order {
            for earlier in &before[event] {
                for chain in 0..width {
                    let count = counts[earlier * width + chain];
                    let mine = &mut counts[event * width + chain];
                    *mine = count.max(*mine);
                }
            }
            counts[event * width + events.all[event].chain] = events.all[event].at;
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
pub(crate) fn predecessors(events: &Events, within: &[bool], forced: &[Forced]) -> Vec<Vec<EventId>> {
    let direct = |event: EventId| {
        let inside = within[event];
        events.before(event).filter(|earlier| inside && within[*earlier]).collect()
    };
    let mut before: Vec<Vec<EventId>> = (0..events.all.len()).map(direct).collect();
    for edge in forced {
        before[edge.then].push(edge.first);
    }
    before
}

/// The events in an order in which each comes after its predecessors.
fn order(before: &[Vec<EventId>], within: &[bool]) -> Result<Vec<EventId>, Circle> {
    let mut after = vec![Vec::new(); before.len()];
    let mut waits: Vec<usize> = before.iter().map(Vec::len).collect();
    for (event, earlier) in before.iter().enumerate() {
        earlier.iter().for_each(|earlier| after[*earlier].push(event));
    }
    let mut ready: Vec<EventId> =
        (0..before.len()).rev().filter(|event| within[*event] && waits[*event] == 0).collect();
    let mut order = Vec::new();
    while let Some(event) = ready.pop() {
        order.push(event);
        for later in &after[event] {
            waits[*later] -= 1;
            if waits[*later] == 0 {
                ready.push(*later);
            }
        }
    }
    match (0..before.len()).find(|event| waits[*event] > 0) {
        None => Ok(order),
        Some(stuck) => Err(circle(before, &waits, stuck)),
    }
}

/// From an event that waits, back through events that wait, until one comes again.
fn circle(before: &[Vec<EventId>], waits: &[usize], stuck: EventId) -> Circle {
    let mut seen = vec![None; before.len()];
    let mut path = vec![stuck];
    loop {
        let event = path[path.len() - 1];
        if let Some(start) = seen[event].replace(path.len() - 1) {
            let mut circle = path.split_off(start + 1);
            circle.reverse();
            return Circle(circle);
        }
        let waiting = before[event].iter().find(|earlier| waits[**earlier] > 0);
        path.push(*waiting.expect("what waits, waits for something that waits"));
    }
}
