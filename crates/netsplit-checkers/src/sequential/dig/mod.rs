//! Exploring the orders of a plan, depth first, remembering what was tried.

mod ahead;

use std::collections::BTreeSet;

use super::plan::{Op, Plan, StateId};
use crate::history::{Request, Row};
use crate::verdict::Reason;

/// An exploration under way.
pub(super) struct Dig {
    plan: Plan,
    /// How many operations of each process have happened.
    done: Vec<usize>,
    /// What each key holds.
    held: Vec<StateId>,
    /// For each key and state, who must still find it, and who can still bring it back.
    finders: Vec<Vec<usize>>,
    leavers: Vec<Vec<usize>>,
    /// Operations that must be explained and are not yet.
    open: usize,
    path: Vec<Taken>,
    frames: Vec<Frame>,
    /// What was tried, as long as there is room; beyond that the search goes on without.
    tried: BTreeSet<Box<[u64]>>,
    best: Vec<Row>,
    dead_ends: Vec<Reason>,
    begun: bool,
    pub steps: u64,
}

/// An operation that happened, and what its key held before.
#[derive(Clone, Copy)]
struct Taken {
    process: usize,
    held: StateId,
}

/// A choice: the processes that may go on, the next one last.
struct Frame {
    length: usize,
    candidates: Vec<usize>,
}

/// How far an exploration is.
pub(super) enum Progress {
    Underway,
    /// This order explains everything.
    Found(Vec<Row>),
    /// None does.
    Exhausted,
}

/// Words of memory for what was tried: 32 MB.
const MEMORY: usize = 4 << 20;

impl Dig {
    pub fn new(plan: Plan) -> Self {
        let processes = plan.processes.len();
        let (mut finders, mut leavers) = (vec![Vec::new(); plan.keys], vec![Vec::new(); plan.keys]);
        for op in plan.processes.iter().flatten() {
            op.found
                .filter(|_| op.required)
                .iter()
                .for_each(|state| count(&mut finders[op.key], *state, true));
            op.left.iter().for_each(|state| count(&mut leavers[op.key], *state, true));
        }
        Self {
            done: vec![0; processes],
            held: vec![0; plan.keys],
            finders,
            leavers,
            open: plan.processes.iter().flatten().filter(|op| op.required).count(),
            path: Vec::new(),
            frames: Vec::new(),
            tried: BTreeSet::new(),
            best: Vec::new(),
            dead_ends: Vec::new(),
            begun: false,
            steps: 0,
            plan,
        }
    }

    /// The order that explained most so far.
    pub fn best(&self) -> &[Row] {
        &self.best
    }

    /// Where the order that explained most came to its end.
    pub fn dead_ends(&self) -> &[Reason] {
        &self.dead_ends
    }

    /// Goes on for about so many steps.
    pub fn run(&mut self, steps: u64) -> Progress {
        let until = self.steps.saturating_add(steps);
        while self.steps < until {
            let arrived = if self.begun { self.try_next() } else { Some(()) };
            self.begun = true;
            let Some(()) = arrived else {
                if self.frames.is_empty() {
                    return Progress::Exhausted;
                }
                continue;
            };
            if let Some(order) = self.arrive() {
                return Progress::Found(order);
            }
        }
        Progress::Underway
    }

    /// Takes the next candidate of the last choice, or goes back from it.
    fn try_next(&mut self) -> Option<()> {
        let frame = self.frames.last_mut()?;
        let (length, candidate) = (frame.length, frame.candidates.pop());
        self.undo(length);
        match candidate {
            None => drop(self.frames.pop()),
            Some(process) => {
                self.steps += 1;
                return self.take(process).then_some(());
            }
        }
        None
    }

    /// Does all reads that fit; then either everything is explained, or the next choice begins.
    fn arrive(&mut self) -> Option<Vec<Row>> {
        self.read_what_fits();
        if self.open == 0 {
            return Some(self.order());
        }
        if self.is_new() && !self.is_hopeless() {
            let candidates = self.candidates();
            self.steps += 1 + self.plan.processes.len() as u64 / 8;
            self.frames.push(Frame { length: self.path.len(), candidates });
        }
        None
    }

    fn is_hopeless(&mut self) -> bool {
        let (hopeless, steps) = self.leads_nowhere();
        self.steps += 1 + steps / 4;
        self.note_best();
        hopeless
    }

    /// Remembers the order that explained most.
    fn note_best(&mut self) {
        if self.path.len() > self.best.len() || self.best.is_empty() {
            self.best = self.order();
            self.dead_ends = self.ends();
        }
    }

    fn order(&self) -> Vec<Row> {
        let mut done = vec![0; self.done.len()];
        let row = |taken: &Taken| {
            let at = &mut done[taken.process];
            *at += 1;
            self.plan.processes[taken.process][*at - 1].row
        };
        self.path.iter().map(row).collect()
    }

    /// Whether it has not been here before, with each process as far and each key holding the same.
    fn is_new(&mut self) -> bool {
        let numbers: Vec<u64> = self.done.iter().chain(&self.held).map(|number| *number as u64).collect();
        let here: Box<[u64]> =
            numbers.chunks(2).map(|pair| pair[0] << 32 | pair.get(1).copied().unwrap_or(0)).collect();
        let full = self.tried.len() * (here.len() + 2) > MEMORY;
        if full { !self.tried.contains(&here) } else { self.tried.insert(here) }
    }

