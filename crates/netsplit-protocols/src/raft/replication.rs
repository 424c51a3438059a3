//! Log replication, leader side (§5.3): sending AppendEntries and learning from the answers.

use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};

use super::config::{Backtracking, ReadMode};
use super::disk::Write;
use super::entry::{Entries, Entry, Payload};
use super::log::Log;
use super::message::{AppendEntries, AppendEntriesReply, AppendResult, Message};
use super::rules;
use super::server::{Context, HEARTBEAT, Role, Server};
use super::types::{LogIndex, Round, Term};

impl Server {
    /// §5.2: a leader sends a heartbeat to all others, on election and whenever the heartbeat interval
    /// has passed, to keep its authority. It is empty unless entries wait to be sent or repeated.
    pub(super) fn broadcast(&mut self, ctx: &mut Context<'_>) {
        let Role::Leader(leadership) = &mut self.role else { return };
        leadership.round = Round(leadership.round.0 + 1);
        if ctx.config.read_mode == ReadMode::Lease {
            leadership.lease.begin(leadership.round, ctx.now(), ctx.config.lease());
        }
        for peer in ctx.peers() {
            self.send_append_entries(peer, ctx);
        }
        let term = ctx.disk().current_term;
        ctx.note(Note::new(rules::BROADCAST, [node(ctx.me), term.0]));
        ctx.set_timer(HEARTBEAT, ctx.config.heartbeat_interval);
    }

    /// §5.3: a leader sends new entries at once to every server that has answered for those before;
    /// to the others when they answer.
    pub(super) fn replicate(&mut self, ctx: &mut Context<'_>) {
        for peer in ctx.peers() {
            let Role::Leader(leadership) = &self.role else { return };
            if leadership.of(peer).in_flight.is_none() {
                self.send_append_entries(peer, ctx);
            }
        }
    }

    /// §5.3: AppendEntries with the entries from next_index on, and the index and term of the one
    /// before them. It may leave before the leader's own disk has the entries: the leader counts
    /// itself only when they are durable.
    fn send_append_entries(&mut self, to: NodeId, ctx: &mut Context<'_>) {
        let Role::Leader(leadership) = &mut self.role else { return };
        let (round, progress) = (leadership.round, leadership.of_mut(to));
        let most = if progress.may_send(round) { ctx.config.max_entries_per_append } else { 0 };
        let disk = ctx.disk();
        let entries = disk.log.slice(progress.next_index, most as usize);
        if !entries.is_empty() {
            progress.in_flight = Some(round);
        }
        let prev_log_index = progress.next_index.previous();
        let append = AppendEntries {
            term: disk.current_term,
            prev_log_index,
            prev_log_term: disk.log.term_at(prev_log_index).unwrap_or_default(),
            entries,
            leader_commit: self.commit_index,
            round,
        };
        ctx.send(to, Message::AppendEntries(append));
    }

    /// §5.3: a command from a client becomes an entry of the leader's log.
    pub(super) fn append_to_own_log(payload: Payload, ctx: &mut Context<'_>) -> LogIndex {
        let entry = Entry { term: ctx.disk().current_term, payload };
        ctx.persist(Write::Append(Entries::new([entry].into_iter())));
        ctx.disk().log.last_index()
    }

    /// AppendEntries, leader (Figure 2): on success update next_index and match_index, on a log
    /// inconsistency move next_index back and retry.
    pub(super) fn on_append_entries_reply(
        &mut self,
        from: NodeId,
        reply: &AppendEntriesReply,
        ctx: &mut Context<'_>,
    ) {
        if self.is_stale_reply(from, reply.term, ctx) {
            return;
        }
        let Role::Leader(leadership) = &mut self.role else { return };
        let progress = leadership.of_mut(from);
        progress.round = progress.round.max(reply.round);
        self.confirm_leadership(ctx);
        match reply.result {
            AppendResult::Matched(index) => self.on_matched(from, index, ctx),
            AppendResult::Mismatched { prev_log_index, conflict_term, conflict_index } => {
                let hint = (conflict_term, conflict_index);
                self.on_mismatched(from, prev_log_index, hint, ctx);
            }
            // Its higher term has been adopted, so that this server no longer leads.
            AppendResult::StaleTerm => {}
        }
    }

    /// §5.3: the follower's log equals the leader's up to `index`. Answers that come late or twice
    /// tell nothing new.
    fn on_matched(&mut self, from: NodeId, index: LogIndex, ctx: &mut Context<'_>) {
        let Role::Leader(leadership) = &mut self.role else { return };
        let progress = leadership.of_mut(from);
        // next_index exceeds match_index, except at a follower whose disk was lost and is filled again.
        if index <= progress.match_index && index < progress.next_index {
            return;
        }
        progress.match_index = progress.match_index.max(index);
        progress.next_index = progress.next_index.max(index.next());
        progress.in_flight = None;
        let goes_on = progress.next_index <= ctx.disk().log.last_index();
        ctx.note(Note::new(rules::ACKNOWLEDGED, [node(ctx.me), node(from), index.0]));
        self.advance_commit_index(ctx);
        if goes_on {
            self.send_append_entries(from, ctx);
        }
    }

    /// §5.3: after a rejection, the leader decrements next_index and retries. Only a rejection of
    /// what was sent last counts.
    fn on_mismatched(
        &mut self,
        from: NodeId,
        rejected: LogIndex,
        hint: (Option<Term>, LogIndex),
        ctx: &mut Context<'_>,
    ) {
        let Role::Leader(leadership) = &mut self.role else { return };
        let progress = leadership.of_mut(from);
        if rejected == LogIndex::NONE || rejected != progress.next_index.previous() {
            return;
        }
        progress.next_index = match ctx.config.backtracking {
            Backtracking::One => rejected,
            Backtracking::ConflictTerm => bypass_conflict(&ctx.disk().log, hint).min(rejected),
        };
        progress.in_flight = None;
        ctx.note(Note::new(rules::BACKTRACK, [node(ctx.me), node(from), progress.next_index.0]));
        self.send_append_entries(from, ctx);
    }

    /// §5.3: a leader's own log counts like any other: as far as it is durable.
    pub(super) fn count_own_log(&mut self, ctx: &mut Context<'_>) {
        let durable = ctx.durable().log.last_index();
        let Role::Leader(leadership) = &mut self.role else { return };
        let own = leadership.of_mut(ctx.me);
        // A leader only appends, so that its durable log is a prefix of its log.
        if durable > own.match_index {
            own.match_index = durable;
            ctx.note(Note::new(rules::OWN_LOG_DURABLE, [node(ctx.me), durable.0]));
            self.advance_commit_index(ctx);
        }
    }
}

/// §5.3: decrement next_index to bypass all of the conflicting entries in the follower's term there.
fn bypass_conflict(log: &Log, (conflict_term, conflict_index): (Option<Term>, LogIndex)) -> LogIndex {
    match conflict_term.and_then(|term| log.last_index_of(term)) {
        Some(last_of_term) => last_of_term.next(),
        None => conflict_index,
    }
}
