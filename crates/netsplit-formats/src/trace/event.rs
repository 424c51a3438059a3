//! One event as a line.

use netsplit_sim::event::{Arrival, Event, EventKind, Fate, Loss, Sent};
use netsplit_sim::history::{Function, Operation, Value};
use netsplit_sim::id::{NodeId, TimerName};
use netsplit_sim::run::Run;

use crate::Tell;
use crate::line::{Line, quoted};
use crate::walk::place;

/// The line of the event that the run has just reached; `changed` are the fields it changed, as JSON.
pub(super) fn line(run: &dyn Run, event: &Event, changed: &[String], tell: Tell) -> String {
    let line = Line::new().number("step", event.step.0).number("time", event.time.0);
    let line = place(run, event)
        .into_iter()
        .fold(kind(line, run, event), |line, node| line.text("node", &node.to_string()));
    let line = event.cause.into_iter().fold(line, |line, cause| line.number("cause", cause.0));
    let lines = |messages: &[Sent]| messages.iter().map(|sent| sent_line(run, sent)).collect::<Vec<_>>();
    line.list("sent", &lines(run.sent(event.step)))
        .list("altered", &lines(run.changed(event.step)))
        .list("changed", changed)
        .list("violated", &violated(run, event))
        .text("sentence", &tell(run, event))
        .list("sections", &sections(run, event))
        .end()
}

fn kind(line: Line, run: &dyn Run, event: &Event) -> Line {
    match event.kind {
        EventKind::Deliver { message, kind, arrival } => line
            .text("kind", "deliver")
            .text("message", &message.to_string())
            .text("type", type_name(run, kind))
            .text("arrival", arrival_name(arrival)),
        EventKind::Durable { .. } => line.text("kind", "durable"),
        EventKind::Timer { node, timer, waits } => line
            .text("kind", "timer")
            .text("timer", &timer_name(run, node, timer))
            .json("waits", truth(waits)),
        EventKind::Request { operation, waits, .. } => line
            .text("kind", "request")
            .json("operation", &operation_line(&operation))
            .json("waits", truth(waits)),
        EventKind::Intervene { index, refused } => {
            let line = line.text("kind", "intervene").number("index", u64::from(index));
            refused.into_iter().fold(line, |line, reason| line.text("refused", &reason.to_string()))
        }
    }
}

fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

fn type_name(run: &dyn Run, kind: u8) -> &'static str {
    run.about().messages.get(usize::from(kind)).map_or("message", |kind| kind.name)
}

fn arrival_name(arrival: Arrival) -> &'static str {
    match arrival {
        Arrival::Handled => "handled",
        Arrival::Waits => "waits",
        Arrival::NobodyThere => "nobody-there",
    }
}

/// A protocol names the timers of its servers; those of clients have numbers.
fn timer_name(run: &dyn Run, node: NodeId, timer: TimerName) -> String {
    let described = run.about().timers.get(usize::from(timer.0)).filter(|_| !node.is_client());
    described.map_or_else(|| format!("timer {}", timer.0), |kind| kind.name.to_owned())
}

fn operation_line(operation: &Operation) -> String {
    let name = match operation.function {
        Function::Read => "read",
        Function::Write => "write",
        Function::Cas => "cas",
        Function::Add => "add",
        Function::Remove => "remove",
    };
    let line = Line::new().text("f", name).number("key", u64::from(operation.key));
    let line = match operation.function {
        Function::Cas => line.json("expected", &value(operation.expected)),
        _ => line,
    };
    let line = match operation.replicas {
        Some(replicas) => line.number("replicas", u64::from(replicas)),
        None => line,
    };
    line.json("value", &value(operation.value)).end()
}

fn value(value: Value) -> String {
    match value {
        Value::Absent => "null".to_owned(),
        Value::Number(number) => number.to_string(),
    }
}

fn sent_line(run: &dyn Run, sent: &Sent) -> String {
    Line::new()
        .text("message", &sent.id.to_string())
        .text("type", type_name(run, sent.kind))
        .number("arrives", sent.deliver_at.0)
        .text("fate", fate_name(sent.fate))
        .end()
}

fn fate_name(fate: Fate) -> &'static str {
    match fate {
        Fate::Deliver => "deliver",
        Fate::Held => "held",
        Fate::Lost(Loss::Random) => "lost-at-random",
        Fate::Lost(Loss::Cut) => "lost-at-a-cut",
        Fate::Lost(Loss::Dropped) => "dropped",
    }
}

fn violated(run: &dyn Run, event: &Event) -> Vec<String> {
    let here = run.violations().iter().filter(|(moment, _)| moment.step == event.step);
    here.filter_map(|(_, found)| run.about().properties.get(usize::from(found.property)))
        .map(|property| quoted(property.name))
        .collect()
}

fn sections(run: &dyn Run, event: &Event) -> Vec<String> {
    let rules = run.notes(event.step).iter().filter_map(|note| run.about().rules.get(usize::from(note.rule)));
    let mut sections: Vec<String> =
        rules.map(|rule| rule.section).filter(|section| !section.is_empty()).map(quoted).collect();
    sections.dedup();
    sections
}
