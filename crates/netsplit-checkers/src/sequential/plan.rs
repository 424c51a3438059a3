//! A history as an explorer of orders sees it: what each process did, one thing after the other.

use std::collections::{BTreeMap, BTreeSet};

use crate::causal::{Events, Forced, Source};
use crate::history::{History, Key, Operation, Outcome, Request, Row, Value};
use crate::model::{Model, State};

/// Number of a state among those met.
pub(super) type StateId = usize;

/// One operation.
#[derive(Clone, Debug)]
pub(super) struct Op {
    pub row: Row,
    pub key: usize,
    pub request: Request,
    pub answer: Option<Value>,
    /// Whether it must be explained; else it may have happened or not.
    pub required: bool,
    /// The only state in which it fits, if there is one only.
    pub found: Option<StateId>,
    /// The state that it leaves wherever it happens, if there is one.
    pub left: Option<StateId>,
    /// (process, how many of its operations must have happened before).
    pub needs: Vec<(usize, usize)>,
    /// The place of its answer among all answers.
    pub rank: usize,
}

/// What each process did.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub model: Model,
    pub processes: Vec<Vec<Op>>,
    pub keys: usize,
    pub states: States,
    /// Of each key, whether a state comes back only by an operation that leaves it wherever it happens.
    pub overwrites: Vec<bool>,
    /// Whether what any order must keep is in the needs, so that each read needs what it read.
    pub kept: bool,
}

/// The states met, numbered.
#[derive(Clone, Debug, Default)]
pub(super) struct States {
    numbers: BTreeMap<State, StateId>,
    all: Vec<State>,
}

impl States {
    pub fn number(&mut self, state: State) -> StateId {
        let next = self.all.len();
        *self.numbers.entry(state).or_insert_with_key(|state| {
            self.all.push(state.clone());
            next
        })
    }

    pub fn get(&self, number: StateId) -> &State {
        &self.all[number]
    }
}

impl Plan {
    /// The plan of a history of which these answers are known, in the order in which they came.
    pub fn new(model: Model, history: &History, known: &[Row]) -> Self {
        let mut ranks = vec![usize::MAX; history.operations().len()];
        known.iter().enumerate().for_each(|(rank, row)| ranks[*row] = rank);
        let keys: BTreeSet<Key> = history.operations().iter().map(|operation| operation.key).collect();
        let keys: BTreeMap<Key, usize> = keys.into_iter().zip(0..).collect();
        let overwrites =
            vec![matches!(model, Model::Register | Model::CasRegister | Model::KeyValue); keys.len()];
        let mut states = States::default();
        states.number(State::initial(model));
        let mut plan =
            Self { model, processes: Vec::new(), keys: keys.len(), states, overwrites, kept: false };
        let mut of_process = BTreeMap::<_, Vec<Op>>::new();
        for (row, operation) in history.operations().iter().enumerate() {
            let ops = of_process.entry(operation.process).or_default();
            ops.extend(plan.op(row, operation, keys[&operation.key], ranks[row]));
        }
        plan.processes = of_process.into_values().collect();
        plan
    }

    /// An operation, unless it did not happen or tells nothing.
    fn op(&mut self, row: Row, operation: &Operation, key: usize, rank: usize) -> Option<Op> {
        let required = rank < usize::MAX;
        let answer = match &operation.returned {
            Some((_, Outcome::Fail)) => return None,
            Some((_, Outcome::Ok(answer))) if required => answer.clone(),
            _ => None,
        };
        let request = operation.request.clone();
        if request == Request::Read && answer.is_none() {
            return None;
        }
        self.overwrites[key] &= !matches!(request, Request::Append(_));
        let (found, left) = self.fixed(&request, answer.as_ref());
        Some(Op { row, key, request, answer, required, found, left, needs: Vec::new(), rank })
    }

    /// The only state in which an operation fits, and the one it leaves, where values are simply replaced.
    fn fixed(&mut self, request: &Request, answer: Option<&Value>) -> (Option<StateId>, Option<StateId>) {
        let mut holding = |value: &Value| {
            let write = Request::Write(value.clone());
            let state = State::initial(self.model).after(&write, None)?;
            Some(self.states.number(state))
        };
        match request {
            Request::Read => (answer.and_then(&mut holding), None),
            Request::Write(value) => (None, holding(value)),
            Request::Cas { expected, new } => (holding(expected), holding(new)),
            _ => (None, None),
        }
    }

    /// Takes over what any order must keep.
    pub fn keep(&mut self, events: &Events, forced: &[Forced]) {
        self.kept = true;
        let mut places = BTreeMap::new();
        for (process, ops) in self.processes.iter().enumerate() {
            places.extend(ops.iter().enumerate().map(|(at, op)| (op.row, (process, at))));
        }
        let place = |event: usize| places.get(&events.all[event].row).copied();
        let read_from = events.all.iter().enumerate().flat_map(|(then, event)| {
            let sources = if let Source::Writes(sources) = &event.source { sources.as_slice() } else { &[] };
            sources.iter().map(move |first| (*first, then))
        });
        let edges = read_from.chain(forced.iter().map(|edge| (edge.first, edge.then)));
        for (first, then) in edges {
            if let (Some((before, at)), Some((process, then))) = (place(first), place(then)) {
                self.processes[process][then].needs.push((before, at + 1));
            }
        }
    }
}
