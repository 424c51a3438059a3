//! One operation that a server coordinates: whom it asked, who answered, what they said.

use netsplit_sim::clock::LocalTime;
use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::NodeId;

use super::config::{Config, Quorum};
use super::message::{OpId, Ticket};
use super::object::Object;
use crate::quorum::ServerSet;
use crate::version_vector::Dot;

/// An operation under way (§5: each client request is a state machine of its own).
#[derive(Clone, Debug)]
pub struct Coordination {
    /// Its name among the coordinator's operations.
    pub op: OpId,
    /// Who asked.
    pub client: NodeId,
    /// Which of the client's operations.
    pub ticket: Ticket,
    /// The key.
    pub key: u32,
    /// R or W: how many have to answer.
    pub needed: u8,
    /// What is to be done.
    pub task: Task,
    /// Whom it asked, itself included.
    pub asked: ServerSet,
    /// Who has answered, a part of `asked`.
    pub answered: ServerSet,
    /// Who was asked in place of which home that was asked too: both together count once, since what the
    /// one keeps goes to the other.
    pub stand_ins: Vec<(NodeId, NodeId)>,
    /// Whether the client has its answer; from then on the others are waited for only to repair.
    pub told: bool,
    /// Whether those that were silent too long were noticed.
    pub widened: bool,
    /// When it began, by the coordinator's clock.
    pub began: LocalTime,
}

/// What is to be done.
#[derive(Clone, Debug)]
pub enum Task {
    /// Have this stored, of which the client's version has this name.
    Write(Object, Dot),
    /// Find out what is stored.
    Read {
        /// What is left of all answers so far.
        newest: Object,
        /// Each answer, kept only where stale replicas are to be repaired.
        answers: Vec<(NodeId, Object)>,
    },
}

encode_fields!(Coordination {
    op,
    client,
    ticket,
    key,
    needed,
    task,
    asked,
    answered,
    stand_ins,
    told,
    widened,
    began
});
footprint_fields!(Coordination { task, stand_ins });

impl Encode for Task {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Write(object, dot) => {
                (0u8, *dot).encode(out);
                object.encode(out);
            }
            Self::Read { newest, answers } => {
                1u8.encode(out);
                newest.encode(out);
                answers.encode(out);
            }
        }
    }
}

impl Footprint for Task {
    fn heap(&self, _: Option<&Self>) -> usize {
        match self {
            Self::Write(object, _) => object.heap(None),
            Self::Read { newest, answers } => newest.heap(None) + answers.heap(None),
        }
    }
}

impl Coordination {
    /// How many have answered.
    pub fn count(&self) -> u8 {
        let both =
            |(id, home): &&(NodeId, NodeId)| self.answered.contains(*id) && self.answered.contains(*home);
        (self.answered.count() as usize - self.stand_ins.iter().filter(both).count()) as u8
    }

    /// Whether the client can be told.
    pub(super) fn has_enough(&self) -> bool {
        !self.told && self.count() >= self.needed
    }

    /// Whether nothing is left to wait for: everybody has answered, or the client is told and nobody
    /// would do anything about those that are missing.
    pub(super) fn is_over(&self, config: &Config) -> bool {
        let cares = match self.task {
            Task::Write(..) => config.quorum == Quorum::Sloppy,
            Task::Read { .. } => config.read_repair,
        };
        self.told && (!cares || self.widened || self.answered == self.asked)
    }
}
