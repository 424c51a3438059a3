//! The digest of a world: of every step that led to it, and of everything that can still matter.

use std::collections::BinaryHeap;

use crate::encode::{Digest, Encode, Encoder};
use crate::protocol::Protocol;

use super::flight::{Flight, by_identity};
use super::{Pending, World};

impl<P: Protocol> World<P> {
    /// The digest of every step so far and of the state they led to. Where a cursor stands between
    /// two events does not enter, nor do lost messages, which influence nothing.
    pub fn digest(&self) -> Digest {
        let mut out = Encoder::default();
        (self.trace, self.step).encode(&mut out);
        (self.now, self.events_now).encode(&mut out);
        self.servers.encode(&mut out);
        self.clients.encode(&mut out);
        self.links.encode(&mut out);
        self.encode_queue(&mut out);
        (self.rows, self.processes).encode(&mut out);
        (self.resumed.len() as u64).encode(&mut out);
        for (id, waiting) in &self.resumed {
            id.encode(&mut out);
            waiting.encode(&mut out);
        }
        out.finish()
    }

    /// Flights and requests in the order of their identity; timers and syncs are digested with
    /// their node.
    fn encode_queue(&self, out: &mut Encoder) {
        let mut flights: Vec<&Flight<P::Message>> = Vec::new();
        let mut requests = BinaryHeap::new();
        for (_, pending) in self.queue.iter() {
            match pending {
                Pending::Flight(flight) => flights.push(flight),
                Pending::Request { client, request } => requests.push((*client, *request)),
                Pending::Sync { .. } | Pending::Timer { .. } => {}
            }
        }
        (flights.len() as u64).encode(out);
        for flight in by_identity(flights) {
            flight.encode(out);
        }
        (requests.len() as u64).encode(out);
        for line in requests.into_sorted_vec() {
            line.encode(out);
        }
    }
}
