//! A client (§8): asks the leader, follows redirects, tries the next server on silence, and gives up
//! in the end without knowing what became of its request.

use netsplit_sim::context::ClientContext;
use netsplit_sim::describe::value_arg;
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::history::{Function, Operation, Outcome};
use netsplit_sim::id::{NodeId, TimerName};
use netsplit_sim::note::{Note, node};
use netsplit_sim::protocol;

use super::Raft;
use super::entry::Command;
use super::message::{Answer, ClientReply, Message};
use super::rules;
use super::types::Serial;

/// What a client's handlers may use.
type Context<'a> = ClientContext<'a, Raft>;

/// Runs while a client waits for one server; at its end it asks the next.
pub(super) const RETRY: TimerName = TimerName(4);
/// Runs from the request on; at its end the client gives up.
pub(super) const TIMEOUT: TimerName = TimerName(5);

/// The state of a client.
#[derive(Clone, Debug)]
pub struct Client {
    /// Whom to ask first: the server that answered last.
    pub(super) leader: NodeId,
    /// How many commands it has issued.
    pub(super) serial: Serial,
    /// The command it waits for.
    pub(super) pending: Option<Pending>,
}

/// A command without an answer yet.
#[derive(Clone, Copy, Debug)]
pub struct Pending {
    /// The command; every retry sends the same, so that it takes effect at most once.
    pub command: Command,
    /// Whom it asked last.
    pub asked: NodeId,
}

impl Footprint for Client {}

encode_fields!(Client { leader, serial, pending });
encode_fields!(Pending { command, asked });

impl protocol::Client<Raft> for Client {
    fn boot(home: NodeId, _ctx: &mut Context<'_>) -> Self {
        Self { leader: home, serial: Serial(0), pending: None }
    }

    fn on_request(&mut self, operation: Operation, via: Option<NodeId>, ctx: &mut Context<'_>) {
        self.serial = Serial(self.serial.0 + 1);
        let command = Command { process: ctx.process, serial: self.serial, operation };
        let asked = via.unwrap_or(self.leader);
        self.pending = Some(Pending { command, asked });
        ctx.note(request_note(node(ctx.me), node(asked), &operation));
        ctx.set_timer(TIMEOUT, ctx.config.client_timeout);
        self.ask(ctx);
    }

    fn on_message(&mut self, from: NodeId, message: Message, ctx: &mut Context<'_>) {
        if let Message::ClientReply(reply) = message {
            self.on_reply(from, &reply, ctx);
        }
    }

    fn on_timer(&mut self, timer: TimerName, ctx: &mut Context<'_>) {
        match timer {
            RETRY => self.on_silence(ctx),
            TIMEOUT => self.give_up(ctx),
            _ => unreachable!("a client sets no timer {timer:?}"),
        }
    }
}

impl Client {
    /// §8: a client that hears nothing tries again; with another server, for this one may be down.
    fn on_silence(&mut self, ctx: &mut Context<'_>) {
        let Some(pending) = &mut self.pending else { return };
        let silent = pending.asked;
        pending.asked = NodeId::server((silent.index() + 1) % ctx.topology.servers);
        ctx.note(Note::new(rules::CLIENT_RETRY, [node(ctx.me), node(silent), node(pending.asked)]));
        self.ask(ctx);
    }

    /// An answer to an earlier command is no news.
    fn on_reply(&mut self, from: NodeId, reply: &ClientReply, ctx: &mut Context<'_>) {
        let Some(pending) = self.pending else { return };
        if (reply.process, reply.serial) != (pending.command.process, pending.command.serial) {
            return;
        }
        let operation = pending.command.operation;
        let (me, server, key) = (node(ctx.me), node(from), u64::from(operation.key));
        match reply.answer {
            Answer::Done(value) => {
                let rule = match operation.function {
                    Function::Read => rules::CLIENT_READ_DONE,
                    _ => rules::CLIENT_WRITE_DONE,
                };
                ctx.note(Note::new(rule, [me, server, key, value_arg(value)]));
                self.leader = from;
                self.finish(Outcome::Ok(value), ctx);
            }
            Answer::NotExpected => {
                ctx.note(Note::new(rules::CLIENT_REFUSED, [me, server, key]));
                self.leader = from;
                self.finish(Outcome::Fail, ctx);
            }
            Answer::NotLeader(leader) => self.on_redirect(from, leader, ctx),
        }
    }

    /// §8: a client sent on asks the leader it was told of. Whom it asked before, or twice, has no say.
    /// It is never sent in circles: each server on the way knows of a later term than the one before.
    fn on_redirect(&mut self, from: NodeId, leader: Option<NodeId>, ctx: &mut Context<'_>) {
        let Some(pending) = &mut self.pending else { return };
        if from != pending.asked {
            return;
        }
        match leader {
            Some(leader) => {
                pending.asked = leader;
                ctx.note(Note::new(rules::CLIENT_FOLLOW, [node(ctx.me), node(from), node(leader)]));
                self.ask(ctx);
            }
            None => ctx.note(Note::new(rules::CLIENT_WAIT, [node(ctx.me), node(from)])),
        }
    }

    fn ask(&mut self, ctx: &mut Context<'_>) {
        let Some(pending) = &self.pending else { return };
        ctx.send(pending.asked, Message::ClientRequest(pending.command));
        ctx.set_timer(RETRY, ctx.config.client_retry);
    }

    /// A timeout says nothing about the command: it may have taken effect, or may yet.
    fn give_up(&mut self, ctx: &mut Context<'_>) {
        ctx.note(Note::new(rules::CLIENT_UNKNOWN, [node(ctx.me)]));
        self.finish(Outcome::Info, ctx);
    }

    fn finish(&mut self, outcome: Outcome, ctx: &mut Context<'_>) {
        self.pending = None;
        ctx.cancel_timer(RETRY);
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
        Function::Add | Function::Remove => Note::new(rules::CLIENT_OTHER, [me, asked, key]),
    }
}
