//! Persistent state on all servers (Figure 2): updated on stable storage before responding.

use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::NodeId;
use netsplit_sim::protocol;

use super::entry::Entries;
use super::log::Log;
use super::types::{LogIndex, Term};

/// What a server keeps on disk, and a restart with it.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    /// Latest term the server has seen; zero on first boot, never decreases.
    pub current_term: Term,
    /// The candidate that received this server's vote in `current_term`; set at most once per term.
    pub voted_for: Option<NodeId>,
    /// The log entries.
    pub log: Log,
}

/// One write, applied whole or not at all.
#[derive(Clone, Debug)]
pub enum Write {
    /// Enters a term in which no vote was given yet.
    Term(Term),
    /// Gives the vote of the current term, or (by a flaw only) takes it back.
    Vote(Option<NodeId>),
    /// Deletes the entry at this index and all that follow.
    TruncateFrom(LogIndex),
    /// Appends entries.
    Append(Entries),
}

impl protocol::Disk for Disk {
    type Write = Write;

    fn apply(&mut self, write: &Write) {
        match write {
            Write::Term(term) => (self.current_term, self.voted_for) = (*term, None),
            Write::Vote(candidate) => self.voted_for = *candidate,
            Write::TruncateFrom(index) => self.log.truncate_from(*index),
            Write::Append(entries) => entries.as_slice().iter().for_each(|entry| self.log.append(*entry)),
        }
    }

    fn share_with(&mut self, other: &Self) {
        self.log.share_with(&other.log);
    }
}

footprint_fields!(Disk { log });

impl Footprint for Write {
    fn heap(&self, _: Option<&Self>) -> usize {
        match self {
            Self::Append(entries) => entries.heap(None),
            Self::Term(_) | Self::Vote(_) | Self::TruncateFrom(_) => 0,
        }
    }
}

encode_fields!(Disk { current_term, voted_for, log });

impl Encode for Write {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Term(term) => (0u8, *term).encode(out),
            Self::Vote(candidate) => (1u8, *candidate).encode(out),
            Self::TruncateFrom(index) => (2u8, *index).encode(out),
            Self::Append(entries) => (3u8, entries.clone()).encode(out),
        }
    }
}
