//! Histories of client operations, read from whatever form they are in.
//!
//! | concept | room |
//! |---|---|
//! | one row, written as a map | `half` |
//! | one row, written as a line of a log | `log_line` |
//! | one message, written as JSON | `maelstrom` |
//! | what operations are called, take and give | `function` |
//! | which key an operation is on | `keyed` |
//! | each invocation finds its completion | `pairing` |
//! | what the nemesis did | `nemesis` |
//! | by which model it is meant to be judged | `guess` |
//! | why a text is no history | [`bad`] |
//! | what exporters are told | `told` |
//!
//! ```
//! use netsplit_formats::history;
//!
//! let text = "
//!   {:process 0, :type :invoke, :f :write, :value 1}
//!   {:process 1, :type :invoke, :f :read,  :value nil}
//!   {:process 0, :type :ok,     :f :write, :value 1}
//!   {:process 1, :type :ok,     :f :read,  :value 1}";
//! let imported = history::read(text)?;
//! assert_eq!(imported.history.operations().len(), 2);
//! assert_eq!(imported.lines[1].called, 3);
//!
//! let wrong = history::read("{:process 0, :type :ok, :f :read, :value 1}").unwrap_err();
//! assert_eq!(wrong.to_string(), "line 1: process 0 completes what it has not invoked");
//! # Ok::<(), netsplit_formats::history::bad::BadHistory>(())
//! ```

pub mod bad;
mod function;
mod guess;
mod half;
mod keyed;
mod log_line;
mod maelstrom;
mod nemesis;
mod pairing;
mod told;

use netsplit_checkers::history::{History, Time};
use netsplit_checkers::model::Model;

use crate::edn::reader::Elements;
use bad::{BYTES, BadHistory, DEEDS, ROWS, Reason};
use half::{Half, Who};
use keyed::Keying;
use maelstrom::Clients;
pub use maelstrom::is_messages;
pub use nemesis::Band;
use nemesis::Nemesis;
use pairing::Pairing;
pub use told::Told;

/// A history that was read, with what is needed to show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The operations, in the order of their invocations.
    pub history: History,
    /// What keys and processes are called.
    pub names: Names,
    /// What its times count.
    pub clock: Clock,
    /// What was done to the system.
    pub bands: Vec<Band>,
    /// Where each operation stands, by its row.
    pub lines: Vec<Lines>,
    /// The model that has all its operations, if there is one; of several the likeliest.
    pub model: Option<Model>,
}

/// What things of a history are called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Keys, by number; empty for the one key of a history that names none.
    pub keys: Vec<String>,
    /// Processes, by number.
    pub processes: Vec<String>,
}

/// What the times of a history count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// Nanoseconds: every row says its time, and they are in order.
    Nanoseconds,
    /// Lines of the text.
    #[default]
    Lines,
    /// Rows, since several stand in one line.
    Rows,
}

/// In which lines of the text the two halves of an operation stand, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lines {
    /// The invocation.
    pub called: u32,
    /// The completion; `None` if there is none.
    pub returned: Option<u32>,
}

/// Reads a history in any of the forms: EDN maps in a vector or one after another, lines of a log, or
/// Maelstrom's messages.
/// A text without rows is the empty history.
pub fn read(text: &str) -> Result<Imported, BadHistory> {
    if text.len() > BYTES {
        return Err(BadHistory { line: 1, reason: Reason::TooLarge });
    }
    // A byte order mark is no part of the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let halves = if is_messages(text) {
        of_messages(text)
    } else if is_edn(text) {
        of_maps(text)
    } else {
        of_lines(text)
    };
    joined(&halves?)
}

/// Whether the first thing that is no comment begins a datum with parts.
fn is_edn(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with(';'));
    first.is_some_and(|line| line.starts_with(['{', '[', '(', '#']))
}

fn of_maps(text: &str) -> Result<Vec<Half>, BadHistory> {
    let mut elements = Elements::of(text);
    let mut halves = Vec::new();
    while let Some(row) = elements.advance()? {
        keep(&mut halves, Half::of_map(&row)?)?;
    }
    Ok(halves)
}

fn of_lines(text: &str) -> Result<Vec<Half>, BadHistory> {
    let mut halves = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        if let Some(half) = log_line::row(text, line)? {
            keep(&mut halves, half)?;
        }
    }
    Ok(halves)
}

fn of_messages(text: &str) -> Result<Vec<Half>, BadHistory> {
    let (mut clients, mut halves) = (Clients::default(), Vec::new());
    for (line, text) in (1..).zip(text.lines()) {
        clients.rows(text, line)?.into_iter().try_for_each(|half| keep(&mut halves, half))?;
    }
    Ok(halves)
}

fn keep(halves: &mut Vec<Half>, half: Half) -> Result<(), BadHistory> {
    if halves.len() >= ROWS {
        return Err(BadHistory { line: half.line, reason: Reason::TooLong });
    }
    halves.push(half);
    Ok(())
}

fn joined(halves: &[Half]) -> Result<Imported, BadHistory> {
    let clock = Clock::of(halves);
    let mut pairing = Pairing::new(Keying::of(halves));
    let mut nemesis = Nemesis::default();
    let mut deeds = 0;
    for (index, half) in halves.iter().enumerate() {
        let time = clock.time(index, half);
        match &half.who {
            Who::Client { process, function } => pairing.row(half, *process, *function, time)?,
            Who::Nemesis { .. } if deeds == DEEDS => {
                return Err(BadHistory { line: half.line, reason: Reason::TooManyDeeds });
            }
            Who::Nemesis { deed } => {
                deeds += 1;
                nemesis.row(deed, &half.value, time);
            }
        }
    }
    let Pairing { operations, lines, names, functions, .. } = pairing;
    let model = guess::model(&functions, &operations);
    let history =
        History::new(operations).expect("times never go back, and the pairing lets nothing overlap");
    Ok(Imported { history, names, clock, bands: nemesis.bands(), lines, model })
}

impl Clock {
    fn of(halves: &[Half]) -> Self {
        if halves.iter().all(|half| half.time.is_some()) && halves.is_sorted_by_key(|half| half.time) {
            return Self::Nanoseconds;
        }
        match halves.is_sorted_by(|half, next| half.line < next.line) {
            true => Self::Lines,
            false => Self::Rows,
        }
    }

    fn time(self, index: usize, half: &Half) -> Time {
        Time(match self {
            Self::Nanoseconds => half.time.unwrap_or_default(),
            Self::Lines => u64::from(half.line),
            Self::Rows => index as u64 + 1,
        })
    }
}
