//! What a server holds, in slices of the circle: cloning shares them, writing copies one.
//!
//! Each slice keeps the digest of its content, so that neither a digest of the server nor a comparison
//! walks all keys.

use std::rc::Rc;

use netsplit_sim::encode::{Digest, Encode, Encoder};
use netsplit_sim::footprint_fields;

use super::object::Object;
use super::ring::Position;

/// In how many slices the circle is cut: a power of four.
pub(super) const SLICES: u32 = 64;

/// In which slice a key is.
pub(super) fn slice_of(key: u32) -> u32 {
    (Position::of_key(key).0 >> (u64::BITS - SLICES.trailing_zeros())) as u32
}

/// Objects by key.
#[derive(Clone, Debug, Default)]
pub struct Store {
    /// None as long as nothing was stored.
    slices: Vec<Rc<Slice>>,
    /// Number of keys.
    len: u32,
}

#[derive(Clone, Debug, Default)]
struct Slice {
    /// Ordered by key.
    entries: Vec<(u32, Object)>,
    /// Of all entries, whatever their order.
    digest: u64,
}

footprint_fields!(Slice { entries });
footprint_fields!(Store { slices });

impl Encode for Store {
    fn encode(&self, out: &mut Encoder) {
        self.len.encode(out);
        for slice in &self.slices {
            slice.digest.encode(out);
        }
    }
}

/// The hash of a key with what is stored under it.
pub(super) fn digest(key: u32, object: &Object) -> u64 {
    let mut out = Encoder::default();
    key.encode(&mut out);
    object.encode(&mut out);
    let Digest(digest) = out.finish();
    digest
}

impl Slice {
    fn place(&self, key: u32) -> Result<usize, usize> {
        self.entries.binary_search_by_key(&key, |(key, _)| *key)
    }

    fn put(&mut self, key: u32, object: Object) -> bool {
        self.digest ^= digest(key, &object);
        match self.place(key) {
            Ok(place) => {
                self.digest ^= digest(key, &self.entries[place].1);
                self.entries[place].1 = object;
                false
            }
            Err(place) => {
                self.entries.insert(place, (key, object));
                true
            }
        }
    }

    fn remove(&mut self, key: u32) -> bool {
        let Ok(place) = self.place(key) else { return false };
        let (_, object) = self.entries.remove(place);
        self.digest ^= digest(key, &object);
        true
    }
}

impl Store {
    /// What is stored under a key; nothing if nothing is.
    pub fn get(&self, key: u32) -> Object {
        self.find(key).cloned().unwrap_or_default()
    }

    /// What is stored under a key.
    pub fn find(&self, key: u32) -> Option<&Object> {
        let slice = self.slices.get(slice_of(key) as usize)?;
        slice.place(key).ok().map(|place| &slice.entries[place].1)
    }

    /// Replaces what is stored under a key.
    pub fn put(&mut self, key: u32, object: Object) {
        if self.slices.is_empty() {
            self.slices = vec![Rc::default(); SLICES as usize];
        }
        let slice = Rc::make_mut(&mut self.slices[slice_of(key) as usize]);
        self.len += u32::from(slice.put(key, object));
    }

    /// Forgets a key.
    pub fn remove(&mut self, key: u32) {
        if let Some(slice) = self.slices.get_mut(slice_of(key) as usize) {
            self.len -= u32::from(Rc::make_mut(slice).remove(key));
        }
    }

    /// Number of keys.
    pub fn keys(&self) -> u32 {
        self.len
    }

    /// What is stored, slice by slice.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Object)> {
        self.slices.iter().flat_map(|slice| slice.entries.iter().map(|(key, object)| (*key, object)))
    }

    /// What is stored in one slice, by key.
    pub fn slice(&self, slice: u32) -> impl Iterator<Item = (u32, &Object)> {
        let entries = self.slices.get(slice as usize).map(|slice| &*slice.entries).unwrap_or_default();
        entries.iter().map(|(key, object)| (*key, object))
    }

    /// Holds what equals the other store only once from now on.
    pub fn share_with(&mut self, other: &Self) {
        for (own, other) in self.slices.iter_mut().zip(&other.slices) {
            if own.digest == other.digest && own.entries == other.entries {
                *own = other.clone();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quorum_replication::object::Stored;
    use crate::version_vector::{Dot, Version, VersionVector};
    use netsplit_sim::clock::LocalTime;
    use netsplit_sim::footprint::Footprint;
    use netsplit_sim::id::NodeId;

    fn object(number: i64) -> Object {
        let value = Stored { at: LocalTime(0), number };
        let dot = Dot::new(NodeId::server(0), number as u32);
        Object::single(Version { dot, past: VersionVector::default(), value })
    }

    #[test]
    fn what_was_put_last_is_found_and_the_digest_knows_no_order() {
        let (mut one, mut two) = (Store::default(), Store::default());
        for key in 0..500 {
            one.put(key, object(1));
            one.put(key, object(2));
            two.put(499 - key, object(2));
        }
        assert_eq!((one.keys(), one.get(77)), (500, object(2)));
        assert_eq!(one.digest(), two.digest());
        one.remove(3);
        assert_eq!((one.keys(), one.get(3)), (499, Object::default()));
        assert_ne!(one.digest(), two.digest());
    }

    #[test]
    fn a_write_after_a_clone_copies_one_slice() {
        let mut store = Store::default();
        (0..1_000).for_each(|key| store.put(key, object(1)));
        let before = store.clone();
        store.put(5, object(2));
        let copied = store.slices.iter().zip(&before.slices).filter(|(a, b)| !Rc::ptr_eq(a, b)).count();
        assert_eq!((copied, before.get(5)), (1, object(1)));
        assert!(store.heap(Some(&before)) < before.heap(None) / 10);
    }
}
