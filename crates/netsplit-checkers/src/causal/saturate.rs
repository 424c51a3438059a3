//! What one observer must believe of the order of writes, to be closed under what its reads tell.

use std::ops::Range;
use std::sync::Arc;

use super::clocks::{Circle, Clocks, Forced, How};
use super::events::{EventId, Events, Source};

/// Why no order explains what an observer read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Contradiction {
    /// Nobody wrote what this read returned.
    Nobody(EventId),
    /// This read returned something older than a write that had come before it.
    Missed { read: EventId, missed: EventId },
    /// Each of these comes before the next, and the last before the first.
    Circle(Circle),
}

impl From<Circle> for Contradiction {
    fn from(circle: Circle) -> Self {
        Self::Circle(circle)
    }
}

/// The order of one observer, or of one for all, as far as it is forced.
pub(crate) struct Saturation {
    events: Arc<Events>,
    /// The events in question.
    within: Vec<bool>,
    /// The reads that must be explained.
    reads: Vec<EventId>,
    /// Whether one order is sought for all, in which a read comes before what replaces its value.
    total: bool,
    pub forced: Vec<Forced>,
    /// The clocks of this round, once they are known.
    clocks: Option<Clocks>,
    /// The reads of this round that have told what they tell.
    told: usize,
    /// How many edges were forced before this round.
    before: usize,
}

/// Reads that are looked at in one go.
const AT_ONCE: usize = 128;

impl Saturation {
    /// An order of the events `within` that explains `reads`, which are among them.
    pub fn new(events: Arc<Events>, within: Vec<bool>, reads: Vec<EventId>, total: bool) -> Self {
        Self { events, within, reads, total, forced: Vec::new(), clocks: None, told: 0, before: 0 }
    }

    /// About how many steps the next one takes.
    pub fn cost(&self) -> u64 {
        let chains = self.events.chains.len();
        let cost = match self.clocks {
            None => self.within.iter().filter(|within| **within).count() * (8 + chains) / 64,
            Some(_) => AT_ONCE * (8 + chains) / 16,
        };
        cost as u64 + 1
    }

    /// Goes on by a part of a round, and says whether a round has ended that forced nothing new.
    pub fn step(&mut self) -> Result<bool, Contradiction> {
        let Some(clocks) = self.clocks.take() else {
            self.clocks = Some(Clocks::new(&self.events, &self.within, &self.forced)?);
            (self.told, self.before) = (0, self.forced.len());
            return Ok(false);
        };
        let end = (self.told + AT_ONCE).min(self.reads.len());
        self.learn(&clocks, self.told..end)?;
        self.told = end;
        let is_last = end == self.reads.len();
        if !is_last {
            self.clocks = Some(clocks);
        }
        Ok(is_last && self.forced.len() == self.before)
    }

    /// Takes what all reads tell if these are the clocks, and says whether that was nothing new.
    pub fn learn_all(&mut self, clocks: &Clocks) -> Result<bool, Contradiction> {
        let before = self.forced.len();
        self.learn(clocks, 0..self.reads.len())?;
        Ok(self.forced.len() == before)
    }

    fn learn(&mut self, clocks: &Clocks, reads: Range<usize>) -> Result<(), Contradiction> {
        for read in &self.reads[reads] {
            hidden(&self.events, clocks, *read, &mut self.forced)?;
            if self.total {
                replaced(&self.events, clocks, *read, &mut self.forced);
            }
        }
        Ok(())
    }

    /// Whether what the reads told in the first round makes no circle.
    pub fn is_order(&self) -> Result<(), Contradiction> {
        Clocks::new(&self.events, &self.within, &self.forced)?;
        Ok(())
    }
}

/// A write that came before a read which returned another's value came before that other too.
fn hidden(
    events: &Events,
    clocks: &Clocks,
    read: EventId,
    forced: &mut Vec<Forced>,
) -> Result<(), Contradiction> {
    if let Some(contradiction) = missed(events, clocks, read) {
        return Err(contradiction);
    }
    // Of values side by side nobody can say which of them replaced an earlier one.
    let Source::Writes(sources) = &events.all[read].source else { return Ok(()) };
    let [source] = sources[..] else { return Ok(()) };
    for write in clocks.last_writes(read) {
        if write != source && !clocks.precedes(write, source) {
            forced.push(Forced { first: write, then: source, read, how: How::Hidden });
        }
    }
    Ok(())
}

/// Whether a read returned only what had been replaced before it.
pub(crate) fn missed(events: &Events, clocks: &Clocks, read: EventId) -> Option<Contradiction> {
    let is_older = |write: &EventId| match &events.all[read].source {
        Source::Initial => true,
        Source::Writes(sources) => sources.iter().all(|source| clocks.precedes(*source, *write)),
        Source::Unread | Source::Nobody => false,
    };
    match events.all[read].source {
        Source::Nobody => Some(Contradiction::Nobody(read)),
        Source::Unread => None,
        _ => clocks.last_writes(read).find(is_older).map(|missed| Contradiction::Missed { read, missed }),
    }
}

/// In one order for all, a read comes before the first write that replaces what it returned.
fn replaced(events: &Events, clocks: &Clocks, read: EventId, forced: &mut Vec<Forced>) {
    let replaces = |write: EventId| match &events.all[read].source {
        Source::Initial => true,
        Source::Writes(sources) => sources.iter().all(|source| clocks.precedes(*source, write)),
        Source::Unread | Source::Nobody => false,
    };
    let Some(chains) = events.writes.get(&events.all[read].key) else { return };
    for writes in chains.values() {
        let first = writes.partition_point(|write| !replaces(*write));
        let first = writes[first..].iter().copied().find(|write| *write != read);
        if let Some(write) = first.filter(|write| !clocks.precedes(read, *write)) {
            forced.push(Forced { first: read, then: write, read, how: How::Replaced });
        }
    }
}
