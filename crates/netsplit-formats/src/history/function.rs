//! What operations are called, what they take, and what they give.

use std::sync::Arc;

use netsplit_checkers::history::{Request, Value};

use super::bad::{Reason, shown};
use crate::edn::{Datum, Form};

/// All names, for messages.
pub(super) const KNOWN: &str =
    ":read, :write, :cas, :get, :put, :append, :add, :remove, :enqueue, :dequeue, :acquire, :release";

/// What an operation is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Read,
    Write,
    Cas,
    Get,
    Put,
    Append,
    Add,
    Remove,
    Enqueue,
    Dequeue,
    Acquire,
    Release,
}

impl Function {
    const ALL: [Self; 12] = [
        Self::Read,
        Self::Write,
        Self::Cas,
        Self::Get,
        Self::Put,
        Self::Append,
        Self::Add,
        Self::Remove,
        Self::Enqueue,
        Self::Dequeue,
        Self::Acquire,
        Self::Release,
    ];

    /// By its name, which is a keyword, or a text in histories of other tools.
    pub(super) fn of(datum: &Datum) -> Result<Self, Reason> {
        let (Form::Keyword(name) | Form::Text(name)) = &datum.form else {
            return Err(Reason::BadFunction(shown(datum)));
        };
        let known = Self::ALL.into_iter().find(|function| function.name()[1..] == *name);
        known.ok_or_else(|| Reason::BadFunction(shown(datum)))
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Read => ":read",
            Self::Write => ":write",
            Self::Cas => ":cas",
            Self::Get => ":get",
            Self::Put => ":put",
            Self::Append => ":append",
            Self::Add => ":add",
            Self::Remove => ":remove",
            Self::Enqueue => ":enqueue",
            Self::Dequeue => ":dequeue",
            Self::Acquire => ":acquire",
            Self::Release => ":release",
        }
    }

    /// Whether what it returns is more than that it happened.
    pub(super) fn returns(self) -> bool {
        matches!(self, Self::Read | Self::Get | Self::Dequeue)
    }

    /// What is asked for with this value.
    pub(super) fn request(self, value: &Datum) -> Result<Request, Reason> {
        let bad = |wanted| Reason::BadValue { function: self.name(), wanted, found: shown(value) };
        Ok(match self {
            Self::Read | Self::Get => Request::Read,
            Self::Dequeue => Request::Dequeue,
            Self::Acquire => Request::Acquire,
            Self::Release => Request::Release,
            Self::Write | Self::Put => Request::Write(
                stored(value).ok_or_else(|| bad("takes a number of at most 64 bits or a text"))?,
            ),
            Self::Enqueue => Request::Enqueue(
                stored(value).ok_or_else(|| bad("takes a number of at most 64 bits or a text"))?,
            ),
            Self::Cas => swap(value).ok_or_else(|| bad("takes [from to], numbers or texts"))?,
            Self::Append => match &value.form {
                Form::Text(text) => Request::Append(Arc::from(text.as_str())),
                _ => return Err(bad("takes a text")),
            },
            Self::Add => Request::Add(number(value).ok_or_else(|| bad("takes a number of at most 64 bits"))?),
            Self::Remove => {
                Request::Remove(number(value).ok_or_else(|| bad("takes a number of at most 64 bits"))?)
            }
        })
    }

    /// What was returned. Nothing at all is unknown, not absent: clients of Jepsen do not tell them apart.
    pub(super) fn returned(self, value: &Datum) -> Result<Option<Value>, Reason> {
        let bad = || Reason::BadValue {
            function: self.name(),
            wanted: "returns a number, a text, :absent, nil if that is not known, or several numbers",
            found: shown(value),
        };
        match &value.form {
            Form::Nil => Ok(None),
            Form::Sequence(data) | Form::Set(data) => several(data).map(Some).ok_or_else(bad),
            _ => stored(value).map(Some).ok_or_else(bad),
        }
    }
}

/// A value that can be stored. Storing nil is making it absent again.
fn stored(datum: &Datum) -> Option<Value> {
    Some(match &datum.untagged().form {
        Form::Nil => Value::Absent,
        Form::Integer(number) => Value::Number(*number),
        Form::Text(text) => Value::Text(Arc::from(text.as_str())),
        Form::Keyword(name) if name == "absent" => Value::Absent,
        Form::Keyword(_) => Value::Text(Arc::from(datum.to_string())),
        _ => return None,
    })
}

fn swap(datum: &Datum) -> Option<Request> {
    let Form::Sequence(both) = &datum.untagged().form else { return None };
    let [expected, new] = &both[..] else { return None };
    Some(Request::Cas { expected: stored(expected)?, new: stored(new)? })
}

fn number(datum: &Datum) -> Option<i64> {
    match datum.untagged().form {
        Form::Integer(number) => Some(number),
        _ => None,
    }
}

/// The elements of a set, or siblings side by side.
fn several(data: &[Datum]) -> Option<Value> {
    let mut numbers: Vec<i64> = data.iter().map(number).collect::<Option<_>>()?;
    numbers.sort_unstable();
    numbers.dedup();
    Some(Value::Many(numbers.into()))
}
