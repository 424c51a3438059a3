//! The written form of documents: for each type how it is read from JSON and how it is written to it,
//! side by side in one file.

mod at;
mod cuts;
mod delay;
mod expectation;
mod intervention;
mod link;
mod names;
mod record;
mod sketch;
mod workload;

use serde_json::{Map, Value};

pub(crate) use at::{At, Fields};
pub(crate) use cuts::parse_group as parse_cuts;
pub(crate) use intervention::read_what;
pub(crate) use record::read_params;

use crate::error::OpenError;

/// What reading gives. The error is boxed, because every reader hands it on.
pub(crate) type Read<T> = Result<T, Box<OpenError>>;

/// A type with a place in documents.
pub(crate) trait Form: Sized {
    /// Reads the value here, or says what is wrong with it.
    fn read_at(at: &At<'_>) -> Read<Self>;
    /// Writes it so that [`read_at`](Self::read_at) gives it back.
    fn written(&self) -> Value;
}

/// Reads a list of at most so many.
fn read_list<T: Form>(at: &At<'_>, most: usize) -> Read<Vec<T>> {
    let mut list = Vec::new();
    for item in at.items(most)? {
        list.push(T::read_at(&item)?);
    }
    Ok(list)
}

/// Writes a list.
fn write_list<T: Form>(items: &[T]) -> Value {
    Value::Array(items.iter().map(Form::written).collect())
}

/// Writes what may be absent.
fn write_if_any<T: Form>(value: &Option<T>) -> Value {
    value.as_ref().map_or(Value::Null, Form::written)
}

/// Writes an object. A function rather than `json!`, which would unfold at every place of use.
fn object<const N: usize>(mut fields: [(&str, Value); N]) -> Value {
    Value::Object(take_fields(&mut fields))
}

fn take_fields(fields: &mut [(&str, Value)]) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, value) in fields {
        object.insert((*name).to_owned(), value.take());
    }
    object
}
