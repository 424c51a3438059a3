//! What the log tells of messages round a window: how each began, what was done to it, and when it
//! arrived.

use netsplit_sim::event::{Event, EventKind, Sent};
use netsplit_sim::history::Moment;
use netsplit_sim::id::{MessageId, Step};
use netsplit_sim::intervention::Intervention;
use netsplit_sim::time::SimTime;

use super::Shown;
use super::bands::Walls;
use super::course::Course;
use crate::kept;

/// How far back from the window senders are looked for. A message that was sent earlier and has not
/// arrived in the window is not drawn.
const LOOK_BACK: u64 = 2_000;

pub(super) struct Messages<'a> {
    shown: Shown<'a>,
    walls: &'a Walls<'a>,
    /// The earliest step whose messages are looked for.
    pub(super) earliest: u64,
    /// What interventions did to messages, by message and time.
    changes: Vec<(MessageId, Moment, Sent)>,
}

impl<'a> Messages<'a> {
    pub(super) fn new(shown: Shown<'a>, walls: &'a Walls<'a>) -> Self {
        let earliest = shown.first.0.saturating_sub(LOOK_BACK);
        Self { shown, walls, earliest, changes: changes(shown, Step(earliest)) }
    }

    /// The course of a message that this event delivers; nothing if its sending was forgotten.
    pub(super) fn delivered(&self, id: MessageId, event: &Event) -> Option<Course> {
        let of = |step: Step| self.shown.run.sent(step).iter().find(|row| row.id == id);
        let cause = event.cause?;
        // A copy made by hand is caused by what sent the original, and told by the intervention.
        let sent = match of(cause) {
            Some(_) => cause,
            None => (cause.0..event.step.0).rev().map(Step).find(|step| of(*step).is_some())?,
        };
        self.course(sent, of(sent)?, event.step)
    }

    /// The course of a message sent by this step, with all that was done to it up to another.
    pub(super) fn course(&self, sent: Step, row: &Sent, until: Step) -> Option<Course> {
        let mut course = self.begun(sent, row)?;
        for (_, moment, row) in self.changes_of(row.id).iter().filter(|(_, moment, _)| moment.step <= until) {
            course.change(moment.time, row);
        }
        Some(course)
    }

    /// How a message began.
    fn begun(&self, step: Step, row: &Sent) -> Option<Course> {
        if step.0 == 0 {
            return Some(Course::begin(Moment::default(), 0.0, row));
        }
        let event = self.shown.run.event(step)?;
        Some(Course::begin(Moment { step, time: event.time }, self.copied(event).unwrap_or(0.0), row))
    }

    /// How far along the original was, if this event is the making of a copy.
    fn copied(&self, event: &Event) -> Option<f64> {
        let EventKind::Intervene { index, .. } = event.kind else { return None };
        let run = self.shown.run;
        let Intervention::Duplicate(original) = run.script().get(index as usize)?.what else { return None };
        let mut earlier = (event.step.0.saturating_sub(LOOK_BACK)..event.step.0).rev().map(Step);
        let of = |step: Step| run.sent(step).iter().find(|row| row.id == original);
        let (sent, row) = earlier.find_map(|step| Some((step, of(step)?)))?;
        Some(self.course(sent, row, event.step)?.along(event.time))
    }

    fn changes_of(&self, id: MessageId) -> &[(MessageId, Moment, Sent)] {
        let first = self.changes.partition_point(|(other, ..)| *other < id);
        let count = self.changes[first..].iter().take_while(|(other, ..)| *other == id).count();
        &self.changes[first..first + count]
    }

    /// Whether nothing was done to a message after it was sent.
    pub(super) fn is_left_alone(&self, id: MessageId) -> bool {
        self.changes_of(id).is_empty()
    }

    /// Where on its way a lost message met a wall: one that stood when its loss was decided.
    pub(super) fn meets(&self, id: MessageId, sent: Step) -> f64 {
        let decided = self.changes_of(id).last().map_or(sent, |(_, moment, _)| moment.step);
        self.walls.meets(id.link, decided)
    }

    /// The event by which a message due at this time arrived, if it did by the horizon: of those due at
    /// that very instant some may still be to come.
    pub(super) fn arrival(&self, id: MessageId, due: SimTime) -> Option<&'a Event> {
        let Shown { run, horizon, .. } = self.shown;
        let then = kept::events(run, kept::first_at(run, due).0..=horizon.step.0);
        let delivers =
            |event: &&Event| matches!(event.kind, EventKind::Deliver { message, .. } if message == id);
        then.take_while(|event| event.time == due).find(delivers)
    }
}

/// What interventions of these steps did to messages, by message and time.
fn changes(shown: Shown<'_>, earliest: Step) -> Vec<(MessageId, Moment, Sent)> {
    let mut changes: Vec<(MessageId, Moment, Sent)> = Vec::new();
    let applied = (0..shown.run.script().len()).map_while(|index| shown.run.outcome(index));
    let seen = applied.map(|applied| applied.moment).filter(|moment| moment.step >= earliest);
    for moment in seen.take_while(|moment| moment.step <= shown.horizon.step) {
        for row in shown.run.changed(moment.step) {
            let place = changes.partition_point(|(id, at, _)| (*id, *at) <= (row.id, moment));
            changes.insert(place, (row.id, moment, *row));
        }
    }
    changes
}
