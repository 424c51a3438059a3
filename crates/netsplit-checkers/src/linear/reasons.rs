//! Why an answer cannot be explained.

use super::timeline::{Op, OpId, Timeline};
use crate::history::{Request, Value};
use crate::model::{Model, State};
use crate::verdict::{Reason, Why};

/// The plainest reason first, then where each order ends.
pub(super) fn reasons(
    model: Model,
    timeline: &Timeline,
    stuck: OpId,
    dead_ends: &[Vec<OpId>],
) -> Vec<Reason> {
    let plain = nobody_wrote(timeline, stuck).or_else(|| missed(model, timeline, stuck));
    plain.into_iter().chain(dead_ends.iter().map(|order| dead_end(model, timeline, stuck, order))).collect()
}

/// What an operation left behind as the value of its key, if that can be said of it alone.
fn written(op: &Op) -> Option<&Value> {
    match &op.request {
        Request::Write(value) | Request::Cas { new: value, .. } | Request::Enqueue(value) => Some(value),
        _ => None,
    }
}

/// What it returned, if that must have been written by one operation.
fn returned(op: &Op) -> Option<&Value> {
    let returns = matches!(op.request, Request::Read | Request::Dequeue);
    op.answer.as_ref().filter(|value| returns && **value != Value::Absent)
}

fn nobody_wrote(timeline: &Timeline, stuck: OpId) -> Option<Reason> {
    let read = &timeline.ops[stuck];
    let value = returned(read)?;
    // Where operations add to a value, no single one of them has written it.
    let adds = |op: &Op| matches!(op.request, Request::Append(_) | Request::Add(_) | Request::Remove(_));
    let wrote = timeline.ops.iter().any(|op| written(op) == Some(value) || adds(op));
    (!wrote).then_some(Reason::NobodyWrote { read: read.row })
}

/// A register that was read as something older than what was there before the read began.
fn missed(model: Model, timeline: &Timeline, stuck: OpId) -> Option<Reason> {
    let read = &timeline.ops[stuck];
    let value = read.answer.as_ref().filter(|_| read.request == Request::Read)?;
    let registers = matches!(model, Model::Register | Model::CasRegister);
    let mut writers = (0..timeline.ops.len()).filter(|op| written(&timeline.ops[*op]) == Some(value));
    let writer = writers.next();
    if !registers || writers.next().is_some() || (writer.is_none() && *value != Value::Absent) {
        return None;
    }
    let newer = |op: OpId| {
        let seen = written(&timeline.ops[op]).or(timeline.ops[op].answer.as_ref());
        seen.is_some_and(|seen| seen != value && *seen != Value::Absent)
            && timeline.precedes(op, stuck)
            && writer.is_none_or(|writer| timeline.precedes(writer, op))
    };
    let candidates = (0..timeline.ops.len()).filter(|op| newer(*op));
    let op =
        candidates.max_by_key(|op| (timeline.ops[*op].request != Request::Read, timeline.ops[*op].ended))?;
    let same = timeline.ops[op].process == read.process;
    let why = if same { Why::SameProcess } else { Why::Ended };
    Some(Reason::Missed { read: read.row, missed: timeline.ops[op].row, why })
}

fn dead_end(model: Model, timeline: &Timeline, stuck: OpId, order: &[OpId]) -> Reason {
    let step = |state: State, op: &OpId| {
        let op = &timeline.ops[*op];
        state.after(&op.request, op.answer.as_ref()).unwrap_or(state)
    };
    let state = order.iter().fold(State::initial(model), step);
    let after = order.last().map(|op| timeline.ops[*op].row);
    Reason::DeadEnd { after, state, next: timeline.ops[stuck].row }
}
