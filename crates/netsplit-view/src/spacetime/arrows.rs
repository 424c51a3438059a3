//! Messages as slanted arrows: from the lane that sent to the lane that received, or to where they died.

use netsplit_sim::describe::Tone;
use netsplit_sim::event::{Arrival, Event, EventKind, Fate, Sent};
use netsplit_sim::history::Moment;
use netsplit_sim::id::{MessageId, NodeId, Step};
use netsplit_sim::intervention::Intervention;
use netsplit_sim::time::SimTime;

use super::Shown;
use super::bands::Walls;
use super::course::{Course, End};
use super::lanes::Lanes;
use super::scale::Scale;
use crate::geometry::Point;
use crate::kept;

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// Which; of several drawn together the first.
    pub id: MessageId,
    /// Position in [`About::messages`](netsplit_sim::describe::About::messages).
    pub kind: u8,
    /// Colour role.
    pub tone: Tone,
    /// The letter of its kind.
    pub letter: char,
    /// Where it begins; like all its places, possibly outside of the window.
    pub from: Point,
    /// Where it changed its course: held, released, re-timed.
    pub bends: Vec<Point>,
    /// Where it ends.
    pub to: Point,
    /// How it ended.
    pub end: End,
    /// The event that sent it; of a copy made by hand, the intervention.
    pub sent: Moment,
    /// The event of its arrival, if it arrived.
    pub arrived: Option<Step>,
    /// When it ended, or how far the picture goes.
    pub ended: SimTime,
    /// Whether an intervention held it or changed when it arrives.
    pub changed: bool,
    /// Whether one of its lanes is hidden: only a stub at the other is drawn.
    pub stub: bool,
    /// How many messages it stands for.
    pub count: u32,
}

impl Arrow {
    /// Who sent it, and by which event: one end of its influence.
    pub fn sender(&self) -> (NodeId, Step) {
        (self.id.link.from, self.sent.step)
    }

    /// Who handled it, and by which event; nothing if nobody has, or it waited before.
    pub fn handler(&self) -> Option<(NodeId, Step)> {
        let step = self.arrived.filter(|_| self.end == End::Arrived)?;
        Some((self.id.link.to, step))
    }
}

/// How far back from the window senders are looked for. A message that was sent earlier and has not
/// arrived in the window is not drawn.
const LOOK_BACK: u64 = 2_000;

/// Every message that is under way at some time of the window; and the events that deliver one whose
/// arrow ends where it waited for them.
pub(super) fn arrows(
    shown: Shown<'_>,
    scale: &Scale,
    order: &Lanes,
    walls: &Walls<'_>,
) -> (Vec<Arrow>, Vec<Step>) {
    let weaver = Weaver::new(shown, scale, order, walls);
    let (mut arrows, mut late) = (Vec::new(), Vec::new());
    for event in kept::events(shown.run, shown.first.0..=shown.end.0 - 1) {
        let EventKind::Deliver { message, kind, arrival } = event.kind else { continue };
        match weaver.arrival(event, message, kind, arrival) {
            Some(arrow) => arrows.push(arrow),
            None => late.push(event.step),
        }
    }
    for step in weaver.earliest..shown.end.0 {
        for row in shown.run.sent(Step(step)) {
            arrows.extend(weaver.without_arrival(Step(step), row));
        }
    }
    (arrows, late)
}

/// What every arrow of a picture is drawn from.
struct Weaver<'a> {
    shown: Shown<'a>,
    scale: &'a Scale,
    order: &'a Lanes,
    walls: &'a Walls<'a>,
    /// The earliest step whose messages are looked for.
    earliest: u64,
    /// Whether some events of the window were forgotten.
    holes: bool,
    /// What interventions did to messages, by message and time.
    changes: Vec<(MessageId, Moment, Sent)>,
}

impl<'a> Weaver<'a> {
    fn new(shown: Shown<'a>, scale: &'a Scale, order: &'a Lanes, walls: &'a Walls<'a>) -> Self {
        let earliest = shown.first.0.saturating_sub(LOOK_BACK);
        let changes = changes(shown, Step(earliest));
        let holes = (shown.first.0..shown.end.0).any(|step| shown.run.event(Step(step)).is_none());
        Self { shown, scale, order, walls, earliest, holes, changes }
    }

