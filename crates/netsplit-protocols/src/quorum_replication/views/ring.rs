//! The ring and the Merkle tree of a server as they can be shown.

use netsplit_sim::describe::{RingKey, RingPanel, RingPoint, TablePanel, shown_key};
use netsplit_sim::id::NodeId;
use netsplit_words::say;

use crate::quorum_replication::config::Config;
use crate::quorum_replication::merkle::MerkleTree;
use crate::quorum_replication::ring::{Position, Ring};
use crate::quorum_replication::store::Store;

/// The most keys drawn on a ring.
const MOST_KEYS: usize = 24;

/// The ring as this server knows it, with the keys that it holds.
pub(super) fn panel(config: &Config, id: NodeId, ring: &Ring, store: &Store) -> RingPanel {
    let points = ring.tokens().iter().map(|token| RingPoint {
        at: token.at.ppm(),
        owner: token.owner,
        own: token.owner == id,
    });
    let mut keys: Vec<u32> = store.iter().map(|(key, _)| key).take(MOST_KEYS).collect();
    keys.sort_unstable_by_key(|key| Position::of_key(*key));
    let keys = keys.into_iter().map(|key| RingKey {
        at: Position::of_key(key).ppm(),
        label: shown_key(key),
        homes: ring.homes(key, config.n).as_slice().to_vec(),
        held: true,
    });
    RingPanel { title: say!("ring"), points: points.collect(), keys: keys.collect() }
}

/// The tree over all that a server holds, down to the level below the root.
pub(super) fn merkle(store: &Store) -> TablePanel {
    let tree = MerkleTree::of(store, |_| true);
    let short = |hash: u64| format!("{:08x}", hash >> 32);
    let quarter = |position: u32| {
        vec![say!("quarter {position}", position = position + 1), short(tree.node(1, position))]
    };
    let rows = [vec![say!("root").to_owned(), short(tree.root())]].into_iter().chain((0..4).map(quarter));
    TablePanel {
        title: say!("Merkle tree"),
        columns: vec![say!("range"), say!("hash")],
        rows: rows.collect(),
    }
}
