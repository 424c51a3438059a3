//! What can be wrong with a typed text, and what would be right.

use thiserror::Error;

/// A text that is no delay, or no legs. Places count characters from 1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadText {
    /// Something else stands there than what belongs there.
    #[error("at character {place}: expected {wanted}, found {found}")]
    Expected {
        /// Where.
        place: usize,
        /// What belongs there.
        wanted: &'static str,
        /// What stands there.
        found: String,
    },
    /// A number that is too small or too large.
    #[error("at character {place}: {what} must be {allowed}")]
    OutOfRange {
        /// Where.
        place: usize,
        /// Of what.
        what: &'static str,
        /// What it may be.
        allowed: &'static str,
    },
    /// Parts of a mixture that do not make a whole.
    #[error("the parts of a mixture must add up to 100 %, and these add up to {percent} %")]
    Sum {
        /// What they add up to.
        percent: String,
    },
    /// A leg without a delay.
    #[error(
        "leg {leg} has no delay; write one for all four first, then those that differ: 3ms; W = exp(5ms)"
    )]
    Missing {
        /// W, A, R or S.
        leg: char,
    },
}