    /// The arrow of the message that this event delivers; nothing if it was drawn to where it waited.
    fn arrival(&self, event: &Event, id: MessageId, kind: u8, arrival: Arrival) -> Option<Arrow> {
        let Some((sent, mut course)) = self.sent(id, event.cause?, event.step) else {
            let sent = Moment { step: Step(0), time: event.time };
            let arrow =
                self.arrow(id, kind, &Course::tail(event.time), sent, End::Arrived, Some(event.step))?;
            return Some(Arrow { stub: true, ..arrow });
        };
        let changed = self.apply_changes(&mut course, id, event.step);
        if arrival == Arrival::Handled && course.arrives() != Some(event.time) {
            return None;
        }
        course.arrive(event.time);
        let arrow = self.arrow(id, kind, &course, sent, arrival_end(event), Some(event.step))?;
        Some(Arrow { changed, ..arrow })
    }

    /// The arrow of a message sent by this step, unless it arrives in the window, or is over before it.
    fn without_arrival(&self, step: Step, row: &Sent) -> Option<Arrow> {
        let (sent, mut course) = self.begun(step, row)?;
        let changed = self.apply_changes(&mut course, row.id, self.shown.horizon.step);
        let due = course.arrives().filter(|at| *at <= self.shown.horizon.time);
        if due.is_some_and(|at| self.is_drawn_or_over(at)) {
            return None;
        }
        let (end, arrived) = match due.and_then(|at| self.arrival_at(row.id, at)) {
            Some(event) if event.time <= self.scale.window.to => return None,
            Some(event) => (arrival_end(event), Some(event.step)),
            // It arrived, and that was forgotten.
            None if due.is_some_and(|at| at < self.shown.horizon.time) => (End::Arrived, None),
            None => (course.stop(self.shown.horizon, || self.meets(row.id, step)), None),
        };
        if let (Some(at), true) = (due, end.is_arrival()) {
            course.arrive(at);
        }
        let arrow = self.arrow(row.id, row.kind, &course, sent, end, arrived)?;
        (arrow.ended >= self.scale.window.from).then_some(Arrow { changed, ..arrow })
    }

    /// Whether a message that arrived at this time is drawn by its arrival, or was over before the window.
    fn is_drawn_or_over(&self, arrived: SimTime) -> bool {
        let by_arrival = arrived <= self.scale.window.to && arrived < self.shown.horizon.time;
        arrived < self.scale.window.from || (by_arrival && !self.holes)
    }

