//! Client interaction, server side (§8): redirects, sessions, and commands on their way into the log.

use netsplit_sim::history::Function;
use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};

use super::config::ReadMode;
use super::entry::{Command, Payload};
use super::message::{Answer, ClientReply, Message};
use super::rules;
use super::server::{Context, Role, Server};
use super::state_machine::Recall;

impl Server {
    /// §8: clients send all of their requests to the leader; any other server sends them on to it.
    pub(super) fn on_client_request(&mut self, from: NodeId, command: Command, ctx: &mut Context<'_>) {
        if !matches!(self.role, Role::Leader(_)) {
            self.redirect(from, &command, ctx);
        } else if command.operation.function == Function::Read && ctx.config.read_mode != ReadMode::Log {
            self.on_read(from, &command, ctx);
        } else {
            self.on_command(from, command, ctx);
        }
    }

    /// §8: a server that is not the leader tells the client who is, if it knows.
    fn redirect(&self, client: NodeId, command: &Command, ctx: &mut Context<'_>) {
        let me = node(ctx.me);
        ctx.note(match self.leader {
            Some(leader) => Note::new(rules::REDIRECT, [me, node(client), node(leader)]),
            None => Note::new(rules::REDIRECT_UNKNOWN, [me, node(client)]),
        });
        Self::answer(client, command, Answer::NotLeader(self.leader), ctx);
    }

    /// §8: a command applied before is answered from its session, one under way is waited for, and
    /// a new one goes into the log.
    fn on_command(&mut self, from: NodeId, command: Command, ctx: &mut Context<'_>) {
        let Role::Leader(leadership) = &mut self.role else { return };
        let key = (command.process, command.serial);
        let (me, client) = (node(ctx.me), node(from));
        match self.state_machine.recall(command.process, command.serial) {
            Recall::Answered(answer) => {
                ctx.note(Note::new(rules::REPEAT_ANSWER, [me, client]));
                Self::answer(from, &command, answer, ctx);
            }
            // Its client has moved on and waits for nothing.
            Recall::Outdated => {}
            Recall::New if leadership.waiting.contains_key(&key) => {
                ctx.note(Note::new(rules::REQUEST_KNOWN, [me, client]));
            }
            Recall::New => {
                leadership.waiting.insert(key, from);
                let index = Self::append_to_own_log(Payload::Command(command), ctx);
                ctx.note(Note::new(rules::TAKE_REQUEST, [me, client, index.0]));
                self.replicate(ctx);
            }
        }
    }

    /// Tells a client what came of its command. Nothing here waits for the disk: what is told is
    /// committed, or no more than a hint.
    pub(super) fn answer(client: NodeId, command: &Command, answer: Answer, ctx: &mut Context<'_>) {
        let Command { process, serial, .. } = *command;
        ctx.send(client, Message::ClientReply(ClientReply { process, serial, answer }));
    }
}
