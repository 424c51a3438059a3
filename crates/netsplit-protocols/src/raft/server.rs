//! A server: its volatile state, its roles, and the one place where each event finds its rule.

use std::mem;

use netsplit_sim::clock::LocalTime;
use netsplit_sim::context::ServerContext;
use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::{NodeId, TimerName};
use netsplit_sim::note::{Note, node};
use netsplit_sim::protocol;
use netsplit_sim::time::SimDuration;

use super::Raft;
use super::contact::Contact;
use super::disk::{Disk, Write};
use super::leadership::Leadership;
use super::message::Message;
use super::quorum::{self, ServerSet};
use super::rules;
use super::state_machine::StateMachine;
use super::types::{LogIndex, Term};

/// What a server's handlers may use.
pub(super) type Context<'a> = ServerContext<'a, Raft>;

/// Runs at followers and candidates: at its end they stand for election.
pub(super) const ELECTION: TimerName = TimerName(0);
/// Runs at leaders: at its end they send heartbeats.
pub(super) const HEARTBEAT: TimerName = TimerName(1);
/// Runs after word from a leader, for the minimum election timeout.
pub(super) const LEADER_IS_NEAR: TimerName = TimerName(2);
/// Runs at leaders that check whether they hear from a majority.
pub(super) const CONTACT: TimerName = TimerName(3);

/// Purpose of the only draw that Raft makes.
const ELECTION_TIMEOUT_DRAW: u8 = 0;

/// Volatile state on all servers (Figure 2); a crash loses it.
#[derive(Clone, Debug)]
pub struct Server {
    /// Index of the highest entry known to be committed; increases monotonically until a crash.
    pub(super) commit_index: LogIndex,
    /// The replicated state machine with `last_applied`, which never exceeds `commit_index`.
    pub(super) state_machine: StateMachine,
    /// Follower, candidate or leader (Figure 4).
    pub(super) role: Role,
    /// The leader of the current term, once heard from; clients are sent on to it.
    pub(super) leader: Option<NodeId>,
    /// When a leader was last heard from, or this server began to wait for one: only to tell of it.
    pub(super) heard_at: LocalTime,
    /// The election timeout drawn last.
    pub(super) election_timeout: SimDuration,
    /// Whether a leader was heard from within the minimum election timeout; kept only where
    /// a parameter asks for it.
    pub(super) leader_is_near: bool,
    /// Who was heard from lately.
    pub(super) contact: Contact,
}

/// What a server is in its current term.
#[derive(Clone, Debug)]
pub enum Role {
    /// Responds to candidates and leaders.
    Follower,
    /// Asks whether it could win the next term; these servers said yes.
    PreCandidate(ServerSet),
    /// Stands for election; these servers gave their vote.
    Candidate(ServerSet),
    /// Replicates its log to everyone.
    Leader(Leadership),
}

// `heard_at` decides nothing, and a clock that is set must change no digest.
encode_fields!(Server {
    commit_index,
    state_machine,
    role,
    leader,
    election_timeout,
    leader_is_near,
    contact,
});

footprint_fields!(Server { state_machine, role });

impl Footprint for Role {
    fn heap(&self, _: Option<&Self>) -> usize {
        match self {
            Self::Follower | Self::PreCandidate(_) | Self::Candidate(_) => 0,
            Self::Leader(leadership) => leadership.heap(None),
        }
    }
}

impl Encode for Role {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Follower => 0u8.encode(out),
            Self::PreCandidate(votes) => (1u8, *votes).encode(out),
            Self::Candidate(votes) => (2u8, *votes).encode(out),
            Self::Leader(leadership) => {
                3u8.encode(out);
                leadership.encode(out);
            }
        }
    }
}

