//! Expectations: `{"mark": {"kind": "election", "by": …}}`, `{"property": {"name": …, "holds": true}}`, …

use netsplit_sim::describe::Mark;
use netsplit_sim::encode::Digest;
use netsplit_sim::history::Value as Stored;
use serde_json::{Value, json};

use super::{At, Form};
use crate::error::OpenError;
use crate::expectation::{Expectation, ExpectedOutcome};
use crate::limits;

const KINDS: [&str; 8] = ["mark", "field", "property", "op", "faults", "digest", "all", "any"];

const MARKS: [(&str, Mark); 5] = [
    (Mark::Election.name(), Mark::Election),
    (Mark::Commit.name(), Mark::Commit),
    (Mark::Fault.name(), Mark::Fault),
    (Mark::Violation.name(), Mark::Violation),
    (Mark::Client.name(), Mark::Client),
];

impl Form for Expectation {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        let (kind, at) = at.choice(&KINDS)?;
        match kind {
            "mark" => read_mark(&at),
            "field" => read_field(&at),
            "property" => read_property(&at),
            "op" => read_op(&at),
            "faults" => Ok(Self::Faults { at_most: count(&at.fields(&["at_most"])?.get("at_most")?)? }),
            "digest" => at.parsed("16 hex digits", parse_digest).map(Self::Digest),
            "all" => super::read_list(&at, limits::EXPECTATIONS).map(Self::All),
            _ => super::read_list(&at, limits::EXPECTATIONS).map(Self::Any),
        }
    }

    fn written(&self) -> Value {
        match self {
            Self::Mark { kind, node, after, by, at_least, at_most } => json!({ "mark": {
                "kind": kind.name(), "node": node.map(|id| id.written()), "after": after.0,
                "by": by.map(|by| by.0), "at_least": at_least, "at_most": at_most,
            } }),
            Self::Field { node, name, is, at } => json!({ "field": {
                "node": node.written(), "name": name, "is": is, "at": at.map(|at| at.0),
            } }),
            Self::Property { name, holds } => json!({ "property": { "name": name, "holds": holds } }),
            Self::Op { client, n, outcome } => {
                json!({ "op": { "client": client.written(), "n": n, "outcome": outcome.written() } })
            }
            Self::Faults { at_most } => json!({ "faults": { "at_most": at_most } }),
            Self::Digest(digest) => json!({ "digest": digest.to_string() }),
            Self::All(parts) => json!({ "all": super::write_list(parts) }),
            Self::Any(parts) => json!({ "any": super::write_list(parts) }),
        }
    }
}

fn read_mark(at: &At<'_>) -> Result<Expectation, OpenError> {
    let fields = at.fields(&["kind", "node", "after", "by", "at_least", "at_most"])?;
    Ok(Expectation::Mark {
        kind: fields.get("kind")?.one_of(&MARKS)?,
        node: fields.read_if_any("node")?,
        after: fields.read_if_any("after")?.unwrap_or_default(),
        by: fields.read_if_any("by")?,
        at_least: fields.find("at_least").map_or(Ok(1), |least| count(&least))?,
        at_most: fields.find("at_most").map(|most| count(&most)).transpose()?,
    })
}

fn read_field(at: &At<'_>) -> Result<Expectation, OpenError> {
    let fields = at.fields(&["node", "name", "is", "at"])?;
    Ok(Expectation::Field {
        node: fields.read("node")?,
        name: fields.get("name")?.text(limits::TEXT)?.to_owned(),
        is: fields.get("is")?.text(limits::TEXT)?.to_owned(),
        at: fields.read_if_any("at")?,
    })
}

fn read_property(at: &At<'_>) -> Result<Expectation, OpenError> {
    let fields = at.fields(&["name", "holds"])?;
    let name = fields.get("name")?.text(limits::TEXT)?.to_owned();
    Ok(Expectation::Property { name, holds: fields.get("holds")?.switch()? })
}

fn read_op(at: &At<'_>) -> Result<Expectation, OpenError> {
    let fields = at.fields(&["client", "n", "outcome"])?;
    Ok(Expectation::Op {
        client: fields.read("client")?,
        n: fields.get("n")?.number(1, limits::COUNT)? as u32,
        outcome: fields.read("outcome")?,
    })
}

fn count(at: &At<'_>) -> Result<u32, OpenError> {
    at.number(0, limits::COUNT).map(|count| count as u32)
}

fn parse_digest(text: &str) -> Option<Digest> {
    let hex = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex.then(|| u64::from_str_radix(text, 16).ok().map(Digest))?
}

const OUTCOMES: [(&str, ExpectedOutcome); 4] = [
    ("ok", ExpectedOutcome::Ok),
    ("fail", ExpectedOutcome::Fail),
    ("info", ExpectedOutcome::Info),
    ("pending", ExpectedOutcome::Pending),
];

/// `"ok"`, `{"ok": 4}`, `{"ok": null}` for nothing read, `"fail"`, `"info"`, `"pending"`.
impl Form for ExpectedOutcome {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        if at.value().is_object() {
            let (_, value) = at.choice(&["ok"])?;
            return Stored::read_at(&value).map(Self::OkWith);
        }
        at.one_of(&OUTCOMES)
    }

    fn written(&self) -> Value {
        match self {
            Self::Ok => "ok".into(),
            Self::OkWith(value) => json!({ "ok": value.written() }),
            Self::Fail => "fail".into(),
            Self::Info => "info".into(),
            Self::Pending => "pending".into(),
        }
    }
}
