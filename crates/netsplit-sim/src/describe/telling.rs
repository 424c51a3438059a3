//! Sentences about messages, walls and outages of a run, for whoever explains something.

use crate::event::{Arrival, Loss};
use crate::history::Moment;
use crate::id::{Link, NodeId, Step};
use crate::intervention::Intervention;
use crate::journey::{Ending, Journey};
use crate::run::{Run, Status};

use super::{Sentence, Target};

impl Sentence {
    /// Goes on with a message: `heartbeat #31`. It points to the message while that is under way, then
    /// to where it ended.
    #[must_use]
    pub fn journey(self, run: &dyn Run, journey: &Journey) -> Self {
        let name = run.about().messages[usize::from(journey.kind)].name;
        match journey.ending {
            Ending::UnderWay | Ending::Held(_) => self.message(name, journey.id),
            Ending::Arrived(moment, _) | Ending::Lost(_, moment) => {
                self.event(format_args!("{name} #{}", journey.id.index), moment)
            }
        }
    }

    /// Goes on with what became of a message: ` was lost at the wall, at 1.284 s`.
    #[must_use]
    pub fn fate(self, run: &dyn Run, journey: &Journey) -> Self {
        let to = journey.id.link.to;
        match journey.ending {
            Ending::UnderWay => self.say(format_args!(" is under way and arrives at {}", journey.arrives)),
            Ending::Held(moment) => self.say(" is held at ").cut(run, journey.id.link, moment.step),
            Ending::Arrived(moment, Arrival::Handled) => self.say(" arrived at ").moment(moment),
            Ending::Arrived(moment, Arrival::Waits) => {
                self.say(" waits at ").node(to).say(", which is paused, since ").moment(moment)
            }
            Ending::Arrived(moment, Arrival::NobodyThere) => {
                self.say(" found ").node(to).say(" crashed at ").moment(moment)
            }
            Ending::Lost(Loss::Random, moment) => {
                self.say(" was lost by the network, sent at ").moment(moment)
            }
            Ending::Lost(Loss::Dropped, moment) => self.say(" was dropped by hand at ").moment(moment),
            Ending::Lost(Loss::Cut, moment) => {
                let told = self.say(" was lost at ").cut(run, journey.id.link, moment.step);
                told.say(" at ").moment(moment)
            }
        }
    }

    /// Goes on with the wall or walls that cut a link right after a step: `the wall`. Each points to the
    /// wall while it stands, then to the moment it was raised.
    #[must_use]
    pub fn cut(self, run: &dyn Run, link: Link, step: Step) -> Self {
        let cutting = run.cutting(link, step);
        let Some((wall, raised)) = cutting.last().copied() else { return self.say("a wall") };
        let stands = run.cutting(link, run.step()).iter().any(|(other, _)| *other == wall);
        let target = if stands { Target::Wall(wall) } else { Target::Moment(raised) };
        let words = if cutting.len() == 1 { "the wall" } else { "several walls" };
        self.pointing(words, target)
    }
}

impl dyn Run + '_ {
    /// Whether a server ran right after a step, and since when it did not.
    pub fn status_at(&self, id: NodeId, step: Step) -> (Status, Moment) {
        let mut status = (Status::Up, Moment::default());
        for (index, line) in self.script().iter().enumerate() {
            let Some(applied) = self.outcome(index).filter(|applied| applied.moment.step <= step) else {
                break;
            };
            let becomes = match line.what {
                Intervention::Crash(node, _) if node == id => Status::Crashed,
                Intervention::Pause(node) if node == id => Status::Paused,
                Intervention::Restart(node) | Intervention::Resume(node) if node == id => Status::Up,
                _ => continue,
            };
            if applied.refused.is_none() {
                status = (becomes, applied.moment);
            }
        }
        status
    }
}
