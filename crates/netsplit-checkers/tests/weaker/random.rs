//! Small random histories of registers whose writes have distinct values.

use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Time, Value};
use proptest::prelude::*;

/// What is drawn for each operation.
#[derive(Clone, Copy, Debug)]
struct Draw {
    process: u32,
    key: u32,
    kind: u32,
    what: prop::sample::Index,
    took: u64,
}

/// How histories are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub processes: u32,
    pub keys: u32,
    pub operations: usize,
    /// Whether several values may be read side by side.
    pub siblings: bool,
}

pub fn histories(shape: Shape) -> impl Strategy<Value = History> {
    let draw = (0..shape.processes, 0..shape.keys, 0..12_u32, any::<prop::sample::Index>(), 0..25_u64);
    let draw = draw.prop_map(|(process, key, kind, what, took)| Draw { process, key, kind, what, took });
    prop::collection::vec(draw, 1..=shape.operations).prop_map(move |draws| build(&draws, shape))
}

/// The k-th operation writes the value k, if it writes.
fn build(draws: &[Draw], shape: Shape) -> History {
    let written = |key: u32| -> Vec<i64> {
        let writes = (0..).zip(draws).filter(|(_, draw)| draw.key == key && draw.kind < 6);
        writes.map(|(number, _)| number).collect()
    };
    let mut free = vec![0; shape.processes as usize];
    let mut ended = vec![false; shape.processes as usize];
    let mut operations = Vec::new();
    for (number, draw) in (0_i64..).zip(draws) {
        let process = draw.process as usize;
        if ended[process] {
            continue;
        }
        let seen = seen(draw, &written(draw.key), shape.siblings);
        let new = Value::Number(number);
        let (request, answer) = match draw.kind {
            0..5 => (Request::Write(new), None),
            5 => (Request::Cas { expected: seen, new }, None),
            _ => (Request::Read, Some(seen)),
        };
        let outcome = match draw.took {
            0..3 => Outcome::Info,
            3 => Outcome::Fail,
            _ => Outcome::Ok(answer),
        };
        ended[process] = outcome == Outcome::Info;
        let called = (number.unsigned_abs() * 10).max(free[process]);
        free[process] = called + draw.took + 1;
        let returned = Some((Time(called + draw.took), outcome));
        let (process, key) = (Process(draw.process), Key(draw.key));
        operations.push(Operation { process, key, request, called: Time(called), returned });
    }
    History::new(operations).expect("processes take turns with themselves")
}

/// One of the values written to the key, or nothing, or two side by side.
fn seen(draw: &Draw, written: &[i64], siblings: bool) -> Value {
    let many = siblings && draw.kind == 11 && written.len() >= 2;
    match draw.what.index(written.len() + 1) {
        _ if many => {
            let first = draw.what.index(written.len() - 1);
            Value::Many([written[first], written[first + 1]].into())
        }
        0 => Value::Absent,
        at => Value::Number(written[at - 1]),
    }
}
