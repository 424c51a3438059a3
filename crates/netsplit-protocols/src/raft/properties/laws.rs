//! The laws beside Figure 2's fields: terms and commit indexes increase, one vote per term.

use netsplit_sim::note::{Note, node};

use super::{Change, Report};
use crate::raft::about::property;
use crate::raft::rules;

/// Checks one server's step.
pub(super) fn check(step: &Change<'_>, report: &mut Report<'_>) {
    terms_increase(step, report);
    one_vote_per_term(step, report);
    commit_index_increases(step, report);
}

/// §5.1: the current term increases monotonically: on disk always, in memory until a crash. A term
/// that a crash took back before it was durable was never told to anybody.
fn terms_increase(step: &Change<'_>, report: &mut Report<'_>) {
    let (before, now) = if step.kept_memory() {
        (step.before.term, step.now.term)
    } else {
        (step.before.durable_term, step.now.durable_term)
    };
    if now < before {
        let note = Note::new(rules::TERM_FELL, [node(step.id), before.0, now.0]);
        report.violated(property::TERMS_MONOTONE, note);
    }
}

/// §5.2: each server votes for at most one candidate in a given term.
fn one_vote_per_term(step: &Change<'_>, report: &mut Report<'_>) {
    if let (Some((before_term, before)), Some((term, now))) = (step.before.vote, step.now.vote)
        && before_term == term
        && before != now
    {
        let values = [node(step.id), node(before), node(now), term.0];
        report.violated(property::ONE_VOTE_PER_TERM, Note::new(rules::VOTED_TWICE, values));
    }
}

/// Figure 2: commit_index increases monotonically, in memory and hence until a crash.
fn commit_index_increases(step: &Change<'_>, report: &mut Report<'_>) {
    let (before, now) = (step.before.commit_index, step.now.commit_index);
    if step.kept_memory() && now < before {
        let note = Note::new(rules::COMMIT_FELL, [node(step.id), before.0, now.0]);
        report.violated(property::COMMIT_INDEX_MONOTONE, note);
    }
}
