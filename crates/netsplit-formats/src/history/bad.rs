//! Why a text is no history: the line and the reason.

use thiserror::Error;

use crate::edn::{BadEdn, Datum};

/// The most bytes that a history may have.
pub const BYTES: usize = 16 << 20;
/// The most rows, two for an operation.
pub const ROWS: usize = 200_000;

/// The most rows of the nemesis.
pub const DEEDS: usize = 5_000;

/// A text is no history.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct BadHistory {
    /// The line, from 1.
    pub line: u32,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Reason {
    /// More bytes than allowed.
    #[error("this history is larger than {} MB", BYTES >> 20)]
    TooLarge,
    /// More rows than allowed.
    #[error("this history has more than {ROWS} rows")]
    TooLong,
    /// More rows of the nemesis than allowed.
    #[error("the nemesis of this history has more than {DEEDS} rows")]
    TooManyDeeds,
    /// The row is no EDN.
    #[error("column {column}: {reason}")]
    Edn {
        /// The character in the line.
        column: u32,
        /// Why.
        reason: crate::edn::Reason,
    },
    /// The message is no JSON.
    #[error("column {column}: this is no message in JSON: {reason}")]
    Json {
        /// The character in the line.
        column: usize,
        /// Why.
        reason: String,
    },
    /// The row is no map.
    #[error("a row is a map such as {{:process 0, :type :invoke, :f :read, :value nil}}; this is {0}")]
    NotAMap(String),
    /// The line has none of the forms.
    #[error("a row is an EDN map, or a line such as INFO  jepsen.util - 0 :invoke :read nil; this is {0}")]
    NotALine(String),
    /// A field is missing.
    #[error("this row has no {0}")]
    Lacks(&'static str),
    /// A field is there twice.
    #[error("this row has {0} twice")]
    Twice(String),
    /// No process.
    #[error("a process is a number or :nemesis; this is {0}")]
    BadProcess(String),
    /// No type.
    #[error("a type is :invoke, :ok, :fail or :info; this is {0}")]
    BadType(String),
    /// No function of any model.
    #[error("no model has a function {0}; there are {known}", known = super::function::KNOWN)]
    BadFunction(String),
    /// No time.
    #[error("a time is a whole number of nanoseconds from 0; this is {0}")]
    BadTime(String),
    /// A value that the function does not take or give.
    #[error("{function} {wanted}; this is {found}")]
    BadValue {
        /// Which function.
        function: &'static str,
        /// What it takes or gives.
        wanted: &'static str,
        /// What stands there.
        found: String,
    },
    /// A completed value without the key that all others have.
    #[error("values of this history are [key value]; this is {0}")]
    NoKey(String),
    /// A process has two operations under way.
    #[error("process {process} invokes again before its operation of line {line} has completed")]
    Overlaps {
        /// Which process.
        process: i64,
        /// Where its first operation was invoked.
        line: u32,
    },
    /// A process goes on after an operation of unknown outcome.
    #[error(
        "process {process} goes on after its :info of line {line}: what comes after belongs to a new process"
    )]
    Reappears {
        /// Which process.
        process: i64,
        /// Where it ended.
        line: u32,
    },
    /// A completion without an invocation.
    #[error("process {0} completes what it has not invoked")]
    NotInvoked(i64),
    /// The model has no such operation.
    #[error("an object of the model {model} has no {function}")]
    NotOfModel {
        /// Which model.
        model: &'static str,
        /// Which operation.
        function: &'static str,
    },
    /// The halves of an operation differ.
    #[error("this completes {what}{found}, but line {line} invoked {invoked}")]
    OtherHalf {
        /// In what they differ.
        what: &'static str,
        /// What the completion says.
        found: String,
        /// Where it was invoked.
        line: u32,
        /// What the invocation says.
        invoked: String,
    },
}

impl From<BadEdn> for BadHistory {
    fn from(BadEdn { at, reason }: BadEdn) -> Self {
        Self { line: at.line, reason: Reason::Edn { column: at.column, reason } }
    }
}

/// A datum as a message may show it.
pub(super) fn shown(datum: &Datum) -> String {
    short(&datum.to_string())
}

/// The beginning of a text, if it is too long for a message.
pub(super) fn short(text: &str) -> String {
    clipped(text, 60)
}

/// The beginning of a text, if it has more characters than these.
pub(super) fn clipped(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
