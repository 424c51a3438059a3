//! Histories in one line each.

use std::sync::Arc;

use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Time, Value};
use netsplit_view::history::account::{Account, Person};
use netsplit_view::history::naming::Naming;

/// An operation of a process on x; `D` is the fourth letter.
pub fn operation(process: u32, request: Request, called: u64, returned: Option<(u64, Outcome)>) -> Operation {
    let returned = returned.map(|(time, outcome)| (Time(time), outcome));
    Operation { process: Process(process), key: Key(0), request, called: Time(called), returned }
}

pub fn write(process: u32, number: i64, called: u64, returned: u64) -> Operation {
    let ok = Some((returned, Outcome::Ok(None)));
    operation(process, Request::Write(Value::Number(number)), called, ok)
}

pub fn read(process: u32, saw: i64, called: u64, returned: u64) -> Operation {
    let ok = Outcome::Ok(Some(Value::Number(saw)));
    operation(process, Request::Read, called, Some((returned, ok)))
}

/// Told up to a time; each client has the processes given.
pub fn account(operations: Vec<Operation>, clients: &[&[u32]], until: u64) -> Account {
    let people = clients.iter().enumerate().map(|(at, own)| Person {
        name: format!("c{}", at + 1),
        processes: own.iter().copied().map(Process).collect(),
    });
    Account {
        history: Arc::new(History::new(operations).expect("it is well-formed")),
        naming: Naming::Run,
        people: people.collect(),
        moments: Vec::new(),
        faults: Vec::new(),
        until: Time(until),
    }
}
