//! The messages that would have reset a timer, and what became of them.

use netsplit_sim::describe::Sentence;
use netsplit_sim::event::{Event, EventKind};
use netsplit_sim::history::Moment;
use netsplit_sim::id::{NodeId, Step, TimerName};
use netsplit_sim::journey::{Ending, Journey};
use netsplit_sim::run::{Run, Status};
use netsplit_sim::sentence;
use netsplit_sim::time::SimTime;
use netsplit_words::say;

use crate::format;
use crate::sentence;

/// Steps looked through for messages that were under way when the timer was started.
const LOOKED_THROUGH: u64 = 20_000;
/// Messages told of one by one.
const MOST: usize = 6;

/// A timer that fell due.
struct Due {
    node: NodeId,
    reset_by: &'static [u8],
    set: Moment,
    due: Moment,
}

/// Whether the event is a timer that some message would have reset.
pub(super) fn can_be_reset(run: &dyn Run, event: &Event) -> bool {
    timer(event).is_some_and(|(_, timer)| !reset_by(run, timer).is_empty())
}

fn timer(event: &Event) -> Option<(NodeId, TimerName)> {
    match event.kind {
        EventKind::Timer { node, timer, .. } => Some((node, timer)),
        _ => None,
    }
}

fn reset_by(run: &dyn Run, timer: TimerName) -> &'static [u8] {
    run.about().timers.get(usize::from(timer.0)).map_or(&[], |kind| kind.reset_by)
}

/// What would have reset the timer that falls due by this event, and what became of it.
pub(super) fn missed(run: &dyn Run, event: &Event) -> Vec<Sentence> {
    let Some((node, timer)) = timer(event) else { return Vec::new() };
    let started = event.cause.unwrap_or_default();
    if started > Step(0) && run.event(started).is_none() {
        // When it was started is no longer kept, so that nobody can say what came too late.
        return Vec::new();
    }
    let set = run.moment(started);
    let due = Moment { step: event.step, time: event.time };
    let due = Due { node, reset_by: reset_by(run, timer), set, due };
    let since = Step(event.step.0.saturating_sub(LOOKED_THROUGH));
    let journeys = run.journeys(since, |sent| sent.id.link.to == node && due.reset_by.contains(&sent.kind));
    let before: Vec<Journey> =
        journeys.into_iter().filter(|journey| journey.sent.step < event.step).collect();
    let mut told = due.fates(run, &before);
    told.extend(due.silence(run, &before));
    told.insert(0, due.beginning(run, timer));
    told
}

impl Due {
    /// `n4's election timer was started at 0.600 s. It is reset by heartbeat and AppendEntries.`
    fn beginning(&self, run: &dyn Run, timer: TimerName) -> Sentence {
        let name = sentence::timer_name(run, timer);
        let kinds: Vec<String> = self.reset_by.iter().map(|kind| self.kind(run, *kind)).collect();
        let (node, at, kinds) = (self.node, self.set, format::joined(&kinds));
        sentence!("{node}'s {name} was started at {at}. What resets it: {kinds}.", node, name, at, kinds)
    }

    fn kind(&self, run: &dyn Run, kind: u8) -> String {
        run.about().messages.get(usize::from(kind)).map_or(say!("a message"), |kind| kind.name).to_owned()
    }

    /// Messages that did not arrive in time, or arrived and changed nothing.
    fn fates(&self, run: &dyn Run, journeys: &[Journey]) -> Vec<Sentence> {
        let missed: Vec<&Journey> = journeys.iter().filter(|journey| self.is_missed(journey)).collect();
        let earlier = missed.len().saturating_sub(MOST);
        let mut told: Vec<Sentence> =
            missed[earlier..].iter().map(|journey| self.fate(run, journey)).collect();
        if earlier > 0 {
            let count = format::grouped(earlier as u64);
            told.push(sentence!(
                "And {count, plural, one {# earlier one} other {# earlier ones}} likewise.",
                count
            ));
        }
        told
    }

    /// Whether a message would have reset the timer, had it arrived, or been heeded.
    fn is_missed(&self, journey: &Journey) -> bool {
        let in_time = |time: SimTime| time > self.set.time && time <= self.due.time;
        match journey.ending {
            Ending::Lost(..) => in_time(journey.arrives),
            Ending::UnderWay | Ending::Held(_) => true,
            Ending::Arrived(moment, _) => moment.step > self.set.step,
        }
    }

    fn fate(&self, run: &dyn Run, journey: &Journey) -> Sentence {
        let from = journey.id.link.from;
        let message = Sentence::default().journey(run, journey);
        match journey.ending {
            Ending::Arrived(at, _) if at.step > self.due.step => {
                let late = format::duration(at.time.since(self.due.time));
                sentence!(
                    "{message} from {from} was under way and arrives {late} too late, at {at}.",
                    message,
                    from,
                    late,
                    at
                )
            }
            Ending::Arrived(moment, _) => {
                let fate = Sentence::fate(run, journey, sentence!("{message} from {from}", message, from));
                let heeded = run.event(moment.step).map(|event| sentence::line(run, event).text);
                let heeded = heeded.map(|text| Sentence::default().event(text, moment));
                fate.then(sentence!("It did not reset the timer.")).then(heeded.unwrap_or_default())
            }
            _ => Sentence::fate(run, journey, sentence!("{message} from {from}", message, from)),
        }
    }

    /// Why none was sent while the timer ran, if none was.
    fn silence(&self, run: &dyn Run, journeys: &[Journey]) -> Option<Sentence> {
        let Some(last) = journeys.last() else {
            return Some(sentence!("Nobody had sent it one."));
        };
        if last.sent.time > self.set.time {
            return None;
        }
        let (from, at) = (last.id.link.from, last.sent);
        Some(match run.status_at(from, self.due.step) {
            (Status::Crashed, since) => sentence!(
                "Never sent: {from}, which sent the last one at {at}, crashed at {since}.",
                from,
                at,
                since
            ),
            (Status::Paused, since) => sentence!(
                "Never sent: {from}, which sent the last one at {at}, was paused at {since}.",
                from,
                at,
                since
            ),
            (Status::Up, _) => {
                sentence!(
                    "Never sent: {from}, which sent the last one at {at}, sent no other since.",
                    from,
                    at
                )
            }
        })
    }
}
