//! What the log holds: entries, each with the term in which a leader received it and a command.

use std::rc::Rc;

use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::{Footprint, RC_HEADER};
use netsplit_sim::history::Operation;
use netsplit_sim::id::ProcessId;

use super::types::{Serial, Term};

/// A client's command with its session (§8): the same process and serial take effect once only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// The session.
    pub process: ProcessId,
    /// Which command of the session.
    pub serial: Serial,
    /// What to do.
    pub operation: Operation,
}

/// What an entry does when it is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    /// Nothing: the blank entry with which a leader begins its term (§8).
    Noop,
    /// A client's command.
    Command(Command),
}

/// One entry of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The term in which a leader received it; it never changes.
    pub term: Term,
    /// The command for the state machine.
    pub payload: Payload,
}

/// Some consecutive entries, shared and not copied; none at all take no memory, so that a heartbeat
/// allocates nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries(Option<Rc<[Entry]>>);

impl Entries {
    /// These entries in this order.
    pub fn new(entries: impl ExactSizeIterator<Item = Entry>) -> Self {
        Self((entries.len() > 0).then(|| entries.collect()))
    }

    /// All but the first `count`.
    pub fn skip(&self, count: usize) -> Self {
        if count == 0 { self.clone() } else { Self::new(self.as_slice()[count..].iter().copied()) }
    }

    /// The entries.
    pub fn as_slice(&self) -> &[Entry] {
        self.0.as_deref().unwrap_or_default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.as_slice().len()
    }

    /// Whether there are none, as in a heartbeat.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

encode_fields!(Command { process, serial, operation });
encode_fields!(Entry { term, payload });

impl Encode for Payload {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Noop => 0u8.encode(out),
            Self::Command(command) => {
                1u8.encode(out);
                command.encode(out);
            }
        }
    }
}

impl Footprint for Entry {}

impl Footprint for Entries {
    fn heap(&self, _: Option<&Self>) -> usize {
        self.0.as_ref().map_or(0, |entries| RC_HEADER + size_of_val(&**entries))
    }
}

impl Encode for Entries {
    fn encode(&self, out: &mut Encoder) {
        self.as_slice().encode(out);
    }
}
