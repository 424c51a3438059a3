//! A set that everybody may change at once: of an addition and a removal that had not seen it, the
//! addition wins (OR-set, in the form without tombstones of Bieniusa and others, *An Optimized
//! Conflict-free Replicated Set*, 2012).

use netsplit_sim::encode_fields;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::NodeId;

use crate::version_vector::{Dot, VersionVector};

/// The elements, each with the addition that put it there, and every addition ever seen: one that was
/// seen and is not there was removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrSet {
    /// Every addition ever seen, of elements removed since too; only grows.
    seen: VersionVector,
    /// What is in the set, ordered by addition.
    elements: Vec<(Dot, i64)>,
}

impl OrSet {
    /// The elements in ascending order, each once.
    pub fn elements(&self) -> Vec<i64> {
        let mut elements: Vec<i64> = self.elements.iter().map(|(_, element)| *element).collect();
        elements.sort_unstable();
        elements.dedup();
        elements
    }

    /// The elements, each with the addition that put it there.
    pub fn additions(&self) -> &[(Dot, i64)] {
        &self.elements
    }

    /// Every addition ever seen.
    pub fn seen(&self) -> &VersionVector {
        &self.seen
    }

    /// The set after `element` was added through this server.
    #[must_use]
    pub fn add(&self, server: NodeId, element: i64) -> Self {
        let counter = self.seen.counter(Dot::new(server, 0).actor) + 1;
        let dot = Dot::new(server, counter);
        let mut set = self.remove(element);
        set.seen = set.seen.with(dot);
        set.insert(dot, element);
        set
    }

    /// The set after `element` was removed: all additions of it that were seen here.
    #[must_use]
    pub fn remove(&self, element: i64) -> Self {
        let mut set = self.clone();
        set.elements.retain(|(_, other)| *other != element);
        set
    }

    /// Whether the other is no news.
    pub fn covers(&self, other: &Self) -> bool {
        let removed_there = |dot: Dot| other.seen.covers(dot) && !other.has(dot);
        self.seen.dominates(&other.seen) && !self.elements.iter().any(|(dot, _)| removed_there(*dot))
    }

    /// What is in both, or in one and unknown to the other.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        let stays = |(dot, _): &&(Dot, i64)| other.has(*dot) || !other.seen.covers(*dot);
        let mut joined = Self {
            seen: self.seen.merge(&other.seen),
            elements: self.elements.iter().filter(stays).copied().collect(),
        };
        let news = other.elements.iter().filter(|(dot, _)| !self.seen.covers(*dot));
        news.for_each(|(dot, element)| joined.insert(*dot, *element));
        joined
    }

    /// Bytes on the wire.
    pub fn wire_size(&self) -> u32 {
        (20 * self.elements.len() + 12 * self.seen.entries().len()) as u32
    }

    fn has(&self, dot: Dot) -> bool {
        self.elements.binary_search_by_key(&dot, |(own, _)| *own).is_ok()
    }

    fn insert(&mut self, dot: Dot, element: i64) {
        let place = self.elements.partition_point(|(before, _)| *before < dot);
        self.elements.insert(place, (dot, element));
    }
}

footprint_fields!(OrSet { seen, elements });
encode_fields!(OrSet { seen, elements });