impl protocol::Server<Raft> for Server {
    fn boot(ctx: &mut Context<'_>) -> Self {
        let Disk { current_term, log, .. } = ctx.disk();
        ctx.note(Note::new(rules::START, [node(ctx.me), current_term.0, log.last_index().0]));
        let mut server = Self {
            commit_index: LogIndex::NONE,
            state_machine: StateMachine::default(),
            role: Role::Follower,
            leader: None,
            heard_at: ctx.now(),
            election_timeout: SimDuration::ZERO,
            leader_is_near: false,
            contact: Contact::with_all(ctx.topology.servers),
        };
        server.start(ctx);
        server
    }

    fn on_message(&mut self, from: NodeId, message: Message, ctx: &mut Context<'_>) {
        if self.disregards(from, &message, ctx) {
            return;
        }
        if !from.is_client() {
            self.contact.heard_from(from);
        }
        if let Some(term) = message.term() {
            self.adopt_higher_term(term, from, ctx);
        }
        match message {
            Message::RequestVote(request) => self.on_request_vote(from, &request, ctx),
            Message::RequestVoteReply(reply) => self.on_request_vote_reply(from, &reply, ctx),
            Message::PreVote(request) => self.on_pre_vote(from, &request, ctx),
            Message::PreVoteReply(reply) => self.on_pre_vote_reply(from, &reply, ctx),
            Message::AppendEntries(append) => self.on_append_entries(from, &append, ctx),
            Message::AppendEntriesReply(reply) => self.on_append_entries_reply(from, &reply, ctx),
            Message::ClientRequest(command) => self.on_client_request(from, command, ctx),
            // Servers ask nobody for commands.
            Message::ClientReply(_) => {}
        }
    }

    fn on_timer(&mut self, timer: TimerName, ctx: &mut Context<'_>) {
        match timer {
            ELECTION => self.on_election_timeout(ctx),
            HEARTBEAT => self.broadcast(ctx),
            LEADER_IS_NEAR => self.leader_is_near = false,
            CONTACT => self.on_contact_check(ctx),
            _ => unreachable!("a server sets no timer {timer:?}"),
        }
    }

    fn on_durable(&mut self, ctx: &mut Context<'_>) {
        match self.role {
            Role::Candidate(_) => self.count_own_vote(ctx),
            Role::Leader(_) => self.count_own_log(ctx),
            Role::Follower | Role::PreCandidate(_) => {}
        }
    }
}

impl Server {
    /// Whether it leads its term.
    pub fn is_leader(&self) -> bool {
        matches!(self.role, Role::Leader(_))
    }

    /// The leader of the current term, once heard from.
    pub fn leader(&self) -> Option<NodeId> {
        self.leader
    }

    /// §5.2: when servers start up, they begin as followers.
    fn start(&mut self, ctx: &mut Context<'_>) {
        if ctx.config.flaws.vote_not_persisted && ctx.disk().voted_for.is_some() {
            ctx.persist(Write::Vote(None));
        }
        if ctx.config.disregards_request_vote() {
            // It may have heard from a leader right before the crash, and a lease may rest on that.
            self.note_leader_is_near(ctx);
        }
        if ctx.config.flaws.majority_of_live {
            ctx.set_timer(CONTACT, ctx.config.election_timeout_max);
        }
        self.restart_election_timer(ctx);
    }

    /// §5.1: a server that sees a higher term adopts it and becomes a follower. The one place where
    /// the current term changes, besides standing for election.
    fn adopt_higher_term(&mut self, term: Term, from: NodeId, ctx: &mut Context<'_>) {
        let current = ctx.disk().current_term;
        if term <= current {
            return;
        }
        ctx.note(Note::new(rules::ADOPT_TERM, [node(ctx.me), node(from), term.0, current.0]));
        self.become_follower(current, ctx);
        self.leader = None;
        ctx.persist(Write::Term(term));
    }

