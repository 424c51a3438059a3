//! Servers, clients and messages of Raft as they can be shown.

pub(super) mod client;
pub(super) mod log;
pub(super) mod message;
pub(super) mod server;

use netsplit_sim::describe::{Field, shown_key, shown_number, shown_value};
use netsplit_sim::history::{Function, Operation};
use netsplit_sim::id::NodeId;
use netsplit_words::say;

use super::types::LogIndex;

/// A field with its law.
fn field(name: &'static str, value: impl ToString, meaning: &'static str) -> Field {
    Field { name, value: value.to_string(), meaning }
}

/// A participant that may not be there.
fn shown_node(id: Option<NodeId>) -> String {
    id.map_or_else(|| say!("nobody").to_owned(), |id| id.to_string())
}

/// An index, where zero means none.
fn shown_index(index: LogIndex) -> String {
    if index == LogIndex::NONE { say!("none").to_owned() } else { index.to_string() }
}

/// An operation as a phrase: `x = D`.
fn shown_operation(operation: &Operation) -> String {
    let (key, value) = (shown_key(operation.key), shown_value(operation.value));
    match operation.function {
        Function::Read => say!("read {key}", key),
        Function::Write => format!("{key} = {value}"),
        Function::Cas => format!("{key} = {value} if it is {}", shown_value(operation.expected)),
        Function::Add => say!("add {number} to {key}", number = shown_number(operation.value), key),
        Function::Remove => say!("take {number} out of {key}", number = shown_number(operation.value), key),
    }
}
