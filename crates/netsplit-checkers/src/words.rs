//! Verdicts as sentences, the same on the page and in the terminal. They are claims, and worded so.

use crate::history::{History, Key, Operation, Outcome, Process, Request, Row, Time, Value};
use crate::model;
use crate::verdict::{Consistency, Reason, Spent, Stopped, Verdict, Why, Witness};

/// What things are called by whoever made the history.
pub trait Names {
    /// A process, such as `c2`.
    fn process(&self, process: Process) -> String;
    /// A key, such as `x`.
    fn key(&self, key: Key) -> String;
    /// A moment, such as `1.9 s`.
    fn time(&self, time: Time) -> String;
    /// A value, such as `3`, or `nothing`.
    fn value(&self, value: &Value) -> String {
        model::show(value)
    }
}

/// The verdict in one line: "No linearizability violation so far: 7 answered, 1 unanswered (may or may not
/// have happened)", or what cannot be explained.
pub fn verdict(names: &dyn Names, what: Consistency, history: &History, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Unknown(spent) => format!("unknown: {}", stopped(names, history, spent)),
        Verdict::Violation(witness) => match witness.reasons.first() {
            Some(first) => format!("{} violated: {}", begun(noun(what)), reason(names, history, first)),
            None => format!("{} violated", begun(noun(what))),
        },
        Verdict::Ok(_) => match counts(history) {
            (0, _) => NOTHING.to_owned(),
            (answered, 0) => format!("No {} violation so far: {answered} answered", noun(what)),
            (answered, open) => format!(
                "No {} violation so far: {answered} answered, {open} unanswered (may or may not have happened)",
                noun(what)
            ),
        },
    }
}

fn stopped(names: &dyn Names, history: &History, spent: &Spent) -> String {
    let name = |row: Row| operation(names, history, row);
    match spent.stopped {
        Stopped::Budget => format!("search stopped after {} steps", grouped(spent.steps)),
        Stopped::Repeated { read } => {
            format!(
                "{} found a value that was written more than once, so it does not tell whom it read from",
                name(read)
            )
        }
        Stopped::NoRegister { row } => {
            format!(
                "{} is neither a read nor a write nor a compare-and-set, and only these are judged",
                name(row)
            )
        }
        Stopped::Circular => "operations read what could only be written after them, in a circle".to_owned(),
    }
}

/// Said of a history in which nothing was answered.
pub const NOTHING: &str = "nothing to judge yet";

/// Said while a search is under way.
pub fn checking(names: &dyn Names, up_to: Time) -> String {
    format!("checking up to {}", names.time(up_to))
}

/// The proof, a sentence a reason.
pub fn proof(names: &dyn Names, history: &History, witness: &Witness) -> Vec<String> {
    witness.reasons.iter().map(|each| reason(names, history, each)).collect()
}

/// What is claimed, as a noun: "linearizability".
pub fn noun(what: Consistency) -> &'static str {
    match what {
        Consistency::Linearizable(_) => "linearizability",
        Consistency::Sequential(_) => "sequential consistency",
        Consistency::Causal => "causal consistency",
        Consistency::ReadYourWrites => "read-your-writes",
        Consistency::MonotonicReads => "monotonic-reads",
        Consistency::MonotonicWrites => "monotonic-writes",
        Consistency::WritesFollowReads => "writes-follow-reads",
    }
}

/// How many operations were answered, be it that they failed, and how many were not.
pub fn counts(history: &History) -> (usize, usize) {
    let answered =
        |operation: &&Operation| matches!(operation.returned, Some((_, Outcome::Ok(_) | Outcome::Fail)));
    let all = history.operations().len();
    let answered = history.operations().iter().filter(answered).count();
    (answered, all - answered)
}

