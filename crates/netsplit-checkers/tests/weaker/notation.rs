//! Histories as text: one operation after the other, `a w x 1; b r x 1; b r y -; a c x 1 2; a w x 3 info`.

use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Row, Time, Value};
use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::{Consistency, Verdict, Witness};
use netsplit_checkers::words::Names;

/// Processes and keys by their letters.
pub struct Letters;

impl Names for Letters {
    fn process(&self, process: Process) -> String {
        letter(process.0)
    }
    fn key(&self, key: Key) -> String {
        letter(key.0)
    }
    fn time(&self, time: Time) -> String {
        format!("{} ms", time.0)
    }
}

fn letter(number: u32) -> String {
    char::from_u32('a' as u32 + number).map(String::from).expect("a letter")
}

/// The value written `-`, `3` or `1+2`.
pub fn value(text: &str) -> Value {
    match text {
        "-" => Value::Absent,
        text if text.contains('+') => {
            Value::Many(text.split('+').map(|part| part.parse().expect("a number")).collect())
        }
        text => Value::Number(text.parse().expect("a number")),
    }
}

fn operation(at: u64, text: &str) -> Operation {
    let words: Vec<&str> = text.split_whitespace().collect();
    let letter = |word: &str| u32::from(word.as_bytes()[0] - b'a');
    let end = words.last().copied();
    let (request, answer) = match words[1] {
        "r" => (Request::Read, Some(value(words[3]))),
        "w" => (Request::Write(value(words[3])), None),
        "c" => (Request::Cas { expected: value(words[3]), new: value(words[4]) }, None),
        "p" => (Request::Append(words[3].into()), None),
        other => panic!("{other} is none of r, w, c, p"),
    };
    let outcome = match end {
        Some("info") => Outcome::Info,
        Some("fail") => Outcome::Fail,
        _ => Outcome::Ok(answer),
    };
    let (process, key) = (Process(letter(words[0])), Key(letter(words[2])));
    Operation { process, key, request, called: Time(at), returned: Some((Time(at + 5), outcome)) }
}

/// A history in which each operation ends before the next begins.
pub fn history(text: &str) -> History {
    let operations = text.split(';').map(str::trim).filter(|text| !text.is_empty());
    let operations = (0..).step_by(10).zip(operations).map(|(at, text)| operation(at, text)).collect();
    History::new(operations).expect("a history")
}

/// The verdict on a history, with plenty of budget.
pub fn verdict(what: Consistency, text: &str) -> Verdict {
    judge(what, &history(text), Budget::USUAL)
}

/// The name of the verdict.
pub fn check(what: Consistency, text: &str, expected: &str) {
    let verdict = verdict(what, text);
    assert_eq!(verdict.name(), expected, "{} of {text}: {verdict:?}", what.name());
}

/// The same history with these rows only.
pub fn only(history: &History, rows: &[Row]) -> History {
    let operations = rows.iter().map(|row| history.operations()[*row].clone()).collect();
    History::new(operations).expect("a history with fewer operations is one")
}

/// A witness must be a violation by itself, and none without the stuck answer.
pub fn assert_is_proof(what: Consistency, history: &History, witness: &Witness) {
    assert!(witness.rows.contains(&witness.stuck), "{witness:?}");
    assert!(!witness.reasons.is_empty());
    let alone = only(history, &witness.rows);
    assert_eq!(judge(what, &alone, Budget::USUAL).name(), "violation", "{witness:?} of {history:?}");
    let without = without_answer(what, history, &witness.rows, witness.stuck);
    assert_ne!(judge(what, &without, Budget::USUAL).name(), "violation", "{witness:?} of {history:?}");
}

/// These rows of a history, without the stuck answer and all later ones. Where the object does what a model
/// says, operations are left that may have happened or not; else compare-and-sets are left as writes.
fn without_answer(what: Consistency, history: &History, rows: &[Row], stuck: Row) -> History {
    let answered = |row: Row| (history.operations()[row].returned.as_ref().map(|(at, _)| *at), row);
    let operations = (1_000..).zip(rows).filter_map(|(process, row)| {
        let mut operation = history.operations()[*row].clone();
        match operation.request.clone() {
            _ if answered(*row) < answered(stuck) => {}
            Request::Read => return None,
            _ if what.model().is_some() => {
                operation.process = Process(process);
                operation.returned = None;
            }
            Request::Cas { new, .. } => operation.request = Request::Write(new),
            _ => {}
        }
        Some(operation)
    });
    History::new(operations.collect()).expect("a history with fewer operations is one")
}
