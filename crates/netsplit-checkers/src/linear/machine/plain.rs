//! Counters, sets and queues: states are numbered as they are met.

use std::collections::BTreeMap;

use super::{Machine, StateId};
use crate::linear::timeline::{OpId, Stage, Timeline};
use crate::model::{Model, State};

/// States of the specification, each with a number.
pub(crate) struct Plain {
    timeline: Timeline,
    states: Vec<State>,
    numbers: BTreeMap<State, StateId>,
    /// What is known of (state, operation).
    known: BTreeMap<(StateId, OpId), Option<StateId>>,
}

impl Plain {
    /// With the initial state of a model.
    pub fn new(model: Model, timeline: &Timeline) -> Self {
        let initial = State::initial(model);
        let numbers = BTreeMap::from([(initial.clone(), 0)]);
        Self { timeline: timeline.clone(), states: vec![initial], numbers, known: BTreeMap::new() }
    }

    fn number(&mut self, state: State) -> StateId {
        let next = self.states.len() as StateId;
        let number = *self.numbers.entry(state.clone()).or_insert(next);
        if number == next {
            self.states.push(state);
        }
        number
    }
}

impl Machine for Plain {
    fn initial(&self) -> StateId {
        0
    }

    fn after(&mut self, state: StateId, op: OpId) -> Option<StateId> {
        if let Some(known) = self.known.get(&(state, op)) {
            return *known;
        }
        let asked = &self.timeline.ops[op];
        let next = self.states[state as usize].after(&asked.request, asked.answer.as_ref());
        let next = next.map(|state| self.number(state));
        self.known.insert((state, op), next);
        next
    }

    fn seen_from(&self, state: StateId, _: Stage) -> StateId {
        state
    }
}
