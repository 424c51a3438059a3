//! Tries every order, and knows of no state: what an operation returns is read off the operations before it.

use netsplit_checkers::history::{Operation, Outcome, Request, Value};
use netsplit_checkers::model::Model;

/// Whether some order explains a history.
pub fn explainable(model: Model, history: &[Operation]) -> bool {
    let happened = |operation: &&Operation| !matches!(operation.returned, Some((_, Outcome::Fail)));
    let left: Vec<&Operation> = history.iter().filter(happened).collect();
    extend(model, &mut Vec::new(), &left)
}

fn extend<'a>(model: Model, order: &mut Vec<&'a Operation>, left: &[&'a Operation]) -> bool {
    if !left.iter().any(|operation| ended(operation).is_some()) {
        return true;
    }
    (0..left.len()).any(|at| {
        let next = left[at];
        let first = !left[..at].iter().any(|other| precedes(other, next, true))
            && !left[at + 1..].iter().any(|other| precedes(other, next, false));
        if !first || !fits(model, order, next) {
            return false;
        }
        let rest: Vec<&Operation> = left[..at].iter().chain(&left[at + 1..]).copied().collect();
        order.push(next);
        let found = extend(model, order, &rest);
        order.pop();
        found
    })
}

fn ended(operation: &Operation) -> Option<u64> {
    match operation.returned {
        Some((time, Outcome::Ok(_))) => Some(time.0),
        _ => None,
    }
}

/// `earlier` says which row is first.
pub fn precedes(first: &Operation, then: &Operation, earlier: bool) -> bool {
    let same = first.process == then.process && earlier;
    ended(first).is_some_and(|end| end < then.called.0 || same)
}

/// Whether an operation of an order that breaks no rule may return what it did after the ones before it.
pub fn fits(model: Model, before: &[&Operation], next: &Operation) -> bool {
    let before: Vec<&Operation> = before.iter().copied().filter(|earlier| earlier.key == next.key).collect();
    let before = before.as_slice();
    let answer = match &next.returned {
        Some((_, Outcome::Ok(answer))) => answer.as_ref(),
        _ => None,
    };
    match &next.request {
        Request::Cas { expected, .. } => value(before) == *expected,
        Request::Acquire => times(before, &Request::Acquire) == times(before, &Request::Release),
        Request::Release => times(before, &Request::Acquire) > times(before, &Request::Release),
        Request::Read => answer.is_none_or(|answer| reads(model, before, answer)),
        Request::Dequeue => answer.is_none_or(|answer| front(before) == *answer),
        _ => true,
    }
}

fn reads(model: Model, before: &[&Operation], answer: &Value) -> bool {
    match model {
        Model::Register | Model::CasRegister => value(before) == *answer && !matches!(answer, Value::Many(_)),
        Model::KeyValue => {
            let expected = text(before);
            matches!(answer, Value::Text(text) if **text == *expected)
                || (*answer == Value::Absent && expected.is_empty())
                || matches!(answer, Value::Number(number) if number.to_string() == expected)
        }
        Model::Counter => match answer {
            Value::Number(number) => *number == sum(before),
            _ => *answer == Value::Absent && sum(before) == 0,
        },
        Model::Set => match answer {
            Value::Many(many) => **many == *elements(before),
            Value::Number(number) => elements(before) == [*number],
            _ => *answer == Value::Absent && elements(before).is_empty(),
        },
        Model::Queue | Model::Mutex => false,
    }
}

fn value(before: &[&Operation]) -> Value {
    let written = before.iter().rev().find_map(|operation| match &operation.request {
        Request::Write(value) | Request::Cas { new: value, .. } => Some(value.clone()),
        _ => None,
    });
    written.unwrap_or(Value::Absent)
}

fn text(before: &[&Operation]) -> String {
    let put = before.iter().rposition(|operation| matches!(operation.request, Request::Write(_)));
    before[put.unwrap_or(0)..].iter().fold(String::new(), |text, operation| match &operation.request {
        Request::Write(Value::Text(put)) => put.to_string(),
        Request::Write(Value::Number(put)) => put.to_string(),
        Request::Append(more) => text + more,
        _ => text,
    })
}

fn sum(before: &[&Operation]) -> i64 {
    let added = |operation: &&Operation| match operation.request {
        Request::Add(number) => number,
        _ => 0,
    };
    before.iter().map(added).sum()
}

fn elements(before: &[&Operation]) -> Vec<i64> {
    let mut elements: Vec<i64> = Vec::new();
    for operation in before {
        match operation.request {
            Request::Add(element) if !elements.contains(&element) => elements.push(element),
            Request::Remove(element) => elements.retain(|other| *other != element),
            _ => {}
        }
    }
    elements.sort_unstable();
    elements
}

fn front(before: &[&Operation]) -> Value {
    let mut line = Vec::new();
    for operation in before {
        match &operation.request {
            Request::Enqueue(value) => line.push(value.clone()),
            Request::Dequeue if !line.is_empty() => drop(line.remove(0)),
            _ => {}
        }
    }
    line.first().cloned().unwrap_or(Value::Absent)
}

fn times(before: &[&Operation], request: &Request) -> usize {
    before.iter().filter(|operation| operation.request == *request).count()
}
