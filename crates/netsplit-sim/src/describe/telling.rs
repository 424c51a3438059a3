//! Sentences about messages, walls and outages of a run, for whoever explains something.

use netsplit_words::say;

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

    /// What became of a message, which the first words name: `heartbeat #31 was lost at the wall at 1.284 s.`
    #[must_use]
    pub fn fate(run: &dyn Run, journey: &Journey, message: Self) -> Self {
        let to = journey.id.link.to;
        let wall = |at: Moment| Self::cut(run, journey.id.link, at.step);
        match journey.ending {
            Ending::UnderWay => {
                let at = journey.arrives;
                crate::sentence!("{message} is under way and arrives at {at}.", message, at)
            }
            Ending::Held(at) => crate::sentence!("{message} is held at {wall}.", message, wall = wall(at)),
            Ending::Arrived(at, Arrival::Handled) => {
                crate::sentence!("{message} arrived at {at}.", message, at)
            }
            Ending::Arrived(since, Arrival::Waits) => crate::sentence!(
                "{message} waits at {to}, which is paused, since {since}.",
                message,
                to,
                since
            ),
            Ending::Arrived(at, Arrival::NobodyThere) => {
                crate::sentence!("{message} found {to} crashed at {at}.", message, to, at)
            }
            Ending::Lost(Loss::Random, at) => {
                crate::sentence!("{message} was lost by the network, sent at {at}.", message, at)
            }
            Ending::Lost(Loss::Dropped, at) => {
                crate::sentence!("{message} was dropped by hand at {at}.", message, at)
            }
            Ending::Lost(Loss::Cut, at) => {
                crate::sentence!("{message} was lost at {wall} at {at}.", message, wall = wall(at), at)
            }
        }
    }

    /// The wall or walls that cut a link right after a step: `the wall`. Each points to the wall while it
    /// stands, then to the moment it was raised.
    #[must_use]
    pub fn cut(run: &dyn Run, link: Link, step: Step) -> Self {
        let cutting = run.cutting(link, step);
        let Some((wall, raised)) = cutting.last().copied() else { return crate::sentence!("a wall") };
        let stands = run.cutting(link, run.step()).iter().any(|(other, _)| *other == wall);
        let target = if stands { Target::Wall(wall) } else { Target::Moment(raised) };
        let words = if cutting.len() == 1 { say!("the wall") } else { say!("several walls") };
        Self::default().pointing(words, target)
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
