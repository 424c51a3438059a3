//! The course of a message: how far along its way it was when, and how it ended.

use netsplit_sim::event::{Arrival, Event, EventKind, Fate, Loss, Sent};
use netsplit_sim::history::Moment;
use netsplit_sim::id::Step;
use netsplit_sim::time::SimTime;

/// How a message ended, as far as the picture goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Its destination handled it.
    Arrived,
    /// It reached a paused destination, and waited there.
    Waited,
    /// It found its destination crashed.
    NobodyThere,
    /// It was lost on its way.
    Lost(Loss),
    /// It waits for a cut to end.
    Held,
    /// It is under way: drawn dashed as far as it is.
    UnderWay,
}

impl End {
    /// Whether it reached the lane of its destination.
    pub fn is_arrival(self) -> bool {
        matches!(self, Self::Arrived | Self::Waited | Self::NobodyThere)
    }

    /// Whether it never reached anybody: its arrow ends in a cross.
    pub fn is_lost(self) -> bool {
        matches!(self, Self::NobodyThere | Self::Lost(_))
    }
}

/// A share of a message's way, and when it was there.
pub(super) type At = (SimTime, f64);

/// Where a message was, as far as it is decided.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Course {
    /// The event that sent it; of a copy made by hand, the intervention.
    pub(super) sent: Moment,
    pub(super) began: At,
    /// Where it was when something was done to it.
    pub(super) bends: Vec<At>,
    /// Whether something besides its loss was done to it.
    pub(super) changed: bool,
    due: SimTime,
    fate: Fate,
}

/// Where and how a message ended, as far as the picture goes.
pub(super) struct Ended {
    pub(super) end: End,
    pub(super) at: At,
    /// The event of its arrival.
    pub(super) arrived: Option<Step>,
}

impl Ended {
    /// It reached the lane of its destination by this event.
    pub(super) fn by(event: &Event) -> Self {
        let end = match event.kind {
            EventKind::Deliver { arrival: Arrival::Waits, .. } => End::Waited,
            EventKind::Deliver { arrival: Arrival::NobodyThere, .. } => End::NobodyThere,
            _ => End::Arrived,
        };
        Self { end, at: (event.time, 1.0), arrived: Some(event.step) }
    }
}

impl Course {
    /// From how far along its way it began, as decided then.
    pub(super) fn begin(sent: Moment, along: f64, row: &Sent) -> Self {
        let began = (sent.time, along);
        Self { sent, began, bends: Vec::new(), changed: false, due: row.deliver_at, fate: row.fate }
    }

    /// The end of one whose beginning was forgotten.
    pub(super) fn tail(at: SimTime) -> Self {
        let sent = Moment { step: Step(0), time: at };
        let fate = Fate::Deliver;
        Self { sent, began: (at, 0.8), bends: Vec::new(), changed: false, due: at, fate }
    }

    /// An intervention did something to it.
    pub(super) fn change(&mut self, at: SimTime, row: &Sent) {
        self.bends.push((at, self.along(at)));
        (self.due, self.fate) = (row.deliver_at, row.fate);
        self.changed |= !matches!(row.fate, Fate::Lost(_));
    }

    /// Where it last began or changed.
    fn latest(&self) -> At {
        self.bends.last().copied().unwrap_or(self.began)
    }

    /// How far along it is at a time after its last change.
    pub(super) fn along(&self, at: SimTime) -> f64 {
        let (since, along) = self.latest();
        if self.fate == Fate::Held {
            return along;
        }
        let span = self.due.since(since).0.max(1) as f64;
        along + (1.0 - along) * (at.since(since).0 as f64 / span).min(1.0)
    }

    /// The time at which it will be so far along.
    fn when(&self, share: f64) -> SimTime {
        let (since, along) = self.latest();
        let left = self.due.since(since).0 as f64;
        SimTime(since.0 + (left * ((share - along) / (1.0 - along)).clamp(0.0, 1.0)) as u64)
    }

    /// Whether and when it arrives.
    pub(super) fn arrives(&self) -> Option<SimTime> {
        (self.fate == Fate::Deliver).then_some(self.due)
    }

    /// How and where it is by the horizon, if it has not arrived. `meets` says how far along its way a
    /// cut lies.
    pub(super) fn stop(&self, horizon: SimTime, meets: impl FnOnce() -> f64) -> Ended {
        let ended = |end, at| Ended { end, at, arrived: None };
        let here = (horizon, self.along(horizon));
        let latest = self.latest();
        let (why, share) = match self.fate {
            Fate::Deliver => return ended(End::UnderWay, here),
            Fate::Held => return ended(End::Held, here),
            Fate::Lost(Loss::Random) => (Loss::Random, 0.5),
            Fate::Lost(Loss::Dropped) => (Loss::Dropped, latest.1),
            Fate::Lost(Loss::Cut) => (Loss::Cut, meets()),
        };
        // One that was past the wall already when the wall went up dies where it was then.
        let share = share.max(latest.1);
        let at = self.when(share);
        if at > horizon { ended(End::UnderWay, here) } else { ended(End::Lost(why), (at, share)) }
    }
}
