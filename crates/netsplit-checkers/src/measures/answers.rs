//! How many operations were answered in time, on each side of a wall while it stood.

use std::collections::BTreeMap;

use super::{Ending, Nines, Span};
use crate::history::{Operation, Process, Time};

/// One side of a wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Side(pub u8);

/// A wall while it stood, and who was on which side. Processes that are not named were on none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stand {
    /// Since when.
    pub from: Time,
    /// Until when; `None` if it still stands.
    pub to: Option<Time>,
    /// The side of each process.
    pub sides: BTreeMap<Process, Side>,
}

impl Stand {
    fn side_of(&self, operation: &Operation) -> Option<Side> {
        let stands = self.from <= operation.called && self.to.is_none_or(|to| operation.called < to);
        if stands { self.sides.get(&operation.process).copied() } else { None }
    }
}

/// How many operations were answered within the deadline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Operations that were answered, were refused, or whose deadline has passed.
    pub asked: u64,
    /// Those that were answered within the deadline.
    pub in_time: u64,
    /// Operations that may still be answered in time. They are not among those asked.
    pub open: u64,
}

impl Share {
    /// Counts one operation as it stood at `by`.
    fn count(&mut self, operation: &Operation, by: Time, deadline: Span) {
        let due = Time(operation.called.0.saturating_add(deadline.0));
        match Ending::of(operation, by) {
            Some(Ending::Answered(at)) => self.close(at <= due),
            Some(Ending::Refused(_)) => self.close(false),
            Some(Ending::Waiting) if due < by => self.close(false),
            Some(Ending::Waiting) => self.open += 1,
            None => {}
        }
    }

    fn close(&mut self, in_time: bool) {
        self.asked += 1;
        self.in_time += u64::from(in_time);
    }

    /// Adds what another run counted.
    pub fn merge(&mut self, other: &Self) {
        self.asked += other.asked;
        self.in_time += other.in_time;
        self.open += other.open;
    }

    /// The same in nines; `None` if nothing was asked.
    pub fn nines(&self) -> Option<Nines> {
        Nines::of(self.in_time, self.asked)
    }
}

/// Answers within a deadline, each side of a wall apart. An operation belongs to the side on which its
/// process was when it was called; `None` is where no wall stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    sides: BTreeMap<Option<Side>, Share>,
}

impl Answers {
    /// Counts `operations` as they stood at `by`. If several walls name a process, the first counts.
    pub fn of<'a>(
        operations: impl IntoIterator<Item = &'a Operation>,
        by: Time,
        deadline: Span,
        walls: &[Stand],
    ) -> Self {
        let mut answers = Self::default();
        for operation in operations {
            if operation.called <= by {
                let side = walls.iter().find_map(|wall| wall.side_of(operation));
                answers.sides.entry(side).or_default().count(operation, by, deadline);
            }
        }
        answers
    }

    /// The sides on which something was asked, those without a wall first.
    pub fn sides(&self) -> impl Iterator<Item = (Option<Side>, Share)> {
        self.sides.iter().map(|(side, share)| (*side, *share))
    }

    /// What was asked on one side.
    pub fn side(&self, side: Option<Side>) -> Share {
        self.sides.get(&side).copied().unwrap_or_default()
    }

    /// What was asked anywhere.
    pub fn everywhere(&self) -> Share {
        let mut sum = Share::default();
        self.sides.values().for_each(|share| sum.merge(share));
        sum
    }

    /// Adds what another run counted.
    pub fn merge(&mut self, other: &Self) {
        for (side, share) in &other.sides {
            self.sides.entry(*side).or_default().merge(share);
        }
    }
}

/// Answers over time: one count for each stretch, by when the operations were called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    width: Span,
    stretches: Vec<Answers>,
}

impl Timeline {
    /// Counts `operations` as they stood at `by` in stretches of `width`, or of more if there would be over
    /// 10,000 of them.
    pub fn of(operations: &[Operation], by: Time, deadline: Span, walls: &[Stand], width: Span) -> Self {
        let width = super::stretch_width(width, by);
        let mut of_stretch = BTreeMap::<u64, Vec<&Operation>>::new();
        for operation in operations.iter().filter(|operation| operation.called <= by) {
            of_stretch.entry(operation.called.0 / width.0).or_default().push(operation);
        }
        let length = of_stretch.last_key_value().map_or(0, |(last, _)| last + 1);
        let stretches = (0..length)
            .map(|stretch| {
                let operations = of_stretch.get(&stretch).into_iter().flatten().copied();
                Answers::of(operations, by, deadline, walls)
            })
            .collect();
        Self { width, stretches }
    }

    /// How long a stretch is.
    pub fn width(&self) -> Span {
        self.width
    }

    /// The stretches in the order of time; the first begins at time 0.
    pub fn stretches(&self) -> &[Answers] {
        &self.stretches
    }

    /// Adds what another run counted. False, and nothing is added, if its stretches are of another width.
    #[must_use]
    pub fn merge(&mut self, other: &Self) -> bool {
        if self.width != other.width {
            return false;
        }
        self.stretches.resize(self.stretches.len().max(other.stretches.len()), Answers::default());
        for (mine, theirs) in self.stretches.iter_mut().zip(&other.stretches) {
            mine.merge(theirs);
        }
        true
    }
}
