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

use serde_json::Value;

pub(crate) use at::At;

use crate::error::OpenError;

/// A type with a place in documents.
pub(crate) trait Form: Sized {
    /// Reads the value here, or says what is wrong with it.
    fn read_at(at: &At<'_>) -> Result<Self, OpenError>;
    /// Writes it so that [`read_at`](Self::read_at) gives it back.
    fn written(&self) -> Value;
}

/// Reads a list of at most so many.
fn read_list<T: Form>(at: &At<'_>, most: usize) -> Result<Vec<T>, OpenError> {
    at.items(most)?.map(|item| T::read_at(&item)).collect()
}

/// Writes a list.
fn write_list<'a, T: Form + 'a>(items: impl IntoIterator<Item = &'a T>) -> Value {
    items.into_iter().map(Form::written).collect()
}
