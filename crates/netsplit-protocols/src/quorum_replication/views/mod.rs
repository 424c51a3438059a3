//! Servers, clients and messages as they can be shown.

pub(super) mod client;
pub(super) mod message;
mod ring;
pub(super) mod server;

use netsplit_sim::describe::{Field, shown_key, shown_value};
use netsplit_sim::history::{Function, Operation, Value};
use netsplit_sim::id::NodeId;
use netsplit_words::say;

use super::object::Object;
use crate::quorum::ServerSet;
use crate::version_vector::{Dot, VersionVector};

/// A field with its law.
fn field(name: &'static str, value: impl ToString, meaning: &'static str) -> Field {
    Field { name, value: value.to_string(), meaning }
}

/// An operation as a phrase: `x = D`.
fn shown_operation(operation: &Operation) -> String {
    let (key, value) = (shown_key(operation.key), shown_value(operation.value));
    let replicas =
        operation.replicas.map_or(String::new(), |replicas| say!(" ({replicas} replicas)", replicas));
    match operation.function {
        Function::Read => say!("read {key}{replicas}", key, replicas),
        _ => format!("{key} = {value}{replicas}"),
    }
}

/// Values side by side: `A | B`.
fn shown_object(object: &Object) -> String {
    let values: Vec<String> =
        object.versions().iter().map(|version| shown_value(Value::Number(version.value.number))).collect();
    if values.is_empty() { say!("nothing").to_owned() } else { values.join(" | ") }
}

/// The name of a write: `n2:5`.
fn shown_dot(dot: Dot) -> String {
    format!("{}:{}", dot.actor.node, dot.counter)
}

/// A version vector: `n1:3 n2:1`.
fn shown_vector(vector: &VersionVector) -> String {
    let entries: Vec<String> = vector.entries().iter().map(|dot| shown_dot(*dot)).collect();
    if entries.is_empty() { say!("nothing").to_owned() } else { entries.join(" ") }
}

/// Servers in a list: `n1 n3`.
fn shown_set(set: ServerSet) -> String {
    shown_list(set.iter())
}

fn shown_list(servers: impl Iterator<Item = NodeId>) -> String {
    let names: Vec<String> = servers.map(|id| id.to_string()).collect();
    if names.is_empty() { say!("nobody").to_owned() } else { names.join(" ") }
}
