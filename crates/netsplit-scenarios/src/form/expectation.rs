//! Expectations: `{"mark": {"kind": "election", "by": …}}`, `{"property": {"name": …, "holds": true}}`, …

use netsplit_sim::describe::Mark;
use netsplit_sim::encode::Digest;
use netsplit_sim::history::Value as Stored;
use serde_json::Value;

use super::{At, Fields, Form, Read, object, write_if_any};
use crate::expectation::{Answer, Claim, Expectation, ExpectedOutcome};
use crate::limits;

const KINDS: [&str; 15] = [
    "mark", "rule", "together", "field", "property", "op", "ops", "lost", "verdict", "replicas", "faults",
    "digest", "all", "any", "none",
];

const MARKS: [(&str, Mark); 5] = [
    (Mark::Election.name(), Mark::Election),
    (Mark::Commit.name(), Mark::Commit),
    (Mark::Fault.name(), Mark::Fault),
    (Mark::Violation.name(), Mark::Violation),
    (Mark::Client.name(), Mark::Client),
];

impl Form for Expectation {
    fn read_at(at: &At<'_>) -> Read<Self> {
        let (kind, at) = at.choice(&KINDS)?;
        match kind {
            "mark" => read_mark(&at),
            "rule" => read_rule(&at),
            "together" => read_together(&at),
            "field" => read_field(&at),
            "property" => read_property(&at),
            "op" => read_op(&at),
            "ops" => read_ops(&at),
            "lost" => Ok(Self::Lost { at_least: least(&at.fields(&["at_least"])?)? }),
            "verdict" => read_verdict(&at),
            "replicas" => read_replicas(&at),
            "faults" => Ok(Self::Faults { at_most: count(&at.fields(&["at_most"])?.get("at_most")?)? }),
            "digest" => at.parsed("16 hex digits", parse_digest).map(Self::Digest),
            "all" => super::read_list(&at, limits::EXPECTATIONS).map(Self::All),
            "any" => super::read_list(&at, limits::EXPECTATIONS).map(Self::Any),
            _ => super::read_list(&at, limits::EXPECTATIONS).map(Self::None),
        }
    }

    fn written(&self) -> Value {
        let (kind, expected) = match self {
            Self::Mark { kind, node, after, by, at_least, at_most } => {
                let fields = [
                    ("kind", kind.name().into()),
                    ("node", write_if_any(node)),
                    ("after", after.written()),
                    ("by", write_if_any(by)),
                    ("at_least", (*at_least).into()),
                    ("at_most", (*at_most).into()),
                ];
                ("mark", object(fields))
            }
            Self::Rule { name, node, at_least, at_most } => {
                let (name, node) = (name.as_str().into(), write_if_any(node));
                let (least, most) = (("at_least", (*at_least).into()), ("at_most", (*at_most).into()));
                ("rule", object([("name", name), ("node", node), least, most]))
            }
            Self::Together { name, is, at_least, at_most, differ, at } => {
                let fields = [
                    ("name", name.as_str().into()),
                    ("is", is.as_str().into()),
                    ("at_least", (*at_least).into()),
                    ("at_most", (*at_most).into()),
                    ("differ", differ.as_deref().into()),
                    ("at", write_if_any(at)),
                ];
                ("together", object(fields))
            }
            Self::Field { node, name, is, at } => {
                let (name, is) = (name.as_str().into(), is.as_str().into());
                let at = write_if_any(at);
                ("field", object([("node", node.written()), ("name", name), ("is", is), ("at", at)]))
            }
            Self::Property { name, holds } => {
                ("property", object([("name", name.as_str().into()), ("holds", (*holds).into())]))
            }
            Self::Op { client, n, outcome } => {
                let outcome = outcome.written();
                ("op", object([("client", client.written()), ("n", (*n).into()), ("outcome", outcome)]))
            }
            Self::Ops { client, outcome, after, by, at_least, at_most } => {
                let fields = [
                    ("client", write_if_any(client)),
                    ("outcome", outcome.written()),
                    ("after", after.written()),
                    ("by", write_if_any(by)),
                    ("at_least", (*at_least).into()),
                    ("at_most", (*at_most).into()),
                ];
                ("ops", object(fields))
            }
            Self::Lost { at_least } => ("lost", object([("at_least", (*at_least).into())])),
            Self::Verdict { claim, is, at } => {
                let (model, is) = (claim.0.into(), is.name().into());
                ("verdict", object([("model", model), ("is", is), ("at", write_if_any(at))]))
            }
            Self::Replicas { equal, at } => {
                ("replicas", object([("equal", (*equal).into()), ("at", write_if_any(at))]))
            }
            Self::Faults { at_most } => ("faults", object([("at_most", (*at_most).into())])),
            Self::Digest(digest) => ("digest", digest.to_string().into()),
            Self::All(parts) => ("all", super::write_list(parts)),
            Self::Any(parts) => ("any", super::write_list(parts)),
            Self::None(parts) => ("none", super::write_list(parts)),
        };
        object([(kind, expected)])
    }
}

fn read_mark(at: &At<'_>) -> Read<Expectation> {
    let fields = at.fields(&["kind", "node", "after", "by", "at_least", "at_most"])?;
    Ok(Expectation::Mark {
        kind: fields.get("kind")?.one_of(&MARKS)?,
        node: fields.read_if_any("node")?,
        after: fields.read_if_any("after")?.unwrap_or_default(),
        by: fields.read_if_any("by")?,
        at_least: least(&fields)?,
        at_most: most(&fields)?,
    })
}

