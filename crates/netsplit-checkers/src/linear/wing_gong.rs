//! The search for an order of the operations of one key (Wing & Gong 1993), which remembers what it tried and
//! goes along real time (Lowe 2017, "just-in-time linearization").
//!
//! A configuration is a stage, the state of the object, which of the operations under way have happened, and
//! which unanswered ones have. From there either the operation that must happen now does, or first another one
//! that may. These rules keep it small without losing an answer:
//!
//! - *A read happens as soon as it fits.* In any order that goes on from here it can be moved to the front: it
//!   may happen now, it fits, and taking it away from its later place changes no state.
//! - *An operation that erases frees those that are blind.* A blind one fits anywhere, so whatever is under way
//!   when the state is replaced can have happened just before, unseen. From then on it may still happen for
//!   everybody to see, but need not (`Sets` tells who is obliged).
//! - *A blind operation that could wait, and any unanswered one, happens only if what comes next notices.*
//!   Otherwise the state is replaced before anybody learns of it: then the blind one is freed by what replaces
//!   it, and the unanswered one may as well not have happened. What comes next is under way already, since the
//!   operation that must happen now has not happened yet.
//! - *Of operations that ask for the same the most urgent happens first*: one that will be answered before one that
//!   will not, of answered ones the one that ends first, of unanswered ones the one called first. An order that
//!   has them the other way round is as good after they have changed places.
//! - *Who has used up less, and has fewer obligations, can do whatever the other can* (see [`Memo`]).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::machine::{FORGOTTEN, Machine, StateId, machine};
use super::memo::Memo;
use super::sets::{Layout, Sets, Trace};
use super::slots::Slots;
use super::timeline::{Op, OpId, Stage, Timeline};
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
    /// Which operations come at once before another one of their process, so that they cannot be set free.
    tied: Vec<bool>,
    /// Operations of one kind ask for the same, and were answered the same if they were.
    kinds: Vec<u32>,
    memo: Memo,
    layout: Layout,
    /// Configurations from the start to here, and the sets of each.
    path: Vec<Choice>,
    sets: Vec<u64>,
    /// What is still to be tried from them, the latest configuration last.
    waiting: Vec<OpId>,
    /// What has happened, in order.
    order: Vec<Step>,
    best: Best,
    begun: bool,
    found: bool,
    /// Steps taken.
    pub steps: u64,
}

/// A configuration and what was tried from there.
#[derive(Clone, Copy)]
struct Choice {
    stage: Stage,
    state: StateId,
    /// How much had happened where it was chosen.
    happened: usize,
    /// What was tried from here.
    tried: Tried,
    /// How many others were waiting to be tried when it was entered.
    waiting: usize,
}

/// How far the attempts from a configuration have got.
#[derive(Clone, Copy)]
enum Tried {
    Nothing,
    /// What must happen now.
    Must,
    /// Some of the others that may.
    Others,
}

/// One step of an order.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// An operation takes effect.
    Happens(OpId),
    /// One that was set free has ended, so it happened unseen, before the last one that erased.
    Unseen(OpId),
}

/// The farthest stage that some order reaches.
#[derive(Default)]
struct Best {
    stage: Stage,
    order: Vec<Step>,
    /// Whether the order is still the one under way.
    current: bool,
    /// Orders that end there, told apart by their last operation.
    dead_ends: Vec<Vec<OpId>>,
}

impl WingGong {
    /// A search that has not begun.
    pub fn new(model: Model, timeline: Arc<Timeline>) -> Self {
        let (slots, unanswered) = (Slots::new(&timeline), Unanswered::new(&timeline));
        let layout = Layout::new(slots.count(), unanswered.ops.len());
        let mut tied = vec![false; timeline.ops.len()];
        timeline.ops.iter().filter_map(|op| op.after).for_each(|before| tied[before] = true);
        let kinds = kinds(&timeline);
        Self {
            machine: machine(model, &timeline),
            memo: Memo::new(layout.equal(), layout.words(), MOST_WORDS),
            timeline,
            slots,
            unanswered,
            tied,
            kinds,
            layout,
            path: Vec::new(),
            sets: Vec::new(),
            waiting: Vec::new(),
            order: Vec::new(),
            best: Best { current: true, ..Best::default() },
            begun: false,
            found: false,
            steps: 0,
        }
    }

