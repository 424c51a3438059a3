//! Leader election (§5.2) and the election restriction (§5.4.1).

use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};

use super::disk::{Disk, Write};
use super::entry::Payload;
use super::leadership::Leadership;
use super::message::{Message, RequestVote, RequestVoteReply};
use super::quorum::ServerSet;
use super::rules;
use super::server::{Context, ELECTION, LEADER_IS_NEAR, Role, Server};
use super::types::Term;

/// What a voter decides, and why.
enum Verdict {
    Grant,
    StaleTerm,
    VoteGivenTo(NodeId),
    LessUpToDate,
}

impl Verdict {
    /// The sentence of this decision in the voter's `term`.
    fn note(&self, me: u64, candidate: u64, asked: Term, term: Term) -> Note {
        match self {
            Self::Grant => Note::new(rules::GRANT_VOTE, [me, candidate, term.0]),
            Self::StaleTerm => Note::new(rules::REFUSE_STALE_TERM, [me, candidate, asked.0, term.0]),
            Self::VoteGivenTo(other) => {
                Note::new(rules::REFUSE_VOTE_GIVEN, [me, candidate, term.0, node(*other)])
            }
            Self::LessUpToDate => Note::new(rules::REFUSE_VOTE_LOG, [me, candidate, term.0]),
        }
    }
}

impl Server {
    /// §5.2: a follower or candidate that hears from no leader for an election timeout begins an
    /// election.
    pub(super) fn on_election_timeout(&mut self, ctx: &mut Context<'_>) {
        assert!(!matches!(self.role, Role::Leader(_)), "a leader runs no election timer");
        let waited = ctx.now().since(self.heard_at).0;
        let term = ctx.disk().current_term.next();
        if ctx.config.pre_vote {
            ctx.note(Note::new(rules::START_PRE_VOTE, [node(ctx.me), waited, term.0]));
            self.become_pre_candidate(ctx);
        } else {
            ctx.note(Note::new(rules::START_ELECTION, [node(ctx.me), waited, term.0]));
            self.become_candidate(ctx);
        }
    }

    /// Follower, candidate → candidate (Figure 4): it increments its current term, votes for itself,
    /// resets its election timer, and sends RequestVote to all other servers (§5.2).
    pub(super) fn become_candidate(&mut self, ctx: &mut Context<'_>) {
        let term = ctx.disk().current_term.next();
        ctx.persist(Write::Term(term));
        ctx.persist(Write::Vote(Some(ctx.me)));
        // Its own vote counts like any other: once it is durable.
        self.role = Role::Candidate(ServerSet::default());
        self.leader = None;
        self.restart_election_timer(ctx);
        let request = Self::request_vote(term, ctx.disk());
        for peer in ctx.peers() {
            // The request vouches for a term, a vote and a log, which a crash must not take back.
            ctx.send_after_sync(peer, Message::RequestVote(request));
        }
    }

    /// A request for votes in `term` that tells where this server's log ends.
    pub(super) fn request_vote(term: Term, disk: &Disk) -> RequestVote {
        RequestVote { term, last_log_index: disk.log.last_index(), last_log_term: disk.log.last_term() }
    }

    /// RequestVote, receiver (Figure 2): grant the vote if it is still free or was given to this
    /// candidate, and the candidate's log is at least as up-to-date.
    pub(super) fn on_request_vote(&mut self, from: NodeId, request: &RequestVote, ctx: &mut Context<'_>) {
        let Disk { current_term: term, voted_for, .. } = *ctx.disk();
        let verdict = Self::verdict(from, request, ctx.disk());
        ctx.note(verdict.note(node(ctx.me), node(from), request.term, term));
        let vote_granted = matches!(verdict, Verdict::Grant);
        if vote_granted {
            if voted_for.is_none() {
                ctx.persist(Write::Vote(Some(from)));
            }
            self.restart_election_timer(ctx);
        }
        Self::reply(from, Message::RequestVoteReply(RequestVoteReply { term, vote_granted }), ctx);
    }

    fn verdict(candidate: NodeId, request: &RequestVote, disk: &Disk) -> Verdict {
        match disk.voted_for {
            _ if request.term < disk.current_term => Verdict::StaleTerm,
            Some(other) if other != candidate => Verdict::VoteGivenTo(other),
            _ if !Self::is_up_to_date(request, disk) => Verdict::LessUpToDate,
            _ => Verdict::Grant,
        }
    }

    /// §5.4.1: the log with the later last term is more up-to-date; with equal last terms, the
    /// longer one.
    pub(super) fn is_up_to_date(request: &RequestVote, disk: &Disk) -> bool {
        let own = (disk.log.last_term(), disk.log.last_index());
        (request.last_log_term, request.last_log_index) >= own
    }

    /// RequestVote, candidate (Figure 2): count the votes of the current term.
    pub(super) fn on_request_vote_reply(
        &mut self,
        from: NodeId,
        reply: &RequestVoteReply,
        ctx: &mut Context<'_>,
    ) {
        if self.is_stale_reply(from, reply.term, ctx) && !ctx.config.flaws.count_stale_votes {
            return;
        }
        if reply.vote_granted {
            self.count_vote(from, ctx);
        }
    }

    /// §5.2: a candidate votes for itself; the vote counts once it is on its disk.
    pub(super) fn count_own_vote(&mut self, ctx: &mut Context<'_>) {
        let durable = ctx.durable();
        let is_durable = durable.current_term == ctx.disk().current_term && durable.voted_for == Some(ctx.me);
        if is_durable {
            self.count_vote(ctx.me, ctx);
        }
    }

    /// §5.2: a candidate wins with votes from a majority of the servers, each counted once.
    fn count_vote(&mut self, voter: NodeId, ctx: &mut Context<'_>) {
        let needed = self.majority(ctx);
        let Role::Candidate(votes) = &mut self.role else { return };
        votes.insert(voter);
        let have = votes.count();
        if have >= needed {
            self.become_leader(have, ctx);
        } else {
            let term = ctx.disk().current_term;
            let values = [node(ctx.me), u64::from(have), u64::from(needed), term.0];
            ctx.note(Note::new(rules::COUNT_VOTE, values));
        }
    }

    /// Candidate → leader (Figure 4): it tells everyone at once, so that no new election begins.
    fn become_leader(&mut self, votes: u32, ctx: &mut Context<'_>) {
        assert!(matches!(self.role, Role::Candidate(_)), "only a candidate becomes leader");
        let term = ctx.disk().current_term;
        let values = [node(ctx.me), u64::from(votes), u64::from(ctx.topology.servers), term.0];
        ctx.note(Note::new(rules::BECOME_LEADER, values));
        let last_log_index = ctx.disk().log.last_index();
        self.role = Role::Leader(Leadership::new(ctx.topology.servers, last_log_index));
        self.leader = Some(ctx.me);
        self.leader_is_near = false;
        ctx.cancel_timer(ELECTION);
        ctx.cancel_timer(LEADER_IS_NEAR);
        self.start_contact_check(ctx);
        if ctx.config.leader_noop {
            Self::append_to_own_log(Payload::Noop, ctx);
        }
        self.broadcast(ctx);
        self.count_own_log(ctx);
    }
}
