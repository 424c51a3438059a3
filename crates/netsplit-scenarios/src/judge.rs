//! What the clients of a run saw, as a history that a checker can judge, and by which model.

use std::collections::BTreeMap;
use std::sync::Arc;

use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Time, Value};
use netsplit_checkers::model::Model;
use netsplit_checkers::session::{Session, Sessions};
use netsplit_sim::describe::Replicas;
use netsplit_sim::history::{self, Function, OpRow};
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;

use crate::document::Scenario;
use crate::registry;

/// The operations invoked up to the cursor, as far as they are known after `by`: what is answered later is
/// pending. Row `i` is `run.history()[i]`, times are nanoseconds, processes and keys keep their numbers.
///
/// A run that has forgotten its oldest operations ([`Memory::operations_forgotten`]) cannot be judged from
/// what is left: there is no history then.
///
/// [`Memory::operations_forgotten`]: netsplit_sim::run::Memory::operations_forgotten
pub fn history(run: &dyn Run, by: Step) -> Option<History> {
    if run.memory().operations_forgotten > 0 {
        return None;
    }
    let rows = run.history().iter().filter(|row| row.invoked.step <= by);
    let operations = rows.map(|row| operation(row, by)).collect();
    Some(History::new(operations).expect("the kernel gives a client one operation at a time"))
}

/// Which client each process belongs to: a client that gave up an operation goes on as another process, and
/// remembers.
pub fn sessions(run: &dyn Run) -> Sessions {
    let client = |row: &OpRow| (Process(row.process.0), Session(u32::from(row.client.index())));
    Sessions(run.history().iter().map(client).collect())
}

/// The model of what a scenario's protocol stores under a key, with these parameters.
pub fn model(scenario: &Scenario) -> Option<Model> {
    let protocol = registry::find(&scenario.protocol)?;
    let settings = (protocol.about)().settings(&scenario.params, &scenario.flaws).ok()?;
    Some((protocol.model)(&settings))
}

/// The keys of which those replicas that should hold them do not hold the same.
pub fn differing(replicas: &Replicas) -> Vec<u32> {
    let differs = |held: &BTreeMap<NodeId, Vec<i64>>| {
        let mut values = held.values();
        values.next().is_some_and(|first| values.any(|other| other != first))
    };
    replicas.iter().filter(|(_, held)| differs(held)).map(|(key, _)| *key).collect()
}

fn operation(row: &OpRow, by: Step) -> Operation {
    let asked = &row.operation;
    let returned = row.returned_by(by);
    Operation {
        process: Process(row.process.0),
        key: Key(asked.key),
        request: request(asked),
        called: Time(row.invoked.time.0),
        returned: returned.map(|(moment, outcome)| (Time(moment.time.0), ended(asked, outcome))),
    }
}

fn request(asked: &history::Operation) -> Request {
    let number = match asked.value {
        history::Value::Number(number) => number,
        history::Value::Absent => 0,
    };
    match asked.function {
        Function::Read => Request::Read,
        Function::Write => Request::Write(value(asked.value)),
        Function::Cas => Request::Cas { expected: value(asked.expected), new: value(asked.value) },
        Function::Add => Request::Add(number),
        Function::Remove => Request::Remove(number),
    }
}

/// Only reads tell what they saw; what a store says of a write is its own affair.
fn ended(asked: &history::Operation, outcome: history::Outcome) -> Outcome {
    let reads = asked.function == Function::Read;
    match outcome {
        history::Outcome::Ok(seen) => Outcome::Ok(reads.then(|| value(seen))),
        history::Outcome::Many(seen) => Outcome::Ok(reads.then(|| Value::Many(Arc::from(&*seen)))),
        history::Outcome::Fail => Outcome::Fail,
        history::Outcome::Info => Outcome::Info,
    }
}

fn value(value: history::Value) -> Value {
    match value {
        history::Value::Absent => Value::Absent,
        history::Value::Number(number) => Value::Number(number),
    }
}
