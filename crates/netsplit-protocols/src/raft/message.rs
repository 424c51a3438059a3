//! What servers and clients send each other. The sender's name travels on the envelope, so that
//! candidateId and leaderId of Figure 2 are no fields here.

use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::history::Value;
use netsplit_sim::id::{NodeId, ProcessId, TamperName};
use netsplit_sim::protocol;

use super::entry::{Command, Entries};
use super::types::{LogIndex, Round, Serial, Term};

/// A message of Raft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// A candidate gathers votes (§5.2).
    RequestVote(RequestVote),
    /// The answer to it.
    RequestVoteReply(RequestVoteReply),
    /// A server asks whether it could win, without entering the term (dissertation §9.6).
    PreVote(RequestVote),
    /// The answer to it.
    PreVoteReply(PreVoteReply),
    /// A leader replicates entries; without entries, a heartbeat (§5.3, §5.2).
    AppendEntries(AppendEntries),
    /// The answer to it.
    AppendEntriesReply(AppendEntriesReply),
    /// A client asks for a command (§8).
    ClientRequest(Command),
    /// The answer to it.
    ClientReply(ClientReply),
}

/// Arguments of RequestVote and PreVote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestVote {
    /// The candidate's term; for a PreVote the one it would enter.
    pub term: Term,
    /// Index of the candidate's last log entry (§5.4).
    pub last_log_index: LogIndex,
    /// Term of the candidate's last log entry (§5.4).
    pub last_log_term: Term,
}

/// Results of RequestVote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestVoteReply {
    /// The voter's current term, for the candidate to update itself.
    pub term: Term,
    /// Whether the candidate received the vote.
    pub vote_granted: bool,
}

/// Results of PreVote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreVoteReply {
    /// The voter's current term, for the asking server to update itself.
    pub term: Term,
    /// The term that was asked about.
    pub asked: Term,
    /// Whether the voter would vote for it there.
    pub vote_granted: bool,
}

/// Arguments of AppendEntries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppendEntries {
    /// The leader's term.
    pub term: Term,
    /// Index of the entry right before the new ones.
    pub prev_log_index: LogIndex,
    /// Term of that entry.
    pub prev_log_term: Term,
    /// Entries to store; empty for a heartbeat.
    pub entries: Entries,
    /// The leader's commit index.
    pub leader_commit: LogIndex,
    /// The leader's latest broadcast when this was sent.
    pub round: Round,
}

impl AppendEntries {
    /// The index of the last *new* entry: what a follower surely shares with the leader after this.
    pub fn last_new_index(&self) -> LogIndex {
        self.prev_log_index.plus(self.entries.len())
    }
}

/// Results of AppendEntries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppendEntriesReply {
    /// The follower's current term, for the leader to update itself.
    pub term: Term,
    /// The round of the message answered.
    pub round: Round,
    /// What came of it.
    pub result: AppendResult,
}

/// What came of an AppendEntries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppendResult {
    /// The follower's log equals the leader's up to here, and is durable so far.
    Matched(LogIndex),
    /// The follower has no such entry before the new ones.
    Mismatched {
        /// The index at which the logs do not match.
        prev_log_index: LogIndex,
        /// The term of the follower's entry there; `None` if its log ends before.
        conflict_term: Option<Term>,
        /// The first index it stores for that term; one beyond its log's end if that ends before.
        conflict_index: LogIndex,
    },
    /// The leader's term is over.
    StaleTerm,
}

/// The answer to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientReply {
    /// The session.
    pub process: ProcessId,
    /// Which command of the session.
    pub serial: Serial,
    /// What came of it.
    pub answer: Answer,
}

/// What a client is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The command was applied: what was read, or is stored now.
    Done(Value),
    /// The compare-and-set was applied and found another value, which it left in place.
    NotExpected,
    /// This server does not lead; perhaps it knows who does.
    NotLeader(Option<NodeId>),
}

