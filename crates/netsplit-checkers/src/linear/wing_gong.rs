//! The search for an order of the operations of one key (Wing & Gong 1993), which remembers what it tried and
//! goes along real time (Lowe 2017, "just-in-time linearization").
//!
//! A configuration is a stage, the state of the object, which of the operations under way have happened, and
//! which unanswered ones have. From there either the operation that must happen now does, or first another one
//! that may. Four rules keep it small without losing an answer:
//!
//! - *A read happens as soon as it fits.* In any order that goes on from here it can be moved to the front: it
//!   may happen now, it fits, and taking it away from its later place changes no state.
//! - *An unanswered operation happens only if it leads to a state that somebody will see.* It may as well not
//!   have happened otherwise: between it and the operation that replaces the state nobody learns anything.
//! - *Of unanswered operations that ask for the same the one called first happens first* (see [`Unanswered`]).
//! - *Who has used up less can do whatever the other can* (see [`Memo`]).

use std::sync::Arc;

use super::machine::{FORGOTTEN, Machine, StateId, machine};
use super::memo::Memo;
use super::slots::Slots;
use super::timeline::{OpId, Stage, Timeline};
use super::unanswered::Unanswered;
use crate::history::{Request, Row};
use crate::model::Model;

/// At most 32 MB are remembered.
const MOST_WORDS: usize = 4 << 20;

/// How many dead ends are told apart.
const DEAD_ENDS: usize = 4;

/// Where a search stands.
pub(crate) enum Progress {
    /// This order explains all answers.
    Found,
    /// No order does.
    Exhausted,
    /// Not known yet.
    Underway,
}

/// A search over one timeline.
pub(crate) struct WingGong {
    timeline: Arc<Timeline>,
    machine: Box<dyn Machine>,
    slots: Slots,
    unanswered: Unanswered,
    memo: Memo,
    /// Configurations from the start to here.
    path: Vec<Choice>,
    /// Sets of each of them: slots that have happened, then unanswered operations that have.
    sets: Vec<u64>,
    /// What has happened, in order.
    order: Vec<OpId>,
    best: Best,
    begun: bool,
    found: bool,
    /// Steps taken.
    pub steps: u64,
}

/// A configuration and what was tried from there.
struct Choice {
    stage: Stage,
    state: StateId,
    /// How much had happened where it was chosen.
    happened: usize,
    /// The next thing to try.
    next: usize,
}

/// The farthest stage that some order reaches.
#[derive(Default)]
struct Best {
    stage: Stage,
    order: Vec<OpId>,
    /// Whether the order is still the one under way.
    current: bool,
    /// Orders that end there, told apart by their last operation.
    dead_ends: Vec<Vec<OpId>>,
}

impl WingGong {
    /// A search that has not begun.
    pub fn new(model: Model, timeline: Arc<Timeline>) -> Self {
        let slots = Slots::new(&timeline);
        let unanswered = Unanswered::new(&timeline);
        let memo = Memo::new(1 + words(slots.count()), words(unanswered.ops.len()), MOST_WORDS);
        let machine = machine(model, &timeline);
        let best = Best { current: true, ..Best::default() };
        Self {
            timeline,
            machine,
            slots,
            unanswered,
            memo,
            path: Vec::new(),
            sets: Vec::new(),
            order: Vec::new(),
            best,
            begun: false,
            found: false,
            steps: 0,
        }
    }

    /// Goes on for about so many steps.
    pub fn run(&mut self, steps: u64) -> Progress {
        let until = self.steps.saturating_add(steps);
        if !self.begun {
            self.begun = true;
            let initial = self.machine.initial();
            self.enter(0, 0, initial, vec![0; self.stride()]);
        }
        while !self.found && self.steps < until {
            self.steps += 1;
            let Some(choice) = self.path.last_mut() else { return Progress::Exhausted };
            let next = choice.next;
            choice.next += 1;
            if next > self.slots.count() + self.unanswered.kinds.len() {
                self.back();
            } else if let Some(op) = self.candidate(next) {
                self.try_out(op);
            }
        }
        if self.found { Progress::Found } else { Progress::Underway }
    }

    /// The rows of the order found, or of the one that got farthest.
    pub fn order(&self) -> Vec<Row> {
        let order = if self.best.current { &self.order } else { &self.best.order };
        order.iter().map(|op| self.timeline.ops[*op].row).collect()
    }

    /// The farthest stage that some order reaches. Once none is left to try, nothing explains its answer.
    pub fn stage(&self) -> Stage {
        self.best.stage
    }

    /// Orders that reach it and run into its answer.
    pub fn dead_ends(&self) -> &[Vec<OpId>] {
        &self.best.dead_ends
    }

    fn stride(&self) -> usize {
        words(self.slots.count()) + words(self.unanswered.ops.len())
    }

    /// What to try: first the operation that must happen now, then the others under way, then one unanswered
    /// operation of each kind.
    fn candidate(&self, next: usize) -> Option<OpId> {
        let choice = self.path.last()?;
        let must = self.timeline.returns[choice.stage as usize];
        let op = match next.checked_sub(1) {
            None => must,
            Some(slot) if slot < self.slots.count() => {
                let op = self.slots.user(slot, choice.stage)?;
                if op == must || bit(self.top(), slot) {
                    return None;
                }
                op
            }
            Some(more) => self.unused(more - self.slots.count())?,
        };
        self.may_happen(op, choice.stage, self.top()).then_some(op)
    }

