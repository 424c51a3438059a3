//! Election Safety (Figure 3): at most one leader can be elected in a given term.

use std::collections::BTreeMap;
use std::rc::Rc;

use netsplit_sim::footprint_fields;
use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};

use super::{Change, Report};
use crate::raft::about::property;
use crate::raft::rules;
use crate::raft::types::Term;

/// Who led each term, also after it stopped leading. Shared between clones until the next election.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaders(Rc<BTreeMap<Term, NodeId>>);

footprint_fields!(Leaders { 0 });

impl Leaders {
    /// Looks whether the server has just begun to lead a term that another led.
    pub(super) fn check(&mut self, step: &Change<'_>, report: &mut Report<'_>) {
        if !step.now.leads {
            return;
        }
        let term = step.now.term;
        match self.0.get(&term) {
            None => {
                Rc::make_mut(&mut self.0).insert(term, step.id);
            }
            Some(other) if *other != step.id => {
                let note = Note::new(rules::TWO_LEADERS, [node(*other), node(step.id), term.0]);
                report.violated(property::ELECTION_SAFETY, note);
            }
            Some(_) => {}
        }
    }
}
