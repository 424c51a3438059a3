//! The numbers of Raft, each a type of its own: terms, log indexes, rounds, client serials.

use std::fmt;

use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;

/// Raft's logical clock (§5.1). It increases monotonically; zero is before the first election.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(pub u64);

impl Term {
    /// The term after this one.
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// A position in the log, from one. Zero stands before the first entry and means “none”.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogIndex(pub u64);

impl LogIndex {
    /// Before the first entry.
    pub const NONE: Self = Self(0);

    /// The position after this one.
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The position before this one; nothing stands before [`NONE`](Self::NONE).
    pub const fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// The position `count` entries further on.
    pub const fn plus(self, count: usize) -> Self {
        Self(self.0 + count as u64)
    }

    /// All positions after this one up to and including `last`.
    pub fn up_to(self, last: Self) -> impl Iterator<Item = Self> {
        (self.0 + 1..=last.0).map(Self)
    }
}

/// The number of a leader's broadcast within its term, so that a reply tells which broadcast it
/// answers: a read may be served once a majority answered one that began after the read (§8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Round(pub u64);

/// The number of a client's command, increasing over the client's life (§8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serial(pub u32);

impl Footprint for Round {}
impl Footprint for Serial {}
impl Footprint for Term {}
impl Footprint for LogIndex {}

encode_fields!(Term { 0 });
encode_fields!(LogIndex { 0 });
encode_fields!(Round { 0 });
encode_fields!(Serial { 0 });

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for LogIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
