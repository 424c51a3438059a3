//! A history as exporters are told of it: of a file, or of a run.

use netsplit_checkers::history::{History, Key, Operation, Process};
use netsplit_checkers::model::Model;
use netsplit_sim::describe::shown_key;

use super::{Band, Imported, Names};

/// What an exporter writes.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The operations.
    pub history: &'a History,
    /// What keys and processes are called.
    pub names: &'a Names,
    /// What was done to the system.
    pub bands: &'a [Band],
    /// What is stored under a key.
    pub model: Model,
}

impl Imported {
    /// As exporters want it, with what is stored under a key.
    pub fn told(&self, model: Model) -> Told<'_> {
        Told { history: &self.history, names: &self.names, bands: &self.bands, model }
    }
}

impl Names {
    /// What the keys and processes of a run's history are called: keys as on the page, processes by number.
    pub fn of_run(history: &History) -> Self {
        let count = |number: fn(&Operation) -> u32| {
            let numbers = history.operations().iter().map(number);
            numbers.max().map_or(0, |highest| highest + 1)
        };
        Self {
            keys: (0..count(|operation| operation.key.0)).map(shown_key).collect(),
            processes: (0..count(|operation| operation.process.0)).map(|number| number.to_string()).collect(),
        }
    }

    /// What a key is called; empty if it has no name.
    pub fn key(&self, key: Key) -> &str {
        self.keys.get(key.0 as usize).map_or("", String::as_str)
    }

    /// What a process is called.
    pub fn process(&self, process: Process) -> &str {
        self.processes.get(process.0 as usize).map_or("", String::as_str)
    }
}