    /// Goes on for about so many steps.
    pub fn run(&mut self, steps: u64) -> Progress {
        let until = self.steps.saturating_add(steps);
        if !self.begun {
            self.begin();
        }
        while !self.found && self.steps < until {
            self.steps += 1;
            let Some(&choice) = self.path.last() else { return Progress::Exhausted };
            match choice.tried {
                Tried::Nothing => self.do_what_must_be(choice),
                Tried::Must => self.collect(choice),
                Tried::Others => self.try_next(choice),
            }
        }
        if self.found { Progress::Found } else { Progress::Underway }
    }

    fn begin(&mut self) {
        self.begun = true;
        let initial = self.machine.initial();
        let mut sets = Sets::new(&self.layout, vec![0; self.layout.words()]);
        self.call(0, initial, &mut sets);
        self.enter(0, 0, initial, sets);
    }

    /// The rows of the order found, or of the one that got farthest.
    pub fn order(&self) -> Vec<Row> {
        let order = if self.best.current { &self.order } else { &self.best.order };
        self.in_order(order).iter().map(|op| self.timeline.ops[*op].row).collect()
    }

    /// The farthest stage that some order reaches. Once none is left to try, nothing explains its answer.
    pub fn stage(&self) -> Stage {
        self.best.stage
    }

    /// Orders that reach it and run into its answer.
    pub fn dead_ends(&self) -> &[Vec<OpId>] {
        &self.best.dead_ends
    }

    /// Puts what happened unseen where it did.
    fn in_order(&self, steps: &[Step]) -> Vec<OpId> {
        let mut order = Vec::new();
        let mut erased = 0;
        for step in steps {
            match *step {
                Step::Happens(op) => {
                    if self.machine.erases(op) {
                        erased = order.len();
                    }
                    order.push(op);
                }
                Step::Unseen(op) => {
                    order.insert(erased, op);
                    erased += 1;
                }
            }
        }
        order
    }

    /// What must happen now does, or has happened unseen.
    fn do_what_must_be(&mut self, choice: Choice) {
        self.mark(Tried::Must);
        let must = self.timeline.returns[choice.stage as usize];
        let mut sets = self.top();
        if sets.obliged(self.slots.of(must)) {
            if self.may_happen(must, choice.stage, &sets) {
                self.try_out(choice, must);
            }
            return;
        }
        let happened = self.order.len();
        self.order.push(Step::Unseen(must));
        let (stage, state) = self.pass(choice.stage, choice.state, &mut sets);
        self.enter(happened, stage, state, sets);
    }

    fn mark(&mut self, tried: Tried) {
        if let Some(choice) = self.path.last_mut() {
            choice.tried = tried;
        }
    }

    /// Collects what else may happen now: the others under way, and one unanswered operation of each kind.
    fn collect(&mut self, choice: Choice) {
        self.mark(Tried::Others);
        let sets = self.top();
        let must = self.timeline.returns[choice.stage as usize];
        let may: Vec<OpId> = self.may_come(choice.stage, &sets, None).collect();
        let may: Vec<OpId> = may.into_iter().filter(|op| self.may_happen(*op, choice.stage, &sets)).collect();
        for &op in &may {
            let tried = op == must && sets.obliged(self.slots.of(op));
            let waits = may.iter().any(|other| {
                self.is_more_urgent(*other, op, &sets) || self.is_good_for_less(choice, *other, op, &sets)
            });
            if !tried && !waits && self.matters(choice, op, &sets) {
                self.waiting.push(op);
            }
        }
    }

    /// Whether one operation does the same as another, and may be put before it.
    fn is_more_urgent(&self, one: OpId, other: OpId, sets: &Sets) -> bool {
        if self.kinds[one] != self.kinds[other] || self.is_tied(one) || self.is_tied(other) {
            return false;
        }
        let obliged = |op: OpId| sets.obliged(self.slots.of(op));
        match (self.timeline.ops[one].ended, self.timeline.ops[other].ended) {
            (Some(_), None) => true,
            (Some(one_ends), Some(other_ends)) => obliged(one) == obliged(other) && one_ends < other_ends,
            (None, _) => false,
        }
    }

    /// Whether of two unanswered operations one does here what the other can do anywhere, and nobody would be set
    /// free: then the other is saved. Wherever the one was to happen later, the other can instead.
    fn is_good_for_less(&mut self, choice: Choice, one: OpId, other: OpId, sets: &Sets) -> bool {
        let unanswered = |op: OpId| self.timeline.ops[op].ended.is_none() && !self.is_tied(op);
        unanswered(one)
            && unanswered(other)
            && self.machine.erases(other)
            && !self.machine.is_blind(one)
            && self.machine.after(choice.state, one) == self.machine.after(choice.state, other)
            && !self.relieves(choice.stage, other, sets)
    }

