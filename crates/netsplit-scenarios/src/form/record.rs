//! The whole document.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_sim::clock::MAX_DRIFT_PPM;
use netsplit_sim::describe::ParamValue;
use netsplit_sim::time::SimTime;
use serde_json::{Map, Value};

use super::{At, Form, Read, object, write_if_any, write_list};
use crate::document::{ClockSpec, Rollout, Scenario, Speed};
use crate::limits;
use crate::run_record::RunRecord;
use crate::versions::SCHEMA;

const FIELDS: [&str; 23] = [
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
    "rollouts",
    "flaws",
    "speed",
    "opens",
    "point",
    "script",
    "expect",
];

impl Form for RunRecord {
    fn read_at(at: &At<'_>) -> Read<Self> {
        let fields = at.fields(&FIELDS)?;
        fields.number("schema", 1, u64::from(SCHEMA))?;
        let scenario = Scenario {
            engine: fields.number("engine", 1, 1_000_000)? as u32,
            protocol: fields.text("protocol", limits::TITLE)?,
            behaviour: fields.number("behaviour", 1, 1_000_000)? as u32,
            title: fields.text("title", limits::TITLE)?,
            summary: fields.text("summary", limits::SUMMARY)?,
            topic: fields.text("topic", limits::TITLE)?,
            level: fields.number("level", 1, 3)? as u8,
            seed: fields.get("seed")?.parsed("a whole number in quotes, such as \"7\"", parse_seed)?,
            until: SimTime(fields.get("until")?.number_of("of nanoseconds ", 1, limits::UNTIL)?),
            nodes: fields.number("nodes", 1, limits::NODES)? as u16,
            clients: fields.list("clients", limits::CLIENTS)?,
            network: fields.read("network")?,
            disk: fields.read("disk")?,
            clocks: fields.list("clocks", limits::NODES as usize + limits::CLIENTS)?,
            params: read_params(&fields.get("params")?)?,
            rollouts: fields.list("rollouts", limits::NODES as usize)?,
            flaws: read_flaws(&fields.get("flaws")?)?,
            speed: Speed(fields.get("speed")?.number_of("of parts per million ", 1, limits::SPEED)? as u32),
            opens: fields.read("opens")?,
            point: fields.read_if_any("point")?,
        };
        Ok(Self {
            scenario,
            script: fields.list("script", limits::INTERVENTIONS)?,
            expect: fields.list("expect", limits::EXPECTATIONS)?,
        })
    }

    fn written(&self) -> Value {
        let scenario = &self.scenario;
        object([
            ("schema", SCHEMA.into()),
            ("engine", scenario.engine.into()),
            ("protocol", scenario.protocol.as_str().into()),
            ("behaviour", scenario.behaviour.into()),
            ("title", scenario.title.as_str().into()),
            ("summary", scenario.summary.as_str().into()),
            ("topic", scenario.topic.as_str().into()),
            ("level", scenario.level.into()),
            ("seed", scenario.seed.to_string().into()),
            ("until", scenario.until.written()),
            ("nodes", scenario.nodes.into()),
            ("clients", write_list(&scenario.clients)),
            ("network", scenario.network.written()),
            ("disk", scenario.disk.written()),
            ("clocks", write_list(&scenario.clocks)),
            ("params", write_params(&scenario.params)),
            ("rollouts", write_list(&scenario.rollouts)),
            ("flaws", scenario.flaws.iter().map(String::as_str).collect()),
            ("speed", scenario.speed.0.into()),
            ("opens", scenario.opens.written()),
            ("point", write_if_any(&scenario.point)),
            ("script", write_list(&self.script)),
            ("expect", write_list(&self.expect)),
        ])
    }
}

fn parse_seed(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

impl Form for ClockSpec {
    fn read_at(at: &At<'_>) -> Read<Self> {
        let fields = at.fields(&["node", "offset", "drift"])?;
        Ok(Self {
            node: fields.read("node")?,
            offset: fields.signed("offset", limits::UNTIL as i64)?,
            drift_ppm: fields.signed("drift", i64::from(MAX_DRIFT_PPM))? as i32,
        })
    }

    fn written(&self) -> Value {
        object([
            ("node", self.node.written()),
            ("offset", self.offset.into()),
            ("drift", self.drift_ppm.into()),
        ])
    }
}

impl Form for Rollout {
    fn read_at(at: &At<'_>) -> Read<Self> {
        let fields = at.fields(&["nodes", "params"])?;
        let nodes = fields.list("nodes", limits::NODES as usize)?;
        Ok(Self { nodes: nodes.into_iter().collect(), params: read_params(&fields.get("params")?)? })
    }

    fn written(&self) -> Value {
        let nodes = self.nodes.iter().map(Form::written).collect();
        object([("nodes", nodes), ("params", write_params(&self.params))])
    }
}

/// Names and ranges are the protocol's business; here a value only has to be of a kind there is.
pub(crate) fn read_params(at: &At<'_>) -> Read<BTreeMap<String, ParamValue>> {
    let mut params = BTreeMap::new();
    for (name, at) in at.entries()? {
        params.insert(name.to_owned(), read_param(&at)?);
    }
    Ok(params)
}

fn read_param(at: &At<'_>) -> Read<ParamValue> {
    match at.value() {
        Value::Bool(on) => Ok(ParamValue::Switch(*on)),
        Value::String(_) => Ok(ParamValue::Name(at.text(limits::TEXT)?.to_owned())),
        Value::Number(_) => at.number(0, limits::NUMBER - 1).map(ParamValue::Number),
        _ => Err(at.bad("a number, true, false or a name")),
    }
}

fn write_params(params: &BTreeMap<String, ParamValue>) -> Value {
    let mut object = Map::new();
    for (name, given) in params {
        let value = match given {
            ParamValue::Number(number) => Value::from(*number),
            ParamValue::Switch(on) => Value::from(*on),
            ParamValue::Name(name) => Value::from(name.as_str()),
        };
        object.insert(name.clone(), value);
    }
    Value::Object(object)
}

fn read_flaws(at: &At<'_>) -> Read<BTreeSet<String>> {
    let mut flaws = BTreeSet::new();
    for flaw in at.items(limits::NODES as usize)? {
        flaws.insert(flaw.text(limits::TEXT)?.to_owned());
    }
    Ok(flaws)
}
