//! §4.2, §4.3: keys and virtual nodes on a circle of hash values, and the preference list of a key.

use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::NodeId;

use crate::quorum::ServerSet;

/// The most replicas that a key can have.
pub(super) const MOST_REPLICAS: u8 = 10;

/// A place on the circle of hash values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(pub u64);

encode_fields!(Position { 0 });

impl Position {
    /// Where a key stands.
    pub fn of_key(key: u32) -> Self {
        Self(mix(u64::from(key) ^ 0x6b65_7900_0000_0000))
    }

    /// Where a server's `token`-th virtual node stands; `ring` is another circle for each number.
    fn of_token(ring: u64, owner: NodeId, token: u64) -> Self {
        Self(mix(mix(ring).wrapping_add(u64::from(owner.raw()) << 32 | token)))
    }

    /// In parts per million of the circle.
    pub fn ppm(self) -> u32 {
        ((u128::from(self.0) * 1_000_000) >> 64) as u32
    }
}

/// The finalizer of SplitMix64: each bit of the input moves half of the output. Frozen, as runs are.
fn mix(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}

/// A virtual node: it owns what lies between the one before it and its own position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token {
    /// Where it stands.
    pub at: Position,
    /// Whose it is.
    pub owner: NodeId,
}

/// The virtual nodes of all members, in the order of the circle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ring {
    tokens: Vec<Token>,
}

impl Footprint for Token {}
footprint_fields!(Ring { tokens });

impl Ring {
    /// The ring of these members, each with that many virtual nodes.
    pub fn new(ring: u64, members: ServerSet, virtual_nodes: u64) -> Self {
        let mut tokens: Vec<Token> = Vec::new();
        for owner in members.iter() {
            for number in 0..virtual_nodes {
                let token = Token { at: Position::of_token(ring, owner, number), owner };
                let place = tokens.partition_point(|other| *other < token);
                tokens.insert(place, token);
            }
        }
        Self { tokens }
    }

    /// The virtual nodes, in the order of the circle.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// §4.3: the servers in the order in which they are asked about a key, each once: clockwise from
    /// the key, skipping positions of servers that are already there.
    pub fn preference_list(&self, key: u32) -> impl Iterator<Item = NodeId> {
        let first = self.tokens.partition_point(|token| token.at < Position::of_key(key));
        let (before, after) = self.tokens.split_at(first);
        let mut seen = ServerSet::default();
        after.iter().chain(before).map(|token| token.owner).filter(move |owner| {
            let new = !seen.contains(*owner);
            seen.insert(*owner);
            new
        })
    }

    /// The first `n` of the preference list: the homes of a key.
    pub fn homes(&self, key: u32, n: u8) -> Homes {
        let mut homes = Homes::default();
        self.preference_list(key).take(usize::from(n)).for_each(|id| homes.push(id));
        homes
    }
}

/// A few servers in the order of a preference list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Homes {
    nodes: [NodeId; MOST_REPLICAS as usize],
    len: u8,
}

impl Default for Homes {
    fn default() -> Self {
        Self { nodes: [NodeId::server(0); MOST_REPLICAS as usize], len: 0 }
    }
}

impl Homes {
    fn push(&mut self, id: NodeId) {
        self.nodes[usize::from(self.len)] = id;
        self.len += 1;
    }

    /// The servers, the first first.
    pub fn as_slice(&self) -> &[NodeId] {
        &self.nodes[..usize::from(self.len)]
    }

    /// Whether a server is one of them.
    pub fn contains(&self, id: NodeId) -> bool {
        self.as_slice().contains(&id)
    }

    /// Those of these that are not among the others.
    pub fn without(&self, others: &Self) -> impl Iterator<Item = NodeId> {
        self.as_slice().iter().copied().filter(move |id| !others.contains(*id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(servers: u16, virtual_nodes: u64) -> Ring {
        Ring::new(0, (0..servers).map(NodeId::server).collect(), virtual_nodes)
    }

    #[test]
    fn a_preference_list_names_every_member_once() {
        let ring = ring(7, 8);
        for key in 0..200 {
            let listed: Vec<_> = ring.preference_list(key).collect();
            let distinct: ServerSet = listed.iter().copied().collect();
            assert_eq!((listed.len(), distinct.count()), (7, 7));
            assert_eq!(ring.homes(key, 3).as_slice(), &listed[..3]);
        }
    }

    #[test]
    fn a_new_member_takes_keys_over_and_moves_none_between_others() {
        let (five, six) = (ring(5, 8), ring(6, 8));
        let mut taken = 0;
        for key in 0..1_000 {
            let (before, after) = (five.homes(key, 3), six.homes(key, 3));
            let newcomers: Vec<_> = after.without(&before).collect();
            assert!(newcomers.is_empty() || newcomers == [NodeId::server(5)], "key {key}: {newcomers:?}");
            taken += newcomers.len();
        }
        assert!((300..700).contains(&taken), "{taken} of 1,000 keys, about half expected");
    }

    #[test]
    fn more_virtual_nodes_share_the_circle_more_evenly() {
        let widest = |virtual_nodes| {
            let ring = ring(8, virtual_nodes);
            let count = |id| (0..4_000).filter(|key| ring.homes(*key, 1).contains(id)).count();
            (0..8).map(NodeId::server).map(count).max()
        };
        assert!(widest(64) < widest(1));
    }

    #[test]
    fn positions_are_frozen() {
        let positions = [0, 1, 1_000_000].map(|key| Position::of_key(key).0);
        assert_eq!(
            positions,
            [5_328_960_479_367_544_150, 14_014_653_941_288_838_296, 4_656_464_827_072_743_226]
        );
        assert_eq!(Position::of_token(7, NodeId::server(2), 5), Position(13_224_173_982_434_129_511));
        assert_eq!(Position(u64::MAX).ppm(), 999_999);
    }
}
