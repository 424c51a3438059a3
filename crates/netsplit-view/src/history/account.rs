//! What is told: a history, who took part, what things are called, and the faults meanwhile.

use std::sync::Arc;

use netsplit_checkers::history::{History, Key, Operation, Process, Time, Value};
use netsplit_checkers::words::Names;
use netsplit_sim::history::Moment;
use netsplit_words::say;

use super::naming::{Clock, Naming};

/// A history with everything that its picture needs to know beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// What clients saw.
    pub history: Arc<History>,
    /// What keys, values and times are called.
    pub naming: Naming,
    /// Who took part, from the top.
    pub people: Vec<Person>,
    /// Of each operation of a run the events of its invocation and of its answer; empty for a history that
    /// came from a file.
    pub moments: Vec<(Moment, Option<Moment>)>,
    /// What was done to the system meanwhile.
    pub faults: Vec<Fault>,
    /// How far it is told: what has no end reaches to here.
    pub until: Time,
}

/// Somebody who asked: the logical processes of a client come one after the other, since an operation of
/// unknown outcome retires its process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// `c1`.
    pub name: String,
    /// Its processes, the oldest first.
    pub processes: Vec<Process>,
}

/// A fault while it lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it does.
    pub kind: FaultKind,
    /// `wall: n1, c1 | n2, n3`.
    pub label: String,
    /// When it begins.
    pub from: Time,
    /// When it ends; `None` if nothing has ended it.
    pub to: Option<Time>,
}

/// What a fault does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It parts the system.
    Wall,
    /// It stops somebody.
    Outage,
    /// It changes something else.
    Other,
}

impl Account {
    /// A history from a file, by what it calls keys and processes; each process is a person.
    pub fn of_file(
        history: Arc<History>,
        keys: &[String],
        processes: &[String],
        clock: Clock,
        faults: Vec<Fault>,
    ) -> Self {
        let named = (0..).map(Process).zip(processes);
        let person = |(process, name): (_, &String)| Person {
            name: say!("process {name}", name),
            processes: vec![process],
        };
        let ends = history
            .operations()
            .iter()
            .map(|operation| operation.returned.as_ref().map_or(operation.called, |(at, _)| *at));
        let until = ends.chain(faults.iter().map(|fault| fault.to.unwrap_or(fault.from))).max();
        Self {
            naming: Naming::File { keys: keys.into(), clock },
            people: named.map(person).collect(),
            moments: Vec::new(),
            until: until.unwrap_or_default(),
            history,
            faults,
        }
    }

    /// The operations.
    pub fn operations(&self) -> &[Operation] {
        self.history.operations()
    }
}

/// Sentences speak of clients, whichever of their processes it was.
impl Names for Account {
    fn process(&self, process: Process) -> String {
        let whose = self.people.iter().find(|person| person.processes.contains(&process));
        whose.map_or_else(|| say!("somebody").to_owned(), |person| person.name.clone())
    }

    fn key(&self, key: Key) -> String {
        let name = self.naming.key(key);
        if name.is_empty() { say!("the object").to_owned() } else { name }
    }

    fn time(&self, time: Time) -> String {
        self.naming.time(time)
    }

    fn value(&self, value: &Value) -> String {
        self.naming.value(value)
    }
}
