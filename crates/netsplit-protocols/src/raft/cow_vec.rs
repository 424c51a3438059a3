//! A vector that is cheap to clone: full chunks are shared, and only the last one is ever copied.

use std::mem;
use std::rc::Rc;

use netsplit_sim::footprint::Footprint;

/// Items per chunk and chunks per block: a push to a shared vector copies at most so many of each.
const CHUNK: usize = 32;

type Chunk<T> = Rc<Vec<T>>;
type Block<T> = Rc<Vec<Chunk<T>>>;

/// Grows and shrinks at its end. A clone costs three reference counts, whatever the length, so that
/// a keyframe of a run with long logs stays small.
#[derive(Clone, Debug)]
pub struct CowVec<T> {
    /// Full blocks of full chunks.
    blocks: Rc<Vec<Block<T>>>,
    /// The full chunks after them, too few for a block.
    chunks: Block<T>,
    /// The items after those, too few for a chunk.
    last: Chunk<T>,
}

impl<T> Default for CowVec<T> {
    fn default() -> Self {
        Self { blocks: Rc::default(), chunks: Rc::default(), last: Rc::default() }
    }
}

impl<T: Clone> CowVec<T> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.full_chunks() * CHUNK + self.last.len()
    }

    fn full_chunks(&self) -> usize {
        self.blocks.len() * CHUNK + self.chunks.len()
    }

    /// A chunk by its number, the last one included.
    fn chunk(&self, number: usize) -> Option<&Chunk<T>> {
        let block = self.blocks.get(number / CHUNK).unwrap_or(&self.chunks);
        if number < self.full_chunks() { block.get(number % CHUNK) } else { None }
    }

    /// The item at `position`, from zero.
    pub fn get(&self, position: usize) -> Option<&T> {
        let number = position / CHUNK;
        match self.chunk(number) {
            Some(chunk) => chunk.get(position % CHUNK),
            None => self.last.get(position.checked_sub(self.full_chunks() * CHUNK)?),
        }
    }

    /// The last item.
    pub fn last(&self) -> Option<&T> {
        self.last.last().or_else(|| self.chunk(self.full_chunks().checked_sub(1)?)?.last())
    }

    /// Appends an item.
    pub fn push(&mut self, item: T) {
        Rc::make_mut(&mut self.last).push(item);
        if self.last.len() < CHUNK {
            return;
        }
        let room = Rc::new(Vec::with_capacity(CHUNK));
        Rc::make_mut(&mut self.chunks).push(mem::replace(&mut self.last, room));
        if self.chunks.len() == CHUNK {
            Rc::make_mut(&mut self.blocks).push(mem::take(&mut self.chunks));
        }
    }

    /// Keeps the first `len` items.
    pub fn truncate(&mut self, len: usize) {
        if len >= self.len() {
            return;
        }
        let (chunk, block) = (len / CHUNK, len / CHUNK / CHUNK);
        if let Some(cut) = self.chunk(chunk) {
            self.last = Rc::clone(cut);
            if let Some(cut) = self.blocks.get(block) {
                self.chunks = Rc::clone(cut);
                Rc::make_mut(&mut self.blocks).truncate(block);
            }
            Rc::make_mut(&mut self.chunks).truncate(chunk % CHUNK);
        }
        Rc::make_mut(&mut self.last).truncate(len % CHUNK);
    }

    /// Holds what equals its counterpart in `other` only once from now on. Two items that are the `same`
    /// must have the same items before them, as those of running hashes do.
    pub fn share_with(&mut self, other: &Self, same: impl Fn(&T, &T) -> bool) {
        let same_chunk = |ours: &Chunk<T>, theirs: &Chunk<T>| {
            !Rc::ptr_eq(ours, theirs) && ours.last().zip(theirs.last()).is_some_and(|(a, b)| same(a, b))
        };
        let same_block = |ours: &Block<T>, theirs: &Block<T>| {
            !Rc::ptr_eq(ours, theirs) && ours.last().zip(theirs.last()).is_some_and(|(a, b)| same_chunk(a, b))
        };
        for at in (0..self.blocks.len().min(other.blocks.len())).rev() {
            if Rc::ptr_eq(&self.blocks[at], &other.blocks[at]) {
                break;
            }
            if same_block(&self.blocks[at], &other.blocks[at]) {
                Rc::make_mut(&mut self.blocks)[at] = Rc::clone(&other.blocks[at]);
            }
        }
        for at in 0..self.chunks.len() {
            let theirs = other.chunk(self.blocks.len() * CHUNK + at);
            if let Some(theirs) = theirs.filter(|theirs| same_chunk(&self.chunks[at], theirs)) {
                Rc::make_mut(&mut self.chunks)[at] = Rc::clone(theirs);
            }
        }
    }
}

impl<T: Footprint> Footprint for CowVec<T> {
    fn heap(&self, other: Option<&Self>) -> usize {
        self.blocks.heap(other.map(|other| &other.blocks))
            + self.chunks.heap(other.map(|other| &other.chunks))
            + self.last.heap(other.map(|other| &other.last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn items(vec: &CowVec<u32>) -> Vec<u32> {
        (0..vec.len()).filter_map(|position| vec.get(position).copied()).collect()
    }

    #[test]
    fn vectors_that_are_equal_so_far_share_that_and_stay_as_they_were() {
        let mut left = CowVec::default();
        (0..5_000).for_each(|item| left.push(item));
        let mut right = CowVec::default();
        (0..4_000).for_each(|item| right.push(item));
        (0..900).for_each(|item| right.push(10_000 + item));
        let (kept, alone) = (items(&right), right.heap(Some(&left)));
        right.share_with(&left, |a, b| a == b);
        assert_eq!(items(&right), kept);
        let beside = right.heap(Some(&left));
        assert!((900 * 4..3_000 * 4).contains(&beside), "{beside} of {alone} bytes are its own");
    }

    proptest! {
        /// Positive numbers push that many items, others truncate to a share of the length.
        #[test]
        fn it_behaves_like_a_plain_vector_and_its_clones_stay_as_they_were(
            steps in prop::collection::vec(-100i32..700, 1..30),
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