    /// Any role → follower (Figure 4), leaving what it was in `term`. What clients asked of a leader
    /// stays unanswered: it may still be committed by the next.
    pub(super) fn become_follower(&mut self, term: Term, ctx: &mut Context<'_>) {
        match mem::replace(&mut self.role, Role::Follower) {
            Role::Follower => {}
            Role::PreCandidate(_) | Role::Candidate(_) => {
                ctx.note(Note::new(rules::GIVE_UP_CANDIDACY, [node(ctx.me), term.0]));
            }
            Role::Leader(leadership) => {
                let unanswered = leadership.unanswered();
                ctx.note(Note::new(rules::STEP_DOWN, [node(ctx.me), term.0, unanswered]));
                ctx.cancel_timer(HEARTBEAT);
                self.heard_at = ctx.now();
                self.restart_election_timer(ctx);
            }
        }
    }

    /// §5.2: election timeouts are drawn anew each time, so that split votes are rare.
    pub(super) fn restart_election_timer(&mut self, ctx: &mut Context<'_>) {
        let (min, max) = (ctx.config.election_timeout_min, ctx.config.election_timeout_max);
        self.election_timeout = SimDuration(ctx.draw(ELECTION_TIMEOUT_DRAW).between(min.0, max.0));
        ctx.set_timer(ELECTION, self.election_timeout);
    }

    /// Remembers for the minimum election timeout that a leader is there.
    pub(super) fn note_leader_is_near(&mut self, ctx: &mut Context<'_>) {
        self.leader_is_near = true;
        ctx.set_timer(LEADER_IS_NEAR, ctx.config.election_timeout_min);
    }

    /// §6: a server that believes a leader is there disregards RequestVote, and its term.
    fn disregards(&self, from: NodeId, message: &Message, ctx: &mut Context<'_>) -> bool {
        let disregarded = ctx.config.disregards_request_vote()
            && self.believes_in_a_leader()
            && matches!(message, Message::RequestVote(_));
        if disregarded {
            ctx.note(Note::new(rules::DISREGARD_REQUEST_VOTE, [node(ctx.me), node(from)]));
        }
        disregarded
    }

    /// Whether a leader was heard from within the minimum election timeout, or is this server.
    pub(super) fn believes_in_a_leader(&self) -> bool {
        self.leader_is_near || matches!(self.role, Role::Leader(_))
    }

    /// How many servers are a majority: of all servers, alive or not.
    pub(super) fn majority(&self, ctx: &Context<'_>) -> u32 {
        if ctx.config.flaws.majority_of_live {
            let mut live = self.contact.lately();
            live.insert(ctx.me);
            return quorum::majority(live.count());
        }
        quorum::majority(u32::from(ctx.topology.servers))
    }

    /// Figure 2: persistent state is updated on stable storage before responding, so a reply waits
    /// until every write before it is durable.
    pub(super) fn reply(to: NodeId, message: Message, ctx: &mut Context<'_>) {
        if ctx.config.flaws.reply_before_durable {
            ctx.send(to, message);
        } else {
            ctx.send_after_sync(to, message);
        }
    }

    /// §5.1: a reply from an older term says nothing about this one.
    pub(super) fn is_stale_reply(&self, from: NodeId, term: Term, ctx: &mut Context<'_>) -> bool {
        let stale = term < ctx.disk().current_term;
        if stale {
            ctx.note(Note::new(rules::IGNORE_STALE_REPLY, [node(ctx.me), node(from), term.0]));
        }
        stale
    }
}

impl Message {
    /// The sender's current term, where a message carries it. A PreVote names a term that its sender
    /// has not entered, and clients have none.
    fn term(&self) -> Option<Term> {
        match self {
            Self::RequestVote(request) => Some(request.term),
            Self::RequestVoteReply(reply) => Some(reply.term),
            Self::PreVoteReply(reply) => Some(reply.term),
            Self::AppendEntries(append) => Some(append.term),
            Self::AppendEntriesReply(reply) => Some(reply.term),
            Self::PreVote(_) | Self::ClientRequest(_) | Self::ClientReply(_) => None,
        }
    }
}
