//! Clients: whom they turn to, and what they ask when.

use netsplit_sim::history::{Function, Operation, Value as Stored};
use netsplit_sim::latency::Delay;
use netsplit_sim::time::SimTime;
use netsplit_sim::workload::{ClientSpec, Mix, Workload};
use serde_json::Value;

use super::{At, Form, Read, object, write_if_any};
use crate::limits;

impl Form for ClientSpec {
    fn read_at(at: &At<'_>) -> Read<Self> {
        let fields = at.fields(&["home", "workload"])?;
        let home = fields.read_if_any("home")?;
        Ok(Self { home, workload: fields.read("workload")? })
    }

    fn written(&self) -> Value {
        object([("home", write_if_any(&self.home)), ("workload", self.workload.written())])
    }
}

impl Form for Workload {
    fn read_at(at: &At<'_>) -> Read<Self> {
        let (kind, at) = at.choice(&["script", "open", "closed"])?;
        match kind {
            "script" => super::read_list(&at, limits::OPERATIONS).map(Self::Script),
            "open" => {
                let (start, gap, mix, count) = read_generated(&at, "gap")?;
                Ok(Self::Open { start, gap, mix, count })
            }
            _ => {
                let (start, think, mix, count) = read_generated(&at, "think")?;
                Ok(Self::Closed { start, think, mix, count })
            }
        }
    }

    fn written(&self) -> Value {
        let (kind, workload) = match self {
            Self::Script(operations) => ("script", super::write_list(operations)),
            Self::Open { start, gap, mix, count } => {
                ("open", write_generated(*start, ("gap", gap), mix, *count))
            }
            Self::Closed { start, think, mix, count } => {
                ("closed", write_generated(*start, ("think", think), mix, *count))
            }
        };
        object([(kind, workload)])
    }
}

/// The common parts of generated workloads, which differ in what they call the time between operations.
fn read_generated(at: &At<'_>, wait: &'static str) -> Read<(SimTime, Delay, Mix, u32)> {
    let fields = at.fields(&["start", wait, "keys", "reads", "count"])?;
    let mix = Mix { keys: fields.number("keys", 1, limits::KEYS)? as u32, reads_ppm: fields.ppm("reads")? };
    let count = fields.number("count", 0, limits::COUNT)? as u32;
    Ok((fields.read("start")?, fields.read(wait)?, mix, count))
}

fn write_generated(start: SimTime, wait: (&str, &Delay), mix: &Mix, count: u32) -> Value {
    object([
        ("start", start.written()),
        (wait.0, wait.1.written()),
        ("keys", mix.keys.into()),
        ("reads", mix.reads_ppm.into()),
        ("count", count.into()),
    ])
}

/// An operation at its time: `{"at": …, "op": …}`.
impl Form for (SimTime, Operation) {
    fn read_at(at: &At<'_>) -> Read<Self> {
        let fields = at.fields(&["at", "op"])?;
        Ok((fields.read("at")?, fields.read("op")?))
    }

    fn written(&self) -> Value {
        object([("at", self.0.written()), ("op", self.1.written())])
    }
}

impl Form for Operation {
    fn read_at(at: &At<'_>) -> Read<Self> {
        let (kind, at) = at.choice(&["read", "write", "cas"])?;
        let known: &[&str] = match kind {
            "read" => &["key"],
            "write" => &["key", "value"],
            _ => &["key", "expected", "value"],
        };
        let fields = at.fields(known)?;
        let key = fields.number("key", 0, limits::KEYS - 1)? as u32;
        let number = || fields.signed("value", NUMBER);
        match kind {
            "read" => Ok(Self::read(key)),
            "write" => Ok(Self::write(key, number()?)),
            _ => Ok(Self::cas(key, fields.read("expected")?, number()?)),
        }
    }

    fn written(&self) -> Value {
        let (key, value) = (("key", self.key.into()), ("value", self.value.written()));
        let (kind, operation) = match self.function {
            Function::Read => ("read", object([key])),
            Function::Write => ("write", object([key, value])),
            Function::Cas => ("cas", object([key, ("expected", self.expected.written()), value])),
        };
        object([(kind, operation)])
    }
}

const NUMBER: i64 = limits::NUMBER as i64 - 1;

/// A stored value: a number, or null for a key that was never written.
impl Form for Stored {
    fn read_at(at: &At<'_>) -> Read<Self> {
        at.unless_null().map_or(Ok(Self::Absent), |at| at.signed(NUMBER).map(Self::Number))
    }

    fn written(&self) -> Value {
        match self {
            Self::Absent => Value::Null,
            Self::Number(number) => (*number).into(),
        }
    }
}
