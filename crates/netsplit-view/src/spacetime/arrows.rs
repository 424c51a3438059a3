//! Messages as slanted arrows: from the lane that sent to the lane that received, or to where they died.

use netsplit_sim::describe::Tone;
use netsplit_sim::event::{Arrival, Event, EventKind, Fate, Sent};
use netsplit_sim::history::Moment;
use netsplit_sim::id::{MessageId, NodeId, Step};
use netsplit_sim::time::SimTime;

use super::Shown;
use super::bands::Walls;
use super::course::{At, Course, End, Ended};
use super::lanes::Lanes;
use super::messages::Messages;
use super::scale::Scale;
use crate::geometry::Point;

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

/// Every message that is under way at some time of the window; and the events that deliver one whose
/// arrow ends where it waited for them.
pub(super) fn arrows(
    shown: Shown<'_>,
    scale: &Scale,
    order: &Lanes,
    walls: &Walls<'_>,
) -> (Vec<Arrow>, Vec<Step>) {
    let messages = Messages::new(shown, walls);
    let weaver = Weaver { shown, scale, order, messages, holes: shown.has_holes() };
    let (mut arrows, mut late) = (Vec::new(), Vec::new());
    for event in shown.kept() {
        let EventKind::Deliver { message, kind, arrival } = event.kind else { continue };
        match weaver.arrival(event, message, kind, arrival) {
            Some(arrow) => arrows.push(arrow),
            None => late.push(event.step),
        }
    }
    for step in (weaver.messages.earliest..shown.end.0).map(Step) {
        let sent = shown.run.sent(step).iter();
        arrows.extend(sent.filter_map(|row| weaver.without_arrival(step, row)));
    }
    (arrows, late)
}

/// What every arrow of a picture is drawn from.
struct Weaver<'a> {
    shown: Shown<'a>,
    scale: &'a Scale,
    order: &'a Lanes,
    messages: Messages<'a>,
    /// Whether some events of the window were forgotten.
    holes: bool,
}

impl Weaver<'_> {
    /// The arrow of the message that this event delivers; nothing if it was drawn to where it waited.
    fn arrival(&self, event: &Event, id: MessageId, kind: u8, arrival: Arrival) -> Option<Arrow> {
        let Some(course) = self.messages.delivered(id, event) else {
            let arrow = self.arrow(id, kind, &Course::tail(event.time), &Ended::by(event))?;
            return Some(Arrow { stub: true, ..arrow });
        };
        if arrival == Arrival::Handled && course.arrives() != Some(event.time) {
            return None;
        }
        self.arrow(id, kind, &course, &Ended::by(event))
    }

    /// The arrow of a message sent by this step, unless it arrives in the window, or is over before it.
    fn without_arrival(&self, step: Step, row: &Sent) -> Option<Arrow> {
        // Nearly all messages of a wide window end here.
        if row.fate == Fate::Deliver
            && self.is_drawn_or_over(Some(row.deliver_at))
            && self.messages.is_left_alone(row.id)
        {
            return None;
        }
        let Shown { horizon, .. } = self.shown;
        let course = self.messages.course(step, row, horizon.step)?;
        let due = course.arrives();
        if self.is_drawn_or_over(due) {
            return None;
        }
        let ended =
            match due.filter(|at| *at <= horizon.time).map(|at| (at, self.messages.arrival(row.id, at))) {
                Some((_, Some(event))) if event.time <= self.scale.window.to => return None,
                Some((_, Some(event))) => Ended::by(event),
                // It arrived, and that was forgotten.
                Some((at, None)) if at < horizon.time => {
                    Ended { end: End::Arrived, at: (at, 1.0), arrived: None }
                }
                _ => course.stop(horizon.time, || self.messages.meets(row.id, step)),
            };
        let shows = ended.at.0 >= self.scale.window.from;
        self.arrow(row.id, row.kind, &course, &ended).filter(|_| shows)
    }

    /// Whether a message that arrives at this time is drawn by its arrival, or was over before the window.
    fn is_drawn_or_over(&self, arrives: Option<SimTime>) -> bool {
        let by_arrival = |at| !self.holes && at <= self.scale.window.to && at < self.shown.horizon.time;
        arrives.is_some_and(|at| at < self.scale.window.from || by_arrival(at))
    }

    /// An arrow along a course; nothing if both its lanes are hidden.
    fn arrow(&self, id: MessageId, kind: u8, course: &Course, ended: &Ended) -> Option<Arrow> {
        let link = id.link;
        let shown = [link.from, link.to].map(|end| self.order.of(end).is_some());
        if shown == [false, false] {
            return None;
        }
        let (from_y, to_y) = (self.order.y(link.from), self.order.y(link.to));
        let place = |(at, along): At| Point::new(self.scale.x(at), from_y + (to_y - from_y) * along);
        let described = self.shown.run.about().messages.get(usize::from(kind));
        let arrow = Arrow {
            id,
            kind,
            tone: described.map_or(Tone::Plain, |kind| kind.tone),
            letter: described.map_or('?', |kind| kind.letter),
            from: place(course.began),
            bends: course.bends.iter().filter(|bend| **bend != ended.at).copied().map(place).collect(),
            to: place(ended.at),
            end: ended.end,
            sent: course.sent,
            arrived: ended.arrived,
            ended: ended.at.0,
            changed: course.changed,
            stub: false,
            count: 1,
        };
        let arrow = if self.scale.is_time() { arrow } else { self.ranked(arrow) };
        Some(if shown == [true, true] { arrow } else { self.stub(arrow) })
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
