//! Quorum arithmetic: what a majority is, which servers are in a set, what a majority has reached.
//! Knows no message.

use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::id::NodeId;

/// Sets of servers are bit sets of this many.
pub const MOST_SERVERS: u16 = 128;

/// The smallest number of `servers` that any other such number intersects.
pub const fn majority(servers: u32) -> u32 {
    servers / 2 + 1
}

/// The largest value that at least `needed` of `values` have reached; `None` if there are too few.
pub fn reached_by<T: Copy + Ord>(values: impl Iterator<Item = T> + Clone, needed: u32) -> Option<T> {
    // Quadratic in a handful of servers, and without sorting a copy at every acknowledgement.
    let reached = |bar: T| values.clone().filter(|value| *value >= bar).count() as u32;
    values
        .clone()
        .fold(None, |best, bar| if Some(bar) > best && reached(bar) >= needed { Some(bar) } else { best })
}

/// A set of servers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServerSet {
    low: u64,
    high: u64,
}

impl Footprint for ServerSet {}
encode_fields!(ServerSet { low, high });

impl ServerSet {
    /// The first `count` servers.
    pub fn first(count: u16) -> Self {
        let mut set = Self::default();
        (0..count).for_each(|index| set.insert(NodeId::server(index)));
        set
    }

    /// Adds a server; nothing changes if it is there already.
    pub fn insert(&mut self, id: NodeId) {
        let word = if id.index() < 64 { &mut self.low } else { &mut self.high };
        *word |= 1 << (id.index() % 64);
    }

    /// Takes a server out; nothing changes if it is not there.
    pub fn remove(&mut self, id: NodeId) {
        let word = if id.index() < 64 { &mut self.low } else { &mut self.high };
        *word &= !(1 << (id.index() % 64));
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

    /// Servers in this set or the other.
    pub const fn union(self, other: Self) -> Self {
        Self { low: self.low | other.low, high: self.high | other.high }
    }

    /// Servers in both sets.
    pub const fn intersection(self, other: Self) -> Self {
        Self { low: self.low & other.low, high: self.high & other.high }
    }

    /// Servers in this set and not in the other.
    pub const fn without(self, other: Self) -> Self {
        Self { low: self.low & !other.low, high: self.high & !other.high }
    }

    /// The servers, in order.
    pub fn iter(self) -> impl Iterator<Item = NodeId> + Clone {
        (0..MOST_SERVERS).map(NodeId::server).filter(move |id| self.contains(*id))
    }
}

impl FromIterator<NodeId> for ServerSet {
    fn from_iter<I: IntoIterator<Item = NodeId>>(servers: I) -> Self {
        let mut set = Self::default();
        servers.into_iter().for_each(|id| set.insert(id));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_two_majorities_intersect_and_fewer_servers_would_not() {
        for servers in 1..=100 {
            assert!(2 * majority(servers) > servers);
            assert!(2 * (majority(servers) - 1) <= servers);
        }
    }

    #[test]
    fn a_value_is_reached_by_a_majority_when_enough_have_it_or_more() {
        let check = |values: &[u64], expected| {
            let needed = majority(values.len() as u32);
            assert_eq!(reached_by(values.iter().copied(), needed), Some(expected), "{values:?}");
        };
        check(&[5], 5);
        check(&[5, 3], 3);
        check(&[9, 0, 0], 0);
        check(&[2, 9, 4], 4);
        // By string order 10 would come before 9.
        check(&[10, 9, 9, 2, 1], 9);
        check(&[7, 7, 7, 7], 7);
        assert_eq!(reached_by([1, 2].into_iter(), 3), None);
    }

    #[test]
    fn a_server_is_counted_once_however_often_it_votes() {
        let mut set = ServerSet::default();
        for index in [0, 63, 64, 127, 63, 0] {
            set.insert(NodeId::server(index));
        }
        assert_eq!(set.count(), 4);
        let inside: Vec<u16> = (0..128).filter(|index| set.contains(NodeId::server(*index))).collect();
        assert_eq!(inside, [0, 63, 64, 127]);
        assert_eq!(set.union(ServerSet::first(3)).count(), 6);
        assert_eq!(set.intersection(ServerSet::first(64)).count(), 2);
        assert_eq!(set.iter().collect::<ServerSet>(), set);
        let left: Vec<u16> = set.without(ServerSet::first(64)).iter().map(NodeId::index).collect();
        assert_eq!(left, [64, 127]);
        set.remove(NodeId::server(64));
        set.remove(NodeId::server(5));
        assert!(set.count() == 3 && !set.is_empty() && ServerSet::default().is_empty());
    }
}
