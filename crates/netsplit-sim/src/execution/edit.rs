//! Doing something to a run, and changing what was done.

use crate::describe::Describe;
use crate::history::Moment;
use crate::id::Step;
use crate::intervention::{BadIntervention, Intervention, Scheduled};
use crate::property::Properties;
use crate::time::SimTime;

use super::Execution;
use super::keyframes::State;

/// Ordered by (time, rank), equals in the order given. Scripts come almost always in order already.
pub(super) fn in_order(script: Vec<Scheduled>) -> Vec<Scheduled> {
    let mut ordered: Vec<Scheduled> = Vec::with_capacity(script.len());
    for line in script {
        let after = ordered.partition_point(|other| (other.at, other.rank) <= (line.at, line.rank));
        ordered.insert(after, line);
    }
    ordered
}

impl<P: Describe, O: Properties<P>> Execution<P, O> {
    /// Does this now, and returns what the script held for later.
    pub(super) fn do_now(&mut self, what: Intervention) -> Result<Vec<Scheduled>, BadIntervention> {
        what.check(self.here.world.topology())?;
        let discarded = self.cut_off_future();
        self.script.push(Scheduled { at: self.cursor, rank: self.rank_now(), what });
        // At once, unless its rank has it wait, in a replay as here.
        while self.here.applied < self.script.len() {
            if let Err(stopped) = self.advance() {
                self.script.pop();
                return Err(BadIntervention::Stopped(stopped));
            }
        }
        Ok(discarded)
    }

    /// The rank of what is done now: as many events as there were, but never before what was done last. That
    /// may have asked to come after more events of this instant than there are.
    fn rank_now(&self) -> u32 {
        let events = self.here.world.events_at(self.cursor);
        let last = self.here.applied.checked_sub(1).map(|last| &self.script[last]);
        last.filter(|line| line.at == self.cursor).map_or(events, |line| line.rank.max(events))
    }

    /// Forgets every future of the cursor: the script's and what was known to follow from it.
    fn cut_off_future(&mut self) -> Vec<Scheduled> {
        let here = self.here.step();
        self.keyframes.truncate(|state| state.step() <= here);
        self.log.truncate(moment(&self.here), self.here.sent_by_kind());
        self.script.split_off(self.here.applied)
    }

    /// Replaces the script, keeping what does not depend on the difference.
    pub(super) fn replace_script(&mut self, script: Vec<Scheduled>) -> Result<(), BadIntervention> {
        script.iter().try_for_each(|line| line.what.check(self.here.world.topology()))?;
        let script = in_order(script);
        let shared = self.script.iter().zip(&script).take_while(|(old, new)| old == new).count();
        let differs = [self.script.get(shared), script.get(shared)].into_iter().flatten();
        let Some(from) = differs.map(|line| (line.at, line.rank)).min() else { return Ok(()) };
        let holds = |state: &State<P, O>| state.applied <= shared && state.place() <= from;
        self.keyframes.truncate(holds);
        if !holds(&self.here) {
            self.jump(holds, true);
        } else if (self.cursor, self.here.world.events_at(self.cursor)) > from {
            self.cursor = self.here.world.now();
        }
        self.forget_since(from.0);
        self.script = script;
        Ok(())
    }

    /// Forgets what became known at this time or later, unless it lies behind the cursor.
    fn forget_since(&mut self, time: SimTime) {
        let last = self.keyframes.last(|_| true, |_| false);
        let base = if last.step() > self.here.step() { last } else { &self.here };
        let (mut known, mut sent_by_kind) = (moment(base), base.sent_by_kind());
        while let Some(event) = self.log.event(Step(known.step.0 + 1)).filter(|event| event.time < time) {
            known = Moment { step: event.step, time: event.time };
            for sent in self.log.sent(known.step) {
                sent_by_kind[usize::from(sent.kind)] += 1;
            }
        }
        self.log.truncate(known, sent_by_kind);
    }
}

fn moment<P: Describe, O: Properties<P>>(state: &State<P, O>) -> Moment {
    Moment { step: state.step(), time: state.world.now() }
}
