//! Operations that nobody saw ending: each may have happened at any time since its call, or never.

use std::collections::BTreeMap;

use super::sets::Sets;
use super::timeline::{OpId, Timeline};
use crate::history::Request;

/// The unanswered operations of a timeline, in kinds. Those of a kind ask for the same, so it does not matter
/// which of them happened, and the one called first may stand for all: they are used up in the order of
/// their calls.
#[derive(Default)]
pub(super) struct Unanswered {
    /// Kind after kind, each by call.
    pub ops: Vec<OpId>,
    /// Where each kind begins and ends.
    pub kinds: Vec<(usize, usize)>,
    /// Where each operation stands among them.
    places: BTreeMap<OpId, usize>,
}

impl Unanswered {
    /// Sorts them into kinds.
    pub fn new(timeline: &Timeline) -> Self {
        let mut kinds = BTreeMap::<(&Request, Option<OpId>), Vec<OpId>>::new();
        for (id, op) in timeline.ops.iter().enumerate().filter(|(_, op)| op.ended.is_none()) {
            kinds.entry((&op.request, op.after)).or_default().push(id);
        }
        let mut unanswered = Self::default();
        for mut ops in kinds.into_values() {
            ops.sort_by_key(|op| timeline.ops[*op].called);
            let from = unanswered.ops.len();
            unanswered.places.extend(ops.iter().enumerate().map(|(at, op)| (*op, from + at)));
            unanswered.ops.append(&mut ops);
            unanswered.kinds.push((from, unanswered.ops.len()));
        }
        unanswered
    }

    /// Of each kind the first operation that has not happened, other than this one.
    pub fn firsts<'a>(&'a self, sets: &'a Sets, but: Option<OpId>) -> impl Iterator<Item = OpId> + 'a {
        let unused = move |(from, to): &(usize, usize)| {
            let ops = (*from..*to).filter(|at| !sets.used(*at)).map(|at| self.ops[at]);
            ops.into_iter().find(|op| Some(*op) != but)
        };
        self.kinds.iter().filter_map(unused)
    }

    /// Where an unanswered operation stands among all of them.
    pub fn place(&self, op: OpId) -> usize {
        self.places[&op]
    }
}
