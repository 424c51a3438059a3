//! By which model a history is probably meant to be judged, and which one fits at all.

use netsplit_checkers::history::{Operation, Outcome, Request, Value};
use netsplit_checkers::model::Model;

use super::Imported;
use super::bad::{BadHistory, Reason};
use super::function::Function;

/// The model whose functions were used; `None` if no model has all of them.
pub(super) fn model(functions: &[Function], operations: &[Operation]) -> Option<Model> {
    use Function::{Acquire, Add, Append, Cas, Dequeue, Enqueue, Get, Put, Release, Remove};
    let uses = |any: &[Function]| functions.iter().any(|function| any.contains(function));
    let likely = if uses(&[Get, Put, Append]) {
        Model::KeyValue
    } else if uses(&[Enqueue, Dequeue]) {
        Model::Queue
    } else if uses(&[Acquire, Release]) {
        Model::Mutex
    } else if uses(&[Remove]) || uses(&[Add]) && operations.iter().any(saw_several) {
        Model::Set
    } else if uses(&[Add]) {
        Model::Counter
    } else if uses(&[Cas]) {
        Model::CasRegister
    } else {
        Model::Register
    };
    operations.iter().all(|operation| likely.has(&operation.request)).then_some(likely)
}

/// Whether it is a read of a set.
fn saw_several(operation: &Operation) -> bool {
    matches!(operation.returned, Some((_, Outcome::Ok(Some(Value::Many(_))))))
}

impl Imported {
    /// Whether objects of this model have all the operations; else where the first stands that they have not.
    pub fn fits(&self, model: Model) -> Result<(), BadHistory> {
        let operations = self.history.operations().iter();
        let mut strange = operations.zip(&self.lines).filter(|(operation, _)| !model.has(&operation.request));
        strange.next().map_or(Ok(()), |(operation, lines)| {
            let reason = Reason::NotOfModel { model: model.name(), function: name(&operation.request) };
            Err(BadHistory { line: lines.called, reason })
        })
    }
}

fn name(request: &Request) -> &'static str {
    match request {
        Request::Read => "read",
        Request::Write(_) => "write",
        Request::Cas { .. } => "compare-and-set",
        Request::Append(_) => "append",
        Request::Add(_) => "add",
        Request::Remove(_) => "remove",
        Request::Enqueue(_) => "enqueue",
        Request::Dequeue => "dequeue",
        Request::Acquire => "acquire",
        Request::Release => "release",
    }
}
