//! What a server keeps on disk, and a restart with it: its replica, and what it must not forget.

use std::collections::BTreeMap;
use std::rc::Rc;

use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::NodeId;
use netsplit_sim::protocol;

use super::message::{Store, Transfer};
use super::state::{Kind, State};
use super::types::{OpId, Serial, View};

/// The persistent state of a server.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    /// What is kept under each key that was ever updated. Shared with messages that tell all of it.
    pub store: Rc<Store>,
    /// The latest update taken of each client: a duplicate of its request does nothing.
    pub taken: BTreeMap<NodeId, Serial>,
    /// The view that the server is in; never decreases.
    pub view: View,
    /// Whether the server has run before.
    pub started: bool,
    /// How many writes there were: it tells whether anything changed.
    pub writes: u64,
}

/// One write, applied whole or not at all.
#[derive(Clone, Debug)]
pub enum Write {
    /// The server runs for the first time.
    Start,
    /// Takes an update of a client.
    Take(OpId),
    /// Keeps this under a key, instead of what was there.
    Put(u32, State),
    /// Enters a view.
    Enter(View),
    /// Takes over all that the primary of a view has. What that primary wrote since is kept, should it
    /// have come first.
    Adopt(View, Rc<Transfer>),
}

impl Disk {
    /// What is kept under a key.
    pub fn state(&self, key: u32, kind: Kind) -> State {
        self.store.get(&key).cloned().unwrap_or_else(|| State::empty(kind))
    }

    /// Whether this update was taken before, or a later one of the same client.
    pub fn has_taken(&self, id: OpId) -> bool {
        self.taken.get(&id.client).is_some_and(|latest| *latest >= id.serial)
    }

    fn adopt(&mut self, view: View, all: &Transfer) {
        let mut store = all.store.clone();
        for (key, own) in self.store.iter() {
            let written_since = matches!(own, State::Numbered(numbered) if numbered.view == view);
            let is_behind = store.get(key).is_none_or(|theirs| own.covers(theirs));
            if written_since && is_behind {
                store.insert(*key, own.clone());
            }
        }
        self.store = Rc::new(store);
        for (client, serial) in &all.taken {
            self.take(OpId { client: *client, serial: *serial });
        }
    }

    fn take(&mut self, id: OpId) {
        let latest = self.taken.entry(id.client).or_default();
        *latest = id.serial.max(*latest);
    }
}

impl protocol::Disk for Disk {
    type Write = Write;

    fn apply(&mut self, write: &Write) {
        self.writes += 1;
        match write {
            Write::Start => self.started = true,
            Write::Take(id) => self.take(*id),
            Write::Put(key, state) => {
                Rc::make_mut(&mut self.store).insert(*key, state.clone());
            }
            Write::Enter(view) => self.view = *view,
            Write::Adopt(view, all) => self.adopt(*view, all),
        }
    }
}

footprint_fields!(Disk { store, taken });
encode_fields!(Disk { store, taken, view, started });

impl Footprint for Write {
    fn heap(&self, _: Option<&Self>) -> usize {
        match self {
            Self::Put(_, state) => state.heap(None),
            Self::Adopt(_, all) => all.store.heap(None) + all.taken.heap(None),
            Self::Start | Self::Take(_) | Self::Enter(_) => 0,
        }
    }
}

impl Encode for Write {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Start => 0u8.encode(out),
            Self::Take(id) => (1u8, *id).encode(out),
            Self::Put(key, state) => (2u8, (*key, state.clone())).encode(out),
            Self::Enter(view) => (3u8, *view).encode(out),
            Self::Adopt(view, all) => (4u8, (*view, Rc::clone(all))).encode(out),
        }
    }
}
