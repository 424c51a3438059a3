//! Session guarantees (Terry et al., PDIS 1994): what a client that moves between servers may rely on.
//!
//! The paper states them of servers; here they are judged of what clients saw, in histories whose writes have
//! distinct values, and only what is beyond doubt is a violation. A value is *older* than another if who wrote
//! the other could have known of it. Of two writes that knew nothing of each other, either may have won, even if
//! one had ended long before the other: that is a matter of linearizability and of
//! [`Staleness`](crate::measures::Staleness).
//!
//! Where we depart from the paper: a server that applies the two writes of one session in the wrong order
//! breaks its monotonic writes, but what the session sees is that it does not read its last write, and other
//! sessions that a value comes back. So on one key such histories break read your writes or monotonic reads,
//! and monotonic writes and writes follow reads are judged across keys: of who has seen the later write, and
//! then does not see the earlier one. That its second read went to a server which had neither, so that its
//! monotonic reads are broken in the paper's sense, cannot be told apart.

mod follows;
mod judge;
mod rules;

use std::collections::BTreeMap;

use crate::history::{History, Process, Row};

pub use judge::SessionSearch;

/// One of the four.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Guarantee {
    /// A read returns nothing older than what the session has written.
    ReadYourWrites,
    /// A read returns nothing older than what the session has read, and nothing that had been replaced
    /// between two of its reads.
    MonotonicReads,
    /// Who has seen a write reads nothing older than what the writer's session had written before it.
    MonotonicWrites,
    /// Who has seen a write reads nothing older than what the writer's session had read before it, and what
    /// those writes followed.
    WritesFollowReads,
}

/// A client that remembers. Its processes change with each operation of unknown outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Session(pub u32);

/// Which session each process belongs to. A process that is not named is a session by itself, numbered like
/// the process; so name either all processes, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sessions(pub BTreeMap<Process, Session>);

impl Sessions {
    /// The session of a process.
    pub fn of(&self, process: Process) -> Session {
        self.0.get(&process).copied().unwrap_or(Session(process.0))
    }

    /// The rows of each session, in the order in which they were called.
    pub fn rows(&self, history: &History) -> Vec<Vec<Row>> {
        let mut sessions = BTreeMap::<Session, Vec<Row>>::new();
        for (row, operation) in history.operations().iter().enumerate() {
            sessions.entry(self.of(operation.process)).or_default().push(row);
        }
        let mut sessions: Vec<_> = sessions.into_values().collect();
        for rows in &mut sessions {
            rows.sort_by_key(|row| (history.operations()[*row].called, *row));
        }
        sessions
    }
}