/// How much a forged term is ahead: more than any election would bring meanwhile.
const FORGED_TERMS: u64 = 10;

impl Message {
    /// The one way to tamper: the message claims a later term. What clients write has none.
    fn raise_term(&mut self) -> bool {
        let term = match self {
            Self::RequestVote(request) | Self::PreVote(request) => &mut request.term,
            Self::RequestVoteReply(reply) => &mut reply.term,
            Self::PreVoteReply(reply) => &mut reply.term,
            Self::AppendEntries(append) => &mut append.term,
            Self::AppendEntriesReply(reply) => &mut reply.term,
            Self::ClientRequest(_) | Self::ClientReply(_) => return false,
        };
        *term = Term(term.0 + FORGED_TERMS);
        true
    }
}

/// Bytes of addresses, lengths and the like in front of every message.
const HEADER: u32 = 40;

impl protocol::Message for Message {
    /// The header, 8 bytes per number, and 56 per log entry.
    fn wire_size(&self) -> u32 {
        HEADER
            + match self {
                Self::RequestVote(_) | Self::PreVote(_) => 24,
                Self::RequestVoteReply(_) => 16,
                Self::PreVoteReply(_) => 24,
                Self::AppendEntries(append) => 40 + 56 * append.entries.len() as u32,
                Self::AppendEntriesReply(_) => 40,
                Self::ClientRequest(_) => 48,
                Self::ClientReply(_) => 24,
            }
    }

    fn kind(&self) -> u8 {
        match self {
            Self::RequestVote(_) => 0,
            Self::RequestVoteReply(_) => 1,
            Self::PreVote(_) => 2,
            Self::PreVoteReply(_) => 3,
            Self::AppendEntries(append) if append.entries.is_empty() => 4,
            Self::AppendEntries(_) => 5,
            Self::AppendEntriesReply(_) => 6,
            Self::ClientRequest(_) => 7,
            Self::ClientReply(_) => 8,
        }
    }

    fn tamper(&mut self, _how: TamperName) -> bool {
        self.raise_term()
    }
}

impl Footprint for Message {
    fn heap(&self, _: Option<&Self>) -> usize {
        match self {
            Self::AppendEntries(append) => append.entries.heap(None),
            _ => 0,
        }
    }
}

encode_fields!(RequestVote { term, last_log_index, last_log_term });
encode_fields!(RequestVoteReply { term, vote_granted });
encode_fields!(PreVoteReply { term, asked, vote_granted });
encode_fields!(AppendEntries { term, prev_log_index, prev_log_term, entries, leader_commit, round });
encode_fields!(AppendEntriesReply { term, round, result });
encode_fields!(ClientReply { process, serial, answer });

impl Encode for AppendResult {
    fn encode(&self, out: &mut Encoder) {
        match *self {
            Self::Matched(index) => (0u8, index).encode(out),
            Self::Mismatched { prev_log_index, conflict_term, conflict_index } => {
                (1u8, prev_log_index).encode(out);
                (conflict_term, conflict_index).encode(out);
            }
            Self::StaleTerm => 2u8.encode(out),
        }
    }
}

impl Encode for Answer {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Done(value) => (0u8, *value).encode(out),
            Self::NotExpected => 1u8.encode(out),
            Self::NotLeader(leader) => (2u8, *leader).encode(out),
        }
    }
}

impl Encode for Message {
    fn encode(&self, out: &mut Encoder) {
        protocol::Message::kind(self).encode(out);
        match self {
            Self::RequestVote(request) | Self::PreVote(request) => request.encode(out),
            Self::RequestVoteReply(reply) => reply.encode(out),
            Self::PreVoteReply(reply) => reply.encode(out),
            Self::AppendEntries(append) => append.encode(out),
            Self::AppendEntriesReply(reply) => reply.encode(out),
            Self::ClientRequest(command) => command.encode(out),
            Self::ClientReply(reply) => reply.encode(out),
        }
    }
}
