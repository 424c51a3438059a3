//! What one observer must believe of the order of writes, to be closed under what its reads tell.

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
}

impl Saturation {
    /// An order of the events `within` that explains `reads`, which are among them.
    pub fn new(events: Arc<Events>, within: Vec<bool>, reads: Vec<EventId>, total: bool) -> Self {
        Self { events, within, reads, total, forced: Vec::new() }
    }

    /// One round: `Ok(None)` if it forced something new, so that another is needed; else the clocks.
    pub fn round(&mut self) -> Result<Option<Clocks>, Contradiction> {
        let clocks = Clocks::new(&self.events, &self.within, &self.forced)?;
        let mut forced = Vec::new();
        for read in &self.reads {
            hidden(&self.events, &clocks, *read, &mut forced)?;
            if self.total {
                replaced(&self.events, &clocks, *read, &mut forced);
            }
        }
        if forced.is_empty() {
            return Ok(Some(clocks));
        }
        self.forced.append(&mut forced);
        Ok(None)
    }

    /// Takes what the reads tell, but not what follows from that about other reads.
    pub fn once(&mut self) -> Result<(), Contradiction> {
        if self.round()?.is_none() {
            Clocks::new(&self.events, &self.within, &self.forced)?;
        }
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