    /// The event by which a message due at this time arrived, if it did by the horizon: of those due at
    /// that very instant some may still be to come.
    fn arrival_at(&self, id: MessageId, due: SimTime) -> Option<&'a Event> {
        let Shown { run, horizon, .. } = self.shown;
        let of_then = kept::events(run, kept::first_at(run, due).0..=horizon.step.0);
        let delivers =
            |event: &&Event| matches!(event.kind, EventKind::Deliver { message, .. } if message == id);
        of_then.take_while(|event| event.time == due).find(delivers)
    }

    /// Where on its way a lost message met a wall: that which stood when its loss was decided.
    fn meets(&self, id: MessageId, sent: Step) -> f64 {
        let decided = self.changes_of(id).last().map_or(sent, |(_, moment, _)| moment.step);
        self.walls.meets(id.link, decided)
    }

    /// How a message that `cause` led to began.
    fn sent(&self, id: MessageId, cause: Step, arrived: Step) -> Option<(Moment, Course)> {
        let of = |step: Step| self.shown.run.sent(step).iter().find(|row| row.id == id);
        if let Some(row) = of(cause) {
            return self.begun(cause, row);
        }
        // A copy made by hand is caused by what sent the original, and told by the intervention.
        let copied = (cause.0..arrived.0).rev().map(Step).find(|step| of(*step).is_some())?;
        self.begun(copied, of(copied)?)
    }

    /// When and where on its way a message began, and what was decided of it then.
    fn begun(&self, step: Step, row: &Sent) -> Option<(Moment, Course)> {
        let time = if step.0 == 0 { SimTime::ZERO } else { self.shown.run.event(step)?.time };
        let along = self.copied_at(step, time);
        Some((Moment { step, time }, Course::begin(time, along, row)))
    }

    /// How far along the original was when this intervention made a copy of it; zero for what was sent.
    fn copied_at(&self, step: Step, time: SimTime) -> f64 {
        let run = self.shown.run;
        let copied = || {
            let EventKind::Intervene { index, .. } = run.event(step)?.kind else { return None };
            let Intervention::Duplicate(original) = run.script().get(index as usize)?.what else {
                return None;
            };
            let earlier = (step.0.saturating_sub(LOOK_BACK)..step.0).rev().map(Step);
            let (sent, row) = earlier
                .filter_map(|step| Some((step, run.sent(step).iter().find(|row| row.id == original)?)))
                .next()?;
            let (_, mut course) = self.begun(sent, row)?;
            self.apply_changes(&mut course, original, step);
            Some(course.along(time))
        };
        copied().unwrap_or(0.0)
    }

    fn changes_of(&self, id: MessageId) -> &[(MessageId, Moment, Sent)] {
        let first = self.changes.partition_point(|(other, ..)| *other < id);
        let count = self.changes[first..].iter().take_while(|(other, ..)| *other == id).count();
        &self.changes[first..first + count]
    }

    /// Takes in what was done to a message; whether anything was besides its loss.
    fn apply_changes(&self, course: &mut Course, id: MessageId, until: Step) -> bool {
        let changes = self.changes_of(id).iter().filter(|(_, moment, _)| moment.step <= until);
        changes.fold(false, |changed, (_, moment, row)| {
            course.change(moment.time, row);
            changed || !matches!(row.fate, Fate::Lost(_))
        })
    }

    /// An arrow along a course; nothing if both its lanes are hidden.
    fn arrow(
        &self,
        id: MessageId,
        kind: u8,
        course: &Course,
        sent: Moment,
        end: End,
        arrived: Option<Step>,
    ) -> Option<Arrow> {
        let link = id.link;
        let (from_y, to_y) = (self.order.y(link.from), self.order.y(link.to));
        let stub = match (self.order.of(link.from), self.order.of(link.to)) {
            (Some(_), Some(_)) => false,
            (None, None) => return None,
            _ => true,
        };
        let place =
            |(at, along): (SimTime, f64)| Point::new(self.scale.x(at), from_y + (to_y - from_y) * along);
        let points = &course.points;
        let (first, last) = (points[0], points[points.len() - 1]);
        let described = self.shown.run.about().messages.get(usize::from(kind));
        let arrow = Arrow {
            id,
            kind,
            tone: described.map_or(Tone::Plain, |kind| kind.tone),
            letter: described.map_or('?', |kind| kind.letter),
            from: place(first),
            bends: points[1..points.len().max(2) - 1].iter().copied().map(place).collect(),
            to: place(last),
            end,
            sent,
            arrived,
            ended: last.0,
            changed: false,
            stub: false,
            count: 1,
        };
        let arrow = if self.scale.is_time() { arrow } else { self.ranked(arrow) };
        Some(if stub { self.stub(arrow) } else { arrow })
    }

    /// Under causal spacing an arrow goes from event to event; one that reaches nobody goes half a rank.
    fn ranked(&self, arrow: Arrow) -> Arrow {
        let from = Point::new(self.scale.x_of(arrow.sent), arrow.from.y);
        let x = match arrow.arrived {
            Some(step) => self.scale.x_of(Moment { step, time: arrow.ended }),
            None => from.x + self.scale.rank_width() / 2.0,
        };
        Arrow { from, bends: Vec::new(), to: Point::new(x, arrow.to.y), ..arrow }
    }

    /// What is left of an arrow beside the lane that is shown.
    fn stub(&self, arrow: Arrow) -> Arrow {
        const LENGTH: f64 = 0.4;
        let share = LENGTH / (arrow.to.y - arrow.from.y).abs().max(LENGTH);
        if self.order.of(arrow.id.link.from).is_some() {
            Arrow { to: arrow.from.towards(arrow.to, share), bends: Vec::new(), stub: true, ..arrow }
        } else {
            Arrow { from: arrow.to.towards(arrow.from, share), bends: Vec::new(), stub: true, ..arrow }
        }
    }
}

/// How a message ended that this event delivers.
fn arrival_end(event: &Event) -> End {
    match event.kind {
        EventKind::Deliver { arrival: Arrival::Waits, .. } => End::Waited,
        EventKind::Deliver { arrival: Arrival::NobodyThere, .. } => End::NobodyThere,
        _ => End::Arrived,
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
