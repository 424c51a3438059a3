//! Linearizability: each operation took effect at one instant between its call and its return.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::history::{History, Operation, Outcome, Row, Value};
use crate::model::{Model, State};
use crate::search::{Budget, Search};
use crate::verdict::{Order, Reason, Spent, Verdict, Witness};

/// Judging whether a history is linearizable.
pub struct Linearizability {
    model: Model,
    history: Arc<History>,
    budget: Budget,
    answer: Option<Verdict>,
}

impl Linearizability {
    /// A search that has not begun yet.
    pub fn new(model: Model, history: Arc<History>, budget: Budget) -> Self {
        Self { model, history, budget, answer: None }
    }
}

impl Search for Linearizability {
    fn run(&mut self, _: u64) -> Option<Verdict> {
        if self.answer.is_none() {
            self.answer = Some(naive(self.model, &self.history, self.budget));
        }
        self.answer.clone()
    }
}

fn answer(operation: &Operation) -> Option<&Value> {
    match &operation.returned {
        Some((_, Outcome::Ok(value))) => value.as_ref(),
        _ => None,
    }
}

fn ended(operation: &Operation) -> bool {
    matches!(operation.returned, Some((_, Outcome::Ok(_))))
}

fn precedes(history: &History, first: Row, then: Row) -> bool {
    let (a, b) = (&history.operations()[first], &history.operations()[then]);
    let before = a.returned.as_ref().is_some_and(|(end, _)| *end < b.called);
    ended(a) && (before || (a.process == b.process && first < then))
}

fn naive(model: Model, history: &History, budget: Budget) -> Verdict {
    let mut order = Vec::new();
    let keys: BTreeSet<_> = history.operations().iter().map(|operation| operation.key).collect();
    let mut steps = 0;
    for key in keys {
        let rows: Vec<Row> = (0..history.operations().len())
            .filter(|row| {
                let operation = &history.operations()[*row];
                operation.key == key && !matches!(operation.returned, Some((_, Outcome::Fail)))
            })
            .collect();
        let mut path = Vec::new();
        let mut best = Vec::new();
        let mut seen = BTreeSet::new();
        let found = dig(
            history,
            &rows,
            &mut path,
            &State::initial(model),
            &mut best,
            &mut seen,
            &mut steps,
            budget.0,
        );
        if steps > budget.0 {
            return Verdict::Unknown(Spent { steps, best: Order(best) });
        }
        if !found {
            let stuck =
                rows.iter().copied().find(|row| !best.contains(row) && ended(&history.operations()[*row]));
            let stuck = stuck.expect("an order that explains all that ended would have been found");
            let dead = Reason::DeadEnd { after: best.last().copied(), state: String::new(), next: stuck };
            return Verdict::Violation(Witness { rows, stuck, reasons: vec![dead], best: Order(best) });
        }
        order.append(&mut path);
    }
    Verdict::Ok(Order(order))
}

fn dig(
    history: &History,
    rows: &[Row],
    path: &mut Vec<Row>,
    state: &State,
    best: &mut Vec<Row>,
    seen: &mut BTreeSet<(Vec<Row>, State)>,
    steps: &mut u64,
    budget: u64,
) -> bool {
    *steps += 1;
    let mut done = path.clone();
    done.sort_unstable();
    if *steps > budget || !seen.insert((done, state.clone())) {
        return false;
    }
    if path.len() > best.len() {
        best.clone_from(path);
    }
    let left: Vec<Row> = rows.iter().copied().filter(|row| !path.contains(row)).collect();
    if left.iter().all(|row| !ended(&history.operations()[*row])) {
        return true;
    }
    for &row in &left {
        let operation = &history.operations()[row];
        if left.iter().any(|other| *other != row && precedes(history, *other, row)) {
            continue;
        }
        if let Some(after) = state.after(&operation.request, answer(operation)) {
            path.push(row);
            if dig(history, rows, path, &after, best, seen, steps, budget) {
                return true;
            }
            path.pop();
        }
    }
    false
}
