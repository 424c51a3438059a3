//! How long operations took, with those that still wait.

use hdrhistogram::Histogram;

use super::{Ending, Span};
use crate::history::{Operation, Time};

/// Latencies of many operations. One that nobody has answered counts with its age, for leaving it out would
/// make the slowest system look fast. One that was refused is no latency; it is counted beside.
#[derive(Clone, Debug, PartialEq)]
pub struct Latencies {
    all: Histogram<u64>,
    waiting: Histogram<u64>,
    refused: u64,
}

/// A share of the operations, in parts per million: the fastest p % of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantile(pub u32);

impl Quantile {
    /// p50, p95, p99 and p99.9.
    pub const REPORTED: [Self; 4] = [Self(500_000), Self(950_000), Self(990_000), Self(999_000)];

    /// As written in a table: `p50`, `p99.9`.
    pub fn name(self) -> String {
        format!("p{}", f64::from(self.0) / 10_000.0)
    }
}

/// The latency that a share of the operations did not exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percentile {
    /// How long, within a thousandth.
    pub span: Span,
    /// Whether it may still grow: an unanswered operation of at most that age is counted below it.
    pub at_least: bool,
}

impl Default for Latencies {
    fn default() -> Self {
        Self { all: histogram(), waiting: histogram(), refused: 0 }
    }
}

fn histogram() -> Histogram<u64> {
    Histogram::new(3).expect("three significant digits are allowed")
}

fn record(histogram: &mut Histogram<u64>, span: Span) {
    histogram.record(span.0).expect("a histogram that resizes holds any number");
}

impl Latencies {
    /// The latencies of `operations` as they stood at `by`.
    pub fn of<'a>(operations: impl IntoIterator<Item = &'a Operation>, by: Time) -> Self {
        let mut latencies = Self::default();
        for operation in operations {
            match Ending::of(operation, by) {
                Some(Ending::Answered(at)) => latencies.answered(Span(at.0 - operation.called.0)),
                Some(Ending::Waiting) => latencies.waiting(Span(by.0 - operation.called.0)),
                Some(Ending::Refused(_)) => latencies.refused += 1,
                None => {}
            }
        }
        latencies
    }

    /// Counts an operation that was answered after `span`.
    pub fn answered(&mut self, span: Span) {
        record(&mut self.all, span);
    }

    /// Counts an operation that has waited for `age`.
    pub fn waiting(&mut self, age: Span) {
        record(&mut self.all, age);
        record(&mut self.waiting, age);
    }

    /// Adds what another run measured.
    pub fn merge(&mut self, other: &Self) {
        let resizes = "a histogram that resizes holds any number";
        self.all.add(&other.all).expect(resizes);
        self.waiting.add(&other.waiting).expect(resizes);
        self.refused += other.refused;
    }

    /// How many operations: answered, waiting and refused.
    pub fn asked(&self) -> u64 {
        self.all.len() + self.refused
    }

    /// How many were answered.
    pub fn answered_count(&self) -> u64 {
        self.all.len() - self.waiting.len()
    }

    /// The share that was answered, 0 to 1; `None` if nothing was asked.
    pub fn answered_share(&self) -> Option<f64> {
        (self.asked() > 0).then(|| self.answered_count() as f64 / self.asked() as f64)
    }

    /// The latency that this share of the operations, answered or waiting, did not exceed; `None` if there
    /// are none.
    pub fn percentile(&self, quantile: Quantile) -> Option<Percentile> {
        if self.all.is_empty() {
            return None;
        }
        let value = self.all.value_at_quantile(f64::from(quantile.0) / 1_000_000.0);
        let at_least = !self.waiting.is_empty() && self.waiting.min() <= value;
        Some(Percentile { span: Span(value), at_least })
    }

    /// (latency, how many took at most that long) in ascending order: the steps of the cumulative curve.
    pub fn cumulative(&self) -> Vec<(Span, u64)> {
        let mut sum = 0;
        let steps = self.all.iter_recorded().map(|bucket| {
            sum += bucket.count_at_value();
            (Span(bucket.value_iterated_to()), sum)
        });
        steps.collect()
    }
}