    /// Whether an operation stands at once before or behind another one of its process.
    fn is_tied(&self, op: OpId) -> bool {
        self.tied[op] || self.timeline.ops[op].after.is_some()
    }

    /// The operations that can be the next one, but one: unanswered ones, then those under way.
    fn may_come<'a>(
        &'a self,
        stage: Stage,
        sets: &'a Sets,
        but: Option<OpId>,
    ) -> impl Iterator<Item = OpId> + 'a {
        let under_way = (0..self.slots.count()).filter_map(move |slot| self.under_way(slot, stage, sets));
        let others = under_way.filter(move |op| Some(*op) != but);
        self.unanswered.firsts(sets, but).chain(others)
    }

    fn try_next(&mut self, choice: Choice) {
        if self.waiting.len() == choice.waiting {
            self.back();
        } else if let Some(op) = self.waiting.pop() {
            self.try_out(choice, op);
        }
    }

    /// Who is under way in a slot and has not happened for everybody to see.
    fn under_way(&self, slot: usize, stage: Stage, sets: &Sets) -> Option<OpId> {
        let op = self.slots.user(slot, stage)?;
        (self.timeline.ops[op].called <= stage && !self.has_happened(op, sets)).then_some(op)
    }

    /// Whether an operation does more than what it would do unseen, or by not happening.
    fn matters(&mut self, choice: Choice, op: OpId, sets: &Sets) -> bool {
        let ended = self.timeline.ops[op].ended;
        if ended.is_some() && (!self.machine.is_blind(op) || self.tied[op]) {
            return true;
        }
        let Some(after) = self.machine.after(choice.state, op) else { return false };
        let after = self.machine.seen_from(after, choice.stage);
        let does = after != choice.state || self.relieves(choice.stage, op, sets);
        let last = ended == Some(choice.stage);
        after != FORGOTTEN && does && (last || self.is_noticed(choice.stage, after, op, sets))
    }

    /// Whether an operation that changes nothing is obliged to happen all the same, or sets another one free.
    fn relieves(&self, stage: Stage, op: OpId, sets: &Sets) -> bool {
        let obliged = self.timeline.ops[op].ended.is_some() && sets.obliged(self.slots.of(op));
        let mut after = Sets::new(&self.layout, sets.words().to_vec());
        if self.machine.erases(op) {
            self.set_free(stage, &mut after);
        }
        obliged || after.words() != sets.words()
    }

    /// Whether what may come next tells a state from others.
    fn is_noticed(&mut self, stage: Stage, state: StateId, by: OpId, sets: &Sets) -> bool {
        let next: Vec<OpId> = self.may_come(stage, sets, Some(by)).collect();
        next.into_iter()
            .any(|op| self.timeline.ops[op].called <= stage && self.machine.notices(op, state, stage))
    }

    /// Whether an answered operation under way has happened for everybody to see.
    fn has_happened(&self, op: OpId, sets: &Sets) -> bool {
        let slot = self.slots.of(op);
        !sets.obliged(slot) && (sets.happened(slot) || !self.machine.is_blind(op))
    }

    fn may_happen(&self, op: OpId, stage: Stage, sets: &Sets) -> bool {
        let op = &self.timeline.ops[op];
        let over = |before: OpId| {
            self.timeline.ops[before].ended.is_some_and(|end| end < stage) || self.has_happened(before, sets)
        };
        op.called <= stage && op.after.is_none_or(over)
    }

    /// The sets of the configuration at hand.
    fn top(&self) -> Sets {
        Sets::new(&self.layout, self.sets[self.sets.len() - self.layout.words()..].to_vec())
    }

    fn try_out(&mut self, choice: Choice, op: OpId) {
        let Choice { stage, state, .. } = choice;
        let Some(after) = self.machine.after(state, op) else {
            return self.note_dead_end(choice, op);
        };
        self.steps += 1;
        let after = self.machine.seen_from(after, stage);
        let mut sets = self.top();
        if self.machine.erases(op) {
            self.set_free(stage, &mut sets);
        }
        if self.timeline.ops[op].ended.is_some() {
            sets.happen(self.slots.of(op), self.trace(op));
        } else {
            sets.use_up(self.unanswered.place(op));
        }
        let happened = self.order.len();
        self.order.push(Step::Happens(op));
        self.enter(happened, stage, after, sets);
    }

    fn trace(&self, op: OpId) -> Trace {
        match self.timeline.ops[op].request {
            Request::Read => Trace::Nothing,
            _ if self.machine.is_blind(op) => Trace::Used,
            _ => Trace::Done,
        }
    }

    /// The state is replaced, so what is blind can have happened just before.
    fn set_free(&self, stage: Stage, sets: &mut Sets) {
        for slot in 0..self.slots.count() {
            if sets.obliged(slot)
                && let Some(op) = self.slots.user(slot, stage)
                && self.machine.is_blind(op)
                && !self.tied[op]
                && self.may_happen(op, stage, sets)
            {
                sets.free(slot);
            }
        }
    }

    /// Enters a configuration unless it was tried. `happened` is how much had happened where it was chosen.
    fn enter(&mut self, happened: usize, stage: Stage, state: StateId, mut sets: Sets) {
        let (stage, state) = self.settle(stage, state, &mut sets);
        sets.stand_at(u64::from(stage) << 32 | u64::from(state));
        if stage > self.best.stage {
            self.best = Best { stage, current: true, ..Best::default() };
        }
        if stage == self.timeline.last() {
            self.found = true;
        } else if self.memo.is_new(sets.words()) {
            self.path.push(Choice {
                stage,
                state,
                happened,
                tried: Tried::Nothing,
                waiting: self.waiting.len(),
            });
            self.sets.extend_from_slice(sets.words());
        } else {
            self.forget(happened);
        }
    }

    /// Lets reads happen that fit, and time pass what has happened.
    fn settle(&mut self, mut stage: Stage, mut state: StateId, sets: &mut Sets) -> (Stage, StateId) {
        for slot in 0..self.slots.count() {
            if let Some(op) = self.slots.user(slot, stage) {
                self.let_read(op, stage, state, sets);
            }
        }
        while let Some(&must) = self.timeline.returns.get(stage as usize) {
            if self.has_happened(must, sets) {
                // It is over.
            } else if !sets.obliged(self.slots.of(must)) && self.leaves_nothing(must, stage) {
                self.order.push(Step::Unseen(must));
            } else {
                break;
            }
            (stage, state) = self.pass(stage, state, sets);
        }
        (stage, state)
    }

    /// Whether nobody would see what one that was set free leaves, whenever it happens.
    fn leaves_nothing(&mut self, op: OpId, stage: Stage) -> bool {
        let left =
            self.machine.after(FORGOTTEN, op).map_or(FORGOTTEN, |after| self.machine.seen_from(after, stage));
        self.machine.erases(op) && left == FORGOTTEN
    }

    /// The answer of this stage is explained.
    fn pass(&mut self, stage: Stage, state: StateId, sets: &mut Sets) -> (Stage, StateId) {
        sets.leave(self.slots.of(self.timeline.returns[stage as usize]));
        let state = self.machine.seen_from(state, stage + 1);
        self.call(stage + 1, state, sets);
        (stage + 1, state)
    }

    /// What is called at a stage is obliged to happen, and does at once if it is a read that fits.
    fn call(&mut self, stage: Stage, state: StateId, sets: &mut Sets) {
        let called: Vec<OpId> = self.slots.called_at(stage).collect();
        for &op in &called {
            sets.oblige(self.slots.of(op));
        }
        for op in called {
            self.let_read(op, stage, state, sets);
        }
    }

    fn let_read(&mut self, op: OpId, stage: Stage, state: StateId, sets: &mut Sets) {
        let slot = self.slots.of(op);
        if self.timeline.ops[op].request == Request::Read
            && sets.obliged(slot)
            && self.may_happen(op, stage, sets)
            && self.machine.after(state, op).is_some()
        {
            sets.happen(slot, Trace::Nothing);
            self.order.push(Step::Happens(op));
        }
    }

    /// Goes back to where this configuration was chosen.
    fn back(&mut self) {
        if let Some(choice) = self.path.pop() {
            self.sets.truncate(self.sets.len() - self.layout.words());
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
    fn note_dead_end(&mut self, choice: Choice, op: OpId) {
        let must = choice.stage == self.best.stage && self.timeline.returns[choice.stage as usize] == op;
        if must && self.best.dead_ends.len() < DEAD_ENDS {
            let order = self.in_order(&self.order);
            if self.best.dead_ends.iter().all(|known| known.last() != order.last()) {
                self.best.dead_ends.push(order);
            }
        }
    }
}

/// Numbers what operations ask for and are answered.
fn kinds(timeline: &Timeline) -> Vec<u32> {
    let mut numbers = BTreeMap::new();
    let kind = |op: &Op| {
        let next = numbers.len() as u32;
        *numbers.entry((op.request.clone(), op.answer.clone())).or_insert(next)
    };
    timeline.ops.iter().map(kind).collect()
}
