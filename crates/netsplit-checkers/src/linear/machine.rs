//! Objects as the search sees them: states are numbers, and those that differ in nothing anybody will still
//! see are one.

mod plain;
mod registers;
mod texts;

use super::timeline::{OpId, Stage, Timeline};
use crate::model::Model;

/// A state of the object.
pub(crate) type StateId = u32;

/// Any state of which nobody will learn anything: no answer that is still to be explained fits it, until an
/// operation replaces it whatever it is. All such states are one, which keeps what was tried small.
pub(crate) const FORGOTTEN: StateId = StateId::MAX;

/// An object in the eyes of a search over the operations of one timeline.
pub(crate) trait Machine {
    /// Before anything has happened.
    fn initial(&self) -> StateId;

    /// After an operation with its answer, or `None` if that does not fit.
    fn after(&mut self, state: StateId, op: OpId) -> Option<StateId>;

    /// The state as seen from a stage: itself, or [`FORGOTTEN`].
    fn seen_from(&self, state: StateId, stage: Stage) -> StateId;

    /// Whether an operation fits whatever the state, and tells nothing about it.
    fn is_blind(&self, _op: OpId) -> bool {
        false
    }

    /// Whether it is blind and leaves the same state whatever was before.
    fn erases(&self, _op: OpId) -> bool {
        false
    }

    /// Whether an operation that comes next tells this state from others: it would not fit them, or leaves
    /// another state behind of which somebody learns.
    fn notices(&mut self, _op: OpId, _state: StateId, _stage: Stage) -> bool {
        true
    }
}

/// The machine for a model.
pub(crate) fn machine(model: Model, timeline: &Timeline) -> Box<dyn Machine> {
    match model {
        Model::Register | Model::CasRegister | Model::Mutex => {
            Box::new(registers::Registers::new(model, timeline))
        }
        Model::KeyValue => Box::new(texts::Texts::new(timeline)),
        Model::Counter | Model::Set | Model::Queue => Box::new(plain::Plain::new(model, timeline)),
    }
}
