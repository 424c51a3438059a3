//! What clients saw: operations, each with the interval in which it must have taken effect.

use std::sync::Arc;

use thiserror::Error;

/// A logical process. It has one operation under way at a time, and is never seen again after an
/// operation of unknown outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Process(pub u32);

/// A key of the store. What it is called is the business of whoever made the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u32);

/// A point of real time, in whatever unit the history has. Intervals are closed: of two processes, a call
/// at the very time of a return came before it, so that the two operations overlap. Within a process the
/// order of the rows holds even at equal times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

/// What is stored, written and read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Nothing was ever written.
    #[default]
    Absent,
    /// A number.
    Number(i64),
    /// A text, as key-value stores with append hold.
    Text(Arc<str>),
    /// Several numbers in ascending order: the elements of a set, or siblings that a read saw side by side.
    Many(Arc<[i64]>),
}

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Request {
    /// Return the value.
    Read,
    /// Replace the value.
    Write(Value),
    /// Replace the value if it is the expected one, else fail.
    Cas {
        /// The expected value.
        expected: Value,
        /// The new one.
        new: Value,
    },
    /// Append to the text.
    Append(Arc<str>),
    /// Add a number: to a counter, or as an element to a set.
    Add(i64),
    /// Take an element out of a set.
    Remove(i64),
    /// Put at the end of a queue.
    Enqueue(Value),
    /// Take from the front of a queue.
    Dequeue,
    /// Take a mutex.
    Acquire,
    /// Give a mutex back.
    Release,
}

/// How an operation ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It happened, and returned this. `None` if it returns nothing, or if what it returned was not
    /// recorded, which any model allows.
    Ok(Option<Value>),
    /// It did not happen and never will.
    Fail,
    /// Unknown: it may have happened, or may yet.
    Info,
}

/// One operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Who.
    pub process: Process,
    /// On what.
    pub key: Key,
    /// What was asked.
    pub request: Request,
    /// When.
    pub called: Time,
    /// When it ended and how; `None` while it is pending, which is judged like [`Outcome::Info`].
    pub returned: Option<(Time, Outcome)>,
}

/// Position of an operation in its history: a history keeps the order in which it was given, so this names
/// the same operation for whoever made it.
pub type Row = usize;

/// A well-formed history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    operations: Vec<Operation>,
}

/// Why rows are no history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAHistory {
    /// An operation ends before it begins.
    #[error("operation {0} ends before it begins")]
    EndsBeforeItBegins(Row),
    /// A process has two operations under way.
    #[error("operation {row} of process {} begins before operation {other} of the same process has ended", process.0)]
    Overlaps {
        /// The later one.
        row: Row,
        /// The one under way.
        other: Row,
        /// Whose.
        process: Process,
    },
    /// A process goes on after an operation of unknown outcome.
    #[error("operation {row} is of process {}, which ended with operation {other}: its outcome is unknown, so what comes after it is of a new process", process.0)]
    Reappears {
        /// The later one.
        row: Row,
        /// The one of unknown outcome.
        other: Row,
        /// Whose.
        process: Process,
    },
}

impl History {
    /// Checks that the operations of each process follow one another in the order given, and that none
    /// follows one of unknown outcome.
    pub fn new(operations: Vec<Operation>) -> Result<Self, NotAHistory> {
        let mut last = std::collections::BTreeMap::<Process, Row>::new();
        for (row, operation) in operations.iter().enumerate() {
            if operation.returned.as_ref().is_some_and(|(time, _)| *time < operation.called) {
                return Err(NotAHistory::EndsBeforeItBegins(row));
            }
            let process = operation.process;
            if let Some(other) = last.insert(process, row) {
                match &operations[other].returned {
                    Some((_, Outcome::Info)) => return Err(NotAHistory::Reappears { row, other, process }),
                    Some((end, _)) if *end <= operation.called => {}
                    _ => return Err(NotAHistory::Overlaps { row, other, process }),
                }
            }
        }
        Ok(Self { operations })
    }

    /// The operations, in the order given.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }
}
