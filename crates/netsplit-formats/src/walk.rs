//! The past of a run, gone through once more from the boot.

use std::collections::BTreeMap;

use netsplit_sim::event::{Event, EventKind};
use netsplit_sim::id::{MessageId, NodeId, Step};
use netsplit_sim::run::{Run, Stopped};
use netsplit_sim::time::SimTime;

/// What lies behind a run's cursor, event by event, in another run with the same past. What is asked of
/// [`run`](Self::run) in between is as it was right after the last event.
pub struct Walk {
    run: Box<dyn Run>,
    to: Step,
    posted: BTreeMap<MessageId, Posted>,
}

/// A message as it was when it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Kind and content in a line.
    pub title: String,
    /// When it was sent.
    pub at: SimTime,
    /// The event that sent it.
    pub by: Step,
}

impl Walk {
    /// Begins at the boot; ends where the run's cursor stands.
    pub fn behind(run: &dyn Run) -> Result<Self, Stopped> {
        let to = run.step();
        let mut run = run.fork();
        run.seek_step(Step(0))?;
        let mut walk = Self { run, to, posted: BTreeMap::new() };
        walk.remember_sent(Step(0), SimTime::ZERO);
        Ok(walk)
    }

    /// The next event; `None` at the end.
    pub fn advance(&mut self) -> Result<Option<Event>, Stopped> {
        if self.run.step() >= self.to {
            return Ok(None);
        }
        self.run.step_forward()?;
        let event = self.run.event(self.run.step()).copied();
        if let Some(event) = &event {
            self.remember_sent(event.step, event.time);
        }
        Ok(event)
    }

    /// The run right after the last event.
    pub fn run(&self) -> &dyn Run {
        &*self.run
    }

    /// A message that was sent, kept until [`forget`](Self::forget).
    pub fn posted(&self, id: MessageId) -> Option<&Posted> {
        self.posted.get(&id)
    }

    /// Lets go of a message whose end has been told.
    pub fn forget(&mut self, id: MessageId) {
        self.posted.remove(&id);
    }

    fn remember_sent(&mut self, by: Step, at: SimTime) {
        for sent in self.run.sent(by) {
            let kinds = self.run.about().messages;
            let name = || kinds.get(usize::from(sent.kind)).map_or("message", |kind| kind.name).to_owned();
            let title = self.run.message(sent.id).map_or_else(name, |message| message.title);
            self.posted.insert(sent.id, Posted { title, at, by });
        }
    }
}

/// At whom an event happened: for an intervention its target, if it has one.
pub(crate) fn place(run: &dyn Run, event: &Event) -> Option<NodeId> {
    match event.kind {
        EventKind::Intervene { index, .. } => run.script().get(index as usize)?.what.target(),
        _ => event.kind.node(),
    }
}
