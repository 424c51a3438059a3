//! What servers and clients send each other. The sender's name travels on the envelope.

use std::collections::BTreeMap;
use std::rc::Rc;

use netsplit_sim::encode::{Digest, Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::history::{Operation, Value};
use netsplit_sim::id::NodeId;
use netsplit_sim::protocol;

use super::state::State;
use super::types::{OpId, Serial, Tag, View};
use crate::quorum::ServerSet;
use crate::version_vector::VersionVector;

/// What is kept under each key.
pub type Store = BTreeMap<u32, State>;

/// A message of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// First round trip: a coordinator asks what a replica has.
    Query(OpId, u32),
    /// The answer to it.
    QueryReply(OpId, State),
    /// Second round trip, or a primary's write: store this.
    Store(OpId, u32, State),
    /// It is stored, and durable.
    StoreReply(OpId),
    /// A replica tells what it took; nobody waits for an answer.
    Replicate(u32, State),
    /// A replica compares its store with another's.
    Compare(Digest),
    /// The stores differ: here is mine.
    Exchange(Exchange),
    /// The primary of a view is there, and waits for these when it writes.
    Heartbeat(View, ServerSet),
    /// The view that a server is in.
    HeartbeatReply(View),
    /// A primary brings a server up to date.
    Transfer(View, Rc<Transfer>),
    /// It is up to date, and durable so.
    TransferReply(View),
    /// A client's request, sent on to the primary.
    Forward(Request),
    /// A client asks for an operation.
    ClientRequest(Request),
    /// The answer to it.
    ClientReply(ClientReply),
}

/// A store that another replica takes over what it lacks from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// All that the sender has durably.
    pub store: Rc<Store>,
    /// Whether it wants to be told what it lacks itself.
    pub wants_reply: bool,
}

/// All that a primary has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Its keys.
    pub store: Store,
    /// The latest update of each client.
    pub taken: BTreeMap<NodeId, Serial>,
}

/// A client's request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which operation of which client.
    pub id: OpId,
    /// What it asks.
    pub operation: Operation,
    /// What the client has seen of the key: a write replaces that and nothing else.
    pub context: VersionVector,
}

/// The answer to a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientReply {
    /// Which operation.
    pub id: OpId,
    /// What came of it.
    pub answer: Answer,
    /// What the client has seen now.
    pub seen: Seen,
}

/// What a client is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is done: what was read, or is stored now.
    Done(Value),
    /// It is done: a read found these side by side.
    Many(Rc<[i64]>),
    /// It did not happen and never will.
    Refused(Refusal),
    /// Nobody can tell yet whether it will count.
    Unknown,
}

/// Why an operation was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Too few replicas answered, and none had been told to store anything.
    TooFew,
    /// What the key holds cannot do that.
    NotSupported,
    /// The compare-and-set found another value.
    NotExpected,
    /// The time ran out; by a flaw only, for some replica has stored it.
    OutOfTime,
}

/// What an answer tells of versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Seen {
    /// Nothing.
    #[default]
    Nothing,
    /// The tag of what was read or written.
    Tag(Tag),
    /// All versions that the client has read or written.
    Context(VersionVector),
}

/// Bytes of addresses, lengths and the like in front of every message.
const HEADER: u32 = 40;

fn store_size(store: &Store) -> u32 {
    store.values().map(|state| 8 + state.wire_size()).sum()
}

impl protocol::Message for Message {
    /// The header, 8 bytes per number, and what each state takes.
    fn wire_size(&self) -> u32 {
        HEADER
            + match self {
                Self::Query(..) => 16,
                Self::QueryReply(_, state) => 8 + state.wire_size(),
                Self::Store(_, _, state) => 16 + state.wire_size(),
                Self::StoreReply(_) | Self::Compare(_) => 8,
                Self::Replicate(_, state) => 8 + state.wire_size(),
                Self::Exchange(exchange) => 8 + store_size(&exchange.store),
                Self::Heartbeat(..) => 24,
                Self::HeartbeatReply(_) | Self::TransferReply(_) => 8,
                Self::Transfer(_, all) => 8 + store_size(&all.store) + 8 * all.taken.len() as u32,
                Self::Forward(request) | Self::ClientRequest(request) => {
                    40 + 12 * request.context.entries().len() as u32
                }
                Self::ClientReply(reply) => 32 + reply.seen.entries() * 12,
            }
    }

    fn kind(&self) -> u8 {
        match self {
            Self::Query(..) => 0,
            Self::QueryReply(..) => 1,
            Self::Store(..) => 2,
            Self::StoreReply(_) => 3,
            Self::Replicate(..) => 4,
            Self::Compare(_) => 5,
            Self::Exchange(_) => 6,
            Self::Heartbeat(..) => 7,
            Self::HeartbeatReply(_) => 8,
            Self::Transfer(..) => 9,
            Self::TransferReply(_) => 10,
            Self::Forward(_) => 11,
            Self::ClientRequest(_) => 12,
            Self::ClientReply(_) => 13,
        }
    }
}

impl Seen {
    /// How many entries of a version vector travel with it.
    fn entries(&self) -> u32 {
        match self {
            Self::Context(context) => context.entries().len() as u32,
            Self::Nothing | Self::Tag(_) => 0,
        }
    }
}

impl Footprint for Message {
    fn heap(&self, _: Option<&Self>) -> usize {
        match self {
            Self::QueryReply(_, state) | Self::Store(_, _, state) | Self::Replicate(_, state) => {
                state.heap(None)
            }
            Self::Exchange(exchange) => exchange.store.heap(None),
            Self::Transfer(_, all) => all.store.heap(None) + all.taken.heap(None),
            Self::Forward(request) | Self::ClientRequest(request) => request.context.heap(None),
            _ => 0,
        }
    }
}

encode_fields!(Exchange { store, wants_reply });
encode_fields!(Transfer { store, taken });
encode_fields!(Request { id, operation, context });
encode_fields!(ClientReply { id, answer, seen });

impl Encode for Refusal {
    fn encode(&self, out: &mut Encoder) {
        (*self as u8).encode(out);
    }
}

impl Encode for Answer {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Done(value) => (0u8, *value).encode(out),
            Self::Many(numbers) => {
                1u8.encode(out);
                numbers.as_ref().encode(out);
            }
            Self::Refused(why) => (2u8, *why).encode(out),
            Self::Unknown => 3u8.encode(out),
        }
    }
}

impl Encode for Seen {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Nothing => 0u8.encode(out),
            Self::Tag(tag) => (1u8, *tag).encode(out),
            Self::Context(context) => (2u8, context.clone()).encode(out),
        }
    }
}

impl Encode for Message {
    fn encode(&self, out: &mut Encoder) {
        protocol::Message::kind(self).encode(out);
        match self {
            Self::Query(id, key) => (*id, *key).encode(out),
            Self::QueryReply(id, state) => (*id, state.clone()).encode(out),
            Self::Store(id, key, state) => (*id, (*key, state.clone())).encode(out),
            Self::StoreReply(id) => id.encode(out),
            Self::Replicate(key, state) => (*key, state.clone()).encode(out),
            Self::Compare(digest) => digest.encode(out),
            Self::Exchange(exchange) => exchange.encode(out),
            Self::Heartbeat(view, members) => (*view, *members).encode(out),
            Self::HeartbeatReply(view) | Self::TransferReply(view) => view.encode(out),
            Self::Transfer(view, all) => (*view, Rc::clone(all)).encode(out),
            Self::Forward(request) | Self::ClientRequest(request) => request.encode(out),
            Self::ClientReply(reply) => reply.encode(out),
        }
    }
}
