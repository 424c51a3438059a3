//! Which writes each write follows, because its session had read them: the relation of writes follow reads.

use crate::causal::{Clocks, EventId, Events, Source};

const WORD: usize = 64;

/// For each write, the writes that it follows, directly or over others.
pub(crate) struct Follows {
    /// A bit for each event.
    sets: Vec<Vec<u64>>,
}

impl Follows {
    /// What the writes of all events follow.
    pub fn new(events: &Events, clocks: &Clocks) -> Self {
        let words = events.all.len().div_ceil(WORD);
        let mut sets = vec![Vec::new(); events.all.len()];
        // Who comes later has more before it, so this is an order in which causes come first.
        let mut order: Vec<EventId> = (0..events.all.len()).collect();
        let past = |event: EventId| -> u64 {
            (0..events.chains.len()).map(|chain| u64::from(clocks.count(event, chain))).sum()
        };
        order.sort_by_key(|event| past(*event));
        for event in order {
            let previous = events.all[event].previous;
            let mut set = previous.map_or_else(|| vec![0; words], |previous| sets[previous].clone());
            if let Source::Writes(sources) = &events.all[event].source {
                for source in sources {
                    set[source / WORD] |= 1 << (source % WORD);
                    let theirs: &Vec<u64> = &sets[*source];
                    set.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine |= theirs);
                }
            }
            sets[event] = set;
        }
        Self { sets }
    }

    /// The writes that a write follows.
    pub fn writes_before(&self, write: EventId) -> impl Iterator<Item = EventId> {
        let set = &self.sets[write];
        (0..set.len() * WORD).filter(|event| set[event / WORD] >> (event % WORD) & 1 == 1)
    }

    /// From a write over reads of it to a write that follows it.
    pub fn way(&self, events: &Events, first: EventId, last: EventId) -> Vec<EventId> {
        let mut way = vec![last];
        let mut event = last;
        while event != first {
            // The reads of the session before it, back to one through which `first` is followed.
            let mut reads = std::iter::successors(Some(event), |event| events.all[*event].previous);
            let through = reads.find_map(|read| {
                let Source::Writes(sources) = &events.all[read].source else { return None };
                let leads = |source: &&EventId| {
                    **source == first || self.sets[**source][first / WORD] >> (first % WORD) & 1 == 1
                };
                sources.iter().find(leads).map(|source| (read, *source))
            });
            let (read, source) = through.expect("a write that is followed was read");
            if read != event {
                way.push(read);
            }
            way.push(source);
            event = source;
        }
        way.reverse();
        way
    }
}
