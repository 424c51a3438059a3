//! How much memory a value holds, so that what is kept of a run can have a budget.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::mem::size_of;
use std::rc::Rc;

use crate::clock::LocalTime;
use crate::encode::Digest;
use crate::history::Value;
use crate::id::{Link, MessageId, NodeId, ProcessId, Step, TimerName, WallId};
use crate::time::{SimDuration, SimTime};

/// Bytes on the heap, counted by capacity. The default is for values that hold none.
pub trait Footprint {
    /// Bytes that this value holds on the heap, without those that it shares with `other` through
    /// an `Rc`. What cannot be told apart is counted twice rather than not at all.
    fn heap(&self, _other: Option<&Self>) -> usize {
        0
    }
}

/// Writes [`Footprint`] for a struct: the fields named are those that hold something.
#[macro_export]
macro_rules! footprint_fields {
    ($name:ty { $($field:tt),* $(,)? }) => {
        impl $crate::footprint::Footprint for $name {
            fn heap(&self, other: Option<&Self>) -> usize {
                [$($crate::footprint::Footprint::heap(&self.$field, other.map(|other| &other.$field))),*]
                    .into_iter()
                    .sum()
            }
        }
    };
}

macro_rules! holds_nothing {
    ($($flat:ty)*) => {$(
        impl Footprint for $flat {}
    )*};
}
holds_nothing!(() Digest LocalTime Value u8 u16 u32 u64 i32 i64 Link MessageId NodeId ProcessId Step TimerName WallId SimDuration SimTime);

/// What stands before the value in an `Rc`: two counts.
pub const RC_HEADER: usize = 2 * size_of::<usize>();

impl<T: Footprint> Footprint for Rc<T> {
    fn heap(&self, other: Option<&Self>) -> usize {
        match other {
            Some(other) if Self::ptr_eq(self, other) => 0,
            _ => RC_HEADER + size_of::<T>() + (**self).heap(other.map(|other| &**other)),
        }
    }
}

impl<T: Footprint> Footprint for Option<T> {
    fn heap(&self, other: Option<&Self>) -> usize {
        self.as_ref().map_or(0, |value| value.heap(other.and_then(Option::as_ref)))
    }
}

impl<A: Footprint, B: Footprint> Footprint for (A, B) {
    fn heap(&self, other: Option<&Self>) -> usize {
        self.0.heap(other.map(|other| &other.0)) + self.1.heap(other.map(|other| &other.1))
    }
}

impl<T: Footprint> Footprint for Vec<T> {
    fn heap(&self, other: Option<&Self>) -> usize {
        let beside = |position| other.and_then(|other| other.get(position));
        let items: usize = self.iter().enumerate().map(|(position, item)| item.heap(beside(position))).sum();
        self.capacity() * size_of::<T>() + items
    }
}

impl<T: Footprint> Footprint for VecDeque<T> {
    fn heap(&self, _: Option<&Self>) -> usize {
        self.capacity() * size_of::<T>() + self.iter().map(|item| item.heap(None)).sum::<usize>()
    }
}

/// B-tree nodes have room for eleven items and, but for the root, at least five.
fn tree(len: usize, item: usize) -> usize {
    len.div_ceil(5) * (11 * item + 3 * size_of::<usize>())
}

impl<K: Footprint, V: Footprint> Footprint for BTreeMap<K, V> {
    fn heap(&self, _: Option<&Self>) -> usize {
        let items: usize = self.iter().map(|(key, value)| key.heap(None) + value.heap(None)).sum();
        tree(self.len(), size_of::<(K, V)>()) + items
    }
}

impl<T: Footprint> Footprint for BTreeSet<T> {
    fn heap(&self, _: Option<&Self>) -> usize {
        tree(self.len(), size_of::<T>()) + self.iter().map(|item| item.heap(None)).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_counts_once_and_what_differs_counts() {
        let first: Vec<Rc<Vec<u64>>> = vec![Rc::new(vec![1; 8]), Rc::new(vec![2; 8])];
        let mut second = first.clone();
        let alone = second.heap(None);
        let vector = 2 * size_of::<usize>();
        assert_eq!(second.heap(Some(&first)), vector, "only the vector of pointers is its own");
        Rc::make_mut(&mut second[1]).push(3);
        assert!(second.heap(Some(&first)) > vector + 9 * 8);
        assert!(second.heap(Some(&first)) < alone);
    }
}
