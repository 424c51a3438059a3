//! Log replication, follower side: the receiver rules of AppendEntries (Figure 2).

use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};

use super::disk::{Disk, Write};
use super::log::Log;
use super::message::{AppendEntries, AppendEntriesReply, AppendResult, Message};
use super::rules;
use super::server::{Context, Role, Server};
use super::types::LogIndex;

impl Server {
    /// AppendEntries, receiver (Figure 2).
    pub(super) fn on_append_entries(&mut self, from: NodeId, append: &AppendEntries, ctx: &mut Context<'_>) {
        let term = ctx.disk().current_term;
        if matches!(self.role, Role::Leader(_)) && append.term == term {
            // Two leaders of one term: only a lost disk or a flaw gets here. A leader never overwrites
            // or deletes its own entries (§5.3).
            return;
        }
        let result = if append.term < term {
            let values = [node(ctx.me), node(from), append.term.0, term.0];
            ctx.note(Note::new(rules::REFUSE_STALE_TERM, values));
            AppendResult::StaleTerm
        } else {
            self.recognize_leader(from, ctx);
            self.append_entries(from, append, ctx)
        };
        let reply = AppendEntriesReply { term, round: append.round, result };
        Self::reply(from, Message::AppendEntriesReply(reply), ctx);
    }

    /// §5.2: AppendEntries of the current term comes from its leader: a candidate returns to follower,
    /// and everyone waits a full election timeout again.
    fn recognize_leader(&mut self, leader: NodeId, ctx: &mut Context<'_>) {
        let term = ctx.disk().current_term;
        ctx.note(Note::new(rules::HEAR_LEADER, [node(ctx.me), node(leader), term.0]));
        self.become_follower(term, ctx);
        self.leader = Some(leader);
        self.heard_at = ctx.now();
        self.restart_election_timer(ctx);
        if ctx.config.pre_vote || ctx.config.disregards_request_vote() {
            self.note_leader_is_near(ctx);
        }
    }

    /// Rules 2 to 5: reject what does not fit, delete conflicts, append what is new, and learn what
    /// is committed.
    fn append_entries(
        &mut self,
        from: NodeId,
        append: &AppendEntries,
        ctx: &mut Context<'_>,
    ) -> AppendResult {
        let (prev_index, prev_term) = (append.prev_log_index, append.prev_log_term);
        if !ctx.disk().log.matches(prev_index, prev_term) {
            let values = [node(ctx.me), node(from), prev_term.0, prev_index.0];
            ctx.note(Note::new(rules::REFUSE_APPEND, values));
            return mismatch(prev_index, &ctx.disk().log);
        }
        Self::store_new_entries(from, append, ctx);
        self.learn_commit_index(from, append, ctx);
        AppendResult::Matched(append.last_new_index())
    }

    /// Rules 3 and 4: an existing entry that conflicts with a *new* one goes, with all that follow it;
    /// entries that are there already stay, and so do those beyond the new ones: a heartbeat or
    /// a late message must not delete what was acknowledged since.
    fn store_new_entries(from: NodeId, append: &AppendEntries, ctx: &mut Context<'_>) {
        let known = known_entries(append, &ctx.disk().log);
        if known == append.entries.len() {
            return;
        }
        let Disk { current_term: term, log, .. } = ctx.disk();
        let after = append.prev_log_index.plus(known);
        if log.last_index() > after {
            let values = [node(ctx.me), after.next().0, node(from), term.0];
            ctx.note(Note::new(rules::DELETE_CONFLICT, values));
            ctx.persist(Write::TruncateFrom(after.next()));
        }
        let new = append.entries.skip(known);
        let last = append.last_new_index();
        ctx.note(Note::new(rules::APPEND, [node(ctx.me), node(from), after.0, last.0]));
        ctx.persist(Write::Append(new));
    }

    /// Rule 5: if leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last new
    /// entry). The log beyond that entry may be another leader's.
    fn learn_commit_index(&mut self, from: NodeId, append: &AppendEntries, ctx: &mut Context<'_>) {
        let known_equal = if ctx.config.flaws.commit_last_index {
            ctx.disk().log.last_index()
        } else {
            append.last_new_index()
        };
        let committed = append.leader_commit.min(known_equal);
        if committed > self.commit_index {
            self.commit_index = committed;
            ctx.note(Note::new(rules::LEARN_COMMIT, [node(ctx.me), node(from), committed.0]));
            self.apply_committed(ctx);
        }
    }
}

/// How many of the sent entries the log holds already, from the first on.
fn known_entries(append: &AppendEntries, log: &Log) -> usize {
    let first = append.prev_log_index.next();
    let sent = append.entries.as_slice();
    let known = |position: usize| log.term_at(first.plus(position)) == Some(sent[position].term);
    (0..sent.len()).take_while(|&position| known(position)).count()
}

/// §5.3: a rejection tells the term of the conflicting entry and the first index of that term.
fn mismatch(prev_log_index: LogIndex, log: &Log) -> AppendResult {
    let conflict_term = log.term_at(prev_log_index);
    let conflict_index = conflict_term.map_or(log.last_index().next(), |term| log.first_index_since(term));
    AppendResult::Mismatched { prev_log_index, conflict_term, conflict_index }
}
