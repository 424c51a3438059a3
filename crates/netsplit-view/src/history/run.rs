//! What is told of a run up to its cursor.

use std::sync::Arc;

use netsplit_checkers::history::{History, Process, Time};
use netsplit_sim::history::OpRow;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;

use super::account::{Account, Fault, FaultKind, Person};
use super::naming::Naming;
use crate::format;
use crate::timeline::{self, BandKind};

impl Account {
    /// A run up to its cursor; `history` holds an operation for each row of the run's history.
    pub fn of_run(run: &dyn Run, history: Arc<History>) -> Self {
        let moments = |row: &OpRow| (row.invoked, row.returned_by(run.step()).map(|(moment, _)| moment));
        Self {
            history,
            naming: if format::counts(run.history()) { Naming::Count } else { Naming::Run },
            people: people(run),
            moments: run.history().iter().map(moments).collect(),
            faults: faults(run),
            until: time(run.now()),
        }
    }
}

fn time(at: SimTime) -> Time {
    Time(at.0)
}

/// Every client, also one that has asked for nothing yet: its empty lane says so.
fn people(run: &dyn Run) -> Vec<Person> {
    let clients = run.topology().clients();
    let mut people: Vec<Person> =
        clients.map(|id| Person { name: id.to_string(), processes: Vec::new() }).collect();
    for row in run.history() {
        let process = Process(row.process.0);
        if let Some(person) = people.get_mut(usize::from(row.client.index()))
            && !person.processes.contains(&process)
        {
            person.processes.push(process);
        }
    }
    people
}

/// The faults that have begun, each with its end if that has come.
fn faults(run: &dyn Run) -> Vec<Fault> {
    let now = run.now();
    let begun = timeline::faults(run).into_iter().filter(|fault| fault.began.1 < run.applied());
    let told = begun.map(|fault| Fault {
        kind: kind(fault.kind),
        label: fault.label,
        from: time(fault.began.0),
        to: fault.ended.filter(|(at, index)| *at <= now && *index < run.applied()).map(|(at, _)| time(at)),
    });
    told.collect()
}

const fn kind(kind: BandKind) -> FaultKind {
    match kind {
        BandKind::Wall(_) => FaultKind::Wall,
        BandKind::Crash(_) | BandKind::Pause(_) => FaultKind::Outage,
        BandKind::Clock(_) | BandKind::Link(_) => FaultKind::Other,
    }
}