/// One step of a proof as a sentence.
pub fn reason(names: &dyn Names, history: &History, reason: &Reason) -> String {
    match reason {
        Reason::NobodyWrote { read } => {
            format!("{}, which nobody had written", answered(names, history, *read))
        }
        Reason::Missed { read, missed, why } => {
            format!(
                "{}, though {}",
                answered(names, history, *read),
                came_before(names, history, *missed, *why)
            )
        }
        Reason::Precedes { first, then, why } => precedes(names, history, *first, *then, *why),
        Reason::DeadEnd { after, state, next } => {
            let after =
                after.map_or("at the start".to_owned(), |row| format!("after {}", told(names, history, row)));
            let state = state.show_by(&|value| names.value(value));
            format!("{after} it holds {state}, but {}", answered(names, history, *next))
        }
    }
}

/// An operation as a noun phrase: "c1's write of 3 to x".
pub fn operation(names: &dyn Names, history: &History, row: Row) -> String {
    let operation = &history.operations()[row];
    format!("{}'s {}", names.process(operation.process), asked(names, operation))
}

fn asked(names: &dyn Names, operation: &Operation) -> String {
    let key = names.key(operation.key);
    let value = |value: &Value| names.value(value);
    match &operation.request {
        Request::Read => format!("read of {key}"),
        Request::Write(new) => format!("write of {} to {key}", value(new)),
        Request::Cas { expected, new } => {
            format!("change of {key} from {} to {}", value(expected), value(new))
        }
        Request::Append(text) => format!("append of \"{text}\" to {key}"),
        Request::Add(number) => format!("addition of {number} to {key}"),
        Request::Remove(number) => format!("removal of {number} from {key}"),
        Request::Enqueue(new) => format!("putting of {} into {key}", value(new)),
        Request::Dequeue => format!("taking from {key}"),
        Request::Acquire => format!("acquiring of {key}"),
        Request::Release => format!("release of {key}"),
    }
}

/// An operation with its answer as a main clause: "c2's read of x returned nothing at 1.9 s".
fn answered(names: &dyn Names, history: &History, row: Row) -> String {
    let subject = operation(names, history, row);
    match &history.operations()[row].returned {
        Some((end, Outcome::Ok(Some(value)))) => {
            format!("{subject} returned {} at {}", names.value(value), names.time(*end))
        }
        Some((end, Outcome::Ok(None))) => format!("{subject} was done at {}", names.time(*end)),
        Some((end, Outcome::Fail)) => format!("{subject} failed at {}", names.time(*end)),
        Some((_, Outcome::Info)) | None => format!("{subject} was never answered"),
    }
}

/// An operation as a noun phrase that tells what it returned: "c1's read of x as 3".
fn told(names: &dyn Names, history: &History, row: Row) -> String {
    let name = operation(names, history, row);
    match &history.operations()[row] {
        Operation { request: Request::Read, returned: Some((_, Outcome::Ok(Some(value)))), .. } => {
            format!("{name} as {}", names.value(value))
        }
        _ => name,
    }
}

/// Why a read should have seen an operation.
fn came_before(names: &dyn Names, history: &History, missed: Row, why: Why) -> String {
    let ended = history.operations()[missed].returned.as_ref().map(|(end, _)| names.time(*end));
    let missed = told(names, history, missed);
    match (why, ended) {
        (Why::Ended, Some(end)) => format!("{missed} had ended at {end}"),
        (Why::SameProcess, _) => format!("{missed} came before it, by the same process"),
        _ => format!("{missed} must have come before it"),
    }
}

fn precedes(names: &dyn Names, history: &History, first: Row, then: Row, why: Why) -> String {
    let ended = history.operations()[first].returned.as_ref().map(|(end, _)| names.time(*end));
    let (before, after) = (told(names, history, first), told(names, history, then));
    match (why, ended) {
        (Why::Ended, Some(end)) => format!("{before} had ended at {end}, before {after} began"),
        (Why::Ended, None) => format!("{before} had ended before {after} began"),
        (Why::SameProcess, _) => format!("{before} came before {after}, by the same process"),
        (Why::ReadFrom, _) => format!("{after} saw {before}"),
        (Why::ReplacedBy, _) => format!("{before} came before {after}, which replaced what it had returned"),
        (Why::Hidden { read }, _) => format!(
            "{before} came before {after}: {} came after the former and returned the latter",
            told(names, history, read)
        ),
        (Why::Causally, _) => format!("{after} could have known of {before}"),
    }
}

/// A count with commas between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn begun(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
