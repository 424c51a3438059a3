//! Looking ahead: whether the rest can be done at all, if writes got in each other's way no more than they
//! do now. What fails here fails in every order, and is seen long before the exploration runs into it.

use std::collections::BTreeSet;

use super::{Dig, Op};

/// A run of the rest in which every value, once written, can be read at any time, and only what is held now
/// must not be replaced before all who need it have found it.
struct Ahead<'a> {
    dig: &'a Dig,
    done: Vec<usize>,
    /// For each key, how many must still find what it holds, if nobody can bring it back.
    waiting: Vec<usize>,
    /// (key, state) of what has been written, where the plan does not say who reads from whom.
    written: BTreeSet<(usize, usize)>,
    steps: u64,
}

impl Dig {
    /// Whether some answer can never be explained from here, and how many steps it took to say.
    pub(super) fn leads_nowhere(&self) -> (bool, u64) {
        let waiting = |key: usize| {
            let number = |counts: &[usize]| counts.get(self.held[key]).copied().unwrap_or(0);
            let lasts = self.plan.overwrites[key] && number(&self.leavers[key]) == 0;
            if lasts { number(&self.finders[key]) } else { 0 }
        };
        let waiting = (0..self.plan.keys).map(waiting).collect();
        let mut ahead =
            Ahead { dig: self, done: self.done.clone(), waiting, written: BTreeSet::new(), steps: 0 };
        while (0..self.done.len()).filter(|process| ahead.go_on(*process)).count() > 0 {}
        let left = |process: usize| ahead.next(process).is_some_and(|op| op.required);
        ((0..self.done.len()).any(left), ahead.steps)
    }
}

impl<'a> Ahead<'a> {
    fn next(&self, process: usize) -> Option<&'a Op> {
        self.dig.plan.processes[process].get(self.done[process])
    }

    /// Lets a process go on as far as it can, and says whether it went at all.
    fn go_on(&mut self, process: usize) -> bool {
        let before = self.done[process];
        while let Some(op) = self.next(process).filter(|op| self.may(op)) {
            self.waiting[op.key] -= usize::from(self.finds_what_is_held(op) && self.waiting[op.key] > 0);
            if let (Some(left), false) = (op.left, self.dig.plan.kept) {
                self.written.insert((op.key, left));
            }
            self.done[process] += 1;
            self.steps += 1;
        }
        self.done[process] > before
    }

    fn finds_what_is_held(&self, op: &Op) -> bool {
        op.required && op.found == Some(self.dig.held[op.key])
    }

    fn may(&self, op: &Op) -> bool {
        let held = self.dig.held[op.key];
        let replaces = op.left.is_some_and(|left| left != held);
        let others = self.waiting[op.key].saturating_sub(usize::from(self.finds_what_is_held(op)));
        let readable =
            |found: usize| found == held || self.dig.plan.kept || self.written.contains(&(op.key, found));
        let overwrites = self.dig.plan.overwrites[op.key];
        (!replaces || others == 0)
            && (!overwrites || op.found.is_none_or(readable))
            && op.needs.iter().all(|(process, count)| self.done[*process] >= *count)
    }
}
