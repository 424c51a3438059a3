//! Judging a history in slices, so that nobody has to wait for it.

use std::sync::Arc;

use crate::history::History;
use crate::linear;
use crate::verdict::{Consistency, Order, Spent, Verdict};

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

/// A search that has not begun yet.
pub fn begin(what: Consistency, history: Arc<History>, budget: Budget) -> Box<dyn Search> {
    match what {
        Consistency::Linearizable(model) => Box::new(linear::Linearizability::new(model, history, budget)),
        _ => Box::new(Settled(Verdict::Unknown(Spent { steps: 0, best: Order::default() }))),
    }
}

/// Judges to the end.
pub fn judge(what: Consistency, history: &History, budget: Budget) -> Verdict {
    let mut search = begin(what, Arc::new(history.clone()), budget);
    loop {
        if let Some(verdict) = search.run(u64::MAX) {
            return verdict;
        }
    }
}

/// A search that knew at once.
pub(crate) struct Settled(pub Verdict);

impl Search for Settled {
    fn run(&mut self, _: u64) -> Option<Verdict> {
        Some(self.0.clone())
    }
}
