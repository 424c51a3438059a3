//! What an object does when it is used by one client at a time: the specifications that histories are judged by.

mod state;

pub use state::State;
pub(crate) use state::{show, text_of};

use crate::history::Request;

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Model {
    /// Read and write.
    Register,
    /// Read, write, and compare-and-set. One that answered that the value was another has failed, and a
    /// failed operation did not happen.
    CasRegister,
    /// Get, put and append of texts. A missing key reads as the empty text.
    KeyValue,
    /// Add a number, read the sum. It begins at 0.
    Counter,
    /// Add and remove numbers, read all. Adding what is there, or removing what is not, changes nothing.
    Set,
    /// Put at the end, take from the front. Taking from an empty queue returns nothing.
    Queue,
    /// Acquire while it is free, release while it is held, by whomever.
    Mutex,
}

impl Model {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Register,
        Self::CasRegister,
        Self::KeyValue,
        Self::Counter,
        Self::Set,
        Self::Queue,
        Self::Mutex,
    ];

    /// As written in documents and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::CasRegister => "cas-register",
            Self::KeyValue => "key-value",
            Self::Counter => "counter",
            Self::Set => "set",
            Self::Queue => "queue",
            Self::Mutex => "mutex",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|model| model.name() == name)
    }

    /// Whether such an object has an operation. One it does not have can never have been answered, so an
    /// importer asks here first.
    pub fn has(self, request: &Request) -> bool {
        match self {
            Self::Register => matches!(request, Request::Read | Request::Write(_)),
            Self::CasRegister => matches!(request, Request::Read | Request::Write(_) | Request::Cas { .. }),
            Self::KeyValue => matches!(request, Request::Read | Request::Write(_) | Request::Append(_)),
            Self::Counter => matches!(request, Request::Read | Request::Add(_)),
            Self::Set => matches!(request, Request::Read | Request::Add(_) | Request::Remove(_)),
            Self::Queue => matches!(request, Request::Enqueue(_) | Request::Dequeue),
            Self::Mutex => matches!(request, Request::Acquire | Request::Release),
        }
    }
}
