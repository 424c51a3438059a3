//! Digests: one fixed-width little-endian serializer and 64-bit XXH64 over what it wrote.
//!
//! `derive(Hash)` is not portable (it writes `usize` and native endianness), so state is written by
//! [`Encode`], which exists for no `usize`, no float and no text.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::rc::Rc;

use twox_hash::XxHash64;

use crate::id::{Link, MessageId, NodeId, ProcessId, Step, TimerName, WallId};
use crate::time::{SimDuration, SimTime};

/// A 64-bit fingerprint of a run or of a state, shown as 16 hex digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub u64);

impl Digest {
    /// The digest of these bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(XxHash64::oneshot(0, bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Bytes that an encoder holds without allocating: more than an entry of a log takes.
const INLINE: usize = 120;

/// Collects fixed-width little-endian bytes.
#[derive(Clone, Debug)]
pub struct Encoder {
    inline: [u8; INLINE],
    /// How much of `inline` is used; all of it once `spilled` holds everything.
    len: usize,
    spilled: Vec<u8>,
}

impl Default for Encoder {
    fn default() -> Self {
        Self { inline: [0; INLINE], len: 0, spilled: Vec::new() }
    }
}

impl Encoder {
    /// Appends the bytes as they are.
    #[inline]
    pub fn bytes(&mut self, bytes: &[u8]) {
        let end = self.len + bytes.len();
        match self.inline.get_mut(self.len..end) {
            Some(room) => {
                room.copy_from_slice(bytes);
                self.len = end;
            }
            None => self.spill(bytes),
        }
    }

    #[cold]
    fn spill(&mut self, bytes: &[u8]) {
        if self.spilled.is_empty() {
            self.spilled.extend_from_slice(&self.inline[..self.len]);
            self.len = INLINE;
        }
        self.spilled.extend_from_slice(bytes);
    }

    fn written(&self) -> &[u8] {
        if self.spilled.is_empty() { &self.inline[..self.len] } else { &self.spilled }
    }

    /// The digest of all that was written, leaving the encoder empty and its memory in place.
    pub fn finish(&mut self) -> Digest {
        let digest = Digest::of_bytes(self.written());
        self.len = 0;
        self.spilled.clear();
        digest
    }
}

/// A value with one portable byte form. Two values with equal bytes are equal.
pub trait Encode {
    /// Appends the value.
    fn encode(&self, out: &mut Encoder);

    /// The digest of this value alone.
    fn digest(&self) -> Digest {
        let mut out = Encoder::default();
        self.encode(&mut out);
        out.finish()
    }
}

macro_rules! encode_integers {
    ($($integer:ty)*) => {$(
        impl Encode for $integer {
            fn encode(&self, out: &mut Encoder) {
                out.bytes(&self.to_le_bytes());
            }
        }
    )*};
}
encode_integers!(u8 u16 u32 u64 i32 i64);

/// Writes `Encode` for a struct as its fields in the order given.
#[macro_export]
macro_rules! encode_fields {
    ($name:ty { $($field:tt),* $(,)? }) => {
        impl $crate::encode::Encode for $name {
            fn encode(&self, out: &mut $crate::encode::Encoder) {
                $($crate::encode::Encode::encode(&self.$field, out);)*
            }
        }
    };
}

encode_fields!(SimTime { 0 });
encode_fields!(SimDuration { 0 });
encode_fields!(TimerName { 0 });
encode_fields!(WallId { 0 });
encode_fields!(ProcessId { 0 });
encode_fields!(Step { 0 });
encode_fields!(Digest { 0 });
encode_fields!(Link { from, to });
encode_fields!(MessageId { link, index, copy });

impl Encode for NodeId {
    fn encode(&self, out: &mut Encoder) {
        self.raw().encode(out);
    }
}

impl Encode for () {
    fn encode(&self, _out: &mut Encoder) {}
}

impl Encode for bool {
    fn encode(&self, out: &mut Encoder) {
        u8::from(*self).encode(out);
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, out: &mut Encoder) {
        self.is_some().encode(out);
        if let Some(value) = self {
            value.encode(out);
        }
    }
}

impl<T: Encode> Encode for Rc<T> {
    fn encode(&self, out: &mut Encoder) {
        (**self).encode(out);
    }
}

impl<A: Encode, B: Encode> Encode for (A, B) {
    fn encode(&self, out: &mut Encoder) {
        self.0.encode(out);
        self.1.encode(out);
    }
}

/// A count, then each item, so that neighbouring lists cannot trade items.
fn encode_all<'a, T: Encode + 'a>(items: impl ExactSizeIterator<Item = &'a T>, out: &mut Encoder) {
    (items.len() as u64).encode(out);
    for item in items {
        item.encode(out);
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, out: &mut Encoder) {
        encode_all(self.iter(), out);
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, out: &mut Encoder) {
        encode_all(self.iter(), out);
    }
}

impl<T: Encode> Encode for VecDeque<T> {
    fn encode(&self, out: &mut Encoder) {
        encode_all(self.iter(), out);
    }
}

impl<T: Encode> Encode for BTreeSet<T> {
    fn encode(&self, out: &mut Encoder) {
        encode_all(self.iter(), out);
    }
}

impl<K: Encode, V: Encode> Encode for BTreeMap<K, V> {
    fn encode(&self, out: &mut Encoder) {
        (self.len() as u64).encode(out);
        for (key, value) in self {
            key.encode(out);
            value.encode(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_byte_form_is_frozen() {
        let value = (vec![1u16, 2], Some(NodeId::client(0)));
        let mut out = Encoder::default();
        value.encode(&mut out);
        assert_eq!(out.written(), [2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 1, 0, 0x80]);
        assert_eq!(value.digest(), Digest::of_bytes(out.written()));
        assert_eq!(Digest::of_bytes(b"").to_string(), "ef46db3751d8e999");
    }

    #[test]
    fn what_does_not_fit_inline_is_the_same_bytes() {
        let mut out = Encoder::default();
        for len in [INLINE - 1, INLINE, INLINE + 1, 3 * INLINE] {
            let bytes: Vec<u8> = (0..len).map(|byte| byte as u8).collect();
            bytes.iter().for_each(|byte| byte.encode(&mut out));
            assert_eq!(out.written(), bytes);
            assert_eq!(out.finish(), Digest::of_bytes(&bytes));
        }
    }

    #[test]
    fn neighbouring_lists_cannot_trade_items() {
        let left = (vec![1u8, 2], vec![3u8]);
        let right = (vec![1u8], vec![2u8, 3]);
        assert_ne!(left.digest(), right.digest());
    }
}
