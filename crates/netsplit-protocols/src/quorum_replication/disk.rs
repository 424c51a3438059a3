//! What a server keeps: objects, hints, and who is a member. On disk, or in memory where the write
//! buffer of §6.1 is trusted.

use std::collections::BTreeMap;
use std::rc::Rc;

use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::NodeId;
use netsplit_sim::protocol;

use super::membership::Membership;
use super::object::Object;
use super::store::Store;

/// Objects kept for homes that were unreachable, by home and key (§4.6).
pub type Hints = BTreeMap<(NodeId, u32), Object>;

/// Everything that a server keeps.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The objects of keys that it is a home of.
    pub store: Store,
    /// What it keeps for others until they are back; shared until it changes.
    pub hints: Rc<Hints>,
    /// Who owns parts of the ring, as far as it knows; nothing before the first change.
    pub membership: Membership,
}

/// One write, applied whole or not at all.
#[derive(Clone, Debug)]
pub enum Write {
    /// Replaces what is stored under a key.
    Put(u32, Object),
    /// Forgets a key that has moved to others.
    Remove(u32),
    /// Replaces what is kept for a home.
    Hint(NodeId, u32, Object),
    /// Forgets what was handed over.
    Unhint(NodeId, u32),
    /// Forgets all hints (by a flaw only).
    DropHints,
    /// Adopts who is a member.
    Membership(Membership),
}

impl protocol::Disk for Kept {
    type Write = Write;

    fn apply(&mut self, write: &Write) {
        match write {
            Write::Put(key, object) => self.store.put(*key, object.clone()),
            Write::Remove(key) => self.store.remove(*key),
            Write::Hint(home, key, object) => {
                Rc::make_mut(&mut self.hints).insert((*home, *key), object.clone());
            }
            Write::Unhint(home, key) => {
                Rc::make_mut(&mut self.hints).remove(&(*home, *key));
            }
            Write::DropHints => self.hints = Rc::default(),
            Write::Membership(membership) => self.membership = membership.clone(),
        }
    }

    fn share_with(&mut self, other: &Self) {
        self.store.share_with(&other.store);
    }
}

impl Kept {
    /// What a reader is told: what is stored, and what is kept for others.
    pub fn known(&self, key: u32) -> impl Iterator<Item = &Object> {
        let hints = self.hints.iter().filter(move |((_, hinted), _)| *hinted == key);
        self.store.find(key).into_iter().chain(hints.map(|(_, object)| object))
    }
}

footprint_fields!(Kept { store, hints, membership });
encode_fields!(Kept { store, hints, membership });

impl Footprint for Write {
    fn heap(&self, _: Option<&Self>) -> usize {
        match self {
            Self::Put(_, object) | Self::Hint(_, _, object) => object.heap(None),
            Self::Membership(membership) => membership.heap(None),
            Self::Remove(_) | Self::Unhint(..) | Self::DropHints => 0,
        }
    }
}

impl Encode for Write {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Put(key, object) => {
                (0u8, *key).encode(out);
                object.encode(out);
            }
            Self::Remove(key) => (1u8, *key).encode(out),
            Self::Hint(home, key, object) => {
                (2u8, (*home, *key)).encode(out);
                object.encode(out);
            }
            Self::Unhint(home, key) => (3u8, (*home, *key)).encode(out),
            Self::DropHints => 4u8.encode(out),
            Self::Membership(membership) => {
                5u8.encode(out);
                membership.encode(out);
            }
        }
    }
}
