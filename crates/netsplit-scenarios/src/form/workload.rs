//! Clients: whom they turn to, and what they ask when.

use netsplit_sim::history::{Function, Operation, Value as Stored};
use netsplit_sim::latency::Delay;
use netsplit_sim::time::SimTime;
use netsplit_sim::workload::{ClientSpec, KeyChoice, Mix, Update, Workload};
use serde_json::Value;

use super::{At, Form, Read, object, write_if_any};
use crate::limits;

impl Form for ClientSpec {
    fn read_at(at: &At<'_>) -> Read<Self> {
        let fields = at.fields(&["home", "roaming", "workload"])?;
        let home = fields.read_if_any("home")?;
        Ok(Self { home, roaming: fields.switch("roaming")?, workload: fields.read("workload")? })
    }

    fn written(&self) -> Value {
        object([
            ("home", write_if_any(&self.home)),
            ("roaming", self.roaming.into()),
            ("workload", self.workload.written()),
        ])
    }
}

impl Form for Workload {
    fn read_at(at: &At<'_>) -> Read<Self> {
        let (kind, at) = at.choice(&["script", "open", "closed", "pairs"])?;
        match kind {
            "script" => super::read_list(&at, limits::OPERATIONS).map(Self::Script),
            "open" => {
                let (start, gap, mix, count) = read_generated(&at, "gap")?;
                Ok(Self::Open { start, gap, mix, count })
            }
            "closed" => {
                let (start, think, mix, count) = read_generated(&at, "think")?;
                Ok(Self::Closed { start, think, mix, count })
            }
            _ => read_pairs(&at),
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
            Self::Pairs { start, lag, gap, count } => {
                let (lag, gap) = (("lag", lag.written()), ("gap", gap.written()));
                ("pairs", object([("start", start.written()), lag, gap, ("count", (*count).into())]))
            }
        };
        object([(kind, workload)])
    }
}

fn read_pairs(at: &At<'_>) -> Read<Workload> {
    let fields = at.fields(&["start", "lag", "gap", "count"])?;
    Ok(Workload::Pairs {
        start: fields.read("start")?,
        lag: fields.read("lag")?,
        gap: fields.read("gap")?,
        count: fields.number("count", 0, limits::COUNT)? as u32,
    })
}

/// The common parts of generated workloads, which differ in what they call the time between operations.
/// `zipf` and `update` may be left out: keys are chosen evenly then, and updates are writes.
fn read_generated(at: &At<'_>, wait: &'static str) -> Read<(SimTime, Delay, Mix, u32)> {
    let fields = at.fields(&["start", wait, "keys", "zipf", "reads", "update", "count"])?;
    let mix = Mix {
        keys: fields.number("keys", 1, limits::KEYS)? as u32,
        choice: fields.find("zipf").map_or(Ok(KeyChoice::Uniform), |at| read_zipf(&at))?,
        reads_ppm: fields.ppm("reads")?,
        update: fields.find("update").map_or(Ok(Update::Write), |at| at.one_of(&UPDATES))?,
    };
    let count = fields.number("count", 0, limits::COUNT)? as u32;
    Ok((fields.read("start")?, fields.read(wait)?, mix, count))
}

const UPDATES: [(&str, Update); 3] =
    [("write", Update::Write), ("increment", Update::Increment), ("insert", Update::Insert)];

fn read_zipf(at: &At<'_>) -> Read<KeyChoice> {
    let exponent_milli = at.number_of("of thousandths ", 0, limits::EXPONENT)? as u32;
    Ok(KeyChoice::Zipf { exponent_milli })
}

fn write_generated(start: SimTime, wait: (&str, &Delay), mix: &Mix, count: u32) -> Value {
    let mut workload = object([
        ("start", start.written()),
        (wait.0, wait.1.written()),
        ("keys", mix.keys.into()),
        ("reads", mix.reads_ppm.into()),
        ("count", count.into()),
    ]);
    if let KeyChoice::Zipf { exponent_milli } = mix.choice {
        workload["zipf"] = exponent_milli.into();
    }
    if let Some((name, _)) = UPDATES.iter().skip(1).find(|(_, update)| *update == mix.update) {
        workload["update"] = (*name).into();
    }
    workload
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
    /// `replicas` may be left out: the protocol's parameters say then.
    fn read_at(at: &At<'_>) -> Read<Self> {
        let (kind, at) = at.choice(&["read", "write", "cas", "add", "remove"])?;
        let known: &[&str] = match kind {
            "read" => &["key", "replicas"],
            "cas" => &["key", "expected", "value", "replicas"],
            _ => &["key", "value", "replicas"],
        };
        let fields = at.fields(known)?;
        let key = fields.number("key", 0, limits::KEYS - 1)? as u32;
        let number = || fields.signed("value", NUMBER);
        let operation = match kind {
            "read" => Self::read(key),
            "write" => Self::write(key, number()?),
            "cas" => Self::cas(key, fields.read("expected")?, number()?),
            "add" => Self::add(key, number()?),
            _ => Self::remove(key, number()?),
        };
        let replicas = fields.find("replicas").map(|at| at.number(1, limits::REPLICAS)).transpose()?;
        Ok(Self { replicas: replicas.map(|count| count as u8), ..operation })
    }

    fn written(&self) -> Value {
        let (key, value) = (("key", self.key.into()), ("value", self.value.written()));
        let (kind, mut operation) = match self.function {
            Function::Read => ("read", object([key])),
            Function::Write => ("write", object([key, value])),
            Function::Cas => ("cas", object([key, ("expected", self.expected.written()), value])),
            Function::Add => ("add", object([key, value])),
            Function::Remove => ("remove", object([key, value])),
        };
        if let Some(replicas) = self.replicas {
            operation["replicas"] = replicas.into();
        }
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
