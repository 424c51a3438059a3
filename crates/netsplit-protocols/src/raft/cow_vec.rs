//! A vector that is cheap to clone: full chunks are shared, and only the last one is ever copied.

use std::mem;
use std::rc::Rc;

use netsplit_sim::footprint::Footprint;

/// Items per chunk: a push to a shared vector copies at most this many.
const CHUNK: usize = 64;

/// Grows and shrinks at its end. A clone costs two reference counts, whatever the length, so that a
/// keyframe of a run with long logs stays small.
#[derive(Clone, Debug)]
pub struct CowVec<T> {
    full: Rc<Vec<Rc<Vec<T>>>>,
    last: Rc<Vec<T>>,
}

impl<T> Default for CowVec<T> {
    fn default() -> Self {
        Self { full: Rc::default(), last: Rc::default() }
    }
}

impl<T: Clone> CowVec<T> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.full.len() * CHUNK + self.last.len()
    }

    /// The item at `position`, from zero.
    pub fn get(&self, position: usize) -> Option<&T> {
        let chunk = self.full.get(position / CHUNK).unwrap_or(&self.last);
        if position < self.len() { chunk.get(position % CHUNK) } else { None }
    }

    /// The last item.
    pub fn last(&self) -> Option<&T> {
        self.len().checked_sub(1).and_then(|position| self.get(position))
    }

    /// Appends an item.
    pub fn push(&mut self, item: T) {
        Rc::make_mut(&mut self.last).push(item);
        if self.last.len() == CHUNK {
            Rc::make_mut(&mut self.full).push(mem::take(&mut self.last));
        }
    }

    /// Keeps the first `len` items.
    pub fn truncate(&mut self, len: usize) {
        if len >= self.len() {
            return;
        }
        if let Some(chunk) = self.full.get(len / CHUNK) {
            self.last = Rc::clone(chunk);
            Rc::make_mut(&mut self.full).truncate(len / CHUNK);
        }
        Rc::make_mut(&mut self.last).truncate(len % CHUNK);
    }
}

impl<T: Footprint> Footprint for CowVec<T> {
    fn heap(&self, other: Option<&Self>) -> usize {
        self.full.heap(other.map(|other| &other.full)) + self.last.heap(other.map(|other| &other.last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn items(vec: &CowVec<u32>) -> Vec<u32> {
        (0..vec.len()).filter_map(|position| vec.get(position).copied()).collect()
    }

    proptest! {
        /// Positive numbers push that many items, others truncate to a share of the length.
        #[test]
        fn it_behaves_like_a_plain_vector_and_its_clones_stay_as_they_were(
            steps in prop::collection::vec(-100i32..150, 1..30),
        ) {
            let (mut vec, mut plain) = (CowVec::default(), Vec::new());
            for step in steps {
                let (clone, kept) = (vec.clone(), plain.clone());
                if step > 0 {
                    (0..step as u32).for_each(|item| { vec.push(item); plain.push(item); });
                } else {
                    let len = plain.len() * (100 + step) as usize / 100;
                    vec.truncate(len);
                    plain.truncate(len);
                }
                prop_assert_eq!(items(&vec), plain.clone());
                prop_assert_eq!(vec.last(), plain.last());
                prop_assert_eq!(vec.get(plain.len()), None);
                prop_assert_eq!(items(&clone), kept);
            }
        }
    }
}
