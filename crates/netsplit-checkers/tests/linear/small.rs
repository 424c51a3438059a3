//! Small histories of any kind: some true, some with lies in them.

use std::collections::BTreeMap;

use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Time, Value};
use netsplit_checkers::model::{Model, State};
use proptest::prelude::{Strategy, prop_oneof};
use proptest::{collection, option, sample};

/// One operation before it is known what it returns.
#[derive(Clone, Debug)]
pub struct Sketch {
    process: u32,
    key: u32,
    request: Request,
    /// Time since the last operation of the process, until it happens, until it ends.
    steps: (u64, u64, u64),
    ending: Ending,
    lie: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Ending {
    Ok,
    Untold,
    Fail,
    Info,
    Pending,
}

/// Up to so many operations of three clients on some keys.
pub fn sketches(model: Model, operations: usize, keys: u32) -> impl Strategy<Value = Vec<Sketch>> {
    let ending = prop_oneof![
        12 => sample::select(vec![Ending::Ok]),
        1 => sample::select(vec![Ending::Untold, Ending::Fail]),
        3 => sample::select(vec![Ending::Info, Ending::Pending]),
    ];
    let lie = option::weighted(0.25, sample::select(answers(model)));
    let sketch =
        (0..3u32, 0..keys, sample::select(requests(model)), (0..3u64, 0..5u64, 0..5u64), ending, lie);
    let sketch = sketch.prop_map(|(process, key, request, steps, ending, lie)| Sketch {
        process,
        key,
        request,
        steps,
        ending,
        lie,
    });
    collection::vec(sketch, 0..=operations)
}

fn requests(model: Model) -> Vec<Request> {
    let numbers = (1..4).map(Value::Number);
    let changes = [(0, 1), (1, 2), (2, 1), (1, 3)].map(|(expected, new)| Request::Cas {
        expected: if expected == 0 { Value::Absent } else { Value::Number(expected) },
        new: Value::Number(new),
    });
    let text = |text: &str| Value::Text(text.into());
    match model {
        Model::Register => {
            [Request::Read, Request::Read].into_iter().chain(numbers.map(Request::Write)).collect()
        }
        Model::CasRegister => [Request::Read, Request::Read]
            .into_iter()
            .chain(numbers.take(2).map(Request::Write))
            .chain(changes)
            .collect(),
        Model::KeyValue => vec![
            Request::Read,
            Request::Read,
            Request::Append("a".into()),
            Request::Append("b".into()),
            Request::Write(text("a")),
            Request::Write(text("")),
        ],
        Model::Counter => vec![Request::Read, Request::Add(1), Request::Add(2), Request::Add(-1)],
        Model::Set => {
            vec![Request::Read, Request::Read, Request::Add(1), Request::Add(2), Request::Remove(1)]
        }
        Model::Queue => numbers.map(Request::Enqueue).chain([Request::Dequeue, Request::Dequeue]).collect(),
        Model::Mutex => vec![Request::Acquire, Request::Release],
    }
}

fn answers(model: Model) -> Vec<Value> {
    let text = |text: &str| Value::Text(text.into());
    match model {
        Model::KeyValue => vec![Value::Absent, text(""), text("a"), text("ab"), text("ba"), text("b")],
        Model::Set => [&[][..], &[1], &[2], &[1, 2]].map(|many| Value::Many(many.into())).to_vec(),
        _ => vec![
            Value::Absent,
            Value::Number(1),
            Value::Number(2),
            Value::Number(3),
            Value::Many([1, 2].into()),
        ],
    }
}

/// Lets an object do what was asked, then has the liars lie.
pub fn history(model: Model, sketches: &[Sketch]) -> History {
    let mut rows = rows(sketches);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|row| rows[*row].1);
    let mut objects = BTreeMap::new();
    for row in order {
        let (operation, _, ending) = &mut rows[row];
        let state = objects.entry(operation.key).or_insert_with(|| State::initial(model));
        let answer = state.answer(&operation.request);
        let next = state.after(&operation.request, answer.as_ref());
        let lie = sketches[row].lie.clone().filter(|_| answer.is_some());
        let outcome = match *ending {
            Ending::Ok if next.is_none() && sketches[row].lie.is_none() => Outcome::Fail,
            Ending::Ok => Outcome::Ok(lie.or(answer)),
            Ending::Untold => Outcome::Ok(None),
            Ending::Fail => Outcome::Fail,
            Ending::Info | Ending::Pending => Outcome::Info,
        };
        if outcome != Outcome::Fail
            && let Some(next) = next
        {
            *state = next;
        }
        operation.returned = operation.returned.take().map(|(end, _)| (end, outcome));
    }
    History::new(rows.into_iter().map(|(operation, ..)| operation).collect())
        .expect("processes do one thing at a time")
}

/// Calls and returns, with the time at which each happens.
fn rows(sketches: &[Sketch]) -> Vec<(Operation, Time, Ending)> {
    let mut clocks = [0; 3];
    let mut names = [0, 1, 2];
    let mut rows = Vec::new();
    for (nth, sketch) in sketches.iter().enumerate() {
        let who = sketch.process as usize;
        let called = clocks[who] + sketch.steps.0;
        let happens = called + sketch.steps.1;
        let end = happens + sketch.steps.2;
        clocks[who] = end;
        let operation = Operation {
            process: Process(names[who]),
            key: Key(sketch.key),
            request: sketch.request.clone(),
            called: Time(called),
            returned: (sketch.ending != Ending::Pending).then_some((Time(end), Outcome::Info)),
        };
        rows.push((operation, Time(happens), sketch.ending));
        if matches!(sketch.ending, Ending::Info | Ending::Pending) {
            names[who] = 10 + nth as u32;
        }
    }
    rows
}

/// The same with distinct values written.
pub fn distinct(mut sketches: Vec<Sketch>) -> Vec<Sketch> {
    for (nth, sketch) in sketches.iter_mut().enumerate() {
        if let Request::Write(value) = &mut sketch.request {
            *value = Value::Number(nth as i64 + 1);
        }
    }
    sketches
}
