//! The numbers of the register, each a type of its own: operations, tags, stamps, views.

use std::fmt;

use netsplit_sim::clock::LocalTime;
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::id::NodeId;

/// The number of a client's operation, increasing over the client's life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serial(pub u32);

/// One operation of one client: what answers, and duplicates, are recognized by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpId {
    /// The client.
    pub client: NodeId,
    /// Which of its operations.
    pub serial: Serial,
}

/// The version of a value: a number, and the writer to break ties (Lynch and Shvartsman 1997, §3). The
/// initial value has number zero and no writer.
///
/// The writer is named together with its operation, because a client that never learns what became of
/// a write may take the same number again: to the algorithm it is a new client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag {
    /// One more than the highest that a majority told.
    pub number: u64,
    /// Who wrote; left out only by a flaw, and by the initial value.
    pub writer: Option<OpId>,
}

/// When a value was written, by the clock of the server that took the write; of two written at the
/// same time, the one taken by the server of the higher number counts as later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// What that server's clock read.
    pub time: LocalTime,
    /// The server.
    pub node: NodeId,
}

/// The number of a primary's time in office: it increases whenever a backup takes over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct View(pub u32);

impl View {
    /// Views go round: each server is primary of every `servers`-th.
    pub fn primary(self, servers: u16) -> NodeId {
        NodeId::server((self.0 % u32::from(servers)) as u16)
    }

    /// The next view of which this server is primary.
    pub fn next_of(self, server: NodeId, servers: u16) -> Self {
        Self(self.0 + u32::from(self.steps_to(server, servers)))
    }

    /// How many views ahead this server comes into office: from one, for the next in line.
    pub fn steps_to(self, server: NodeId, servers: u16) -> u16 {
        let ahead = (server.index() + servers - self.primary(servers).index()) % servers;
        if ahead == 0 { servers } else { ahead }
    }
}

impl Footprint for Serial {}
impl Footprint for OpId {}
impl Footprint for Tag {}
impl Footprint for Stamp {}
impl Footprint for View {}

encode_fields!(Serial { 0 });
encode_fields!(OpId { client, serial });
encode_fields!(Tag { number, writer });
encode_fields!(Stamp { time, node });
encode_fields!(View { 0 });

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.writer {
            Some(writer) => write!(f, "({}, {})", self.number, writer.client),
            None => write!(f, "({})", self.number),
        }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} ms, {}", self.time.0 as f64 / 1e6, self.node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(client: u16, serial: u32) -> Option<OpId> {
        Some(OpId { client: NodeId::client(client), serial: Serial(serial) })
    }

    #[test]
    fn of_two_tags_the_number_decides_and_then_the_client() {
        let tag = |number, writer| Tag { number, writer };
        assert!(tag(2, id(0, 1)) > tag(1, id(1, 9)));
        assert!(tag(2, id(1, 1)) > tag(2, id(0, 9)));
        assert!(tag(1, id(0, 1)) > Tag::default());
        assert_eq!(tag(2, id(0, 3)).to_string(), "(2, c1)");
    }

    #[test]
    fn the_next_in_line_takes_the_next_view() {
        let n = |number: u16| NodeId::server(number - 1);
        assert_eq!(View(0).primary(5), n(1));
        assert_eq!(View(0).next_of(n(2), 5), View(1));
        assert_eq!(View(6).next_of(n(1), 5), View(10));
        assert_eq!(View(1).steps_to(n(1), 5), 4);
        assert_eq!(View(1).next_of(n(2), 5), View(6), "a primary's own next view is a round away");
        assert_eq!(View(0).next_of(n(1), 1), View(1));
    }
}
