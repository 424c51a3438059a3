//! The definitions, by trying everything.

use netsplit_checkers::causal::Variant;
use netsplit_checkers::history::{History, Key, Operation, Outcome, Request, Row, Value};
use netsplit_checkers::model::{Model, State};
use std::collections::BTreeMap;

/// Which rows may have taken part: all that were answered, with each choice of those that were not.
fn choices(history: &History) -> Vec<Vec<Row>> {
    let mut choices = vec![Vec::new()];
    for (row, operation) in history.operations().iter().enumerate() {
        match &operation.returned {
            Some((_, Outcome::Fail)) => {}
            Some((_, Outcome::Ok(_))) => choices.iter_mut().for_each(|rows| rows.push(row)),
            _ => {
                let with: Vec<Vec<Row>> = choices.iter().map(|rows| [&rows[..], &[row]].concat()).collect();
                choices.extend(with);
            }
        }
    }
    choices
}

fn answer(operation: &Operation) -> Option<&Value> {
    match &operation.returned {
        Some((_, Outcome::Ok(value))) => value.as_ref(),
        _ => None,
    }
}

/// Lamport 1979: whether some interleaving explains all answers.
pub fn sequential(model: Model, history: &History) -> bool {
    choices(history).iter().any(|rows| interleave(model, history, rows, &mut Vec::new(), &BTreeMap::new()))
}

fn interleave(
    model: Model,
    history: &History,
    rows: &[Row],
    done: &mut Vec<Row>,
    states: &BTreeMap<Key, State>,
) -> bool {
    if done.len() == rows.len() {
        return true;
    }
    let process = |row: Row| history.operations()[row].process;
    for row in rows.iter().copied().filter(|row| !done.contains(row)).collect::<Vec<_>>() {
        if rows.iter().any(|other| *other < row && process(*other) == process(row) && !done.contains(other)) {
            continue;
        }
        let operation = &history.operations()[row];
        let state = states.get(&operation.key).cloned().unwrap_or(State::initial(model));
        if let Some(after) = state.after(&operation.request, answer(operation)) {
            let mut states = states.clone();
            states.insert(operation.key, after);
            done.push(row);
            if interleave(model, history, rows, done, &states) {
                return true;
            }
            done.pop();
        }
    }
    false
}

fn reads(operation: &Operation) -> Option<&Value> {
    match &operation.request {
        Request::Cas { expected, .. } => Some(expected),
        _ => answer(operation),
    }
}

fn writes(operation: &Operation) -> Option<&Value> {
    match &operation.request {
        Request::Write(value) | Request::Cas { new: value, .. } => Some(value),
        _ => None,
    }
}

fn fits(seen: &Value, held: &Value) -> bool {
    match (seen, held) {
        (Value::Many(siblings), Value::Number(held)) => siblings.contains(held),
        _ => seen == held,
    }
}

/// Bouajjani et al., Definition of the three: whether these rows have the causal order that explains them.
pub fn causal(variant: Variant, history: &History) -> bool {
    choices(history).iter().any(|rows| {
        let Some(causes) = causes(history, rows) else { return false };
        match variant {
            Variant::Weak => rows.iter().all(|row| {
                explains(
                    history,
                    &past(rows, &causes, *row),
                    &causes,
                    &|other| other == *row,
                    &mut Vec::new(),
                )
            }),
            Variant::Memory => rows.iter().all(|row| {
                let process = history.operations()[*row].process;
                let own = |other: Row| history.operations()[other].process == process;
                explains(history, &past(rows, &causes, *row), &causes, &own, &mut Vec::new())
            }),
            Variant::Convergence => arbitrated(history, rows, &causes, &mut Vec::new()),
        }
    })
}

/// The rows before a row, and it.
fn past(rows: &[Row], causes: &[Vec<bool>], row: Row) -> Vec<Row> {
    rows.iter().copied().filter(|other| *other == row || causes[*other][row]).collect()
}

/// Process order and reads-from, closed; none if circular or if something read was never written.
fn causes(history: &History, rows: &[Row]) -> Option<Vec<Vec<bool>>> {
    let operations = history.operations();
    let length = operations.len();
    let mut before = vec![vec![false; length]; length];
    for first in rows {
        for then in rows {
            let (one, other) = (&operations[*first], &operations[*then]);
            let session = one.process == other.process && first < then;
            let read = first != then
                && one.key == other.key
                && matches!((reads(other), writes(one)), (Some(seen), Some(left)) if fits(seen, left));
            before[*first][*then] |= session || read;
        }
    }
    for middle in 0..length {
        for first in 0..length {
            for then in 0..length {
                before[first][then] |= before[first][middle] && before[middle][then];
            }
        }
    }
    let written = |row: &Row| {
        let Some(seen) = reads(&operations[*row]) else { return true };
        let sources = rows.iter().filter(|other| {
            let other = &operations[**other];
            other.key == operations[*row].key && writes(other).is_some_and(|left| fits(seen, left))
        });
        let wanted = if let Value::Many(siblings) = seen { siblings.len() } else { 1 };
        *seen == Value::Absent || sources.count() == wanted
    };
    let fine = rows.iter().all(written) && rows.iter().all(|row| !before[*row][*row]);
    fine.then_some(before)
}

/// What a key holds after these rows.
fn held(history: &History, done: &[Row], key: Key) -> Value {
    let last = done.iter().rev().find_map(|row| {
        let operation = &history.operations()[*row];
        if operation.key == key { writes(operation) } else { None }
    });
    last.cloned().unwrap_or_default()
}

/// Whether some order of the rows that keeps the causes explains the answers that matter.
fn explains(
    history: &History,
    rows: &[Row],
    causes: &[Vec<bool>],
    matters: &dyn Fn(Row) -> bool,
    done: &mut Vec<Row>,
) -> bool {
    if done.len() == rows.len() {
        return true;
    }
    for row in rows.iter().copied().filter(|row| !done.contains(row)).collect::<Vec<_>>() {
        if rows.iter().any(|other| causes[*other][row] && !done.contains(other)) {
            continue;
        }
        let operation = &history.operations()[row];
        let held = held(history, done, operation.key);
        if matters(row) && reads(operation).is_some_and(|seen| !fits(seen, &held)) {
            continue;
        }
        done.push(row);
        if explains(history, rows, causes, matters, done) {
            return true;
        }
        done.pop();
    }
    false
}

/// Whether one order of all rows that keeps the causes explains each answer by what could have caused it.
fn arbitrated(history: &History, rows: &[Row], causes: &[Vec<bool>], order: &mut Vec<Row>) -> bool {
    if order.len() == rows.len() {
        return rows.iter().all(|row| {
            let operation = &history.operations()[*row];
            let known: Vec<Row> = order.iter().copied().filter(|other| causes[*other][*row]).collect();
            reads(operation).is_none_or(|seen| fits(seen, &held(history, &known, operation.key)))
        });
    }
    for row in rows.iter().copied().filter(|row| !order.contains(row)).collect::<Vec<_>>() {
        if rows.iter().all(|other| !causes[*other][row] || order.contains(other)) {
            order.push(row);
            if arbitrated(history, rows, causes, order) {
                return true;
            }
            order.pop();
        }
    }
    false
}
