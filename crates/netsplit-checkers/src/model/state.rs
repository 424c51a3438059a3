//! The state of an object and how an operation changes it, in the plainest way.

use netsplit_words::say;

use std::collections::{BTreeSet, VecDeque};

use super::Model;
use crate::history::{Request, Value};

/// What an object holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Of a register, with or without compare-and-set.
    Register(Value),
    /// Of a key of a key-value store.
    Text(String),
    /// Of a counter.
    Counter(i64),
    /// Of a set.
    Set(BTreeSet<i64>),
    /// Of a queue, the front first.
    Queue(VecDeque<Value>),
    /// Of a mutex: whether somebody holds it.
    Mutex(bool),
}

impl State {
    /// Before anything has happened.
    pub fn initial(model: Model) -> Self {
        match model {
            Model::Register | Model::CasRegister => Self::Register(Value::Absent),
            Model::KeyValue => Self::Text(String::new()),
            Model::Counter => Self::Counter(0),
            Model::Set => Self::Set(BTreeSet::new()),
            Model::Queue => Self::Queue(VecDeque::new()),
            Model::Mutex => Self::Mutex(false),
        }
    }

    /// What is held after an operation, or `None` if it cannot have happened here with this answer. No answer
    /// means that any is allowed, as of an operation that nobody saw returning.
    pub fn after(&self, request: &Request, answer: Option<&Value>) -> Option<Self> {
        match self {
            Self::Register(value) => register(value, request, answer),
            Self::Text(text) => key_value(text, request, answer),
            Self::Counter(sum) => counter(*sum, request, answer),
            Self::Set(elements) => set(elements, request, answer),
            Self::Queue(queue) => take_or_put(queue, request, answer),
            Self::Mutex(held) => mutex(*held, request),
        }
    }

    /// What an operation returns here, if it returns anything.
    pub fn answer(&self, request: &Request) -> Option<Value> {
        match (self, request) {
            (Self::Register(value), Request::Read) => Some(value.clone()),
            (Self::Text(text), Request::Read) => Some(Value::Text(text.as_str().into())),
            (Self::Counter(sum), Request::Read) => Some(Value::Number(*sum)),
            (Self::Set(elements), Request::Read) => Some(Value::Many(elements.iter().copied().collect())),
            (Self::Queue(queue), Request::Dequeue) => Some(queue.front().cloned().unwrap_or_default()),
            _ => None,
        }
    }

    /// In words.
    pub fn show(&self) -> String {
        self.show_by(&show)
    }

    /// In words, with values called as somebody calls them.
    pub fn show_by(&self, name: &dyn Fn(&Value) -> String) -> String {
        match self {
            Self::Register(value) => name(value),
            Self::Text(text) => format!("\"{text}\""),
            Self::Counter(sum) => sum.to_string(),
            Self::Set(elements) => braced(elements.iter().map(i64::to_string)),
            Self::Queue(queue) if queue.is_empty() => say!("empty").to_owned(),
            Self::Queue(queue) => queue.iter().map(name).collect::<Vec<_>>().join(", "),
            Self::Mutex(held) => if *held { say!("held") } else { say!("free") }.to_owned(),
        }
    }
}

/// A value in words.
pub(crate) fn show(value: &Value) -> String {
    match value {
        Value::Absent => say!("nothing").to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => format!("\"{text}\""),
        Value::Many(numbers) => braced(numbers.iter().map(i64::to_string)),
    }
}

fn braced(items: impl Iterator<Item = String>) -> String {
    format!("{{{}}}", items.collect::<Vec<_>>().join(", "))
}

/// A register holds one value: a read that saw several side by side saw what no register holds.
fn register(value: &Value, request: &Request, answer: Option<&Value>) -> Option<State> {
    let next = match request {
        Request::Read => {
            let fits = answer.is_none_or(|seen| seen == value && !matches!(seen, Value::Many(_)));
            fits.then_some(value)
        }
        Request::Write(new) => Some(new),
        Request::Cas { expected, new } => (expected == value).then_some(new),
        _ => None,
    };
    next.cloned().map(State::Register)
}

fn key_value(text: &str, request: &Request, answer: Option<&Value>) -> Option<State> {
    let next = match request {
        Request::Read => {
            answer.is_none_or(|seen| text_of(seen).as_deref() == Some(text)).then(|| text.to_owned())
        }
        Request::Write(new) => text_of(new),
        Request::Append(more) => Some(format!("{text}{more}")),
        _ => None,
    };
    next.map(State::Text)
}

/// A value as a key-value store holds it: a missing key is the empty text. Several values side by side are none.
pub(crate) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Absent => Some(String::new()),
        Value::Number(number) => Some(number.to_string()),
        Value::Text(text) => Some(text.to_string()),
        Value::Many(_) => None,
    }
}

fn counter(sum: i64, request: &Request, answer: Option<&Value>) -> Option<State> {
    let next = match request {
        Request::Read => answer.is_none_or(|seen| sum_of(seen) == Some(sum)).then_some(sum),
        // Sums beyond 64 bits wrap on both sides of the comparison, so no history makes the checker panic.
        Request::Add(number) => Some(sum.wrapping_add(*number)),
        _ => None,
    };
    next.map(State::Counter)
}

/// A counter that nobody has touched reads as 0, whether or not the store says that there is nothing.
fn sum_of(value: &Value) -> Option<i64> {
    match value {
        Value::Absent => Some(0),
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

fn set(elements: &BTreeSet<i64>, request: &Request, answer: Option<&Value>) -> Option<State> {
    let mut next = elements.clone();
    match request {
        Request::Read => {
            if answer.is_some_and(|seen| elements_of(seen).as_ref() != Some(elements)) {
                return None;
            }
        }
        Request::Add(element) => drop(next.insert(*element)),
        Request::Remove(element) => drop(next.remove(element)),
        _ => return None,
    }
    Some(State::Set(next))
}

/// A set with one element may be shown as that element, an empty one as nothing.
fn elements_of(value: &Value) -> Option<BTreeSet<i64>> {
    match value {
        Value::Absent => Some(BTreeSet::new()),
        Value::Number(number) => Some(BTreeSet::from([*number])),
        Value::Many(numbers) => Some(numbers.iter().copied().collect()),
        Value::Text(_) => None,
    }
}

fn take_or_put(queue: &VecDeque<Value>, request: &Request, answer: Option<&Value>) -> Option<State> {
    let mut next = queue.clone();
    match request {
        Request::Enqueue(value) => next.push_back(value.clone()),
        Request::Dequeue => {
            let front = next.pop_front().unwrap_or(Value::Absent);
            if answer.is_some_and(|seen| *seen != front) {
                return None;
            }
        }
        _ => return None,
    }
    Some(State::Queue(next))
}

fn mutex(held: bool, request: &Request) -> Option<State> {
    match request {
        Request::Acquire if !held => Some(State::Mutex(true)),
        Request::Release if held => Some(State::Mutex(false)),
        _ => None,
    }
}