fn read_rule(at: &At<'_>) -> Read<Expectation> {
    let fields = at.fields(&["name", "node", "at_least", "at_most"])?;
    Ok(Expectation::Rule {
        name: fields.text("name", limits::TEXT)?,
        node: fields.read_if_any("node")?,
        at_least: least(&fields)?,
        at_most: most(&fields)?,
    })
}

fn read_together(at: &At<'_>) -> Read<Expectation> {
    let fields = at.fields(&["name", "is", "at_least", "at_most", "differ", "at"])?;
    Ok(Expectation::Together {
        name: fields.text("name", limits::TEXT)?,
        is: fields.text("is", limits::TEXT)?,
        at_least: least(&fields)?,
        at_most: most(&fields)?,
        differ: fields.find("differ").map(|name| name.text(limits::TEXT).map(str::to_owned)).transpose()?,
        at: fields.read_if_any("at")?,
    })
}

fn read_ops(at: &At<'_>) -> Read<Expectation> {
    let fields = at.fields(&["client", "outcome", "after", "by", "at_least", "at_most"])?;
    Ok(Expectation::Ops {
        client: fields.read_if_any("client")?,
        outcome: fields.read("outcome")?,
        after: fields.read_if_any("after")?.unwrap_or_default(),
        by: fields.read_if_any("by")?,
        at_least: least(&fields)?,
        at_most: most(&fields)?,
    })
}

/// How often at least; once, if nothing is said.
fn least(fields: &Fields<'_>) -> Read<u32> {
    fields.find("at_least").map_or(Ok(1), |least| count(&least))
}

fn most(fields: &Fields<'_>) -> Read<Option<u32>> {
    fields.find("at_most").map(|most| count(&most)).transpose()
}

fn read_field(at: &At<'_>) -> Read<Expectation> {
    let fields = at.fields(&["node", "name", "is", "at"])?;
    Ok(Expectation::Field {
        node: fields.read("node")?,
        name: fields.text("name", limits::TEXT)?,
        is: fields.text("is", limits::TEXT)?,
        at: fields.read_if_any("at")?,
    })
}

fn read_property(at: &At<'_>) -> Read<Expectation> {
    let fields = at.fields(&["name", "holds"])?;
    let name = fields.text("name", limits::TEXT)?;
    Ok(Expectation::Property { name, holds: fields.switch("holds")? })
}

fn read_op(at: &At<'_>) -> Read<Expectation> {
    let fields = at.fields(&["client", "n", "outcome"])?;
    Ok(Expectation::Op {
        client: fields.read("client")?,
        n: fields.number("n", 1, limits::COUNT)? as u32,
        outcome: fields.read("outcome")?,
    })
}

fn read_verdict(at: &At<'_>) -> Read<Expectation> {
    let fields = at.fields(&["model", "is", "at"])?;
    let claims: Vec<_> = Claim::names().map(|name| (name, Claim(name))).collect();
    let claim = fields.get("model")?.one_of(&claims)?;
    Ok(Expectation::Verdict { claim, is: fields.get("is")?.one_of(&ANSWERS)?, at: fields.read_if_any("at")? })
}

const ANSWERS: [(&str, Answer); 3] = [
    (Answer::Ok.name(), Answer::Ok),
    (Answer::Violation.name(), Answer::Violation),
    (Answer::Unknown.name(), Answer::Unknown),
];

fn read_replicas(at: &At<'_>) -> Read<Expectation> {
    let fields = at.fields(&["equal", "at"])?;
    Ok(Expectation::Replicas { equal: fields.switch("equal")?, at: fields.read_if_any("at")? })
}

fn count(at: &At<'_>) -> Read<u32> {
    at.number(0, limits::COUNT).map(|count| count as u32)
}

fn parse_digest(text: &str) -> Option<Digest> {
    let hex = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex.then(|| u64::from_str_radix(text, 16).ok().map(Digest))?
}

/// What a read saw: one value, or a list of several.
fn read_seen(at: &At<'_>) -> Read<ExpectedOutcome> {
    if at.value().is_array() {
        let numbers = at.items(limits::EXPECTATIONS)?.map(|item| item.signed(limits::NUMBER as i64 - 1));
        return numbers.collect::<Read<_>>().map(ExpectedOutcome::OkWithMany);
    }
    Stored::read_at(at).map(ExpectedOutcome::OkWith)
}

const OUTCOMES: [(&str, ExpectedOutcome); 4] = [
    ("ok", ExpectedOutcome::Ok),
    ("fail", ExpectedOutcome::Fail),
    ("info", ExpectedOutcome::Info),
    ("pending", ExpectedOutcome::Pending),
];

/// `"ok"`, `{"ok": 4}`, `{"ok": null}` for nothing read, `{"ok": [1, 2]}` for several values, `"fail"`,
/// `"info"`, `"pending"`.
impl Form for ExpectedOutcome {
    fn read_at(at: &At<'_>) -> Read<Self> {
        if at.value().is_object() {
            let (_, value) = at.choice(&["ok"])?;
            return read_seen(&value);
        }
        at.one_of(&OUTCOMES)
    }

    fn written(&self) -> Value {
        match self {
            Self::Ok => "ok".into(),
            Self::OkWith(value) => object([("ok", value.written())]),
            Self::OkWithMany(numbers) => object([("ok", numbers.as_slice().into())]),
            Self::Fail => "fail".into(),
            Self::Info => "info".into(),
            Self::Pending => "pending".into(),
        }
    }
}
