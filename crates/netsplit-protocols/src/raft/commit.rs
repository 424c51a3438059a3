//! Commitment (§5.3, §5.4.2) and what follows from it: applying entries and answering clients.

use netsplit_sim::describe::value_arg;
use netsplit_sim::history::Function;
use netsplit_sim::note::{Note, node};

use super::entry::{Command, Payload};
use super::message::Answer;
use super::quorum;
use super::rules;
use super::server::{Context, Role, Server};
use super::state_machine::{Applied, Recall};
use super::types::LogIndex;

impl Server {
    /// §5.4.2: a leader commits by counting replicas only for entries of its own term; those before
    /// them are committed with them.
    pub(super) fn advance_commit_index(&mut self, ctx: &mut Context<'_>) {
        let Role::Leader(leadership) = &self.role else { return };
        // The progress holds this leader too, so that a majority is a majority of all servers.
        let replicated = leadership.progress.iter().map(|progress| progress.match_index);
        let on_majority = quorum::reached_by(replicated, self.majority(ctx)).unwrap_or_default();
        if on_majority <= self.commit_index {
            return;
        }
        let (own_term, me) = (ctx.disk().current_term, node(ctx.me));
        let entry_term = ctx.disk().log.term_at(on_majority).unwrap_or_default();
        let of_own_term = entry_term == own_term;
        if !of_own_term && !ctx.config.flaws.commit_old_terms {
            let values = [me, on_majority.0, entry_term.0, own_term.0];
            ctx.note(Note::new(rules::OLDER_TERM_NOT_COMMITTED, values));
            return;
        }
        let rule = if of_own_term { rules::COMMIT } else { rules::COMMIT_OLD_TERM };
        ctx.note(Note::new(rule, [me, on_majority.0, entry_term.0]));
        self.commit_index = on_majority;
        self.apply_committed(ctx);
        self.answer_reads(ctx);
    }

    /// §5.3: whenever commit_index > last_applied, apply the entries between in the order of the log.
    pub(super) fn apply_committed(&mut self, ctx: &mut Context<'_>) {
        while self.state_machine.last_applied() < self.commit_index {
            let index = self.state_machine.last_applied().next();
            // With `commit-last-index` a later conflict may have shortened the log below commit_index.
            let Some(&entry) = ctx.disk().log.entry(index) else { return };
            let applied = self.state_machine.apply(&entry.payload);
            ctx.note(applied_note(node(ctx.me), index, &entry.payload, applied, self));
            if let Payload::Command(command) = entry.payload {
                self.answer_waiting(&command, ctx);
            }
        }
    }

    /// §8: a leader answers a client once its command is applied.
    fn answer_waiting(&mut self, command: &Command, ctx: &mut Context<'_>) {
        let Role::Leader(leadership) = &mut self.role else { return };
        let Some(client) = leadership.waiting.remove(&(command.process, command.serial)) else { return };
        if let Recall::Answered(answer) = self.state_machine.recall(command.process, command.serial) {
            Self::answer(client, command, answer, ctx);
        }
    }
}

fn applied_note(me: u64, index: LogIndex, payload: &Payload, applied: Applied, server: &Server) -> Note {
    let operation = match payload {
        Payload::Noop => return Note::new(rules::APPLY_NOOP, [me, index.0]),
        Payload::Command(_) if applied == Applied::Repeated => {
            return Note::new(rules::APPLY_REPEATED, [me, index.0]);
        }
        Payload::Command(command) => command.operation,
    };
    let rule = match (applied, operation.function) {
        (Applied::Effect(Answer::NotExpected), _) => rules::APPLY_REFUSED,
        (_, Function::Read) => rules::APPLY_READ,
        (_, Function::Write | Function::Cas | Function::Add | Function::Remove) => rules::APPLY_WRITE,
    };
    let value = value_arg(server.state_machine.value(operation.key));
    Note::new(rule, [me, index.0, u64::from(operation.key), value])
}