    /// The first operation of a kind that has not happened.
    fn unused(&self, kind: usize) -> Option<OpId> {
        let (from, to) = self.unanswered.kinds[kind];
        let used = &self.top()[words(self.slots.count())..];
        (from..to).find(|at| !bit(used, *at)).map(|at| self.unanswered.ops[at])
    }

    fn may_happen(&self, op: OpId, stage: Stage, sets: &[u64]) -> bool {
        let op = &self.timeline.ops[op];
        let has_happened = |before: OpId| {
            self.timeline.ops[before].ended.is_some_and(|end| end < stage) || bit(sets, self.slots.of(before))
        };
        op.called <= stage && op.after.is_none_or(has_happened)
    }

    /// The sets of the configuration at hand.
    fn top(&self) -> &[u64] {
        &self.sets[self.sets.len() - self.stride()..]
    }

    fn try_out(&mut self, op: OpId) {
        let Some(&Choice { stage, state, .. }) = self.path.last() else { return };
        let Some(after) = self.machine.after(state, op) else {
            return self.note_dead_end(op);
        };
        let after = self.machine.seen_from(after, stage);
        let mut sets = self.top().to_vec();
        if self.timeline.ops[op].ended.is_some() {
            set(&mut sets, self.slots.of(op));
        } else if after == FORGOTTEN || after == state {
            return;
        } else {
            set(&mut sets[words(self.slots.count())..], self.unanswered.place(op));
        }
        let happened = self.order.len();
        self.order.push(op);
        self.enter(happened, stage, after, sets);
    }

    /// Enters a configuration unless it was tried. `happened` is how much had happened where it was chosen.
    fn enter(&mut self, happened: usize, stage: Stage, state: StateId, mut sets: Vec<u64>) {
        let (stage, state) = self.settle(stage, state, &mut sets);
        if stage > self.best.stage {
            self.best = Best { stage, current: true, ..Best::default() };
        }
        if stage == self.timeline.last() {
            self.found = true;
            return;
        }
        let mut configuration = vec![u64::from(stage) << 32 | u64::from(state)];
        configuration.extend_from_slice(&sets);
        if self.memo.is_new(&configuration) {
            self.path.push(Choice { stage, state, happened, next: 0 });
            self.sets.append(&mut sets);
        } else {
            self.forget(happened);
        }
    }

    /// Lets reads happen that fit, and time pass what has happened.
    fn settle(&mut self, mut stage: Stage, mut state: StateId, sets: &mut [u64]) -> (Stage, StateId) {
        let under_way: Vec<OpId> =
            (0..self.slots.count()).filter_map(|slot| self.slots.user(slot, stage)).collect();
        self.let_read(&under_way, stage, state, sets);
        while let Some(must) = self.timeline.returns.get(stage as usize) {
            let slot = self.slots.of(*must);
            if !bit(sets, slot) {
                break;
            }
            clear(sets, slot);
            stage += 1;
            state = self.machine.seen_from(state, stage);
            let called: Vec<OpId> = self.slots.called_at(stage).collect();
            self.let_read(&called, stage, state, sets);
        }
        (stage, state)
    }

    fn let_read(&mut self, ops: &[OpId], stage: Stage, state: StateId, sets: &mut [u64]) {
        for &op in ops {
            let slot = self.slots.of(op);
            let reads = self.timeline.ops[op].request == Request::Read;
            if reads
                && !bit(sets, slot)
                && self.may_happen(op, stage, sets)
                && self.machine.after(state, op).is_some()
            {
                set(sets, slot);
                self.order.push(op);
            }
        }
    }

    /// Goes back to where this configuration was chosen.
    fn back(&mut self) {
        if let Some(choice) = self.path.pop() {
            self.sets.truncate(self.sets.len() - self.stride());
            self.forget(choice.happened);
        }
    }

    fn forget(&mut self, happened: usize) {
        if self.best.current && self.order.len() > happened {
            self.best.order.clone_from(&self.order);
            self.best.current = false;
        }
        self.order.truncate(happened);
    }

    /// At the farthest stage, an order in which what must happen now does not fit.
    fn note_dead_end(&mut self, op: OpId) {
        let Some(choice) = self.path.last() else { return };
        let must = choice.stage == self.best.stage && self.timeline.returns[choice.stage as usize] == op;
        let last = self.order.last();
        let known = self.best.dead_ends.iter().any(|order| order.last() == last);
        if must && !known && self.best.dead_ends.len() < DEAD_ENDS {
            self.best.dead_ends.push(self.order.clone());
        }
    }
}

fn words(bits: usize) -> usize {
    bits.div_ceil(64)
}

fn bit(words: &[u64], at: usize) -> bool {
    words[at / 64] >> (at % 64) & 1 == 1
}

fn set(words: &mut [u64], at: usize) {
    words[at / 64] |= 1 << (at % 64);
}

fn clear(words: &mut [u64], at: usize) {
    words[at / 64] &= !(1 << (at % 64));
}
