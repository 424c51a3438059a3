//! The operations of one key along real time: which had ended when which began.

use std::collections::BTreeMap;

use crate::history::{Operation, Outcome, Process, Request, Row, Time, Value};

/// Position of an operation among those of its key, in the order of their rows.
pub(crate) type OpId = usize;

/// How many answers are explained: the place of a search on its way through real time. At stage k the
/// operations that were called before the k-th answer may happen, and the k-th must.
pub(crate) type Stage = u32;

/// One operation of the key.
#[derive(Clone, Debug)]
pub(crate) struct Op {
    /// Its row in the history.
    pub row: Row,
    /// What was asked.
    pub request: Request,
    /// What was answered, if that is known.
    pub answer: Option<Value>,
    /// The first stage at which it may happen.
    pub called: Stage,
    /// The last one, or `None` if it may happen later still, or never.
    pub ended: Option<Stage>,
    /// When it ended, if it did.
    pub time: Time,
    /// Who did it.
    pub process: Process,
    /// The operation that its process did just before, if that ended at the very time of the call and the
    /// stages do not say that it came before.
    pub after: Option<OpId>,
}

/// The operations of one key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timeline {
    /// By row.
    pub ops: Vec<Op>,
    /// The answered ones, by their ends.
    pub returns: Vec<OpId>,
}

/// Two operations of one process, the first of which ends at the time at which the second is called.
struct Touch {
    first: OpId,
    second: OpId,
    /// Whether it is told by the stages. Intervals can tell this of one process at each instant: its calls and
    /// returns stand between everybody else's calls and everybody else's returns.
    told: bool,
}

impl Timeline {
    /// Of operations of one key with their rows, ascending. What failed did not happen, and a read that nobody
    /// saw returning tells nothing: both are left out.
    pub fn new<'a>(operations: impl Iterator<Item = (Row, &'a Operation)>) -> Self {
        let operations: Vec<(Row, &Operation)> =
            operations.filter(|(_, operation)| tells(operation)).collect();
        let touches = touches(&operations);
        let mut timeline =
            Self { ops: operations.iter().map(|(row, each)| op(*row, each)).collect(), returns: Vec::new() };
        for (_, _, half) in events(&operations, &touches) {
            timeline.pass(half);
        }
        for touch in touches.iter().filter(|touch| !touch.told) {
            timeline.ops[touch.second].after = Some(touch.first);
        }
        timeline
    }

    /// Passes a call (twice its operation) or a return (one more).
    fn pass(&mut self, half: usize) {
        let stage = self.returns.len() as Stage;
        let op = &mut self.ops[half / 2];
        if half.is_multiple_of(2) {
            op.called = stage;
        } else {
            op.ended = Some(stage);
            self.returns.push(half / 2);
        }
    }

    /// The stage at which all answers are explained.
    pub fn last(&self) -> Stage {
        self.returns.len() as Stage
    }

    /// What was known just after the answer at stage `last`, of some of the operations: later answers are not
    /// known yet, later calls have not been made.
    pub fn up_to(&self, last: Stage, keep: impl Fn(OpId) -> bool) -> Self {
        let known = |op: &Op| op.ended.is_some_and(|end| end <= last);
        let there = |id: OpId| {
            let op = &self.ops[id];
            keep(id) && op.called <= last && (known(op) || op.request != Request::Read)
        };
        let mut names = vec![None; self.ops.len()];
        let ids: Vec<OpId> = (0..self.ops.len()).filter(|id| there(*id)).collect();
        ids.iter().enumerate().for_each(|(new, id)| names[*id] = Some(new));
        let mut passed = vec![0];
        let mut returns = Vec::new();
        for id in self.returns.iter().take(last as usize + 1) {
            returns.extend(names[*id]);
            passed.push(returns.len() as Stage);
        }
        let renamed = |id: &OpId| {
            let mut op = self.ops[*id].clone();
            op.called = passed[op.called as usize];
            op.after = self.just_before(*id).find_map(|before| names[before]);
            op.ended = op.ended.filter(|end| *end <= last).map(|end| passed[end as usize]);
            op.answer = op.answer.filter(|_| op.ended.is_some());
            op
        };
        Self { ops: ids.iter().map(renamed).collect(), returns }
    }

    /// What the process did just before, at the very time of the call, the latest first.
    fn just_before(&self, id: OpId) -> impl Iterator<Item = OpId> + '_ {
        std::iter::successors(self.ops[id].after, |before| self.ops[*before].after)
    }

    /// Whether the first had to happen before the second.
    pub fn precedes(&self, first: OpId, second: OpId) -> bool {
        let after = |op: &Op| self.ops[first].ended.is_some_and(|end| end < op.called);
        after(&self.ops[second]) || self.ops[second].after == Some(first)
    }
}

fn tells(operation: &Operation) -> bool {
    match operation.returned {
        Some((_, Outcome::Fail)) => false,
        Some((_, Outcome::Ok(_))) => true,
        Some((_, Outcome::Info)) | None => operation.request != Request::Read,
    }
}

/// When an operation was answered, and not that its outcome is unknown.
fn end(operation: &Operation) -> Option<Time> {
    match operation.returned {
        Some((end, Outcome::Ok(_))) => Some(end),
        _ => None,
    }
}

fn op(row: Row, operation: &Operation) -> Op {
    let answer = match &operation.returned {
        Some((_, Outcome::Ok(answer))) => answer.clone(),
        _ => None,
    };
    let time = end(operation).unwrap_or_default();
    let request = operation.request.clone();
    Op { row, request, answer, called: 0, ended: None, time, process: operation.process, after: None }
}

fn touches(operations: &[(Row, &Operation)]) -> Vec<Touch> {
    let mut last = BTreeMap::<Process, OpId>::new();
    let mut tellers = BTreeMap::<Time, Process>::new();
    let mut touches = Vec::new();
    for (second, (_, operation)) in operations.iter().enumerate() {
        let Some(first) = last.insert(operation.process, second) else { continue };
        if end(operations[first].1) == Some(operation.called) {
            let teller = *tellers.entry(operation.called).or_insert(operation.process);
            touches.push(Touch { first, second, told: teller == operation.process });
        }
    }
    touches
}

/// Calls and returns in the order of time. At equal times calls come first, since intervals are closed.
fn events(operations: &[(Row, &Operation)], touches: &[Touch]) -> Vec<(Time, u8, usize)> {
    const CALL: u8 = 0;
    const BETWEEN: u8 = 1;
    const RETURN: u8 = 2;
    let mut events = Vec::with_capacity(2 * operations.len());
    let (mut calls, mut returns) = (vec![CALL; operations.len()], vec![RETURN; operations.len()]);
    for touch in touches.iter().filter(|touch| touch.told) {
        returns[touch.first] = BETWEEN;
        calls[touch.second] = BETWEEN;
    }
    for (id, (_, operation)) in operations.iter().enumerate() {
        events.push((operation.called, calls[id], 2 * id));
        events.extend(end(operation).map(|end| (end, returns[id], 2 * id + 1)));
    }
    events.sort_unstable();
    events
}
