//! What operations cost and what they got: latency, throughput, answers per side of a wall, staleness.
//!
//! A measure is counted from a history as it stood at one point of time, and two counts of the same measure
//! merge exactly, so that many runs are measured apart and added up. Measures are reports: they feed nothing
//! back, and unlike verdicts they may round.

mod answers;
mod ending;
mod latency;
mod nines;
mod staleness;
mod throughput;

pub use answers::{Answers, Share, Side, Stand, Timeline};
pub use ending::Ending;
pub use latency::{Latencies, Percentile, Quantile};
pub use nines::{Nines, YEAR};
pub use staleness::{Stale, Staleness};
pub use throughput::{Rate, Throughput};

/// A length of time, in the unit of the history's [`Time`](crate::history::Time).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(pub u64);

/// More stretches of time than this show nothing more, and a file from elsewhere may span years.
const MOST_STRETCHES: u64 = 10_000;

/// The wished width of a stretch, or the smallest of which few enough reach up to `by`.
fn stretch_width(wished: Span, by: crate::history::Time) -> Span {
    Span(wished.0.max(by.0 / MOST_STRETCHES + 1))
}
