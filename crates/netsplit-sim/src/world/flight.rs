//! Messages under way.

use std::collections::BinaryHeap;

use crate::encode::{Encode, Encoder};
use crate::event::{Fate, Sent};
use crate::id::{MessageId, Step};
use crate::protocol::Message;
use crate::run::FlightView;
use crate::time::SimTime;

/// A message under way.
#[derive(Clone, Debug)]
pub(super) struct Flight<M> {
    pub(super) id: MessageId,
    pub(super) message: M,
    pub(super) sent_at: SimTime,
    pub(super) deliver_at: SimTime,
    /// The event that sent it.
    pub(super) cause: Step,
    pub(super) fate: Fate,
    /// When its arrival was last changed, and its progress then in parts per million.
    pub(super) retimed: (SimTime, u32),
}

/// The whole way, in parts per million.
const WHOLE_WAY: u32 = 1_000_000;

impl<M: Message> Flight<M> {
    /// As it can be shown.
    pub(super) fn view(&self) -> FlightView {
        FlightView {
            id: self.id,
            kind: self.message.kind(),
            sent_at: self.sent_at,
            deliver_at: self.deliver_at,
            cause: self.cause,
            fate: self.fate,
            retimed: self.retimed,
        }
    }

    /// As the report of a step tells it.
    pub(super) fn sent(&self) -> Sent {
        Sent { id: self.id, kind: self.message.kind(), deliver_at: self.deliver_at, fate: self.fate }
    }

    /// How far along it is, in parts per million.
    pub(super) fn progress(&self, now: SimTime) -> u32 {
        let (since, start) = self.retimed;
        let span = u128::from(self.deliver_at.since(since).0.max(1));
        let elapsed = u128::from(now.since(since).0).min(span);
        start + (u128::from(WHOLE_WAY - start) * elapsed / span) as u32
    }

    /// Lets it arrive at another time, from where it is now.
    pub(super) fn retime(&mut self, now: SimTime, deliver_at: SimTime) {
        self.retimed = (now, self.progress(now));
        self.deliver_at = deliver_at;
    }

    /// Stops it where it is; `deliver_at` keeps how long it still had to go.
    pub(super) fn hold(&mut self, now: SimTime) {
        self.retimed = (now, self.progress(now));
        self.fate = Fate::Held;
    }

    /// Lets a held message go on: what was left when it was held is left now.
    pub(super) fn release(&mut self, now: SimTime) {
        let left = self.deliver_at.since(self.retimed.0);
        self.retimed.0 = now;
        self.deliver_at = now + left;
        self.fate = Fate::Deliver;
    }
}

/// Flights in the order of their identity. By a heap, since the standard sorts unfold into ten kilobytes
/// of WebAssembly for every type that is sorted.
pub(super) fn by_identity<M>(flights: Vec<&Flight<M>>) -> impl Iterator<Item = &Flight<M>> {
    let keys: BinaryHeap<(MessageId, usize)> = flights.iter().map(|flight| flight.id).zip(0..).collect();
    keys.into_sorted_vec().into_iter().map(move |(_, position)| flights[position])
}

impl<M: Encode> Encode for Flight<M> {
    fn encode(&self, out: &mut Encoder) {
        self.id.encode(out);
        self.message.encode(out);
        self.deliver_at.encode(out);
    }
}
