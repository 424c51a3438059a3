//! §4.7: a Merkle tree over the circle: its leaves are slices, each with the hash of what is in it.

use netsplit_sim::encode::Digest;

use super::store::{SLICES, Store, digest};

/// How many children a node has.
const FANOUT: u32 = 4;
/// The level of the leaves; the root is level 0.
pub(super) const LEAVES: u8 = 3;

/// The hashes of all nodes, level by level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MerkleTree(Vec<Vec<u64>>);

impl MerkleTree {
    /// The tree over these keys of a store. Nothing below a node makes its hash zero.
    pub(super) fn of(store: &Store, is_part: impl Fn(u32) -> bool) -> Self {
        let leaf = |slice| {
            let parts = store.slice(slice).filter(|(key, _)| is_part(*key));
            parts.fold(0, |hash, (key, object)| hash ^ digest(key, object))
        };
        let mut levels: Vec<Vec<u64>> = vec![(0..SLICES).map(leaf).collect()];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            levels.push(below.chunks(FANOUT as usize).map(parent).collect());
        }
        levels.reverse();
        Self(levels)
    }

    /// The hash of a node.
    pub(super) fn node(&self, level: u8, position: u32) -> u64 {
        self.0.get(usize::from(level)).and_then(|level| level.get(position as usize)).copied().unwrap_or(0)
    }

    /// The hash of everything.
    pub(super) fn root(&self) -> u64 {
        self.node(0, 0)
    }
}

fn parent(children: &[u64]) -> u64 {
    if children.iter().all(|hash| *hash == 0) {
        return 0;
    }
    let mut bytes = [0; 8 * FANOUT as usize];
    for (place, hash) in bytes.chunks_exact_mut(8).zip(children) {
        place.copy_from_slice(&hash.to_le_bytes());
    }
    let Digest(hash) = Digest::of_bytes(&bytes);
    hash
}

/// The positions, in the next level, of a node's children.
pub(super) fn children(position: u32) -> impl Iterator<Item = u32> {
    (0..FANOUT).map(move |child| position.saturating_mul(FANOUT).saturating_add(child))
}
