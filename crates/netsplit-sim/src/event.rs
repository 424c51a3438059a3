//! What happened, one row per event or intervention, each naming its cause.

use crate::history::{Operation, Outcome};
use crate::id::{MessageId, NodeId, ProcessId, Step, TimerName};
use crate::intervention::NoEffect;
use crate::note::Note;
use crate::time::SimTime;

/// One event or intervention of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its number, from one.
    pub step: Step,
    /// Its virtual time.
    pub time: SimTime,
    /// What happened.
    pub kind: EventKind,
    /// The event that led to it: the sender's, the one that set the timer or issued the write.
    /// `None` for interventions, workload arrivals and what the boot began.
    pub cause: Option<Step>,
}

/// What kind of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A message arrived.
    Deliver {
        /// Which.
        message: MessageId,
        /// The protocol's number for its kind.
        kind: u8,
        /// What became of it.
        arrival: Arrival,
    },
    /// A disk reported writes durable.
    Durable {
        /// Whose disk.
        node: NodeId,
    },
    /// A timer fell due.
    Timer {
        /// Whose.
        node: NodeId,
        /// Which.
        timer: TimerName,
        /// Whether its node was paused, so that it waits.
        waits: bool,
    },
    /// A workload's operation arrived at its client.
    Request {
        /// The client.
        client: NodeId,
        /// What it asks.
        operation: Operation,
        /// Whether the client was busy, so that it waits.
        waits: bool,
    },
    /// The intervention at this position of the script was applied.
    Intervene {
        /// Position in the script.
        index: u32,
        /// Why it changed nothing, if it changed nothing.
        refused: Option<NoEffect>,
    },
}

/// What became of a message that reached its destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The destination handled it.
    Handled,
    /// The destination is paused: it waits there.
    Waits,
    /// The destination is crashed: it is lost.
    NobodyThere,
}

impl EventKind {
    /// At whom it happened; `None` for an intervention, whose target its own value tells.
    pub fn node(&self) -> Option<NodeId> {
        match *self {
            Self::Deliver { message, .. } => Some(message.link.to),
            Self::Durable { node } | Self::Timer { node, .. } => Some(node),
            Self::Request { client, .. } => Some(client),
            Self::Intervene { .. } => None,
        }
    }
}

/// What becomes of a message under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It will arrive.
    Deliver,
    /// It will not arrive.
    Lost(Loss),
    /// It waits for a cut to end.
    Held,
}

/// Why a message will not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// The link loses some messages.
    Random,
    /// The link was cut when it was sent, or was cut while it was under way.
    Cut,
    /// An intervention dropped it.
    Dropped,
}

/// A message sent by an event, or one under way to which an intervention did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Which.
    pub id: MessageId,
    /// The protocol's number for its kind.
    pub kind: u8,
    /// When it arrives, or would have.
    pub deliver_at: SimTime,
    /// What becomes of it, as far as that step decides.
    pub fate: Fate,
}

/// A change of the client history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryChange {
    /// A process invoked an operation: row `row` begins.
    Invoked {
        /// Position in the history.
        row: u32,
        /// The logical process.
        process: ProcessId,
        /// The client that carries it.
        client: NodeId,
        /// What it asks.
        operation: Operation,
    },
    /// A live server received a message that the client of row `row` had sent.
    Received {
        /// Position in the history.
        row: u32,
        /// The event that had sent it: it is about this operation only if it began no later.
        sent: Step,
    },
    /// Row `row` ended.
    Returned {
        /// Position in the history.
        row: u32,
        /// How it ended.
        outcome: Outcome,
    },
}

/// Everything one step of the world tells. The kernel reuses one buffer for all steps.
#[derive(Clone, Debug, Default)]
pub struct StepReport {
    /// The event; `None` before the first step.
    pub event: Option<Event>,
    /// What happened, in the protocol's rules.
    pub notes: Vec<Note>,
    /// What was sent.
    pub sent: Vec<Sent>,
    /// The size of each of these on the wire, in bytes.
    pub sizes: Vec<u32>,
    /// What an intervention did to messages that were under way: as they are after it.
    pub changed: Vec<Sent>,
    /// What changed in the history.
    pub history: Vec<HistoryChange>,
}

impl StepReport {
    /// Takes in a message that was sent.
    pub(crate) fn tell_sent(&mut self, sent: Sent, size: u32) {
        self.sent.push(sent);
        self.sizes.push(size);
    }

    /// Empties the report, keeping its memory.
    pub fn clear(&mut self) {
        self.event = None;
        self.notes.clear();
        self.sent.clear();
        self.sizes.clear();
        self.changed.clear();
        self.history.clear();
    }
}
