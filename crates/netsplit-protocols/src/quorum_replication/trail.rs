//! What the last event changed at a server: for the properties only, which keep no copy of a store.

use netsplit_sim::footprint::Footprint;

use super::object::Object;

/// What the last event changed.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail {
    /// Grows with everything noted here, so that nothing is looked at twice.
    pub(super) noted: u64,
    /// Keys whose object changed, with what it was before.
    pub(super) changed: Vec<(u32, Object)>,
    /// Writes that a client was told are done.
    pub(super) acknowledged: Vec<Acknowledged>,
}

/// A client was told that a write is done.
#[derive(Clone, Debug)]
pub(super) struct Acknowledged {
    pub(super) key: u32,
    /// The version that was written, alone.
    pub(super) object: Object,
    /// How many replicas have it, as far as the coordinator knows.
    pub(super) by: u8,
}

// What it holds is held by the store too, but for an instant.
impl Footprint for Trail {}

impl Trail {
    /// A new event begins.
    pub(super) fn begin(&mut self) {
        self.changed.clear();
        self.acknowledged.clear();
    }

    pub(super) fn changes(&mut self, key: u32, before: Object) {
        self.noted += 1;
        self.changed.push((key, before));
    }

    pub(super) fn acknowledges(&mut self, acknowledged: Acknowledged) {
        self.noted += 1;
        self.acknowledged.push(acknowledged);
    }
}
