//! The whole document.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_sim::clock::MAX_DRIFT_PPM;
use netsplit_sim::describe::ParamValue;
use netsplit_sim::time::SimTime;
use serde_json::{Value, json};

use super::{At, Form, read_list, write_list};
use crate::document::{ClockSpec, Scenario, Speed};
use crate::error::OpenError;
use crate::limits;
use crate::run_record::RunRecord;
use crate::versions::SCHEMA;

const FIELDS: [&str; 20] = [
    "schema",
    "engine",
    "protocol",
    "behaviour",
    "title",
    "summary",
    "topic",
    "level",
    "seed",
    "until",
    "nodes",
    "clients",
    "network",
    "disk",
    "clocks",
    "params",
    "flaws",
    "speed",
    "script",
    "expect",
];

impl Form for RunRecord {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        let fields = at.fields(&FIELDS)?;
        fields.get("schema")?.number(1, u64::from(SCHEMA))?;
        let version = |name| Ok::<_, OpenError>(fields.get(name)?.number(1, 1_000_000)? as u32);
        let text = |name, most| Ok::<_, OpenError>(fields.get(name)?.text(most)?.to_owned());
        let scenario = Scenario {
            engine: version("engine")?,
            protocol: text("protocol", limits::TITLE)?,
            behaviour: version("behaviour")?,
            title: text("title", limits::TITLE)?,
            summary: text("summary", limits::SUMMARY)?,
            topic: text("topic", limits::TITLE)?,
            level: fields.get("level")?.number(1, 3)? as u8,
            seed: fields.get("seed")?.parsed("a whole number in quotes, such as \"7\"", parse_seed)?,
            until: SimTime(fields.get("until")?.number_of("of nanoseconds ", 1, limits::UNTIL)?),
            nodes: fields.get("nodes")?.number(1, limits::NODES)? as u16,
            clients: read_list(&fields.get("clients")?, limits::CLIENTS)?,
            network: fields.read("network")?,
            disk: fields.read("disk")?,
            clocks: read_list(&fields.get("clocks")?, limits::NODES as usize + limits::CLIENTS)?,
            params: read_params(&fields.get("params")?)?,
            flaws: read_flaws(&fields.get("flaws")?)?,
            speed: Speed(fields.get("speed")?.number_of("of parts per million ", 1, limits::SPEED)? as u32),
        };
        Ok(Self {
            scenario,
            script: read_list(&fields.get("script")?, limits::INTERVENTIONS)?,
            expect: read_list(&fields.get("expect")?, limits::EXPECTATIONS)?,
        })
    }

    fn written(&self) -> Value {
        let scenario = &self.scenario;
        json!({
            "schema": SCHEMA,
            "engine": scenario.engine,
            "protocol": scenario.protocol,
            "behaviour": scenario.behaviour,
            "title": scenario.title,
            "summary": scenario.summary,
            "topic": scenario.topic,
            "level": scenario.level,
            "seed": scenario.seed.to_string(),
            "until": scenario.until.0,
            "nodes": scenario.nodes,
            "clients": write_list(&scenario.clients),
            "network": scenario.network.written(),
            "disk": scenario.disk.written(),
            "clocks": write_list(&scenario.clocks),
            "params": write_params(&scenario.params),
            "flaws": scenario.flaws,
            "speed": scenario.speed.0,
            "script": write_list(&self.script),
            "expect": write_list(&self.expect),
        })
    }
}

fn parse_seed(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

impl Form for ClockSpec {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        let fields = at.fields(&["node", "offset", "drift"])?;
        Ok(Self {
            node: fields.read("node")?,
            offset: fields.get("offset")?.signed(limits::UNTIL as i64)?,
            drift_ppm: fields.get("drift")?.signed(i64::from(MAX_DRIFT_PPM))? as i32,
        })
    }

    fn written(&self) -> Value {
        json!({ "node": self.node.written(), "offset": self.offset, "drift": self.drift_ppm })
    }
}

/// Names and ranges are the protocol's business; here a value only has to be of a kind there is.
fn read_params(at: &At<'_>) -> Result<BTreeMap<String, ParamValue>, OpenError> {
    at.entries()?.map(|(name, at)| Ok((name.to_owned(), read_param(&at)?))).collect()
}

fn read_param(at: &At<'_>) -> Result<ParamValue, OpenError> {
    match at.value() {
        Value::Bool(on) => Ok(ParamValue::Switch(*on)),
        Value::String(_) => Ok(ParamValue::Name(at.text(limits::TEXT)?.to_owned())),
        Value::Number(_) => at.number(0, limits::NUMBER - 1).map(ParamValue::Number),
        _ => Err(at.bad("a number, true, false or a name")),
    }
}

fn write_params(params: &BTreeMap<String, ParamValue>) -> Value {
    let value = |value: &ParamValue| match value {
        ParamValue::Number(number) => Value::from(*number),
        ParamValue::Switch(on) => Value::from(*on),
        ParamValue::Name(name) => Value::from(name.as_str()),
    };
    Value::Object(params.iter().map(|(name, given)| (name.clone(), value(given))).collect())
}

fn read_flaws(at: &At<'_>) -> Result<BTreeSet<String>, OpenError> {
    at.items(limits::NODES as usize)?.map(|flaw| Ok(flaw.text(limits::TEXT)?.to_owned())).collect()
}
