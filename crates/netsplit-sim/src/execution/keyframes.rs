//! Keyframes: where a run can be picked up again without replaying it from the start.

use std::rc::Rc;

use crate::encode::Digest;
use crate::event::StepReport;
use crate::footprint::{Footprint, RC_HEADER};
use crate::id::Step;
use crate::property::Properties;
use crate::protocol::Protocol;
use crate::run::{Limits, Memory, Stopped, Traffic};
use crate::time::SimTime;
use crate::world::World;

/// Keyframes never lie further apart than this, unless they are given up altogether.
const WIDEST: u64 = 32_768;

/// Everything that moves with the cursor. A clone shares what has not changed since.
pub(super) struct State<P: Protocol, O> {
    pub(super) world: World<P>,
    pub(super) watch: O,
    /// How many interventions lie behind.
    pub(super) applied: usize,
    /// What was sent so far, by kind of message.
    pub(super) traffic: Vec<Traffic>,
}

impl<P: Protocol, O: Properties<P>> State<P, O> {
    pub(super) fn step(&self) -> Step {
        self.world.step_count()
    }

    /// Where the next intervention would stand: its time and rank.
    pub(super) fn place(&self) -> (SimTime, u32) {
        (self.world.now(), self.world.events_at(self.world.now()))
    }

    /// Counts what a step sent.
    pub(super) fn count(&mut self, report: &StepReport) {
        for (sent, size) in report.sent.iter().zip(&report.sizes) {
            let traffic = &mut self.traffic[usize::from(sent.kind)];
            traffic.messages += 1;
            traffic.bytes += u64::from(*size);
        }
    }

    /// How many messages of each kind were sent so far.
    pub(super) fn sent_by_kind(&self) -> Vec<u32> {
        self.traffic.iter().map(|traffic| traffic.messages).collect()
    }

    /// Bytes that are not shared with `other`.
    pub(super) fn bytes(&self, other: Option<&Self>) -> usize {
        size_of::<Self>()
            + self.world.heap(other.map(|other| &other.world))
            + self.watch.heap(other.map(|other| &other.watch))
            + self.traffic.heap(None)
    }
}

// Written by hand, because a derive would ask for `P: Clone`, and `P` is only a name.
impl<P: Protocol, O: Clone> Clone for State<P, O> {
    fn clone(&self) -> Self {
        let (world, watch) = (self.world.clone(), self.watch.clone());
        Self { world, watch, applied: self.applied, traffic: self.traffic.clone() }
    }
}

/// A state of the past with its digest.
struct Keyframe<P: Protocol, O> {
    state: State<P, O>,
    digest: Digest,
}

/// A keyframe, shared between branches, and the bytes that it does not share with the one before.
struct Kept<P: Protocol, O> {
    frame: Rc<Keyframe<P, O>>,
    bytes: usize,
}

impl<P: Protocol, O> Clone for Kept<P, O> {
    fn clone(&self) -> Self {
        Self { frame: Rc::clone(&self.frame), bytes: self.bytes }
    }
}

/// The keyframes of a run in order; the first is its start.
pub(super) struct Keyframes<P: Protocol, O> {
    kept: Vec<Kept<P, O>>,
    /// Steps from one to the next. Doubles as often as the budget asks.
    stride: u64,
    budget: usize,
    /// The last one given up because even the widest stride took too much.
    given_up: Option<Step>,
}

impl<P: Protocol, O: Clone> Clone for Keyframes<P, O> {
    fn clone(&self) -> Self {
        Self { kept: self.kept.clone(), ..*self }
    }
}

impl<P: Protocol, O: Properties<P>> Keyframes<P, O> {
    pub(super) fn new(start: &State<P, O>, limits: &Limits) -> Self {
        let mut keyframes = Self {
            kept: Vec::new(),
            stride: limits.stride.max(1),
            budget: limits.keyframe_bytes,
            given_up: None,
        };
        keyframes.push(start);
        keyframes
    }

    fn push(&mut self, state: &State<P, O>) {
        let bytes = state.bytes(self.kept.last().map(|last| &last.frame.state)) + RC_HEADER;
        let frame = Rc::new(Keyframe { state: state.clone(), digest: state.world.digest() });
        self.kept.push(Kept { frame, bytes });
    }

    /// The first step after `step` at which there is, or should be, a keyframe.
    pub(super) fn due_after(&self, step: Step) -> Step {
        Step((step.0 / self.stride + 1) * self.stride)
    }

    /// Keeps this state, or, if the run was here before, sees whether it is as it was then.
    pub(super) fn visit(&mut self, state: &State<P, O>) -> Result<(), Stopped> {
        let step = state.step();
        let at = self.kept.partition_point(|kept| kept.frame.state.step() < step);
        match self.kept.get(at) {
            None => {
                self.push(state);
                self.keep_budget();
                Ok(())
            }
            Some(kept) if kept.frame.state.step() > step => Ok(()),
            Some(kept) if kept.frame.digest == state.world.digest() => Ok(()),
            Some(_) => Err(Stopped::NotTheSame { step }),
        }
    }

    fn keep_budget(&mut self) {
        while self.bytes() > self.budget {
            if self.stride * 2 <= WIDEST {
                self.stride *= 2;
                self.kept.retain(|kept| kept.frame.state.step().0 % self.stride == 0);
            } else if self.kept.len() > 2 {
                self.given_up = Some(self.kept.remove(1).frame.state.step());
            } else {
                return;
            }
            self.weigh();
        }
    }

    /// What a keyframe shared with one that is gone is its own now.
    fn weigh(&mut self) {
        for at in 0..self.kept.len() {
            let before = at.checked_sub(1).map(|before| &self.kept[before].frame.state);
            self.kept[at].bytes = self.kept[at].frame.state.bytes(before) + RC_HEADER;
        }
    }

    fn bytes(&self) -> usize {
        self.kept.iter().map(|kept| kept.bytes).sum()
    }

    /// Sets other limits. A stride that is already wider stays.
    pub(super) fn set_limits(&mut self, limits: &Limits) {
        self.budget = limits.keyframe_bytes;
        if self.kept.len() == 1 {
            self.stride = limits.stride.max(1);
        }
        self.keep_budget();
    }

    /// The last keyframe for which `holds`, which holds up to one of them and for none after it; before
    /// that, if there is one, where `lacks_past` says that nothing is known of how it came about.
    pub(super) fn last(
        &self,
        holds: impl Fn(&State<P, O>) -> bool,
        lacks_past: impl Fn(Step) -> bool,
    ) -> &State<P, O> {
        let after = self.kept.partition_point(|kept| holds(&kept.frame.state));
        let last = after.saturating_sub(1);
        let position =
            if lacks_past(self.kept[last].frame.state.step()) { last.saturating_sub(1) } else { last };
        &self.kept[position].frame.state
    }

    /// Forgets the keyframes for which `holds` no longer does; the start always stays.
    pub(super) fn truncate(&mut self, holds: impl Fn(&State<P, O>) -> bool) {
        let after = self.kept.partition_point(|kept| holds(&kept.frame.state));
        self.kept.truncate(after.max(1));
    }

    /// Adds what is kept here.
    pub(super) fn report(&self, memory: &mut Memory) {
        memory.keyframes = self.kept.len();
        memory.stride = self.stride;
        memory.keyframe_bytes = self.bytes();
        memory.slow_before = self.given_up.filter(|_| self.kept.len() > 1);
    }
}
