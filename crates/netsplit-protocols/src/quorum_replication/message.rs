//! What servers and clients send each other. The first four are the legs W, A, R and S of Bailis et al. 2012.

use std::rc::Rc;

use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::id::{NodeId, ProcessId};
use netsplit_sim::protocol;

use super::membership::Membership;
use super::object::Object;
use crate::version_vector::VersionVector;

/// A message.
#[derive(Clone, Debug)]
pub enum Message {
    /// A coordinator asks a replica to store.
    Write(ReplicaWrite),
    /// A replica has stored.
    Ack(OpId),
    /// A coordinator asks a replica what it holds.
    Read(OpId, u32),
    /// What a replica holds.
    Reply(OpId, Object),
    /// A client asks any server.
    Request(Request),
    /// What came of it.
    Answer(Answer),
    /// A coordinator brings a stale replica up to date (§5).
    Repair(u32, Object),
    /// Objects for their home: hints, or keys that move (§4.6, §4.9).
    Handoff(Batch),
    /// They are stored there.
    HandoffAck(Batch),
    /// Does a suspected server answer (§4.8.3)?
    Ping,
    /// It does.
    Pong,
    /// Who is a member, as far as the sender knows (§4.8.1).
    Gossip(Membership),
    /// The receiver knows it too.
    GossipAck(Membership),
    /// Hashes of one level of the sender's Merkle tree (§4.7).
    Tree(Tree),
    /// Objects of ranges in which the trees differ (§4.7).
    Exchange(Exchange),
}

/// An operation as its coordinator counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpId {
    /// Which life of the coordinator.
    pub epoch: u16,
    /// Which of its operations.
    pub number: u32,
}

/// A client's operation, as its answer names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// The session.
    pub process: ProcessId,
    /// Which operation of the client.
    pub serial: u32,
}

/// W: store this.
#[derive(Clone, Debug)]
pub struct ReplicaWrite {
    /// The coordinator's operation.
    pub op: OpId,
    /// The key.
    pub key: u32,
    /// All that the coordinator holds of it.
    pub object: Object,
    /// The home for which the receiver stands in.
    pub hint: Option<NodeId>,
}

/// get(key) or put(key, context, object) (§4.1).
#[derive(Clone, Debug)]
pub struct Request {
    /// Which operation.
    pub ticket: Ticket,
    /// The key.
    pub key: u32,
    /// What to do with it.
    pub action: Action,
    /// How many replicas have to answer; without it the parameter says.
    pub replicas: Option<u8>,
    /// What the client has read of the key.
    pub context: VersionVector,
}

/// What a client asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read.
    Get,
    /// Write this number.
    Put(i64),
}

/// What came of a client's operation.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Which operation.
    pub ticket: Ticket,
    /// What came of it.
    pub result: Outcome,
}

/// What a coordinator tells its client.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// What was read, or the version that was written.
    Done(Object),
    /// Nothing was stored anywhere, and nothing will be.
    NotDone,
    /// Some replica may have stored it, or may yet.
    Unknown,
}

/// Objects on their way to a home.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Whether they move for good, because the ring has changed.
    pub moved: bool,
    /// The objects.
    pub items: Rc<Vec<(u32, Object)>>,
}

/// Some nodes of one level of a Merkle tree.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The level: 0 is the root, 3 are the leaves.
    pub level: u8,
    /// Position in the level, and hash of all keys below.
    pub nodes: Rc<Vec<(u32, u64)>>,
}

/// What one side of a comparison holds where the leaves differ.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The leaves.
    pub leaves: Rc<Vec<u32>>,
    /// The sender's objects in them.
    pub items: Rc<Vec<(u32, Object)>>,
    /// Whether the sender wants what the receiver holds there.
    pub ask: bool,
}

/// Bytes of addresses, lengths and the like in front of every message.
const HEADER: u32 = 40;

/// 24 bytes a version, and 12 for each entry of its vector.
fn object_size(object: &Object) -> u32 {
    let versions = object.versions().iter();
    versions.map(|version| 24 + 12 * version.past.entries().len() as u32).sum()
}

fn items_size(items: &[(u32, Object)]) -> u32 {
    items.iter().map(|(_, object)| 4 + object_size(object)).sum()
}

