//! A client (§4.1): asks any server to get or put, carries what it has read along to its writes, and gives
//! up in the end without knowing what became of its request.

use netsplit_sim::context::ClientContext;
use netsplit_sim::describe::value_arg;
use netsplit_sim::encode_fields;
use netsplit_sim::footprint_fields;
use netsplit_sim::history::{Function, Operation, Outcome, Value};
use netsplit_sim::id::{NodeId, TimerName};
use netsplit_sim::note::{Note, node};
use netsplit_sim::protocol;

use super::QuorumReplication;
use super::message::{self, Action, Answer, Message, Request, Ticket};
use super::object::{self, Object, Reconciliation};
use super::rules;
use crate::version_vector::VersionVector;

/// What a client's handlers may use.
type Context<'a> = ClientContext<'a, QuorumReplication>;

/// Runs from the request on; at its end the client gives up.
pub(super) const TIMEOUT: TimerName = TimerName(5);

/// Of how many keys a client remembers what it has read.
const MEMORY: usize = 16;

/// The state of a client.
#[derive(Clone, Debug)]
pub struct Client {
    /// The server that it asks unless it is told another.
    pub(super) home: NodeId,
    /// How many operations it has issued.
    pub(super) serial: u32,
    /// The operation it waits for.
    pub(super) pending: Option<Pending>,
    /// What it has read or written last, the context of its next write (§4.4); the oldest goes first.
    pub(super) seen: Vec<(u32, Object)>,
}

/// An operation without an answer yet.
#[derive(Clone, Copy, Debug)]
pub struct Pending {
    /// As its answer names it.
    pub ticket: Ticket,
    /// Whom it asked.
    pub asked: NodeId,
    /// What it asked.
    pub operation: Operation,
}

footprint_fields!(Client { seen });
encode_fields!(Client { home, serial, pending, seen });
encode_fields!(Pending { ticket, asked, operation });

impl protocol::Client<QuorumReplication> for Client {
    fn boot(home: NodeId, _ctx: &mut Context<'_>) -> Self {
        Self { home, serial: 0, pending: None, seen: Vec::new() }
    }

    fn on_request(&mut self, operation: Operation, via: Option<NodeId>, ctx: &mut Context<'_>) {
        let key = operation.key;
        let action = match (operation.function, operation.value) {
            (Function::Read, _) => Action::Get,
            (Function::Write, Value::Number(number)) => Action::Put(number),
            _ => return refuse(key, ctx),
        };
        self.serial += 1;
        let ticket = Ticket { process: ctx.process, serial: self.serial };
        let asked = via.unwrap_or(self.home);
        ctx.note(self.request_note(asked, key, action, ctx));
        let context = if action == Action::Get { VersionVector::default() } else { self.context(key) };
        self.pending = Some(Pending { ticket, asked, operation });
        let request = Request { ticket, key, action, replicas: operation.replicas, context };
        ctx.send(asked, Message::Request(request));
        ctx.set_timer(TIMEOUT, ctx.config.client_timeout);
    }

    fn on_message(&mut self, from: NodeId, message: Message, ctx: &mut Context<'_>) {
        if let (Message::Answer(answer), Some(pending)) = (message, self.pending)
            && answer.ticket == pending.ticket
        {
            self.on_answer(from, &pending.operation, answer, ctx);
        }
    }

    /// A timeout says nothing about a write: it may have taken effect, or may yet.
    fn on_timer(&mut self, _timer: TimerName, ctx: &mut Context<'_>) {
        ctx.note(Note::new(rules::CLIENT_UNKNOWN, [node(ctx.me)]));
        self.pending = None;
        ctx.complete(Outcome::Info);
    }
}

impl Client {
    /// What it has seen of a key.
    fn context(&self, key: u32) -> VersionVector {
        self.last_seen(key).map(Object::context).unwrap_or_default()
    }

    fn last_seen(&self, key: u32) -> Option<&Object> {
        self.seen.iter().find(|(seen, _)| *seen == key).map(|(_, object)| object)
    }

    fn request_note(&self, asked: NodeId, key: u32, action: Action, ctx: &Context<'_>) -> Note {
        let (me, asked, shown) = (node(ctx.me), node(asked), u64::from(key));
        let Action::Put(number) = action else { return Note::new(rules::CLIENT_READ, [me, asked, shown]) };
        let value = value_arg(Value::Number(number));
        let read = self.last_seen(key).map_or(0, |object| object.versions().len());
        let rule = if read > 1 { rules::CLIENT_RESOLVE } else { rules::CLIENT_WRITE };
        Note::new(rule, [me, asked, shown, value])
    }

    fn on_answer(&mut self, from: NodeId, operation: &Operation, answer: Answer, ctx: &mut Context<'_>) {
        let key = operation.key;
        let (me, server, shown) = (node(ctx.me), node(from), u64::from(key));
        let outcome = match answer.result {
            message::Outcome::Done(found) => {
                ctx.note(done_note(me, server, shown, operation.function, &found));
                let outcome = object::outcome(&found);
                self.remember(key, found, ctx);
                outcome
            }
            message::Outcome::NotDone => {
                ctx.note(Note::new(rules::CLIENT_FAILED, [me, server, shown]));
                Outcome::Fail
            }
            message::Outcome::Unknown => {
                ctx.note(Note::new(rules::CLIENT_UNSURE, [me, server, shown]));
                Outcome::Info
            }
        };
        self.pending = None;
        ctx.cancel_timer(TIMEOUT);
        ctx.complete(outcome);
    }

    /// §4.4: what was read is the context of a later write, with all that was read before.
    fn remember(&mut self, key: u32, object: Object, ctx: &Context<'_>) {
        if ctx.config.reconciliation == Reconciliation::LastWriterWins {
            return;
        }
        if let Some((_, seen)) = self.seen.iter_mut().find(|(seen, _)| *seen == key) {
            *seen = seen.merge(&object);
            return;
        }
        if self.seen.len() == MEMORY {
            self.seen.remove(0);
        }
        self.seen.push((key, object));
    }
}

/// A store of reads and writes knows no other function: nothing is sent, so nothing happens.
fn refuse(key: u32, ctx: &mut Context<'_>) {
    ctx.note(Note::new(rules::CLIENT_OTHER, [node(ctx.me), u64::from(key)]));
    ctx.complete(Outcome::Fail);
}

fn done_note(me: u64, server: u64, key: u64, function: Function, found: &Object) -> Note {
    let value = |number: Option<i64>| value_arg(number.map_or(Value::Absent, Value::Number));
    match found.versions() {
        several @ [_, _, ..] => {
            Note::new(rules::CLIENT_READ_SIBLINGS, [me, server, key, several.len() as u64])
        }
        one => {
            let rule =
                if function == Function::Read { rules::CLIENT_READ_DONE } else { rules::CLIENT_WRITE_DONE };
            Note::new(rule, [me, server, key, value(one.first().map(|version| version.value.number))])
        }
    }
}
