//! The course of a message: how far along its way it was when, and how it ended.

use netsplit_sim::event::{Fate, Loss, Sent};
use netsplit_sim::history::Moment;
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

/// Where a message was: a share of its way at each of these times, in order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Course {
    pub(super) points: Vec<(SimTime, f64)>,
    due: SimTime,
    fate: Fate,
}

impl Course {
    /// From where and when it began, as decided then.
    pub(super) fn begin(at: SimTime, along: f64, row: &Sent) -> Self {
        Self { points: vec![(at, along)], due: row.deliver_at, fate: row.fate }
    }

    /// The end of one whose beginning was forgotten.
    pub(super) fn tail(at: SimTime) -> Self {
        Self { points: vec![(at, 0.8), (at, 1.0)], due: at, fate: Fate::Deliver }
    }

    /// An intervention did something to it.
    pub(super) fn change(&mut self, at: SimTime, row: &Sent) {
        let along = self.along(at);
        self.points.push((at, along));
        (self.due, self.fate) = (row.deliver_at, row.fate);
    }

    /// How far along it is at a time after its last change.
    pub(super) fn along(&self, at: SimTime) -> f64 {
        let (since, along) = self.points[self.points.len() - 1];
        if self.fate == Fate::Held {
            return along;
        }
        let span = self.due.since(since).0.max(1) as f64;
        along + (1.0 - along) * (at.since(since).0 as f64 / span).min(1.0)
    }

    /// The time at which it will be so far along.
    fn when(&self, share: f64) -> SimTime {
        let (since, along) = self.points[self.points.len() - 1];
        let left = self.due.since(since).0 as f64;
        SimTime(since.0 + (left * ((share - along) / (1.0 - along)).clamp(0.0, 1.0)) as u64)
    }

    /// Whether and when it arrives.
    pub(super) fn arrives(&self) -> Option<SimTime> {
        (self.fate == Fate::Deliver).then_some(self.due)
    }

    /// It arrived.
    pub(super) fn arrive(&mut self, at: SimTime) {
        self.points.push((at, 1.0));
    }

    /// It did not arrive by the horizon. `meets` says how far along its way a cut lies.
    pub(super) fn stop(&mut self, horizon: Moment, meets: impl FnOnce() -> f64) -> End {
        let last = self.points[self.points.len() - 1];
        let dies = match self.fate {
            Fate::Deliver | Fate::Held => None,
            Fate::Lost(Loss::Random) => Some((Loss::Random, 0.5)),
            Fate::Lost(Loss::Dropped) => Some((Loss::Dropped, last.1)),
            Fate::Lost(Loss::Cut) => Some((Loss::Cut, meets())),
        };
        let Some((why, share)) = dies else {
            self.points.push((horizon.time, self.along(horizon.time)));
            return if self.fate == Fate::Held { End::Held } else { End::UnderWay };
        };
        // One that was past the wall already when the wall went up dies where it was then.
        let share = share.max(last.1);
        let at = self.when(share);
        if at > horizon.time {
            self.points.push((horizon.time, self.along(horizon.time)));
            return End::UnderWay;
        }
        if at > last.0 {
            self.points.push((at, share));
        }
        End::Lost(why)
    }
}
