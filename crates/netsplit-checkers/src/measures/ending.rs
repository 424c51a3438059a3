//! What had become of an operation by a point of time.

use crate::history::{Operation, Outcome, Request, Time};

/// What had become of an operation by a point of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It was answered then.
    Answered(Time),
    /// It was turned away then: an error, which is no answer.
    Refused(Time),
    /// Nobody has answered. A client that gave up was not answered either.
    Waiting,
}

impl Ending {
    /// What had become of `operation` by `by`; `None` if it had not been called.
    pub fn of(operation: &Operation, by: Time) -> Option<Self> {
        if operation.called > by {
            return None;
        }
        Some(match &operation.returned {
            Some((at, Outcome::Ok(_))) if *at <= by => Self::Answered(*at),
            Some((at, Outcome::Fail)) if *at <= by => Self::of_failed(&operation.request, *at),
            _ => Self::Waiting,
        })
    }

    /// Finding another value than expected, an empty queue or a held mutex is an answer, though the
    /// operation changed nothing; a read or a write that fails was turned away.
    fn of_failed(request: &Request, at: Time) -> Self {
        match request {
            Request::Cas { .. } | Request::Dequeue | Request::Acquire => Self::Answered(at),
            _ => Self::Refused(at),
        }
    }
}
