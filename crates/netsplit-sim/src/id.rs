//! Names of the things in a run: nodes, processes, messages, timers, walls.

use std::fmt;
use std::str::FromStr;

use netsplit_words::say;
use thiserror::Error;

/// A participant: a server (`n1`, `n2`, …) or a client (`c1`, `c2`, …), counted from zero inside and
/// from one in every text. Servers order before clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u16);

/// The bit that tells a client from a server.
const CLIENT: u16 = 1 << 15;

impl NodeId {
    /// The `index`-th server, from zero.
    pub const fn server(index: u16) -> Self {
        Self(index)
    }

    /// The `index`-th client, from zero.
    pub const fn client(index: u16) -> Self {
        Self(index | CLIENT)
    }

    /// Whether this participant is a client.
    pub const fn is_client(self) -> bool {
        self.0 & CLIENT != 0
    }

    /// The position among the servers, or among the clients, from zero.
    pub const fn index(self) -> u16 {
        self.0 & !CLIENT
    }

    /// The identity as one number, for digests and note arguments.
    pub const fn raw(self) -> u16 {
        self.0
    }

    /// The participant whose [`raw`](Self::raw) number this is.
    pub const fn from_raw(raw: u16) -> Self {
        Self(raw)
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = if self.is_client() { 'c' } else { 'n' };
        write!(f, "{letter}{}", self.index() + 1)
    }
}

/// A text that names no participant.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", say!("“{it}” names no participant: servers are n1, n2, … and clients c1, c2, …", it = _0))]
pub struct BadNodeName(pub String);

impl FromStr for NodeId {
    type Err = BadNodeName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadNodeName(text.chars().take(40).collect());
        let number = text.get(1..).and_then(|digits| digits.parse::<u16>().ok());
        let index = number.filter(|n| (1..=9_999).contains(n)).ok_or_else(bad)? - 1;
        match text.as_bytes()[0] {
            b'n' => Ok(Self::server(index)),
            b'c' => Ok(Self::client(index)),
            _ => Err(bad()),
        }
    }
}

/// How many servers and clients a run has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topology {
    /// Number of servers, at least one.
    pub servers: u16,
    /// Number of clients, possibly none.
    pub clients: u16,
}

impl Topology {
    /// All servers, in order.
    pub fn servers(self) -> impl DoubleEndedIterator<Item = NodeId> + Clone {
        (0..self.servers).map(NodeId::server)
    }

    /// All clients, in order.
    pub fn clients(self) -> impl DoubleEndedIterator<Item = NodeId> + Clone {
        (0..self.clients).map(NodeId::client)
    }

    /// Servers, then clients.
    pub fn everyone(self) -> impl Iterator<Item = NodeId> + Clone {
        self.servers().chain(self.clients())
    }

    /// How many participants there are.
    pub const fn len(self) -> usize {
        self.servers as usize + self.clients as usize
    }

    /// Whether there is nobody at all.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether the participant exists in this run.
    pub const fn contains(self, id: NodeId) -> bool {
        let count = if id.is_client() { self.clients } else { self.servers };
        id.index() < count
    }

    /// Position among all participants, servers first.
    pub const fn position(self, id: NodeId) -> usize {
        let offset = if id.is_client() { self.servers as usize } else { 0 };
        offset + id.index() as usize
    }
}

/// A directed link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// Who sends on it.
    pub from: NodeId,
    /// Who receives.
    pub to: NodeId,
}

impl Link {
    /// The link from `from` to `to`.
    pub const fn new(from: NodeId, to: NodeId) -> Self {
        Self { from, to }
    }

    /// The link in the other direction.
    pub const fn reversed(self) -> Self {
        Self { from: self.to, to: self.from }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}→{}", self.from, self.to)
    }
}

/// A message as every replay of the run finds it again: the `index`-th on its link, and which copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId {
    /// The link it travels on.
    pub link: Link,
    /// How many messages the link carried before it, lost ones included.
    pub index: u32,
    /// 0 for the original, 1 for the network's own duplicate, from 2 for those made by hand.
    pub copy: u32,
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.link, self.index)?;
        if self.copy > 0 { write!(f, "+{}", self.copy) } else { Ok(()) }
    }
}

/// A timer of one node, numbered by its protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimerName(pub u8);

/// An order to a server, numbered by its protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderName(pub u8);

/// A way to tamper with a message, numbered by its protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TamperName(pub u8);

/// A wall, numbered by whoever raised it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallId(pub u32);

/// A logical client process: at most one operation in flight, never used again after an operation
/// whose outcome is unknown (Jepsen's rule).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcessId(pub u32);

/// The number of an event or intervention in the run, from one; zero is the boot before all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step(pub u64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_as_written() {
        for id in [NodeId::server(0), NodeId::server(99), NodeId::client(0), NodeId::client(49)] {
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn what_is_no_name_is_refused_by_a_sentence() {
        for text in ["", "n", "n0", "x1", "n-1", "ñ1", "n99999999999"] {
            let refused = text.parse::<NodeId>().unwrap_err();
            assert!(refused.to_string().contains("names no participant"), "{text}");
        }
    }
}
