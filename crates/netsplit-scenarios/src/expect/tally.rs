//! How often each rule was applied, counted event by event.

use std::collections::BTreeMap;

use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;

use crate::expectation::Expectation;

/// How often each rule was applied, and by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<(u16, Option<NodeId>), u32>,
}

impl Tally {
    /// Up to the cursor, if the expectation asks for it. Events that were forgotten are not counted.
    pub(super) fn of(run: &dyn Run, expectation: &Expectation) -> Self {
        let asks = matches!(expectation, Expectation::Rule { .. });
        if asks { Self::so_far(run) } else { Self::default() }
    }

    /// Up to the cursor. Events that were forgotten are not counted.
    pub fn so_far(run: &dyn Run) -> Self {
        let mut tally = Self::default();
        run.past().for_each(|event| tally.count_event(run, event.step));
        tally
    }

    /// Counts the rules of one event.
    pub fn count_event(&mut self, run: &dyn Run, step: Step) {
        let node = run.event(step).and_then(|event| event.kind.node());
        for note in run.notes(step) {
            *self.counts.entry((note.rule, node)).or_default() += 1;
        }
    }

    /// How often this rule was applied, by this participant or by anyone.
    pub(super) fn count(&self, rule: u16, node: Option<NodeId>) -> u32 {
        let wanted = self
            .counts
            .iter()
            .filter(|((other, whose), _)| *other == rule && (node.is_none() || node == *whose));
        wanted.map(|(_, count)| count).sum()
    }
}
