//! What came of every message, and whether its arrow may stand where it arrived.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_sim::event::{Arrival, EventKind, Fate, Loss, Sent};
use netsplit_sim::id::{MessageId, NodeId, Step};
use netsplit_sim::run::{Run, Stopped};

use crate::walk::{Walk, place};

/// What came of a message, as far as the cursor knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// It arrived with this event; nobody may have been there.
    Arrived(Step),
    /// It never will, as was decided when it was sent.
    LostAtOnce(Loss),
    /// It never will, because of something done while it was under way.
    LostLater,
    /// It is on its way still.
    UnderWay,
}

/// The endings of all messages behind a cursor.
#[derive(Default)]
pub(super) struct Endings {
    arrived: BTreeMap<MessageId, Step>,
    under_way: BTreeSet<MessageId>,
    /// The steps at which a participant sent, received or did something worth reading.
    busy: BTreeMap<NodeId, BTreeSet<Step>>,
}

impl Endings {
    pub(super) fn behind(run: &dyn Run) -> Result<Self, Stopped> {
        let mut endings = Self::default();
        let mut walk = Walk::behind(run)?;
        while let Some(event) = walk.advance()? {
            if let EventKind::Deliver { message, arrival: Arrival::Handled | Arrival::NobodyThere, .. } =
                event.kind
            {
                endings.arrived.insert(message, event.step);
            }
            let senders = walk.run().sent(event.step).iter().map(|sent| sent.id.link.from);
            for id in senders.chain(place(walk.run(), &event)) {
                endings.busy.entry(id).or_default().insert(event.step);
            }
        }
        let mut flights = Vec::new();
        run.flights(&mut flights);
        let on_their_way = flights.iter().filter(|flight| !matches!(flight.fate, Fate::Lost(_)));
        endings.under_way = on_their_way.map(|flight| flight.id).collect();
        Ok(endings)
    }

    pub(super) fn of(&self, sent: &Sent) -> Ending {
        match (self.arrived.get(&sent.id), sent.fate) {
            (Some(step), _) => Ending::Arrived(*step),
            (None, Fate::Lost(loss)) => Ending::LostAtOnce(loss),
            (None, _) if self.under_way.contains(&sent.id) => Ending::UnderWay,
            (None, _) => Ending::LostLater,
        }
    }

    /// Whether the sender did something else between sending it and its arrival.
    pub(super) fn crosses(&self, sent_by: Step, id: MessageId, arrived: Step) -> bool {
        let between = Step(sent_by.0 + 1)..arrived;
        let busy = self.busy.get(&id.link.from);
        !between.is_empty() && busy.is_some_and(|steps| steps.range(between).next().is_some())
    }
}
