//! What keys, values and times of a history are called.

use std::sync::Arc;

use netsplit_checkers::history::{Key, Time, Value};
use netsplit_checkers::model::State;
use netsplit_sim::describe::{shown_key, shown_value};
use netsplit_sim::history;
use netsplit_sim::time::SimTime;
use netsplit_words::say;

/// What keys, values and times are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Naming {
    /// As everywhere on the page: x, y, z, and letters for small numbers.
    Run,
    /// The same, but numbers are numbers: of a run whose clients count.
    Count,
    /// As in the file that the history came from.
    File {
        /// By [`Key`]; a history with one key need not name it.
        keys: Arc<[String]>,
        /// What its times are.
        clock: Clock,
    },
}

/// What the times of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Nanoseconds.
    Nanoseconds,
    /// Lines of the text.
    Lines,
    /// Rows of it.
    Rows,
}

impl Naming {
    /// `x`; empty if there is only one key and it has no name.
    pub fn key(&self, key: Key) -> String {
        match self {
            Self::Run | Self::Count => shown_key(key.0),
            Self::File { keys, .. } => keys.get(key.0 as usize).cloned().unwrap_or_default(),
        }
    }

    /// `D`, `nothing`, `“ab”`, `A, B`.
    pub fn value(&self, value: &Value) -> String {
        match value {
            Value::Absent => say!("nothing").to_owned(),
            Value::Number(number) => self.number(*number),
            Value::Text(text) => ["“", text, "”"].concat(),
            Value::Many(numbers) if numbers.is_empty() => "∅".to_owned(),
            Value::Many(numbers) => self.numbers(numbers.iter().copied()),
        }
    }

    fn numbers(&self, numbers: impl Iterator<Item = i64>) -> String {
        numbers.map(|number| self.number(number)).collect::<Vec<_>>().join(", ")
    }

    /// What an object holds: `D`, `A, B`, `empty`.
    pub fn state(&self, state: &State) -> String {
        match state {
            State::Register(value) => self.value(value),
            State::Text(text) => ["“", text, "”"].concat(),
            State::Counter(sum) => sum.to_string(),
            State::Set(elements) if elements.is_empty() => "∅".to_owned(),
            State::Set(elements) => self.numbers(elements.iter().copied()),
            State::Queue(queue) if queue.is_empty() => say!("empty").to_owned(),
            State::Queue(queue) => queue.iter().map(|value| self.value(value)).collect::<Vec<_>>().join(", "),
            State::Mutex(held) => if *held { say!("held") } else { say!("free") }.to_owned(),
        }
    }

    /// `D`, or `4` in a file.
    pub fn number(&self, number: i64) -> String {
        match self {
            Self::Run => shown_value(history::Value::Number(number)),
            Self::Count | Self::File { .. } => number.to_string(),
        }
    }

    /// Whether its times are positions in a file.
    pub fn counts(&self) -> bool {
        matches!(self, Self::File { clock: Clock::Lines | Clock::Rows, .. })
    }

    /// `1.284 s`; `line 12`.
    pub fn time(&self, time: Time) -> String {
        match self {
            Self::File { clock: Clock::Lines, .. } => say!("line {number}", number = time.0),
            Self::File { clock: Clock::Rows, .. } => say!("row {number}", number = time.0),
            Self::Run | Self::Count | Self::File { clock: Clock::Nanoseconds, .. } => {
                SimTime(time.0).to_string()
            }
        }
    }
}
