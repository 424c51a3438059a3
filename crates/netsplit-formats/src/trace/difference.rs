//! Where a replay leaves a recorded trace.

use std::fmt;

use netsplit_sim::id::Step;
use serde_json::Value;

/// The first place in which two runs that should be one differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The event; of the whole run if it is none of them.
    pub step: Option<Step>,
    /// The field, such as `time` or `changed[0].is`.
    pub field: String,
    /// Its value in the trace, as JSON; `nothing` if it is not there.
    pub recorded: String,
    /// Its value in the replay.
    pub replayed: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.step {
            Some(step) => write!(f, "step {}, ", step.0)?,
            None => f.write_str("the run's ")?,
        }
        write!(f, "{}: recorded {}, replayed {}", self.field, self.recorded, self.replayed)
    }
}

/// What is told, not what happened: another version may use other words for the same run.
const WORDS: [&str; 2] = ["sentence", "sections"];

/// The other fields, those first that say the most about where two runs part.
const FACTS: [&str; 17] = [
    "step",
    "time",
    "kind",
    "node",
    "message",
    "type",
    "arrival",
    "timer",
    "operation",
    "waits",
    "index",
    "refused",
    "cause",
    "sent",
    "altered",
    "changed",
    "violated",
];

/// The first field in which an event differs, words aside.
pub(super) fn in_what_happened(step: Step, recorded: &Value, replayed: &Value) -> Option<Difference> {
    let known = |name: &str| FACTS.contains(&name) || WORDS.contains(&name);
    let added =
        [recorded, replayed].into_iter().filter_map(Value::as_object).flat_map(|object| object.keys());
    let added: Vec<&str> = added.map(String::as_str).filter(|name| !known(name)).collect();
    first(step, &[&FACTS[..], &added].concat(), recorded, replayed)
}

/// The first of the words in which an event differs.
pub(super) fn in_words(step: Step, recorded: &Value, replayed: &Value) -> Option<Difference> {
    first(step, &WORDS, recorded, replayed)
}

fn first(step: Step, names: &[&str], recorded: &Value, replayed: &Value) -> Option<Difference> {
    names.iter().find_map(|name| {
        let (field, recorded, replayed) = deepest(name, recorded.get(*name), replayed.get(*name))?;
        Some(Difference { step: Some(step), field, recorded, replayed })
    })
}

/// The first part in which two values differ: its path, and what both have there.
fn deepest(path: &str, one: Option<&Value>, other: Option<&Value>) -> Option<(String, String, String)> {
    if one == other {
        return None;
    }
    match (one, other) {
        (Some(Value::Array(left)), Some(Value::Array(right))) => {
            let longer = left.len().max(right.len());
            (0..longer).find_map(|at| deepest(&format!("{path}[{at}]"), left.get(at), right.get(at)))
        }
        (Some(Value::Object(left)), Some(Value::Object(right))) => {
            let mut names = left.keys().chain(right.keys());
            names.find_map(|name| deepest(&format!("{path}.{name}"), left.get(name), right.get(name)))
        }
        _ => Some((path.to_owned(), shown(one), shown(other))),
    }
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}
