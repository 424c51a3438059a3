//! A client history as Porcupine's visualisation takes it: a partition a key, with the order that explains
//! most of it, and what was done to the system as annotations.
//!
//! The visualisation draws times as places, so they are written as ranks. It puts descriptions of states into
//! its page as they are, so they are escaped for HTML.

mod partition;
mod times;

use std::collections::BTreeMap;
use std::io::{self, Write};

use netsplit_checkers::history::{Key, Operation, Outcome, Request, Value};
use netsplit_checkers::verdict::Order;

use crate::history::{Band, Told};
use crate::line::Line;
use partition::Partition;
use times::Times;

/// Writes a history with an order that a verdict of linearizability named.
pub fn write(told: &Told<'_>, order: &Order, out: &mut dyn Write) -> io::Result<()> {
    let times = Times::of(told);
    let partitions: Vec<String> =
        partitions(told, order).values().map(|partition| partition.json(told, &times)).collect();
    let annotations: Vec<String> = told.bands.iter().map(|band| annotation(band, &times)).collect();
    let whole =
        Line::new().json("Partitions", &array(&partitions)).json("Annotations", &array(&annotations)).end();
    writeln!(out, "{whole}")
}

fn partitions(told: &Told<'_>, order: &Order) -> BTreeMap<Key, Partition> {
    let operations = told.history.operations();
    let mut keys: BTreeMap<Key, Partition> = BTreeMap::new();
    for (row, operation) in operations.iter().enumerate() {
        // What did not happen is no part of what has to be explained.
        if !matches!(operation.returned, Some((_, Outcome::Fail))) {
            keys.entry(operation.key).or_default().rows.push(row);
        }
    }
    for row in &order.0 {
        if let Some(partition) = operations.get(*row).and_then(|operation| keys.get_mut(&operation.key)) {
            partition.order.push(*row);
        }
    }
    keys
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
