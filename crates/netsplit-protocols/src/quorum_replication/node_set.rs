//! Sets of servers: who was asked, who answered, who is suspected. Knows no message.

use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::id::NodeId;

/// Sets of servers are bit sets of this many.
pub(super) const MOST_SERVERS: u16 = 128;

/// A set of servers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NodeSet {
    low: u64,
    high: u64,
}

encode_fields!(NodeSet { low, high });
impl Footprint for NodeSet {}

impl NodeSet {
    /// Adds a server; nothing changes if it is there already.
    pub fn insert(&mut self, id: NodeId) {
        let (word, bit) = self.place(id);
        *word |= bit;
    }

    /// Takes a server out; nothing changes if it is not there.
    pub fn remove(&mut self, id: NodeId) {
        let (word, bit) = self.place(id);
        *word &= !bit;
    }

    /// Whether a server is in it.
    pub fn contains(self, id: NodeId) -> bool {
        let word = if id.index() < 64 { self.low } else { self.high };
        word >> (id.index() % 64) & 1 == 1
    }

    /// How many servers are in it.
    pub const fn count(self) -> u32 {
        self.low.count_ones() + self.high.count_ones()
    }

    /// Whether nobody is in it.
    pub const fn is_empty(self) -> bool {
        self.low | self.high == 0
    }

    /// Those of this set that are not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self { low: self.low & !other.low, high: self.high & !other.high }
    }

    /// Its servers, in order.
    pub fn iter(self) -> impl Iterator<Item = NodeId> + Clone {
        (0..MOST_SERVERS).map(NodeId::server).filter(move |id| self.contains(*id))
    }

    fn place(&mut self, id: NodeId) -> (&mut u64, u64) {
        let bit = 1 << (id.index() % 64);
        (if id.index() < 64 { &mut self.low } else { &mut self.high }, bit)
    }
}

impl FromIterator<NodeId> for NodeSet {
    fn from_iter<I: IntoIterator<Item = NodeId>>(servers: I) -> Self {
        let mut set = Self::default();
        servers.into_iter().for_each(|id| set.insert(id));
        set
    }
}
