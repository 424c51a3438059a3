//! Client operations and what came of them: neutral rows that any checker can judge.

use crate::encode::{Encode, Encoder};
use crate::encode_fields;
use crate::id::{NodeId, ProcessId, Step};
use crate::time::SimTime;

/// What an operation does to one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    /// Return the value.
    Read,
    /// Replace the value.
    Write,
    /// Replace the value if it is the expected one (compare-and-set).
    Cas,
}

/// A value under a key. Keys start `Absent`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Nothing was ever written.
    #[default]
    Absent,
    /// A number; texts of the page show small ones as letters.
    Number(i64),
}

/// One request of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operation {
    /// What it does.
    pub function: Function,
    /// On which key.
    pub key: u32,
    /// Written value; `Absent` for a read.
    pub value: Value,
    /// Expected value of a compare-and-set; `Absent` otherwise.
    pub expected: Value,
}

impl Operation {
    /// A read of `key`.
    pub const fn read(key: u32) -> Self {
        Self { function: Function::Read, key, value: Value::Absent, expected: Value::Absent }
    }

    /// A write of `number` to `key`.
    pub const fn write(key: u32, number: i64) -> Self {
        Self { function: Function::Write, key, value: Value::Number(number), expected: Value::Absent }
    }

    /// A write of `number` to `key` if it holds `expected`.
    pub const fn cas(key: u32, expected: Value, number: i64) -> Self {
        Self { function: Function::Cas, key, value: Value::Number(number), expected }
    }
}

/// How an operation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It happened; a read carries what it saw.
    Ok(Value),
    /// It did not happen and never will.
    Fail,
    /// Unknown: it may have happened, or may yet. The process id is retired.
    Info,
}

/// One client operation with its invocation and, once answered, its response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpRow {
    /// The logical process, never reused after [`Outcome::Info`].
    pub process: ProcessId,
    /// The client that carries the process.
    pub client: NodeId,
    /// What was asked.
    pub operation: Operation,
    /// The event of the invocation.
    pub invoked: Moment,
    /// The event of the response, and the outcome; `None` while it is pending.
    pub returned: Option<(Moment, Outcome)>,
}

impl OpRow {
    /// The response as far as it is known after `step`: an operation answered later is pending there.
    pub fn returned_by(&self, step: Step) -> Option<(Moment, Outcome)> {
        self.returned.filter(|(moment, _)| moment.step <= step)
    }
}

/// A point of the run: which event, and its virtual time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The event.
    pub step: Step,
    /// Its virtual time.
    pub time: SimTime,
}

encode_fields!(Operation { function, key, value, expected });

impl Encode for Function {
    fn encode(&self, out: &mut Encoder) {
        let tag: u8 = match self {
            Self::Read => 0,
            Self::Write => 1,
            Self::Cas => 2,
        };
        tag.encode(out);
    }
}

impl Encode for Value {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Absent => 0u8.encode(out),
            Self::Number(number) => (1u8, *number).encode(out),
        }
    }
}

impl Encode for Outcome {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Ok(value) => (0u8, *value).encode(out),
            Self::Fail => 1u8.encode(out),
            Self::Info => 2u8.encode(out),
        }
    }
}
