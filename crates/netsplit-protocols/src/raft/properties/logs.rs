//! Leader Append-Only, Log Matching and State Machine Safety (Figure 3).

use netsplit_sim::encode::Digest;
use netsplit_sim::footprint_fields;
use netsplit_sim::note::{Note, node};

use super::{Change, Report};
use crate::raft::about::property;
use crate::raft::cow_vec::CowVec;
use crate::raft::log::Log;
use crate::raft::rules;
use crate::raft::types::LogIndex;

/// §5.3: a leader never overwrites or deletes entries in its log; it only appends new entries.
pub(super) fn check_append_only(step: &Change<'_>, report: &mut Report<'_>) {
    let led_on =
        step.kept_memory() && (step.before.leads && step.now.leads) && step.before.term == step.now.term;
    if led_on && !step.before.log.is_prefix_of(&step.world.disk(step.id).log) {
        let values = [node(step.id), step.now.term.0, step.before.log.index.0];
        report.violated(property::LEADER_APPEND_ONLY, Note::new(rules::LEADER_REWROTE, values));
    }
}

/// §5.3: if two logs contain an entry with the same index and term, then the logs are identical in
/// all entries up through that index. Only what is new in the changed log is compared.
pub(super) fn check_matching(step: &Change<'_>, report: &mut Report<'_>) {
    if step.before.log == step.now.log {
        return;
    }
    let log = &step.world.disk(step.id).log;
    let grew = step.before.log.is_prefix_of(log);
    let known = if grew { step.before.log.index } else { LogIndex::NONE };
    for other in step.world.topology().servers().filter(|other| *other != step.id) {
        if let Some(index) = first_mismatch(log, &step.world.disk(other).log, known) {
            let term = log.term_at(index).unwrap_or_default();
            let values = [node(other), node(step.id), term.0, index.0];
            report.violated(property::LOG_MATCHING, Note::new(rules::LOGS_DIFFER, values));
        }
    }
}

/// An index after `known` at which both logs have an entry of the same term, but differ up to it.
/// From the end back, until the logs are found equal: they are equal then all the way down.
fn first_mismatch(left: &Log, right: &Log, known: LogIndex) -> Option<LogIndex> {
    let mut index = left.last_index().min(right.last_index());
    while index > known && left.hash_at(index) != right.hash_at(index) {
        if left.term_at(index) == right.term_at(index) {
            return Some(index);
        }
        index = index.previous();
    }
    None
}

/// The log up to each index as the first server to get there applied it.
#[derive(Clone, Debug, Default)]
pub(super) struct Applied(CowVec<Digest>);

footprint_fields!(Applied { 0 });

impl Applied {
    /// §5.4.3: if a server has applied an entry at a given index, no other server will ever apply a
    /// different entry for that index.
    pub(super) fn check(&mut self, step: &Change<'_>, report: &mut Report<'_>) {
        if step.before.last_applied == step.now.last_applied {
            return;
        }
        let log = &step.world.disk(step.id).log;
        let both = LogIndex::NONE.plus(self.0.len()).min(step.now.last_applied);
        if self.hash_at(both) != log.hash_at(both) {
            let differs = |index: &LogIndex| self.hash_at(*index) != log.hash_at(*index);
            let first = LogIndex::NONE.up_to(both).find(differs).unwrap_or(both);
            let note = Note::new(rules::APPLIED_DIFFERENTLY, [node(step.id), first.0]);
            report.violated(property::STATE_MACHINE_SAFETY, note);
        }
        for index in both.up_to(step.now.last_applied) {
            self.0.push(log.hash_at(index).unwrap_or_default());
        }
    }

    fn hash_at(&self, index: LogIndex) -> Option<Digest> {
        match index.0.checked_sub(1) {
            None => Some(Digest::default()),
            Some(position) => self.0.get(position as usize).copied(),
        }
    }
}
