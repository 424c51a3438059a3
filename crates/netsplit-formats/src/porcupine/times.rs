//! Times as ranks, far enough apart for the visualisation to move one a little.

use netsplit_checkers::history::Time;

use crate::history::Told;

/// The distance that the visualisation expects between two times.
const APART: u64 = 100;

/// All times of a history in order, each once.
pub(super) struct Times(Vec<Time>);

impl Times {
    pub(super) fn of(told: &Told<'_>) -> Self {
        let operations = told.history.operations().iter();
        let ends =
            operations.clone().filter_map(|operation| operation.returned.as_ref().map(|(end, _)| *end));
        let bands = told.bands.iter().flat_map(|band| [Some(band.from), band.to]).flatten();
        let mut times: Vec<Time> =
            operations.map(|operation| operation.called).chain(ends).chain(bands).collect();
        times.sort_unstable();
        times.dedup();
        Self(times)
    }

    pub(super) fn rank(&self, time: Time) -> u64 {
        self.0.partition_point(|known| *known < time) as u64 * APART
    }

    /// When everything else is over.
    pub(super) fn after_all(&self) -> u64 {
        self.0.len() as u64 * APART
    }
}