impl protocol::Message for Message {
    /// The header, and what the numbers, versions and vectors take.
    fn wire_size(&self) -> u32 {
        HEADER
            + match self {
                Self::Write(write) => 16 + object_size(&write.object),
                Self::Ack(_) => 8,
                Self::Read(..) => 12,
                Self::Reply(_, object) => 8 + object_size(object),
                Self::Request(request) => 24 + 12 * request.context.entries().len() as u32,
                Self::Answer(answer) => 8 + answer.result.size(),
                Self::Repair(_, object) => 4 + object_size(object),
                Self::Handoff(batch) => items_size(&batch.items),
                Self::HandoffAck(batch) => 4 * batch.items.len() as u32,
                Self::Ping | Self::Pong => 0,
                Self::Gossip(_) | Self::GossipAck(_) => 64,
                Self::Tree(tree) => 1 + 12 * tree.nodes.len() as u32,
                Self::Exchange(exchange) => 4 * exchange.leaves.len() as u32 + items_size(&exchange.items),
            }
    }

    fn kind(&self) -> u8 {
        match self {
            Self::Write(_) => 0,
            Self::Ack(_) => 1,
            Self::Read(..) => 2,
            Self::Reply(..) => 3,
            Self::Request(_) => 4,
            Self::Answer(_) => 5,
            Self::Repair(..) => 6,
            Self::Handoff(_) => 7,
            Self::HandoffAck(_) => 8,
            Self::Ping => 9,
            Self::Pong => 10,
            Self::Gossip(_) => 11,
            Self::GossipAck(_) => 12,
            Self::Tree(_) => 13,
            Self::Exchange(_) => 14,
        }
    }
}

impl Outcome {
    fn size(&self) -> u32 {
        match self {
            Self::Done(object) => object_size(object),
            Self::NotDone | Self::Unknown => 0,
        }
    }
}

impl Footprint for Message {
    fn heap(&self, _: Option<&Self>) -> usize {
        match self {
            Self::Write(ReplicaWrite { object, .. }) | Self::Reply(_, object) | Self::Repair(_, object) => {
                object.heap(None)
            }
            Self::Request(request) => request.context.heap(None),
            Self::Answer(Answer { result: Outcome::Done(object), .. }) => object.heap(None),
            Self::Handoff(batch) | Self::HandoffAck(batch) => batch.items.heap(None),
            Self::Gossip(membership) | Self::GossipAck(membership) => membership.heap(None),
            Self::Tree(tree) => tree.nodes.heap(None),
            Self::Exchange(exchange) => exchange.leaves.heap(None) + exchange.items.heap(None),
            Self::Ack(_) | Self::Read(..) | Self::Answer(_) | Self::Ping | Self::Pong => 0,
        }
    }
}

encode_fields!(OpId { epoch, number });
encode_fields!(Ticket { process, serial });
encode_fields!(ReplicaWrite { op, key, object, hint });
encode_fields!(Request { ticket, key, action, replicas, context });
encode_fields!(Answer { ticket, result });
encode_fields!(Batch { moved, items });
encode_fields!(Tree { level, nodes });
encode_fields!(Exchange { leaves, items, ask });

impl Encode for Action {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Get => 0u8.encode(out),
            Self::Put(number) => (1u8, *number).encode(out),
        }
    }
}

impl Encode for Outcome {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Done(object) => {
                0u8.encode(out);
                object.encode(out);
            }
            Self::NotDone => 1u8.encode(out),
            Self::Unknown => 2u8.encode(out),
        }
    }
}

impl Encode for Message {
    fn encode(&self, out: &mut Encoder) {
        protocol::Message::kind(self).encode(out);
        match self {
            Self::Write(write) => write.encode(out),
            Self::Ack(op) => op.encode(out),
            Self::Read(op, key) => (*op, *key).encode(out),
            Self::Reply(op, object) => {
                op.encode(out);
                object.encode(out);
            }
            Self::Request(request) => request.encode(out),
            Self::Answer(answer) => answer.encode(out),
            Self::Repair(key, object) => {
                key.encode(out);
                object.encode(out);
            }
            Self::Handoff(batch) | Self::HandoffAck(batch) => batch.encode(out),
            Self::Ping | Self::Pong => {}
            Self::Gossip(membership) | Self::GossipAck(membership) => membership.encode(out),
            Self::Tree(tree) => tree.encode(out),
            Self::Exchange(exchange) => exchange.encode(out),
        }
    }
}
