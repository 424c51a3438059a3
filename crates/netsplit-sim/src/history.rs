//! Client operations and what came of them: neutral rows that any checker can judge.

use std::rc::Rc;

use crate::encode::{Encode, Encoder};
use crate::id::{NodeId, ProcessId, Step};
use crate::time::SimTime;

/// What an operation does to one key. The numbers of the functions are frozen: they are digested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    /// Return the value.
    Read,
    /// Replace the value.
    Write,
    /// Replace the value if it is the expected one (compare-and-set).
    Cas,
    /// Add a number: to a counter, or as an element to a set.
    Add,
    /// Take an element out of a set.
    Remove,
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
    /// The value written, added or removed; `Absent` for a read.
    pub value: Value,
    /// Expected value of a compare-and-set; `Absent` otherwise.
    pub expected: Value,
    /// How many replicas have to answer it: R of a read, W of what writes. Without it the protocol's
    /// parameters say; protocols that let nobody choose ignore it.
    pub replicas: Option<u8>,
}

impl Operation {
    const fn new(function: Function, key: u32, value: Value) -> Self {
        Self { function, key, value, expected: Value::Absent, replicas: None }
    }

    /// A read of `key`.
    pub const fn read(key: u32) -> Self {
        Self::new(Function::Read, key, Value::Absent)
    }

    /// A write of `number` to `key`.
    pub const fn write(key: u32, number: i64) -> Self {
        Self::new(Function::Write, key, Value::Number(number))
    }

    /// A write of `number` to `key` if it holds `expected`.
    pub const fn cas(key: u32, expected: Value, number: i64) -> Self {
        Self { expected, ..Self::new(Function::Cas, key, Value::Number(number)) }
    }

    /// Adds `number` to the counter, or the set, under `key`.
    pub const fn add(key: u32, number: i64) -> Self {
        Self::new(Function::Add, key, Value::Number(number))
    }

    /// Takes `number` out of the set under `key`.
    pub const fn remove(key: u32, number: i64) -> Self {
        Self::new(Function::Remove, key, Value::Number(number))
    }

    /// The same, ended by the answers of that many replicas.
    pub const fn by_replicas(self, replicas: u8) -> Self {
        Self { replicas: Some(replicas), ..self }
    }
}

/// How an operation ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It happened; a read carries what it saw.
    Ok(Value),
    /// It happened: a read that saw several numbers side by side, in ascending order: siblings, or the
    /// elements of a set.
    Many(Rc<[i64]>),
    /// It did not happen and never will.
    Fail,
    /// Unknown: it may have happened, or may yet. The process id is retired.
    Info,
}

/// One client operation with its invocation and, once answered, its response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpRow {
    /// The logical process, never reused after [`Outcome::Info`].
    pub process: ProcessId,
    /// The client that carries the process.
    pub client: NodeId,
    /// What was asked.
    pub operation: Operation,
    /// The event of the invocation.
    pub invoked: Moment,
    /// When a live server first received a message about it; `None` if none has. What nobody received,
    /// nobody owes an answer (Gilbert and Lynch 2002, §2.3).
    pub received: Option<Moment>,
    /// The event of the response, and the outcome; `None` while it is pending.
    pub returned: Option<(Moment, Outcome)>,
}

impl OpRow {
    /// The response as far as it is known after `step`: an operation answered later is pending there.
    pub fn returned_by(&self, step: Step) -> Option<(Moment, Outcome)> {
        self.returned.clone().filter(|(moment, _)| moment.step <= step)
    }

    /// When a live server first received it, as far as that is known after `step`.
    pub fn received_by(&self, step: Step) -> Option<Moment> {
        self.received.filter(|moment| moment.step <= step)
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

impl Encode for Operation {
    /// The number of replicas stands in the function's byte, and only if there is one: the digests of
    /// operations that leave it to the protocol are older than this field.
    fn encode(&self, out: &mut Encoder) {
        let named = self.replicas.map_or(0, |_| NAMES_REPLICAS);
        (self.function as u8 | named).encode(out);
        self.key.encode(out);
        (self.value, self.expected).encode(out);
        if let Some(replicas) = self.replicas {
            replicas.encode(out);
        }
    }
}

const NAMES_REPLICAS: u8 = 0x80;

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
            Self::Many(numbers) => {
                3u8.encode(out);
                numbers.iter().for_each(|number| number.encode(out));
            }
        }
    }
}
