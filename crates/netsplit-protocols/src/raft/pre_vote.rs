//! PreVote (dissertation §9.6): before it enters a new term, a server asks whether it could win, so
//! that one that was cut off does not depose a healthy leader when it returns.

use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};

use super::message::{Message, PreVoteReply, RequestVote};
use super::quorum::ServerSet;
use super::rules;
use super::server::{Context, Role, Server};

impl Server {
    /// Follower, candidate, pre-candidate → pre-candidate: nothing is persisted and no term changes.
    pub(super) fn become_pre_candidate(&mut self, ctx: &mut Context<'_>) {
        self.role = Role::PreCandidate(ServerSet::default());
        self.leader = None;
        self.restart_election_timer(ctx);
        let request = Self::request_vote(ctx.disk().current_term.next(), ctx.disk());
        for peer in ctx.peers() {
            ctx.send(peer, Message::PreVote(request));
        }
        self.count_pre_vote(ctx.me, ctx);
    }

    /// PreVote, receiver: yes if it would be a new term, no leader was heard from within the minimum
    /// election timeout, and the log is up-to-date.
    pub(super) fn on_pre_vote(&mut self, from: NodeId, request: &RequestVote, ctx: &mut Context<'_>) {
        let (me, term) = (node(ctx.me), ctx.disk().current_term);
        let refusal = if request.term <= term {
            Some(Note::new(rules::REFUSE_STALE_TERM, [me, node(from), request.term.0, term.0]))
        } else if self.believes_in_a_leader() {
            Some(Note::new(rules::PRE_VOTE_REFUSE_LEADER, [me, node(from)]))
        } else if !Self::is_up_to_date(request, ctx.disk()) {
            Some(Note::new(rules::PRE_VOTE_REFUSE_LOG, [me, node(from)]))
        } else {
            None
        };
        let vote_granted = refusal.is_none();
        let granted = Note::new(rules::PRE_VOTE_GRANT, [me, node(from), request.term.0]);
        ctx.note(refusal.unwrap_or(granted));
        let reply = PreVoteReply { term, asked: request.term, vote_granted };
        Self::reply(from, Message::PreVoteReply(reply), ctx);
    }

    /// PreVote, asking server: count who would vote for it in the next term.
    pub(super) fn on_pre_vote_reply(&mut self, from: NodeId, reply: &PreVoteReply, ctx: &mut Context<'_>) {
        if reply.vote_granted && reply.asked == ctx.disk().current_term.next() {
            self.count_pre_vote(from, ctx);
        }
    }

    /// Pre-candidate → candidate once a majority would vote for it.
    fn count_pre_vote(&mut self, voter: NodeId, ctx: &mut Context<'_>) {
        let needed = self.majority(ctx);
        let Role::PreCandidate(votes) = &mut self.role else { return };
        votes.insert(voter);
        if votes.count() >= needed {
            let term = ctx.disk().current_term.next();
            ctx.note(Note::new(rules::PRE_VOTE_WON, [node(ctx.me), term.0]));
            self.become_candidate(ctx);
        }
    }
}
