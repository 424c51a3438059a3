//! Availability in the sense of CAP (Gilbert & Lynch 2002): every request received by a non-failing node must
//! result in a response that is no error. There is no bound on time, so on a finite run an error refutes it,
//! while silence does only if nothing can end it any more. Nothing confirms it.
//!
//! How many requests were answered within a deadline, on each side of a wall while it stood, is another
//! question: [`Answers`](crate::measures::Answers).

use netsplit_words::{say, told};

use crate::history::{History, Row, Time};
use crate::measures::{Ending, Span};
use crate::words::{self, Names};

/// A request that a live node received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// Its operation.
    pub row: Row,
    /// When a live node first received it.
    pub at: Time,
    /// What had become of it.
    pub ending: Ending,
}

/// What a run says of availability.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// No live node has received a request.
    Nothing,
    /// All requests that live nodes received have been answered so far.
    Answered {
        /// How many.
        requests: u64,
    },
    /// No request was refused; this one has waited longest.
    Silent {
        /// It.
        row: Row,
        /// For how long since it was received.
        waits: Span,
    },
    /// Not available: an error is no response.
    Refused {
        /// The first request that got one.
        row: Row,
        /// When.
        at: Time,
    },
    /// Not available: this request will never be answered.
    Never {
        /// The one that has waited longest.
        row: Row,
        /// For how long since it was received.
        waits: Span,
    },
}

impl Received {
    /// The operations of a history that a live node had received by `by`, as they stood then. `received` tells
    /// when. A client that gave up was not answered: its request still waits.
    pub fn of(history: &History, by: Time, received: impl Fn(Row) -> Option<Time>) -> Vec<Self> {
        let row = |row: Row| {
            let at = received(row).filter(|at| *at <= by)?;
            Some(Self { row, at, ending: Ending::of(&history.operations()[row], by)? })
        };
        (0..history.operations().len()).filter_map(row).collect()
    }
}

impl Availability {
    /// What these requests say, as they stood at `by`. `hopeless` states that the cut is declared permanent and
    /// that nothing scheduled can answer what waits.
    pub fn of(requests: &[Received], by: Time, hopeless: bool) -> Self {
        let refused = requests.iter().filter_map(|request| match request.ending {
            Ending::Refused(at) => Some((at, request.row)),
            _ => None,
        });
        let waiting = requests.iter().filter(|request| request.ending == Ending::Waiting);
        let longest = waiting.min_by_key(|request| (request.at, request.row));
        let longest = longest.map(|request| (request.row, Span(by.0.saturating_sub(request.at.0))));
        match (refused.min(), longest) {
            (Some((at, row)), _) => Self::Refused { row, at },
            (None, Some((row, waits))) if hopeless => Self::Never { row, waits },
            (None, Some((row, waits))) => Self::Silent { row, waits },
            (None, None) if requests.is_empty() => Self::Nothing,
            (None, None) => Self::Answered { requests: requests.len() as u64 },
        }
    }

    /// Whether availability is refuted.
    pub fn is_refuted(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Never { .. })
    }

    /// In words.
    pub fn sentence(&self, names: &dyn Names, history: &History) -> String {
        let name = |row: Row| words::operation(names, history, row);
        let span = |span: Span| names.time(Time(span.0));
        match *self {
            Self::Nothing => told(words::NOTHING).to_owned(),
            Self::Answered { requests: 1 } => {
                say!("The one request that a live node received was answered so far").to_owned()
            }
            Self::Answered { requests } => {
                say!("Each of {requests} requests that live nodes received was answered so far", requests)
            }
            Self::Silent { row, waits } => {
                let (request, time) = (name(row), span(waits));
                say!("No answer to {request} for {time}; silence refutes nothing yet", request, time)
            }
            Self::Refused { row, at } => say!(
                "Not available in the sense of CAP: {request} was received by a live node and refused at {time}",
                request = name(row),
                time = names.time(at)
            ),
            Self::Never { row, waits } => say!(
                "Not available in the sense of CAP: {request} has waited for {time}, the cut is permanent, and nothing under way can answer it",
                request = name(row),
                time = span(waits)
            ),
        }
    }
}
