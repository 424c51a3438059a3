//! A client history as Porcupine's visualisation takes it: a partition a key, with the order that explains
//! most of it, and what was done to the system as annotations.
//!
//! The visualisation draws times as places, so they are written as ranks. It puts descriptions of states into
//! its page as they are, so they are escaped for HTML.

mod times;

use std::collections::BTreeMap;
use std::io::{self, Write};

use netsplit_checkers::history::{Key, Operation, Outcome, Request, Row, Value};
use netsplit_checkers::model::State;
use netsplit_checkers::verdict::Order;

use crate::history::{Band, Told};
use crate::line::Line;
use times::Times;

/// Writes a history with an order that a verdict of linearizability named.
pub fn write(told: &Told<'_>, order: &Order, out: &mut dyn Write) -> io::Result<()> {
    let times = Times::of(told);
    let keys: BTreeMap<Key, Vec<Row>> = happened(told).fold(BTreeMap::new(), |mut keys, (row, operation)| {
        keys.entry(operation.key).or_default().push(row);
        keys
    });
    let partitions: Vec<String> =
        keys.values().map(|rows| Partition { told, times: &times, rows }.json(order)).collect();
    let annotations: Vec<String> = told.bands.iter().map(|band| annotation(band, &times)).collect();
    let whole =
        Line::new().json("Partitions", &array(&partitions)).json("Annotations", &array(&annotations)).end();
    writeln!(out, "{whole}")
}

/// What did not happen is no part of what has to be explained.
fn happened<'a>(told: &Told<'a>) -> impl Iterator<Item = (Row, &'a Operation)> {
    let operations = told.history.operations().iter().enumerate();
    operations.filter(|(_, operation)| !matches!(operation.returned, Some((_, Outcome::Fail))))
}

/// The operations on one key.
struct Partition<'a> {
    told: &'a Told<'a>,
    times: &'a Times,
    rows: &'a [Row],
}

impl Partition<'_> {
    fn json(&self, order: &Order) -> String {
        let history: Vec<String> = self.rows.iter().map(|row| self.element(*row)).collect();
        let steps = self.steps(order);
        let largest = steps.iter().fold(Line::new(), |line, (index, _)| line.number(&index.to_string(), 0));
        let partial: Vec<String> = steps
            .iter()
            .map(|(index, state)| {
                Line::new().number("Index", *index as u64).text("StateDescription", state).end()
            })
            .collect();
        // An order without a single operation would be one that cannot be drawn.
        let partials = if partial.is_empty() { Vec::new() } else { vec![array(&partial)] };
        Line::new()
            .json("History", &array(&history))
            .json("PartialLinearizations", &array(&partials))
            .json("Largest", &largest.end())
            .end()
    }

    fn element(&self, row: Row) -> String {
        let operation = &self.told.history.operations()[row];
        let end = operation.returned.as_ref().map(|(time, _)| *time);
        // What has an unknown outcome may take effect at any later time.
        let closed = end.filter(|_| matches!(operation.returned, Some((_, Outcome::Ok(_)))));
        Line::new()
            .number("ClientId", u64::from(operation.process.0))
            .number("Start", self.times.rank(operation.called))
            .text("OriginalStart", &operation.called.0.to_string())
            .number("End", closed.map_or(self.times.after_all(), |time| self.times.rank(time)))
            .text("OriginalEnd", &end.map_or_else(|| "never".to_owned(), |time| time.0.to_string()))
            .text("Description", &described(operation))
            .text("Metadata", &escaped(self.told.names.key(operation.key)))
            .end()
    }

    /// The part of the order on this key, each operation with the state that it led to. What may yet happen
    /// follows, where it can.
    fn steps(&self, order: &Order) -> Vec<(usize, String)> {
        let mut state = State::initial(self.told.model);
        let mut steps: Vec<(usize, String)> = Vec::new();
        let open = self.rows.iter().filter(|row| !order.0.contains(row));
        let is_complete = open.clone().all(|row| self.is_open(*row));
        let rest = open.filter(|_| is_complete);
        for row in order.0.iter().chain(rest) {
            let Some(index) = self.rows.iter().position(|known| known == row) else { continue };
            let operation = &self.told.history.operations()[*row];
            let answer = match &operation.returned {
                Some((_, Outcome::Ok(answer))) => answer.as_ref(),
                _ => None,
            };
            if let Some(next) = state.after(&operation.request, answer) {
                state = next;
                steps.push((index, escaped(&state.show())));
            }
        }
        steps
    }

    fn is_open(&self, row: Row) -> bool {
        matches!(self.told.history.operations()[row].returned, None | Some((_, Outcome::Info)))
    }
}

/// A few words for a small box.
fn described(operation: &Operation) -> String {
    let asked = match &operation.request {
        Request::Read => "read".to_owned(),
        Request::Write(value) => format!("write {}", shown(value)),
        Request::Cas { expected, new } => format!("cas {} → {}", shown(expected), shown(new)),
        Request::Append(text) => format!("append \"{text}\""),
        Request::Add(number) => format!("add {number}"),
        Request::Remove(number) => format!("remove {number}"),
        Request::Enqueue(value) => format!("enqueue {}", shown(value)),
        Request::Dequeue => "dequeue".to_owned(),
        Request::Acquire => "acquire".to_owned(),
        Request::Release => "release".to_owned(),
    };
    match &operation.returned {
        Some((_, Outcome::Ok(Some(value)))) => format!("{asked}: {}", shown(value)),
        Some((_, Outcome::Ok(None))) => asked,
        _ => format!("{asked}?"),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Absent => "nothing".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => format!("\"{text}\""),
        Value::Many(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
            format!("{{{}}}", numbers.join(", "))
        }
    }
}

/// What was done to the system, in a row of its own for each thing that was.
fn annotation(band: &Band, times: &Times) -> String {
    let subject = band.label.split(": ").next().unwrap_or_default();
    Line::new()
        .number("ClientId", 0)
        .text("Tag", &band.label)
        .number("Start", times.rank(band.from))
        .number("End", band.to.map_or(times.after_all(), |time| times.rank(time)))
        .text("Description", subject)
        .text("Details", &escaped(&band.label))
        .json("Annotation", "true")
        .text("TextColor", "")
        .text("BackgroundColor", "")
        .end()
}

fn array(items: &[String]) -> String {
    format!("[{}]", items.join(","))
}

/// A text as HTML shows it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
