//! The operations on one key, with the order that explains most of them.

use std::collections::BTreeSet;

use netsplit_checkers::history::{Outcome, Row};
use netsplit_checkers::model::State;

use super::times::Times;
use super::{array, described, escaped};
use crate::history::Told;
use crate::line::Line;

/// The operations on one key.
#[derive(Debug, Default)]
pub(super) struct Partition {
    /// Those that may have happened, ascending.
    pub(super) rows: Vec<Row>,
    /// Those that an order explains, in that order.
    pub(super) order: Vec<Row>,
}

impl Partition {
    pub(super) fn json(&self, told: &Told<'_>, times: &Times) -> String {
        let history: Vec<String> = self.rows.iter().map(|row| element(told, times, *row)).collect();
        let steps = self.steps(told);
        let largest = steps.iter().fold(Line::new(), |line, (index, _)| line.number(&index.to_string(), 0));
        let step = |(index, state): &(usize, String)| {
            Line::new().number("Index", *index as u64).text("StateDescription", state).end()
        };
        let partial: Vec<String> = steps.iter().map(step).collect();
        // An order without a single operation is one that cannot be drawn.
        let partials = if partial.is_empty() { Vec::new() } else { vec![array(&partial)] };
        Line::new()
            .json("History", &array(&history))
            .json("PartialLinearizations", &array(&partials))
            .json("Largest", &largest.end())
            .end()
    }

    /// Each operation of the order, with the state that it led to. If the order explains all that was answered,
    /// what may yet happen follows, where it can.
    fn steps(&self, told: &Told<'_>) -> Vec<(usize, String)> {
        let explained: BTreeSet<Row> = self.order.iter().copied().collect();
        let rest = || self.rows.iter().filter(|row| !explained.contains(row));
        let is_complete = rest().all(|row| is_open(told, *row));
        let mut state = State::initial(told.model);
        let mut steps = Vec::new();
        for row in self.order.iter().chain(rest().filter(|_| is_complete)) {
            let operation = &told.history.operations()[*row];
            let answer = match &operation.returned {
                Some((_, Outcome::Ok(answer))) => answer.as_ref(),
                _ => None,
            };
            let next = state.after(&operation.request, answer);
            if let (Some(next), Ok(index)) = (next, self.rows.binary_search(row)) {
                steps.push((index, escaped(&next.show())));
                state = next;
            }
        }
        steps
    }
}

fn is_open(told: &Told<'_>, row: Row) -> bool {
    matches!(told.history.operations()[row].returned, None | Some((_, Outcome::Info)))
}

fn element(told: &Told<'_>, times: &Times, row: Row) -> String {
    let operation = &told.history.operations()[row];
    let end = operation.returned.as_ref().map(|(time, _)| *time);
    // What has an unknown outcome may take effect at any later time.
    let closed = end.filter(|_| !is_open(told, row));
    Line::new()
        .number("ClientId", u64::from(operation.process.0))
        .number("Start", times.rank(operation.called))
        .text("OriginalStart", &operation.called.0.to_string())
        .number("End", closed.map_or(times.after_all(), |time| times.rank(time)))
        .text("OriginalEnd", &end.map_or_else(|| "never".to_owned(), |time| time.0.to_string()))
        .text("Description", &described(operation))
        .text("Metadata", &escaped(told.names.key(operation.key)))
        .end()
}
