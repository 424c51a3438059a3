//! A client history as Jepsen and Knossos read it: one EDN map a line, in the order of time.
//!
//! Keys stand in front of the values, as `jepsen.independent` writes them, if there is more than one. What a
//! key holds before anything was written is `:absent`, since nil would be read as "not known".

mod order;

use std::io::{self, Write};
use std::iter;

use netsplit_checkers::history::{Operation, Outcome, Request, Time, Value};
use netsplit_checkers::model::Model;

use crate::edn::quoted;
use crate::history::Told;
use order::{Moment, What};

/// Writes a history.
pub fn write(told: &Told<'_>, out: &mut dyn Write) -> io::Result<()> {
    let keyed = told.history.operations().iter().any(|operation| operation.key.0 != first_key(told));
    writeln!(out, "; :absent is what a key holds before anything was written to it.")?;
    let moments = order::moments(told);
    let rows = moments.iter().flat_map(|moment| rows(told, moment, keyed).map(|row| (moment.time, row)));
    for (index, (Time(time), row)) in rows.enumerate() {
        writeln!(out, "{{:index {index}, :time {time}, {row}}}")?;
    }
    Ok(())
}

fn rows(told: &Told<'_>, moment: &Moment, keyed: bool) -> impl Iterator<Item = String> {
    let (row, count) = match moment.what {
        What::Call(row) => (half(told, &told.history.operations()[row], Half::Call, keyed), 1),
        What::Return(row) => (half(told, &told.history.operations()[row], Half::Return, keyed), 1),
        // Jepsen's nemesis has a row when it begins a deed and one when it is done.
        What::Begins(band) => (nemesis("start", &told.bands[band].label), 2),
        What::Ends(band) => (nemesis("stop", &told.bands[band].label), 2),
    };
    iter::repeat_n(row, count)
}

fn first_key(told: &Told<'_>) -> u32 {
    told.history.operations().first().map_or(0, |operation| operation.key.0)
}

/// Which half of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Call,
    Return,
}

fn half(told: &Told<'_>, operation: &Operation, half: Half, keyed: bool) -> String {
    let outcome = operation.returned.as_ref().map(|(_, outcome)| outcome).filter(|_| half == Half::Return);
    let kind = match outcome {
        None => "invoke",
        Some(Outcome::Ok(_)) => "ok",
        Some(Outcome::Fail) => "fail",
        Some(Outcome::Info) => "info",
    };
    let is_store = told.model == Model::KeyValue;
    let function = function(&operation.request, is_store);
    let key = name(told.names.key(operation.key));
    let plain = value(&operation.request, outcome);
    let value = match (is_store, keyed) {
        (true, _) => format!(":key {key}, :value {plain}"),
        (false, true) => format!(":value [{key} {plain}]"),
        (false, false) => format!(":value {plain}"),
    };
    let process = told.names.process(operation.process);
    format!(":type :{kind}, :process {process}, :f :{function}, {value}")
}

fn function(request: &Request, is_store: bool) -> &'static str {
    match (request, is_store) {
        (Request::Read, true) => "get",
        (Request::Write(_), true) => "put",
        (Request::Read, false) => "read",
        (Request::Write(_), false) => "write",
        (Request::Cas { .. }, _) => "cas",
        (Request::Append(_), _) => "append",
        (Request::Add(_), _) => "add",
        (Request::Remove(_), _) => "remove",
        (Request::Enqueue(_), _) => "enqueue",
        (Request::Dequeue, _) => "dequeue",
        (Request::Acquire, _) => "acquire",
        (Request::Release, _) => "release",
    }
}

/// What was asked with, or what came back.
fn value(request: &Request, outcome: Option<&Outcome>) -> String {
    match (request, outcome) {
        (Request::Read | Request::Dequeue, Some(Outcome::Ok(Some(seen)))) => stored(seen),
        (Request::Read | Request::Dequeue | Request::Acquire | Request::Release, _) => "nil".to_owned(),
        (Request::Write(value) | Request::Enqueue(value), _) => stored(value),
        (Request::Cas { expected, new }, _) => format!("[{} {}]", stored(expected), stored(new)),
        (Request::Append(text), _) => quoted(text),
        (Request::Add(number) | Request::Remove(number), _) => number.to_string(),
    }
}

fn stored(value: &Value) -> String {
    match value {
        Value::Absent => ":absent".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => quoted(text),
        Value::Many(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
            format!("[{}]", numbers.join(" "))
        }
    }
}

/// The name of a key: a number or a keyword as it is, anything else as a text.
fn name(name: &str) -> String {
    let bare = name.strip_prefix(':').unwrap_or(name);
    let is_plain = bare.chars().all(|next| next.is_ascii_alphanumeric() || next == '-') && !bare.is_empty();
    match is_plain && (name.starts_with(':') || name.parse::<i64>().is_ok()) {
        true => name.to_owned(),
        false => quoted(name),
    }
}

/// The label `wall: n1 | n2` is the deed `start-wall` with the value "n1 | n2".
fn nemesis(verb: &str, label: &str) -> String {
    let (subject, value) = match label.split_once(": ") {
        Some((subject, value)) => (subject, quoted(value)),
        None => (label, "nil".to_owned()),
    };
    let deed: String =
        subject.chars().map(|next| if next.is_ascii_alphanumeric() { next } else { '-' }).collect();
    format!(":type :info, :process :nemesis, :f :{verb}-{deed}, :value {value}")
}
