//! Registers, with or without compare-and-set. A mutex is one that changes from free to held and back.

use std::collections::BTreeMap;

use super::{FORGOTTEN, Machine, StateId};
use crate::history::{Request, Value};
use crate::linear::timeline::{Op, OpId, Stage, Timeline};
use crate::model::Model;

/// What an operation does to a register whose values are numbered.
#[derive(Clone, Copy)]
enum Deed {
    /// A read whose answer nobody knows.
    Look,
    Read(StateId),
    Write(StateId),
    Change(StateId, StateId),
    /// What no register does or holds.
    Impossible,
}

/// A register over the values that occur.
pub(crate) struct Registers {
    deeds: Vec<Deed>,
    initial: StateId,
    /// For each value the stage from which on no answer depends on it.
    forgotten_from: Vec<Stage>,
}

impl Registers {
    /// Numbers the values.
    pub fn new(model: Model, timeline: &Timeline) -> Self {
        let mut numbers = BTreeMap::new();
        let initial = number(&mut numbers, &if model == Model::Mutex { FREE } else { Value::Absent });
        let deeds: Vec<Deed> = timeline.ops.iter().map(|op| deed(model, op, &mut numbers)).collect();
        let forgotten_from = forgotten_from(&deeds, timeline, numbers.len());
        Self { deeds, initial, forgotten_from }
    }
}

impl Machine for Registers {
    fn initial(&self) -> StateId {
        self.seen_from(self.initial, 0)
    }

    fn after(&mut self, state: StateId, op: OpId) -> Option<StateId> {
        match self.deeds[op] {
            Deed::Look => Some(state),
            Deed::Read(value) => (value == state).then_some(state),
            Deed::Write(value) => Some(value),
            Deed::Change(expected, new) => (expected == state).then_some(new),
            Deed::Impossible => None,
        }
    }

    fn seen_from(&self, state: StateId, stage: Stage) -> StateId {
        if state == FORGOTTEN || self.forgotten_from[state as usize] <= stage { FORGOTTEN } else { state }
    }

    fn is_blind(&self, op: OpId) -> bool {
        matches!(self.deeds[op], Deed::Write(_))
    }

    fn erases(&self, op: OpId) -> bool {
        self.is_blind(op)
    }

    fn notices(&mut self, op: OpId, state: StateId, _: Stage) -> bool {
        matches!(self.deeds[op], Deed::Read(value) | Deed::Change(value, _) if value == state)
    }
}

const FREE: Value = Value::Number(0);
const HELD: Value = Value::Number(1);

fn number(numbers: &mut BTreeMap<Value, StateId>, value: &Value) -> StateId {
    let next = numbers.len() as StateId;
    *numbers.entry(value.clone()).or_insert(next)
}

fn deed(model: Model, op: &Op, numbers: &mut BTreeMap<Value, StateId>) -> Deed {
    let mut id = |value: &Value| number(numbers, value);
    match &op.request {
        request if !model.has(request) => Deed::Impossible,
        Request::Read => match &op.answer {
            None => Deed::Look,
            Some(Value::Many(_)) => Deed::Impossible,
            Some(value) => Deed::Read(id(value)),
        },
        Request::Write(new) => Deed::Write(id(new)),
        Request::Cas { expected, new } => Deed::Change(id(expected), id(new)),
        Request::Acquire => Deed::Change(id(&FREE), id(&HELD)),
        Request::Release => Deed::Change(id(&HELD), id(&FREE)),
        _ => Deed::Impossible,
    }
}

/// A value is forgotten after the last answer that depends on it: a read of it, or a change from it. A change
/// that was never answered depends on it only as long as something depends on what it changes it to, because
/// otherwise it may as well not have happened.
fn forgotten_from(deeds: &[Deed], timeline: &Timeline, values: usize) -> Vec<Stage> {
    let mut from = vec![0; values];
    let mut unanswered = Vec::new();
    for (deed, op) in deeds.iter().zip(&timeline.ops) {
        match (*deed, op.ended) {
            (Deed::Read(value) | Deed::Change(value, _), Some(end)) => {
                from[value as usize] = from[value as usize].max(end + 1);
            }
            (Deed::Change(expected, new), None) => unanswered.push((expected as usize, new as usize)),
            _ => {}
        }
    }
    loop {
        let before = from.clone();
        for &(expected, new) in &unanswered {
            from[expected] = from[expected].max(from[new]);
        }
        if from == before {
            return from;
        }
    }
}
