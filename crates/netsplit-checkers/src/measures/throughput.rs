//! How many operations ended in each stretch of time.

use super::{Ending, Span};
use crate::history::{Operation, Time};

/// What ended in one stretch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// Operations called.
    pub called: u64,
    /// Operations answered.
    pub answered: u64,
    /// Operations turned away.
    pub refused: u64,
}

/// Operations per stretch of time, from time 0 on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Throughput {
    width: Span,
    stretches: Vec<Rate>,
}

impl Throughput {
    /// Counts `operations` as they stood at `by` in stretches of `width`, or of more if there would be over
    /// 10,000 of them.
    pub fn of<'a>(operations: impl IntoIterator<Item = &'a Operation>, by: Time, width: Span) -> Self {
        let mut throughput = Self { width: super::stretch_width(width, by), stretches: Vec::new() };
        for operation in operations {
            let Some(ending) = Ending::of(operation, by) else { continue };
            throughput.stretch(operation.called).called += 1;
            match ending {
                Ending::Answered(at) => throughput.stretch(at).answered += 1,
                Ending::Refused(at) => throughput.stretch(at).refused += 1,
                Ending::Waiting => {}
            }
        }
        throughput
    }

    fn stretch(&mut self, at: Time) -> &mut Rate {
        let index = usize::try_from(at.0 / self.width.0).expect("at most 10,000 stretches");
        if index >= self.stretches.len() {
            self.stretches.resize(index + 1, Rate::default());
        }
        &mut self.stretches[index]
    }

    /// How long a stretch is.
    pub fn width(&self) -> Span {
        self.width
    }

    /// The stretches in the order of time; the first begins at time 0.
    pub fn stretches(&self) -> &[Rate] {
        &self.stretches
    }

    /// Adds what another run counted. False, and nothing is added, if its stretches are of another width.
    #[must_use]
    pub fn merge(&mut self, other: &Self) -> bool {
        if self.width != other.width {
            return false;
        }
        self.stretches.resize(self.stretches.len().max(other.stretches.len()), Rate::default());
        for (mine, theirs) in self.stretches.iter_mut().zip(&other.stretches) {
            mine.called += theirs.called;
            mine.answered += theirs.answered;
            mine.refused += theirs.refused;
        }
        true
    }
}
