//! In which order the halves of operations are written.

use std::collections::BTreeMap;

use netsplit_checkers::history::{Process, Row, Time};

use crate::history::Told;

/// Something that is written in a row of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    pub(super) time: Time,
    /// At one time: calls first, since intervals are closed, unless their process has a return at that very
    /// time before.
    level: u32,
    pub(super) what: What,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Begins(usize),
    Call(Row),
    Return(Row),
    Ends(usize),
}

/// Everything in the order of time.
pub(super) fn moments(told: &Told<'_>) -> Vec<Moment> {
    let mut latest: BTreeMap<Process, (Time, u32)> = BTreeMap::new();
    let mut moments = Vec::new();
    for (row, operation) in told.history.operations().iter().enumerate() {
        let mut add = |time, at_first, what| {
            let level = match latest.get(&operation.process) {
                Some((before, level)) if *before == time => level + 1,
                _ => at_first,
            };
            latest.insert(operation.process, (time, level));
            moments.push(Moment { time, level, what });
        };
        add(operation.called, 0, What::Call(row));
        if let Some((time, _)) = operation.returned {
            add(time, 1, What::Return(row));
        }
    }
    for (index, band) in told.bands.iter().enumerate() {
        moments.push(Moment { time: band.from, level: 0, what: What::Begins(index) });
        moments.extend(band.to.map(|time| Moment { time, level: u32::MAX, what: What::Ends(index) }));
    }
    moments.sort_unstable();
    moments
}
