//! The guarantees, one function a rule: each looks at one read and at what its session had seen before.

use super::follows::Follows;
use crate::causal::{Clocks, Event, EventId, Events, Source};

/// What a session has seen, and what could have caused what.
pub(crate) struct Seen<'a> {
    pub events: &'a Events,
    pub clocks: &'a Clocks,
}

impl<'a> Seen<'a> {
    /// The events of the read's session before it, the latest first.
    fn earlier(&self, read: EventId) -> impl Iterator<Item = EventId> + 'a {
        let Event { chain, at, .. } = self.events.all[read];
        self.events.chains[chain][..at as usize - 1].iter().rev().copied()
    }

    fn sources(&self, read: EventId) -> &'a [EventId] {
        match &self.events.all[read].source {
            Source::Writes(sources) => sources,
            _ => &[],
        }
    }

    /// Whether all that a read returned is older than a write.
    fn is_older(&self, read: EventId, write: EventId) -> bool {
        match &self.events.all[read].source {
            Source::Initial => true,
            Source::Writes(sources) => sources.iter().all(|source| self.clocks.precedes(*source, write)),
            Source::Unread | Source::Nobody => false,
        }
    }

    fn same_key(&self, one: EventId, other: EventId) -> bool {
        self.events.all[one].key == self.events.all[other].key
    }

    /// Read your writes: the latest write of the session to this key, if what it reads is older.
    pub fn unread_own_write(&self, read: EventId) -> Option<Vec<EventId>> {
        let is_own_write = |event: &EventId| self.events.all[*event].writes && self.same_key(*event, read);
        let write = self.earlier(read).find(is_own_write)?;
        self.is_older(read, write).then(|| vec![write, read])
    }

    /// Monotonic reads: a value that the session had read before, if what it reads now is older.
    pub fn newer_value_read_before(&self, read: EventId) -> Option<Vec<EventId>> {
        let earlier = self.earlier(read).filter(|earlier| self.same_key(*earlier, read));
        let mut pairs =
            earlier.flat_map(|earlier| self.sources(earlier).iter().map(move |from| (*from, earlier)));
        let (missed, earlier) = pairs.find(|(from, _)| self.is_older(read, *from))?;
        Some(vec![missed, earlier, read])
    }

    /// Monotonic reads, too: two earlier reads of which the first saw all that this one sees, and the
    /// second none of it. What had been replaced has come back.
    pub fn value_that_came_back(&self, read: EventId) -> Option<[EventId; 3]> {
        let sources = self.sources(read);
        let earlier = || self.earlier(read).filter(|earlier| self.same_key(*earlier, read));
        let saw = |event: EventId| move |source: &EventId| self.sources(event).contains(source);
        let saw_none = |event: &EventId| !self.sources(*event).is_empty() && !sources.iter().any(saw(*event));
        let second = earlier().find(saw_none).filter(|_| !sources.is_empty())?;
        let before = |event: &EventId| self.events.all[*event].at < self.events.all[second].at;
        let first = earlier().filter(before).find(|event| sources.iter().all(saw(*event)))?;
        Some([first, second, read])
    }

    /// Monotonic writes: a write to this key by a session of which a later write was seen, if what is read is
    /// older. On one key this would be monotonic reads.
    pub fn earlier_write_of_its_writer(&self, read: EventId) -> Option<Vec<EventId>> {
        let others = self.earlier(read).filter(|earlier| !self.same_key(*earlier, read));
        let mut pairs =
            others.flat_map(|earlier| self.sources(earlier).iter().map(move |from| (*from, earlier)));
        pairs.find_map(|(seen, earlier)| {
            let missed = self.last_write_before(seen, read)?;
            self.is_older(read, missed).then(|| vec![missed, seen, earlier, read])
        })
    }

    /// The last write to the key of `read` in the session of `write` before it.
    fn last_write_before(&self, write: EventId, read: EventId) -> Option<EventId> {
        let Event { chain, at, .. } = self.events.all[self.events.all[write].previous?];
        let writes = self.events.writes.get(&self.events.all[read].key)?.get(&chain)?;
        let known = writes.partition_point(|write| self.events.all[*write].at <= at);
        writes[..known].last().copied()
    }

    /// Writes follow reads: a write to this key that was read before a write that was seen, if what is read is
    /// older. On one key this would be monotonic reads.
    pub fn read_before_a_write_seen(&self, follows: &Follows, read: EventId) -> Option<Vec<EventId>> {
        let others = self.earlier(read).filter(|earlier| !self.same_key(*earlier, read));
        let mut pairs =
            others.flat_map(|earlier| self.sources(earlier).iter().map(move |from| (*from, earlier)));
        pairs.find_map(|(seen, earlier)| {
            let followed = follows.writes_before(seen);
            let is_missed = |write: &EventId| self.same_key(*write, read) && self.is_older(read, *write);
            let missed = followed.filter(is_missed).last()?;
            let mut way = follows.way(self.events, missed, seen);
            way.extend([earlier, read]);
            Some(way)
        })
    }
}
