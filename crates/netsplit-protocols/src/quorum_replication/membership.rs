//! §4.8.1: who owns parts of the ring, and how the news of a change become everyone's.

use std::rc::Rc;

use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::NodeId;

use crate::quorum::ServerSet;

/// Who is a member, as far as somebody knows. Each server changes only its own entry, so the later of
/// two entries is the right one. Cloning shares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Membership(Option<Rc<Vec<Entry>>>);

/// What is known of one server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// How often it has joined or left; never decreases.
    pub changes: u32,
    /// Whether it is a member.
    pub member: bool,
}

encode_fields!(Entry { changes, member });
impl Footprint for Entry {}
footprint_fields!(Membership { 0 });

impl Encode for Membership {
    fn encode(&self, out: &mut Encoder) {
        self.entries().encode(out);
    }
}

impl Membership {
    /// The first `members` of `servers` own the ring.
    pub fn first(members: u16, servers: u16) -> Self {
        let entry = |index| Entry { changes: 0, member: index < members };
        Self(Some(Rc::new((0..servers).map(entry).collect())))
    }

    fn entries(&self) -> &[Entry] {
        self.0.as_ref().map_or(&[], |entries| entries)
    }

    /// Whether nothing is known yet.
    pub fn is_unknown(&self) -> bool {
        self.0.is_none()
    }

    /// What is known of a server.
    pub fn of(&self, id: NodeId) -> Entry {
        let entry = self.entries().get(usize::from(id.index()));
        entry.copied().unwrap_or(Entry { changes: 0, member: false })
    }

    /// All members.
    pub fn members(&self) -> ServerSet {
        let servers = (0..).map(NodeId::server).zip(self.entries());
        servers.filter(|(_, entry)| entry.member).map(|(id, _)| id).collect()
    }

    /// The same after a server has joined or left.
    #[must_use]
    pub fn with(&self, id: NodeId, member: bool) -> Self {
        let mut entries = self.entries().to_vec();
        if let Some(entry) = entries.get_mut(usize::from(id.index())) {
            *entry = Entry { changes: entry.changes + 1, member };
        }
        Self(Some(Rc::new(entries)))
    }

    /// What either knows.
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        let pairs = self.entries().iter().zip(other.entries());
        Self(Some(Rc::new(pairs.map(|(own, other)| *own.max(other)).collect())))
    }
}
