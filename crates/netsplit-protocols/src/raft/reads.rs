//! Reads that are no entries of the log (§8, dissertation §6.4): by a leader that has proved that it
//! still leads, under a lease, or without any proof.

use netsplit_sim::describe::value_arg;
use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};

use super::config::ReadMode;
use super::entry::Command;
use super::leadership::PendingRead;
use super::message::{Answer, ClientReply, Message};
use super::quorum;
use super::rules;
use super::server::{Context, Role, Server};
use super::types::Round;

impl Server {
    /// §8: a read is answered from the leader's own state, by what the read mode asks for first.
    pub(super) fn on_read(&mut self, from: NodeId, command: &Command, ctx: &mut Context<'_>) {
        let read = PendingRead {
            client: from,
            process: command.process,
            serial: command.serial,
            key: command.operation.key,
            round: Round(0),
        };
        match ctx.config.read_mode {
            ReadMode::Local => self.answer_read(&read, rules::READ_LOCAL, ctx),
            ReadMode::Lease if self.holds_lease(ctx) => self.answer_read(&read, rules::READ_LEASE, ctx),
            ReadMode::Log | ReadMode::ReadIndex | ReadMode::Lease => self.confirm_before(read, ctx),
        }
    }

    /// §8: before it answers, the leader exchanges heartbeats with a majority that begin after the
    /// read came, for another leader may have been elected unnoticed.
    fn confirm_before(&mut self, read: PendingRead, ctx: &mut Context<'_>) {
        let Role::Leader(leadership) = &mut self.role else { return };
        let (me, client) = (node(ctx.me), node(read.client));
        let same = |other: &PendingRead| (other.process, other.serial) == (read.process, read.serial);
        if leadership.reads.iter().any(same) {
            ctx.note(Note::new(rules::REQUEST_KNOWN, [me, client]));
            return;
        }
        ctx.note(Note::new(rules::READ_CONFIRM, [me, client]));
        let round = Round(leadership.round.0 + 1);
        leadership.reads.push_back(PendingRead { round, ..read });
        self.broadcast(ctx);
        self.confirm_leadership(ctx);
    }

    /// Learns from answers that a majority has taken this server for the leader since a round began.
    pub(super) fn confirm_leadership(&mut self, ctx: &mut Context<'_>) {
        if ctx.config.read_mode == ReadMode::Lease {
            let confirmed = self.confirmed_round(ctx);
            let Role::Leader(leadership) = &mut self.role else { return };
            leadership.lease.confirm(confirmed);
        }
        let Role::Leader(leadership) = &self.role else { return };
        if !leadership.reads.is_empty() {
            self.answer_reads(ctx);
        }
    }

    /// §8: answers the reads that came before a round which a majority has answered. All committed
    /// entries are applied at once, so that the state is at least as new as the commit index was
    /// when the read came.
    pub(super) fn answer_reads(&mut self, ctx: &mut Context<'_>) {
        if !self.has_committed_in_its_term(ctx) {
            return;
        }
        let confirmed = self.confirmed_round(ctx);
        while let Role::Leader(leadership) = &mut self.role
            && let Some(read) = leadership.reads.pop_front_if(|read| read.round <= confirmed)
        {
            self.answer_read(&read, rules::READ_CONFIRMED, ctx);
        }
    }

    fn answer_read(&self, read: &PendingRead, rule: u16, ctx: &mut Context<'_>) {
        let value = self.state_machine.value(read.key);
        let values = [node(ctx.me), node(read.client), u64::from(read.key), value_arg(value)];
        ctx.note(Note::new(rule, values));
        let PendingRead { process, serial, .. } = *read;
        let reply = ClientReply { process, serial, answer: Answer::Done(value) };
        ctx.send(read.client, Message::ClientReply(reply));
    }

    /// Dissertation §6.4.1: whether no other leader can have been elected by now.
    fn holds_lease(&self, ctx: &Context<'_>) -> bool {
        let Role::Leader(leadership) = &self.role else { return false };
        self.has_committed_in_its_term(ctx) && leadership.lease.holds(ctx.now(), ctx.config.lease())
    }

    /// §8: a leader has all committed entries, but knows which they are only once it has committed
    /// one of its own term.
    fn has_committed_in_its_term(&self, ctx: &Context<'_>) -> bool {
        let disk = ctx.disk();
        disk.log.term_at(self.commit_index) == Some(disk.current_term)
    }

    /// The latest round that a majority, this leader included, has answered.
    fn confirmed_round(&self, ctx: &Context<'_>) -> Round {
        let Role::Leader(leadership) = &self.role else { return Round(0) };
        let own = leadership.round;
        let others = ctx.peers().map(|peer| leadership.of(peer).round);
        quorum::reached_by(others.chain([own]), self.majority(ctx)).unwrap_or_default()
    }
}
