//! Judging a history in slices, so that nobody has to wait for it.

use std::sync::Arc;

use crate::causal::{Causality, Variant};
use crate::history::History;
use crate::linear;
use crate::sequential::SequentialSearch;
use crate::session::{Guarantee, SessionSearch, Sessions};
use crate::verdict::{Consistency, Verdict};

/// How many steps a search may take before it says that it does not know. A step is a small amount of work,
/// the same on every machine: a few million fit into a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Budget(pub u64);

impl Budget {
    /// What the page and the command line spend unless told.
    pub const USUAL: Self = Self(5_000_000);
}

/// A search under way.
pub trait Search {
    /// Goes on for about this many steps. `Some` is the final answer, and every later call gives it again.
    fn run(&mut self, steps: u64) -> Option<Verdict>;
}

/// A search that has not begun yet. Each process is a session.
pub fn begin(what: Consistency, history: Arc<History>, budget: Budget) -> Box<dyn Search> {
    begin_with(what, history, &Sessions::default(), budget)
}

/// A search that has not begun yet. Causal consistency and the session guarantees are judged of sessions, that
/// is clients, whose processes change with each operation of unknown outcome; the others of processes.
pub fn begin_with(
    what: Consistency,
    history: Arc<History>,
    sessions: &Sessions,
    budget: Budget,
) -> Box<dyn Search> {
    let guarantee = match what {
        Consistency::Linearizable(model) => {
            return Box::new(linear::Linearizability::new(model, &history, budget));
        }
        Consistency::Sequential(model) => {
            return Box::new(SequentialSearch::new(model, history, budget));
        }
        Consistency::Causal => {
            return Box::new(Causality::new(Variant::Memory, history, sessions.clone(), budget));
        }
        Consistency::ReadYourWrites => Guarantee::ReadYourWrites,
        Consistency::MonotonicReads => Guarantee::MonotonicReads,
        Consistency::MonotonicWrites => Guarantee::MonotonicWrites,
        Consistency::WritesFollowReads => Guarantee::WritesFollowReads,
    };
    Box::new(SessionSearch::new(guarantee, history, sessions.clone(), budget))
}

/// Judges to the end.
pub fn judge(what: Consistency, history: &History, budget: Budget) -> Verdict {
    judge_with(what, history, &Sessions::default(), budget)
}

/// The same, of these sessions.
pub fn judge_with(what: Consistency, history: &History, sessions: &Sessions, budget: Budget) -> Verdict {
    let mut search = begin_with(what, Arc::new(history.clone()), sessions, budget);
    loop {
        if let Some(verdict) = search.run(u64::MAX) {
            return verdict;
        }
    }
}
