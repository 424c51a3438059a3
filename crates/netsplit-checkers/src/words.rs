//! Verdicts as sentences, the same on the page and in the terminal. They are claims, and worded so.

use netsplit_words::{language, say, told, word};

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
    let noun = noun(what);
    match verdict {
        Verdict::Unknown(spent) => say!("unknown: {why}", why = stopped(names, history, spent)),
        Verdict::Violation(witness) => match witness.reasons.first() {
            Some(first) => {
                say!("{noun} violated: {why}", noun = begun(noun), why = reason(names, history, first))
            }
            None => say!("{noun} violated", noun = begun(noun)),
        },
        Verdict::Ok(_) => match counts(history) {
            (0, _) => told(NOTHING).to_owned(),
            (answered, 0) => say!("No {noun} violation so far: {answered} answered", noun, answered),
            (answered, open) => say!(
                "No {noun} violation so far: {answered} answered, {open} unanswered (may or may not have happened)",
                noun,
                answered,
                open
            ),
        },
    }
}

fn stopped(names: &dyn Names, history: &History, spent: &Spent) -> String {
    let name = |row: Row| operation(names, history, row);
    match spent.stopped {
        Stopped::Budget => say!("search stopped after {steps} steps", steps = grouped(spent.steps)),
        Stopped::Repeated { read } => say!(
            "{operation} found a value that was written more than once, so it does not tell whom it read from",
            operation = name(read)
        ),
        Stopped::NoRegister { row } => say!(
            "{operation} is neither a read nor a write nor a compare-and-set, and only these are judged",
            operation = name(row)
        ),
        Stopped::Circular => {
            say!("operations read what could only be written after them, in a circle").to_owned()
        }
    }
}

/// Said of a history in which nothing was answered.
pub const NOTHING: &str = word!("nothing to judge yet");

/// Said while a search is under way.
pub fn checking(names: &dyn Names, up_to: Time) -> String {
    say!("checking up to {time}", time = names.time(up_to))
}

/// The proof, a sentence a reason.
pub fn proof(names: &dyn Names, history: &History, witness: &Witness) -> Vec<String> {
    witness.reasons.iter().map(|each| reason(names, history, each)).collect()
}

/// What is claimed, as a noun: "linearizability".
pub fn noun(what: Consistency) -> &'static str {
    match what {
        Consistency::Linearizable(_) => say!("linearizability"),
        Consistency::Sequential(_) => say!("sequential consistency"),
        Consistency::Causal => say!("causal consistency"),
        Consistency::ReadYourWrites => say!("read-your-writes"),
        Consistency::MonotonicReads => say!("monotonic-reads"),
        Consistency::MonotonicWrites => say!("monotonic-writes"),
        Consistency::WritesFollowReads => say!("writes-follow-reads"),
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
            say!("{read}, which nobody had written", read = answered(names, history, *read))
        }
        Reason::Missed { read, missed, why } => say!(
            "{read}, though {missed}",
            read = answered(names, history, *read),
            missed = came_before(names, history, *missed, *why)
        ),
        Reason::Precedes { first, then, why } => precedes(names, history, *first, *then, *why),
        Reason::DeadEnd { after, state, next } => {
            let state = state.show_by(&|value| names.value(value));
            let next = answered(names, history, *next);
            match after {
                None => say!("at the start it holds {state}, but {next}", state, next),
                Some(row) => {
                    let after = with_answer(names, history, *row);
                    say!("after {after} it holds {state}, but {next}", after, state, next)
                }
            }
        }
    }
}

/// An operation as a noun phrase: "c1's write of 3 to x".
pub fn operation(names: &dyn Names, history: &History, row: Row) -> String {
    let operation = &history.operations()[row];
    let (process, asked) = (names.process(operation.process), asked(names, operation));
    say!("{process}'s {asked}", process, asked)
}

fn asked(names: &dyn Names, operation: &Operation) -> String {
    let key = names.key(operation.key);
    let value = |value: &Value| names.value(value);
    match &operation.request {
        Request::Read => say!("read of {key}", key),
        Request::Write(new) => say!("write of {value} to {key}", value = value(new), key),
        Request::Cas { expected, new } => {
            say!("change of {key} from {old} to {new}", key, old = value(expected), new = value(new))
        }
        Request::Append(text) => say!("append of \"{text}\" to {key}", text, key),
        Request::Add(number) => say!("addition of {number} to {key}", number, key),
        Request::Remove(number) => say!("removal of {number} from {key}", number, key),
        Request::Enqueue(new) => say!("putting of {value} into {key}", value = value(new), key),
        Request::Dequeue => say!("taking from {key}", key),
        Request::Acquire => say!("acquiring of {key}", key),
        Request::Release => say!("release of {key}", key),
    }
}

/// An operation with its answer as a main clause: "c2's read of x returned nothing at 1.9 s".
fn answered(names: &dyn Names, history: &History, row: Row) -> String {
    let subject = operation(names, history, row);
    match &history.operations()[row].returned {
        Some((end, Outcome::Ok(Some(value)))) => say!(
            "{subject} returned {value} at {time}",
            subject,
            value = names.value(value),
            time = names.time(*end)
        ),
        Some((end, Outcome::Ok(None))) => {
            say!("{subject} was done at {time}", subject, time = names.time(*end))
        }
        Some((end, Outcome::Fail)) => say!("{subject} failed at {time}", subject, time = names.time(*end)),
        Some((_, Outcome::Info)) | None => say!("{subject} was never answered", subject),
    }
}

/// An operation as a noun phrase that tells what it returned: "c1's read of x as 3".
fn with_answer(names: &dyn Names, history: &History, row: Row) -> String {
    let name = operation(names, history, row);
    match &history.operations()[row] {
        Operation { request: Request::Read, returned: Some((_, Outcome::Ok(Some(value)))), .. } => {
            say!("{name} as {value}", name, value = names.value(value))
        }
        _ => name,
    }
}

/// Why a read should have seen an operation.
fn came_before(names: &dyn Names, history: &History, missed: Row, why: Why) -> String {
    let ended = history.operations()[missed].returned.as_ref().map(|(end, _)| names.time(*end));
    let missed = with_answer(names, history, missed);
    match (why, ended) {
        (Why::Ended, Some(end)) => say!("{missed} had ended at {end}", missed, end),
        (Why::SameProcess, _) => say!("{missed} came before it, by the same process", missed),
        _ => say!("{missed} must have come before it", missed),
    }
}

fn precedes(names: &dyn Names, history: &History, first: Row, then: Row, why: Why) -> String {
    let ended = history.operations()[first].returned.as_ref().map(|(end, _)| names.time(*end));
    let (before, after) = (with_answer(names, history, first), with_answer(names, history, then));
    match (why, ended) {
        (Why::Ended, Some(end)) => {
            say!("{before} had ended at {end}, before {after} began", before, end, after)
        }
        (Why::Ended, None) => say!("{before} had ended before {after} began", before, after),
        (Why::SameProcess, _) => say!("{before} came before {after}, by the same process", before, after),
        (Why::ReadFrom, _) => say!("{after} saw {before}", after, before),
        (Why::ReplacedBy, _) => {
            say!("{before} came before {after}, which replaced what it had returned", before, after)
        }
        (Why::Hidden { read }, _) => say!(
            "{before} came before {after}: {read} came after the former and returned the latter",
            before,
            after,
            read = with_answer(names, history, read)
        ),
        (Why::Causally, _) => say!("{after} could have known of {before}", after, before),
    }
}

/// A count with commas between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(language().group);
        }
        out.push(digit);
    }
    out
}

fn begun(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
