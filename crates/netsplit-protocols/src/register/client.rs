//! A client: it asks its server and waits. It never asks twice, since a write that counted twice would
//! bring an old value back; it gives up in the end without knowing what became of its request.

use std::collections::BTreeMap;

use netsplit_sim::context::ClientContext;
use netsplit_sim::describe::value_arg;
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::history::{Function, Operation, Outcome, Value};
use netsplit_sim::id::{NodeId, TimerName};
use netsplit_sim::note::{Note, int, node};
use netsplit_sim::protocol;

use super::Register;
use super::message::{Answer, ClientReply, Message, Refusal, Request, Seen};
use super::rules;
use super::state::Kind;
use super::types::{OpId, Serial, Tag};
use crate::version_vector::VersionVector;

/// What a client's handlers may use.
type Context<'a> = ClientContext<'a, Register>;

/// Runs from the request on; at its end the client gives up.
pub(super) const TIMEOUT: TimerName = TimerName(4);

/// The state of a client.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its server.
    pub(super) home: NodeId,
    /// How many operations it has begun.
    pub(super) serial: Serial,
    /// The operation it waits for.
    pub(super) pending: Option<Pending>,
    /// Per key all versions that it has read or written: its next write replaces those.
    pub(super) contexts: BTreeMap<u32, VersionVector>,
    /// The last answer, for those who watch over what clients are told. It decides nothing and stands in
    /// no digest.
    pub(super) told: Option<Told>,
}

/// An operation without an answer yet.
#[derive(Clone, Copy, Debug)]
pub struct Pending {
    /// What it asked.
    pub operation: Operation,
    /// Whom.
    pub asked: NodeId,
}

/// What a client was told last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Of which operation.
    pub id: OpId,
    /// What the operation was.
    pub operation: Operation,
    /// The tag of what it read or wrote; `None` if it was refused.
    pub tag: Option<Tag>,
}

footprint_fields!(Client { contexts });
impl Footprint for Pending {}
impl Footprint for Told {}

encode_fields!(Client { home, serial, pending, contexts });
encode_fields!(Pending { operation, asked });

impl protocol::Client<Register> for Client {
    fn boot(home: NodeId, _ctx: &mut Context<'_>) -> Self {
        Self { home, serial: Serial(0), pending: None, contexts: BTreeMap::new(), told: None }
    }

    fn on_request(&mut self, operation: Operation, via: Option<NodeId>, ctx: &mut Context<'_>) {
        self.serial = Serial(self.serial.0 + 1);
        let asked = via.unwrap_or(self.home);
        self.pending = Some(Pending { operation, asked });
        ctx.note(request_note(node(ctx.me), node(asked), &operation));
        ctx.set_timer(TIMEOUT, ctx.config.client_timeout);
        let id = OpId { client: ctx.me, serial: self.serial };
        let context = self.contexts.get(&operation.key).cloned().unwrap_or_default();
        ctx.send(asked, Message::ClientRequest(Request { id, operation, context }));
    }

    fn on_message(&mut self, from: NodeId, message: Message, ctx: &mut Context<'_>) {
        if let Message::ClientReply(reply) = message {
            self.on_reply(from, reply, ctx);
        }
    }

    fn on_timer(&mut self, timer: TimerName, ctx: &mut Context<'_>) {
        match timer {
            TIMEOUT => self.give_up(ctx),
            _ => unreachable!("a client sets no timer {timer:?}"),
        }
    }
}

impl Client {
    /// An answer to an earlier operation is no news.
    fn on_reply(&mut self, from: NodeId, reply: ClientReply, ctx: &mut Context<'_>) {
        let Some(pending) = self.pending.filter(|_| reply.id.serial == self.serial) else { return };
        let operation = pending.operation;
        let counts = ctx.config.kind == Kind::Counter;
        ctx.note(answer_note([ctx.me, from], &operation, &reply.answer, counts));
        let tag = match (&reply.seen, &reply.answer) {
            (Seen::Tag(tag), _) => Some(*tag),
            (_, Answer::Refused(_)) => None,
            _ => Some(Tag::default()),
        };
        if reply.answer != Answer::Unknown {
            self.told = Some(Told { id: reply.id, operation, tag });
        }
        if let Seen::Context(context) = reply.seen {
            let known = self.contexts.entry(operation.key).or_default();
            *known = known.merge(&context);
        }
        let outcome = match reply.answer {
            Answer::Done(value) => Outcome::Ok(value),
            Answer::Many(numbers) => Outcome::Many(numbers),
            Answer::Refused(_) => Outcome::Fail,
            Answer::Unknown => Outcome::Info,
        };
        self.finish(outcome, ctx);
    }

    /// A timeout says nothing about the operation: it may have taken effect, or may yet.
    fn give_up(&mut self, ctx: &mut Context<'_>) {
        ctx.note(Note::new(rules::CLIENT_UNKNOWN, [node(ctx.me)]));
        self.finish(Outcome::Info, ctx);
    }

    fn finish(&mut self, outcome: Outcome, ctx: &mut Context<'_>) {
        self.pending = None;
        ctx.cancel_timer(TIMEOUT);
        ctx.complete(outcome);
    }
}

fn request_note(me: u64, asked: u64, operation: &Operation) -> Note {
    let (key, value) = (u64::from(operation.key), value_arg(operation.value));
    match operation.function {
        Function::Read => Note::new(rules::CLIENT_READ, [me, asked, key]),
        Function::Write => Note::new(rules::CLIENT_WRITE, [me, asked, key, value]),
        Function::Cas => Note::new(rules::CLIENT_CAS, [me, asked, key, value_arg(operation.expected)]),
        Function::Add => Note::new(rules::CLIENT_ADD, [me, asked, number(operation.value), key]),
        Function::Remove => Note::new(rules::CLIENT_REMOVE, [me, asked, number(operation.value), key]),
    }
}

/// A value as a plain number.
fn number(value: Value) -> u64 {
    match value {
        Value::Number(number) => int(number),
        Value::Absent => int(0),
    }
}

/// `counts` if the key holds a count and no letter.
fn answer_note([me, from]: [NodeId; 2], operation: &Operation, answer: &Answer, counts: bool) -> Note {
    let (me, from, key) = (node(me), node(from), u64::from(operation.key));
    let told = |value: Value| [me, from, key, value_arg(value)];
    match (answer, operation.function) {
        (Answer::Done(value), Function::Read) if counts => {
            Note::new(rules::CLIENT_READ_COUNT, [me, from, key, number(*value)])
        }
        (Answer::Done(value), Function::Read) => Note::new(rules::CLIENT_READ_DONE, told(*value)),
        (Answer::Done(value), Function::Write | Function::Cas) => {
            Note::new(rules::CLIENT_WRITE_DONE, told(*value))
        }
        (Answer::Done(_), Function::Add | Function::Remove) => {
            Note::new(rules::CLIENT_UPDATE_DONE, [me, from, key])
        }
        (Answer::Many(numbers), _) => {
            Note::new(rules::CLIENT_READ_MANY, [me, from, key, numbers.len() as u64])
        }
        (Answer::Refused(Refusal::OutOfTime), _) => Note::new(rules::CLIENT_TOLD_FAILED, [me, from, key]),
        (Answer::Refused(_), _) => Note::new(rules::CLIENT_REFUSED, [me, from, key]),
        (Answer::Unknown, _) => Note::new(rules::CLIENT_TOLD_UNKNOWN, [me, from]),
    }
}
