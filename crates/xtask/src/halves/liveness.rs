//! Which locals may still be read: the classical analysis backwards through the code, over structured control.

use wasmparser::Operator;

use super::body::Body;

/// A set of locals, one bit each. No trailing word is zero, so that equal sets are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Locals(Vec<u64>);

impl Locals {
    pub(crate) fn contains(&self, local: u32) -> bool {
        self.0.get(local as usize / 64).is_some_and(|word| word >> (local % 64) & 1 == 1)
    }

    fn insert(&mut self, local: u32) {
        let place = local as usize / 64;
        if self.0.len() <= place {
            self.0.resize(place + 1, 0);
        }
        self.0[place] |= 1 << (local % 64);
    }

    fn remove(&mut self, local: u32) {
        if let Some(word) = self.0.get_mut(local as usize / 64) {
            *word &= !(1 << (local % 64));
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, others) in self.0.iter_mut().zip(&other.0) {
            *word |= others;
        }
    }
}

/// For each instruction of a function, the locals that may be read from there on before they are written.
pub(crate) fn live_before(body: &Body<'_>) -> Vec<Locals> {
    let live = vec![Locals::default(); body.operators.len()];
    let mut analysis = Analysis { body, labels: vec![Locals::default()], live };
    analysis.walk(0, body.last(), Locals::default());
    analysis.live
}

struct Analysis<'b, 'a> {
    body: &'b Body<'a>,
    /// What is live where a branch to each block around leads. The outermost is the function, and nothing is
    /// live behind it.
    labels: Vec<Locals>,
    live: Vec<Locals>,
}

impl Analysis<'_, '_> {
    /// Goes back from `to`, before which `live` holds, to `from` within one block.
    fn walk(&mut self, from: usize, to: usize, mut live: Locals) -> Locals {
        let mut at = to;
        self.live[to] = live.clone();
        while at > from {
            at -= 1;
            if matches!(self.body.operators[at], Operator::End) {
                let end = at;
                at = self.body.opener(end);
                live = self.block(at, end, live);
            } else {
                live = self.before(at, live);
            }
            self.live[at] = live.clone();
        }
        live
    }

    fn block(&mut self, start: usize, end: usize, after: Locals) -> Locals {
        if self.body.is_loop(start) {
            return self.around(start, end, &after);
        }
        self.labels.push(after.clone());
        let live = match (&self.body.operators[start], self.body.middle(start)) {
            (Operator::If { .. }, Some(middle)) => {
                let mut live = self.walk(middle + 1, end, after.clone());
                live.join(&self.walk(start + 1, middle, after));
                live
            }
            (Operator::If { .. }, None) => {
                let mut live = self.walk(start + 1, end, after.clone());
                live.join(&after);
                live
            }
            _ => self.walk(start + 1, end, after),
        };
        self.labels.pop();
        live
    }

    /// A branch to a loop leads to its beginning, so what is live there is found by repetition.
    fn around(&mut self, start: usize, end: usize, after: &Locals) -> Locals {
        let mut live = Locals::default();
        loop {
            self.labels.push(live.clone());
            let again = self.walk(start + 1, end, after.clone());
            self.labels.pop();
            if again == live {
                return live;
            }
            live = again;
        }
    }

    fn before(&self, at: usize, mut live: Locals) -> Locals {
        let label = |depth: u32| &self.labels[self.labels.len() - 1 - depth as usize];
        match &self.body.operators[at] {
            Operator::LocalGet { local_index } => live.insert(*local_index),
            Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                live.remove(*local_index);
            }
            Operator::Br { relative_depth } => live = label(*relative_depth).clone(),
            Operator::BrIf { relative_depth } => live.join(label(*relative_depth)),
            Operator::BrTable { targets } => {
                live = label(targets.default()).clone();
                targets.targets().flatten().for_each(|depth| live.join(label(depth)));
            }
            Operator::Return | Operator::Unreachable => live = Locals::default(),
            _ => {}
        }
        live
    }
}
