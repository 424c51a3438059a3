//! What became of messages: sent when, and then handled, lost, held, or still under way.

use crate::event::{Arrival, EventKind, Fate, Loss, Sent};
use crate::history::Moment;
use crate::id::{Link, MessageId, Step, WallId};
use crate::intervention::Intervention;
use crate::run::Run;
use crate::time::SimTime;

/// One message from its sending to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Journey {
    /// Which.
    pub id: MessageId,
    /// Position in [`About::messages`](crate::describe::About::messages).
    pub kind: u8,
    /// When it was sent.
    pub sent: Moment,
    /// When it arrived, arrives, or would have arrived.
    pub arrives: SimTime,
    /// How it ended, as far as that has happened.
    pub ending: Ending,
}

/// How a journey ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It has not ended.
    UnderWay,
    /// A cut holds it since then.
    Held(Moment),
    /// It reached its destination.
    Arrived(Moment, Arrival),
    /// It was lost, and when that was decided.
    Lost(Loss, Moment),
}

impl Ending {
    fn of(fate: Fate, moment: Moment) -> Self {
        match fate {
            Fate::Deliver => Self::UnderWay,
            Fate::Held => Self::Held(moment),
            Fate::Lost(why) => Self::Lost(why, moment),
        }
    }
}

impl dyn Run + '_ {
    /// The journeys up to the cursor of the wanted messages sent at `since` or later, in the order sent.
    pub fn journeys(&self, since: Step, wanted: impl Fn(&Sent) -> bool) -> Vec<Journey> {
        let mut journeys = Vec::new();
        for step in (since.0..=self.step().0).map(Step) {
            let moment = self.moment(step);
            for sent in self.sent(step).iter().filter(|sent| wanted(sent)) {
                let Sent { id, kind, deliver_at, fate } = *sent;
                let ending = Ending::of(fate, moment);
                journeys.push(Journey { id, kind, sent: moment, arrives: deliver_at, ending });
            }
            for changed in self.changed(step) {
                end(&mut journeys, changed.id, Ending::of(changed.fate, moment), changed.deliver_at);
            }
            if let Some(event) = self.event(step)
                && let EventKind::Deliver { message, arrival, .. } = event.kind
            {
                end(&mut journeys, message, Ending::Arrived(moment, arrival), event.time);
            }
        }
        journeys
    }

    /// When a step happened; the start of the run for the boot, and for what was forgotten.
    pub fn moment(&self, step: Step) -> Moment {
        Moment { step, time: self.event(step).map_or(SimTime::ZERO, |event| event.time) }
    }

    /// The walls that cut a link right after a step, with the moment at which each began to.
    pub fn cutting(&self, link: Link, step: Step) -> Vec<(WallId, Moment)> {
        let mut cutting: Vec<(WallId, Moment)> = Vec::new();
        for (index, line) in self.script().iter().enumerate() {
            let Some(applied) = self.outcome(index).filter(|applied| applied.moment.step <= step) else {
                break;
            };
            let (wall, cuts) = match &line.what {
                Intervention::SetWall(wall, cuts) => (*wall, cuts.contains(&link)),
                Intervention::RemoveWall(wall) => (*wall, false),
                _ => continue,
            };
            match cutting.iter().position(|(other, _)| *other == wall) {
                None if cuts => cutting.push((wall, applied.moment)),
                Some(at) if !cuts => drop(cutting.remove(at)),
                _ => {}
            }
        }
        cutting
    }
}

/// A message under way is among the last that were sent, so the search begins there.
fn end(journeys: &mut [Journey], id: MessageId, ending: Ending, arrives: SimTime) {
    if let Some(journey) = journeys.iter_mut().rev().find(|journey| journey.id == id) {
        (journey.ending, journey.arrives) = (ending, arrives);
    }
}
