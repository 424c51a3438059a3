//! Lanes: a client's logical processes one below the other, since an operation of unknown outcome retires
//! its process and has no end that another could follow.

use netsplit_checkers::history::{Process, Row};
use netsplit_words::say;

use super::account::Account;

/// How high a lane is.
pub const HEIGHT: f64 = 26.0;

/// A logical process.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Which.
    pub process: Process,
    /// `c1`, `p3`; for a later process of the same client nothing.
    pub name: String,
    /// `c1, 2nd process`.
    pub title: String,
    /// Whether it is the first of its client.
    pub first: bool,
    /// Its middle.
    pub y: f64,
}

/// The lanes of everybody, below what stands above them.
pub(super) fn lanes(account: &Account, top: f64) -> Vec<Lane> {
    let mut lanes = Vec::new();
    for person in &account.people {
        for (nth, process) in person.processes.iter().enumerate() {
            let y = top + (lanes.len() as f64 + 0.5) * HEIGHT;
            let first = nth == 0;
            let name = if first { short(&person.name) } else { String::new() };
            let title = if first {
                person.name.clone()
            } else {
                say!("{name}, after giving up {times}", name = person.name, times = times(nth))
            };
            lanes.push(Lane { process: *process, name, title, first, y });
        }
    }
    lanes
}

/// `c1`; `p3` for a process of a file.
fn short(name: &str) -> String {
    let prefix = say!("process {name}", name = "");
    name.strip_prefix(&prefix).map_or_else(|| name.to_owned(), |number| ["p", number].concat())
}

fn times(number: usize) -> String {
    match number {
        1 => say!("once").to_owned(),
        2 => say!("twice").to_owned(),
        many => say!("{many} times", many),
    }
}

/// The lane of an operation.
pub(super) fn of(account: &Account, lanes: &[Lane], row: Row) -> Option<usize> {
    let process = account.operations().get(row)?.process;
    lanes.iter().position(|lane| lane.process == process)
}
