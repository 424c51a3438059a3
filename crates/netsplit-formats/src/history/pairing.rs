//! From rows to operations: each invocation finds its completion.

use std::collections::BTreeMap;

use netsplit_checkers::history::{Key, Operation, Outcome, Process, Row, Time, Value};

use super::bad::{BadHistory, Reason, shown};
use super::function::Function;
use super::half::{Half, Kind};
use super::keyed::Keying;
use super::{Lines, Names};
use crate::edn::{Datum, Form};

/// Operations that are being put together.
#[derive(Debug)]
pub(super) struct Pairing<'a> {
    keying: Keying,
    keys: BTreeMap<String, Key>,
    processes: BTreeMap<i64, Known<'a>>,
    /// Those that were used, each once.
    pub(super) functions: Vec<Function>,
    pub(super) operations: Vec<Operation>,
    pub(super) lines: Vec<Lines>,
    pub(super) names: Names,
}

/// A process and the operation it invoked last.
#[derive(Debug)]
struct Known<'a> {
    process: Process,
    row: Row,
    invoked: &'a Half,
    function: Function,
}

impl<'a> Pairing<'a> {
    pub(super) fn new(keying: Keying) -> Self {
        Self {
            keying,
            keys: BTreeMap::new(),
            processes: BTreeMap::new(),
            functions: Vec::new(),
            operations: Vec::new(),
            lines: Vec::new(),
            names: Names::default(),
        }
    }

    /// A row of a client.
    pub(super) fn row(
        &mut self,
        half: &'a Half,
        process: i64,
        function: Function,
        time: Time,
    ) -> Result<(), BadHistory> {
        let done = match half.kind {
            Kind::Invoke => self.invoke(half, process, function, time),
            Kind::Ok | Kind::Fail | Kind::Info => self.complete(half, process, function, time),
        };
        done.map_err(|reason| BadHistory { line: half.line, reason })
    }

    fn invoke(&mut self, half: &'a Half, number: i64, function: Function, time: Time) -> Result<(), Reason> {
        let process = self.free(number)?;
        let (key, value) = self.keying.invoked(half)?;
        let request = function.request(value)?;
        let key = self.key(key);
        if !self.functions.contains(&function) {
            self.functions.push(function);
        }
        let row = self.operations.len();
        self.operations.push(Operation { process, key, request, called: time, returned: None });
        self.lines.push(Lines { called: half.line, returned: None });
        self.processes.insert(number, Known { process, row, invoked: half, function });
        Ok(())
    }

    /// A process that may invoke.
    fn free(&mut self, number: i64) -> Result<Process, Reason> {
        let Some(known) = self.processes.get(&number) else {
            self.names.processes.push(number.to_string());
            return Ok(Process(self.processes.len() as u32));
        };
        match (&self.operations[known.row].returned, self.lines[known.row].returned) {
            (Some((_, Outcome::Info)), Some(line)) => Err(Reason::Reappears { process: number, line }),
            (Some(_), _) => Ok(known.process),
            (None, _) => Err(Reason::Overlaps { process: number, line: known.invoked.line }),
        }
    }

    fn complete(&mut self, half: &Half, number: i64, function: Function, time: Time) -> Result<(), Reason> {
        let known = self.processes.get(&number).ok_or(Reason::NotInvoked(number))?;
        let operation = &mut self.operations[known.row];
        match (&operation.returned, self.lines[known.row].returned) {
            (Some((_, Outcome::Info)), Some(line)) => {
                return Err(Reason::Reappears { process: number, line });
            }
            (Some(_), _) => return Err(Reason::NotInvoked(number)),
            (None, _) => {}
        }
        if function != known.function {
            return Err(other("", function.name(), known.invoked, known.function.name()));
        }
        let outcome = match half.kind {
            Kind::Ok => Outcome::Ok(known.returned(self.keying, half)?),
            Kind::Fail => Outcome::Fail,
            Kind::Info | Kind::Invoke => Outcome::Info,
        };
        operation.returned = Some((time, outcome));
        self.lines[known.row].returned = Some(half.line);
        Ok(())
    }

    fn key(&mut self, name: Option<&Datum>) -> Key {
        let name = name.map_or_else(String::new, |datum| match &datum.form {
            Form::Text(text) => text.clone(),
            _ => datum.to_string(),
        });
        let next = Key(self.keys.len() as u32);
        *self.keys.entry(name).or_insert_with_key(|name| {
            self.names.keys.push(name.clone());
            next
        })
    }
}

impl Known<'_> {
    /// What the completion says was returned; what was not asked for must be as it was invoked.
    fn returned(&self, keying: Keying, half: &Half) -> Result<Option<Value>, Reason> {
        let (invoked_key, invoked) = keying.invoked(self.invoked)?;
        let (key, value) = keying.completed(half)?;
        if let (Some(key), Some(invoked)) = (key, invoked_key)
            && key.to_string() != invoked.to_string()
        {
            return Err(other("key ", &shown(key), self.invoked, &shown(invoked)));
        }
        if self.function.returns() {
            return self.function.returned(value);
        }
        // Comparing texts leaves out where they stand.
        if value.form != Form::Nil && value.to_string() != invoked.to_string() {
            return Err(other("value ", &shown(value), self.invoked, &shown(invoked)));
        }
        Ok(None)
    }
}

fn other(what: &'static str, found: &str, half: &Half, invoked: &str) -> Reason {
    Reason::OtherHalf { what, found: found.to_owned(), line: half.line, invoked: invoked.to_owned() }
}