    fn next(&self, process: usize) -> Option<&Op> {
        self.plan.processes[process].get(self.done[process])
    }

    /// The processes that may go on, the first to be tried last: by their answers, the unanswered at the end.
    fn candidates(&self) -> Vec<usize> {
        let may = |op: &Op| op.needs.iter().all(|(process, count)| self.done[*process] >= *count);
        let mut candidates: Vec<(usize, usize)> = (0..self.done.len())
            .filter_map(|process| self.next(process).filter(|op| may(op)).map(|op| (op.rank, process)))
            .collect();
        candidates.sort_unstable_by(|one, other| other.cmp(one));
        candidates.into_iter().map(|(_, process)| process).collect()
    }

    fn read_what_fits(&mut self) {
        loop {
            let fits = |process: &usize| {
                let op = self.next(*process);
                op.is_some_and(|op| op.request == Request::Read && self.leaves(op).is_some())
            };
            let Some(process) = (0..self.done.len()).find(fits) else { return };
            let mut went = true;
            while went && self.next(process).is_some_and(|op| op.request == Request::Read) {
                went = self.take(process);
            }
        }
    }

    /// What a key holds after an operation, if that fits what it holds now.
    fn leaves(&self, op: &Op) -> Option<Left> {
        let held = self.held[op.key];
        match (&op.request, op.found, op.left) {
            (Request::Read | Request::Cas { .. }, Some(found), _) if found != held => None,
            (Request::Read, Some(_), _) => Some(Left::Known(held)),
            (Request::Write(_) | Request::Cas { .. }, _, Some(left)) => Some(Left::Known(left)),
            _ => {
                let state = self.plan.states.get(held).after(&op.request, op.answer.as_ref())?;
                Some(Left::Computed(state))
            }
        }
    }

    /// Does the next operation of a process, if it fits and leaves a way on.
    fn take(&mut self, process: usize) -> bool {
        let Some(op) = self.next(process) else { return false };
        let (key, found, left, required) = (op.key, op.found, op.left, op.required);
        let after = match self.leaves(op) {
            None => return false,
            Some(Left::Known(state)) => state,
            Some(Left::Computed(state)) => self.plan.states.number(state),
        };
        let held = self.held[key];
        let own = usize::from(required && found == Some(held));
        if after != held && self.plan.overwrites[key] && self.is_needed(key, held, own) {
            return false;
        }
        self.path.push(Taken { process, held });
        self.done[process] += 1;
        self.held[key] = after;
        self.open -= usize::from(required);
        found.filter(|_| required).iter().for_each(|state| count(&mut self.finders[key], *state, false));
        left.iter().for_each(|state| count(&mut self.leavers[key], *state, false));
        true
    }

    /// Whether more than `own` must still find a state that nobody can bring back.
    fn is_needed(&self, key: usize, state: StateId, own: usize) -> bool {
        let number = |counts: &[usize]| counts.get(state).copied().unwrap_or(0);
        number(&self.finders[key]) > own && number(&self.leavers[key]) == 0
    }

    fn undo(&mut self, length: usize) {
        while self.path.len() > length {
            let Some(Taken { process, held }) = self.path.pop() else { return };
            self.done[process] -= 1;
            let Op { key, found, left, required, .. } = self.plan.processes[process][self.done[process]];
            self.held[key] = held;
            self.open += usize::from(required);
            found.filter(|_| required).iter().for_each(|state| count(&mut self.finders[key], *state, true));
            left.iter().for_each(|state| count(&mut self.leavers[key], *state, true));
        }
    }

    /// Of each process the first answer to come that does not fit what is held here; if all of them would fit
    /// one by one, the first answer to come.
    fn ends(&self) -> Vec<Reason> {
        let to_come = |process: usize| {
            self.plan.processes[process][self.done[process]..].iter().filter(|op| op.required)
        };
        let processes = 0..self.done.len();
        let unfit =
            processes.clone().filter_map(|process| to_come(process).find(|op| self.leaves(op).is_none()));
        let mut ends: Vec<Reason> = unfit.map(|op| self.dead_end(op)).collect();
        if ends.is_empty() {
            let next = processes.flat_map(to_come).min_by_key(|op| op.rank);
            ends.extend(next.map(|op| self.dead_end(op)));
        }
        ends
    }

    fn dead_end(&self, op: &Op) -> Reason {
        let mut done = self.done.clone();
        let after = self.path.iter().rev().find_map(|taken| {
            done[taken.process] -= 1;
            let other = &self.plan.processes[taken.process][done[taken.process]];
            (other.key == op.key && other.request != Request::Read).then_some(other.row)
        });
        let state = self.plan.states.get(self.held[op.key]).clone();
        Reason::DeadEnd { after, state, next: op.row }
    }
}

/// What a key holds after an operation: a state that has a number, or one that may not have one yet.
enum Left {
    Known(StateId),
    Computed(crate::model::State),
}

fn count(counts: &mut Vec<usize>, state: StateId, more: bool) {
    if counts.len() <= state {
        counts.resize(state + 1, 0);
    }
    if more {
        counts[state] += 1;
    } else {
        counts[state] -= 1;
    }
}
