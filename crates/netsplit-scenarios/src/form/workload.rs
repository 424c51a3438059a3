//! Clients: whom they turn to, and what they ask when.

use netsplit_sim::history::{Function, Operation, Value as Stored};
use netsplit_sim::latency::Delay;
use netsplit_sim::time::SimTime;
use netsplit_sim::workload::{ClientSpec, Mix, Workload};
use serde_json::{Value, json};

use super::{At, Form};
use crate::error::OpenError;
use crate::limits;

impl Form for ClientSpec {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        let fields = at.fields(&["home", "workload"])?;
        let home = fields.read_if_any("home")?;
        Ok(Self { home, workload: fields.read("workload")? })
    }

    fn written(&self) -> Value {
        json!({ "home": self.home.map(|home| home.written()), "workload": self.workload.written() })
    }
}

impl Form for Workload {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
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
        match self {
            Self::Script(operations) => json!({ "script": super::write_list(operations) }),
            Self::Open { start, gap, mix, count } => json!({ "open": {
                "start": start.0, "gap": gap.written(), "keys": mix.keys, "reads": mix.reads_ppm, "count": count,
            } }),
            Self::Closed { start, think, mix, count } => json!({ "closed": {
                "start": start.0, "think": think.written(), "keys": mix.keys, "reads": mix.reads_ppm, "count": count,
            } }),
        }
    }
}

/// The common parts of generated workloads, which differ in what they call the time between operations.
fn read_generated(at: &At<'_>, wait: &'static str) -> Result<(SimTime, Delay, Mix, u32), OpenError> {
    let fields = at.fields(&["start", wait, "keys", "reads", "count"])?;
    let mix = Mix {
        keys: fields.get("keys")?.number(1, limits::KEYS)? as u32,
        reads_ppm: fields.get("reads")?.number_of("of parts per million ", 0, limits::PPM)? as u32,
    };
    let count = fields.get("count")?.number(0, limits::COUNT)? as u32;
    Ok((fields.read("start")?, fields.read(wait)?, mix, count))
}

/// An operation at its time: `{"at": …, "op": …}`.
impl Form for (SimTime, Operation) {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        let fields = at.fields(&["at", "op"])?;
        Ok((fields.read("at")?, fields.read("op")?))
    }

    fn written(&self) -> Value {
        json!({ "at": self.0.0, "op": self.1.written() })
    }
}

impl Form for Operation {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        let (kind, at) = at.choice(&["read", "write", "cas"])?;
        let known: &[&str] = match kind {
            "read" => &["key"],
            "write" => &["key", "value"],
            _ => &["key", "expected", "value"],
        };
        let fields = at.fields(known)?;
        let key = fields.get("key")?.number(0, limits::KEYS - 1)? as u32;
        let number = || fields.get("value")?.signed(NUMBER);
        match kind {
            "read" => Ok(Self::read(key)),
            "write" => Ok(Self::write(key, number()?)),
            _ => Ok(Self::cas(key, fields.read("expected")?, number()?)),
        }
    }

    fn written(&self) -> Value {
        let (key, value) = (self.key, self.value.written());
        match self.function {
            Function::Read => json!({ "read": { "key": key } }),
            Function::Write => json!({ "write": { "key": key, "value": value } }),
            Function::Cas => {
                json!({ "cas": { "key": key, "expected": self.expected.written(), "value": value } })
            }
        }
    }
}

const NUMBER: i64 = limits::NUMBER as i64 - 1;

/// A stored value: a number, or null for a key that was never written.
impl Form for Stored {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        at.unless_null().map_or(Ok(Self::Absent), |at| at.signed(NUMBER).map(Self::Number))
    }

    fn written(&self) -> Value {
        match self {
            Self::Absent => Value::Null,
            Self::Number(number) => (*number).into(),
        }
    }
}
