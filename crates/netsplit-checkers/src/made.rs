//! Histories that are made: what clients see of an object that does each operation at one instant. They are
//! linearizable by construction, and tests and measurements need many.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::history::{History, Key, Operation, Outcome, Process, Request, Time, Value};
use crate::model::{Model, State};

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Making {
    /// The kind of object.
    pub model: Model,
    /// How many clients use it at once.
    pub clients: u32,
    /// On how many keys.
    pub keys: u32,
    /// How many operations.
    pub operations: u32,
    /// How many of them are never answered. Every other of these has happened all the same.
    pub unanswered: u32,
    /// How many different values are written, or 0 if each value is written once.
    pub values: u32,
    /// Which history.
    pub seed: u64,
}

/// A request on its way.
struct Sent {
    operation: Operation,
    /// When it happens, unless it never does.
    happens: Option<Time>,
    /// When it is answered.
    ends: Option<Time>,
}

/// Draws numbers (SplitMix64).
struct Draws(u64);

impl Draws {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end.max(1)
    }
}

/// Makes a history.
pub fn make(making: &Making) -> History {
    let mut sent = send(making, &mut Draws(making.seed));
    answer(making.model, &mut sent);
    sent.sort_by_key(|sent| sent.operation.called);
    let operations = sent.into_iter().map(|sent| sent.operation).collect();
    History::new(operations).expect("a client sends one request after another")
}

/// Each client calls, waits for the answer, and thinks a moment. One that is not answered is replaced.
fn send(making: &Making, draws: &mut Draws) -> Vec<Sent> {
    let mut free: Vec<(u64, u32)> = (0..making.clients).map(|client| (draws.below(100), client)).collect();
    let mut processes = making.clients;
    let mut sent = Vec::new();
    for nth in 0..making.operations {
        free.sort_unstable();
        let Some((called, process)) = free.first_mut() else { break };
        let happens = *called + draws.below(100);
        let ends = happens + draws.below(100);
        let key = Key(draws.below(u64::from(making.keys)) as u32);
        let request = request(making, nth, draws);
        let lost =
            draws.below(u64::from(making.operations - nth)) < u64::from(left_unanswered(making, &sent));
        sent.push(Sent {
            operation: Operation {
                process: Process(*process),
                key,
                request,
                called: Time(*called),
                returned: None,
            },
            happens: (!lost || nth.is_multiple_of(2)).then_some(Time(happens)),
            ends: (!lost).then_some(Time(ends)),
        });
        *called = ends + 1 + draws.below(20);
        if lost {
            *process = processes;
            processes += 1;
        }
    }
    sent
}

fn left_unanswered(making: &Making, sent: &[Sent]) -> u32 {
    making.unanswered - sent.iter().filter(|sent| sent.ends.is_none()).count() as u32
}

fn request(making: &Making, nth: u32, draws: &mut Draws) -> Request {
    let drawn = draws.below(u64::from(making.values)) as i64;
    let number = if making.values == 0 { i64::from(nth) } else { drawn };
    let value = Value::Number(number);
    let text: Arc<str> = format!("{number} ").into();
    let kind = draws.below(4);
    match (making.model, kind) {
        (Model::Queue, 0 | 1) => Request::Enqueue(value),
        (Model::Queue, _) => Request::Dequeue,
        (Model::Mutex, 0 | 1) => Request::Acquire,
        (Model::Mutex, _) => Request::Release,
        (_, 0 | 1) => Request::Read,
        (Model::Counter, _) | (Model::Set, 2) => Request::Add(number),
        (Model::Set, _) => Request::Remove(number / 2),
        // What is expected is filled in when it happens.
        (Model::CasRegister, 2) => Request::Cas { expected: Value::Absent, new: value },
        (Model::KeyValue, 2) => Request::Append(text),
        (Model::KeyValue, _) if draws.below(8) > 0 => Request::Append(text),
        (Model::KeyValue, _) => Request::Write(Value::Text(text)),
        (Model::Register | Model::CasRegister, _) => Request::Write(value),
    }
}

/// The object does one thing after another.
fn answer(model: Model, sent: &mut [Sent]) {
    let mut objects = BTreeMap::new();
    sent.sort_by_key(|sent| (sent.happens, sent.operation.process));
    for sent in sent.iter_mut() {
        let state = objects.entry(sent.operation.key).or_insert_with(|| State::initial(model));
        if let (Request::Cas { expected, .. }, State::Register(value)) =
            (&mut sent.operation.request, &*state)
        {
            expected.clone_from(value);
        }
        let answer = state.answer(&sent.operation.request);
        let next = state.after(&sent.operation.request, answer.as_ref());
        let outcome = if next.is_some() { Outcome::Ok(answer) } else { Outcome::Fail };
        if let (Some(_), Some(next)) = (sent.happens, next) {
            *state = next;
        }
        sent.operation.returned = sent.ends.map(|ends| (ends, outcome));
    }
}

/// The same history, but the last read returned what the read before it did not see either: an older value.
/// Not linearizable if the value has been replaced since, as it has been in any long history.
pub fn with_a_stale_read(history: &History) -> History {
    let mut operations = history.operations().to_vec();
    let told = |operation: &Operation| matches!(operation.returned, Some((_, Outcome::Ok(Some(_)))));
    let mut reads: Vec<usize> = (0..operations.len()).filter(|row| told(&operations[*row])).collect();
    reads.sort_by_key(|row| operations[*row].returned.as_ref().map(|(end, _)| *end));
    if let Some(last) = reads.pop() {
        let older = reads.iter().filter(|row| operations[**row].key == operations[last].key);
        let differs = |row: &&usize| outcome(&operations[**row]) != outcome(&operations[last]);
        if let Some(stale) =
            older.take(reads.len() / 2).find(differs).and_then(|row| outcome(&operations[*row]).cloned())
        {
            operations[last].returned = operations[last].returned.take().map(|(end, _)| (end, stale));
        }
    }
    History::new(operations).expect("the same calls and returns as before")
}

fn outcome(operation: &Operation) -> Option<&Outcome> {
    operation.returned.as_ref().map(|(_, outcome)| outcome)
}
