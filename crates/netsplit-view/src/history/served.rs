//! What served an operation: everything that its call could have influenced and that could have influenced
//! its answer.

use netsplit_sim::event::Event;
use netsplit_sim::history::OpRow;
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;

use crate::cone::{Cone, Influence};
use crate::kept;

/// What lies between the call of an operation and its answer. Without an answer everything that could still
/// lead to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The event of its call.
    pub invoked: Step,
    after: Cone,
    before: Option<Cone>,
}

/// The operation that was called by an event.
pub fn row(run: &dyn Run, invoked: Step) -> Option<&OpRow> {
    let rows = run.history();
    let at = rows.partition_point(|row| row.invoked.step < invoked);
    rows.get(at).filter(|row| row.invoked.step == invoked)
}

impl Served {
    /// What served the operation that was called by this event; nothing if that was forgotten, or called none.
    pub fn of(run: &dyn Run, invoked: Step) -> Option<Self> {
        let answered = row(run, invoked)?.returned_by(run.step()).map(|(moment, _)| moment.step);
        let before = match answered {
            Some(step) => Some(Cone::of(run, step)?),
            None => None,
        };
        Some(Self { invoked, after: Cone::of(run, invoked)?, before })
    }

    /// Whether an event belongs to it.
    pub fn event(&self, run: &dyn Run, event: &Event) -> bool {
        kept::participant(run, event).is_some()
            && matches!(self.after.event(run, event), Influence::Itself | Influence::Future)
            && self
                .before
                .as_ref()
                .is_none_or(|cone| matches!(cone.event(run, event), Influence::Itself | Influence::Past))
    }

    /// Whether a message belongs to it: who sent it by which event, and who handled it by which.
    pub fn message(&self, from: (NodeId, Step), handled: Option<(NodeId, Step)>) -> bool {
        let holds = |(id, step): (NodeId, Step)| {
            let (first, last) = self.between(id);
            first.is_some_and(|first| first <= step) && last.is_none_or(|last| step <= last)
        };
        match handled {
            Some(handled) => holds(from) && holds(handled),
            None => self.before.is_none() && holds(from),
        }
    }

    /// The first event of a participant that belongs to it, and the last; no last one while there is no answer.
    pub fn between(&self, id: NodeId) -> (Option<Step>, Option<Step>) {
        let first = self.after.reach(id).1;
        match &self.before {
            None => (first, None),
            Some(cone) => match cone.reach(id).0 {
                Some(last) => (first.filter(|first| *first <= last), Some(last)),
                None => (None, None),
            },
        }
    }
}
