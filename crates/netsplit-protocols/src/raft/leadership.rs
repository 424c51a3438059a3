//! Volatile state on leaders (Figure 2), made anew at each election.

use std::collections::{BTreeMap, VecDeque};

use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::{NodeId, ProcessId};

use super::lease::Lease;
use super::types::{LogIndex, Round, Serial};

/// What a server keeps while it leads.
#[derive(Clone, Debug)]
pub struct Leadership {
    /// Per server, this one included, how far its log is known to be.
    pub(super) progress: Vec<Progress>,
    /// The latest broadcast.
    pub(super) round: Round,
    /// Clients to answer once their command is applied; a retry finds itself here.
    pub(super) waiting: BTreeMap<(ProcessId, Serial), NodeId>,
    /// Reads to answer once this server is known to have led after they came, oldest first.
    pub(super) reads: VecDeque<PendingRead>,
    /// Until when reads may be served without asking.
    pub(super) lease: Lease,
}

/// How far one server's log is known to be.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Index of the next entry to send there; begins right after the leader's last and moves back
    /// until the logs match.
    pub next_index: LogIndex,
    /// Index of the highest entry known to be replicated and durable there; increases monotonically.
    pub match_index: LogIndex,
    /// The latest broadcast it answered.
    pub round: Round,
    /// The broadcast during which entries were last sent there, while they are unanswered.
    pub in_flight: Option<Round>,
}

/// A read that waits for the proof that its leader still leads (§8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PendingRead {
    /// Whom to answer.
    pub client: NodeId,
    /// The session.
    pub process: ProcessId,
    /// Which command of the session.
    pub serial: Serial,
    /// What to read.
    pub key: u32,
    /// The broadcast that began after the read came.
    pub round: Round,
}

encode_fields!(Leadership { progress, round, waiting, reads, lease });
encode_fields!(Progress { next_index, match_index, round, in_flight });
encode_fields!(PendingRead { client, process, serial, key, round });

impl Footprint for Progress {}
impl Footprint for PendingRead {}
footprint_fields!(Leadership { progress, waiting, reads, lease });

impl Progress {
    /// Whether entries may go out now: none are under way, or for a whole round nobody answered.
    pub(super) fn may_send(&self, round: Round) -> bool {
        self.in_flight.is_none_or(|sent| sent.0 + 1 < round.0)
    }
}

impl Leadership {
    /// Figure 2: next_index begins at the leader's last log index + 1, match_index at 0.
    pub(super) fn new(servers: u16, last_log_index: LogIndex) -> Self {
        let unknown = Progress {
            next_index: last_log_index.next(),
            match_index: LogIndex::NONE,
            round: Round(0),
            in_flight: None,
        };
        Self {
            progress: vec![unknown; usize::from(servers)],
            round: Round(0),
            waiting: BTreeMap::new(),
            reads: VecDeque::new(),
            lease: Lease::default(),
        }
    }

    /// What is known of a server.
    pub(super) fn of(&self, id: NodeId) -> &Progress {
        &self.progress[usize::from(id.index())]
    }

    /// What is known of a server, to be changed.
    pub(super) fn of_mut(&mut self, id: NodeId) -> &mut Progress {
        &mut self.progress[usize::from(id.index())]
    }

    /// How many requests would stay unanswered if it stopped leading now.
    pub(super) fn unanswered(&self) -> u64 {
        (self.waiting.len() + self.reads.len()) as u64
    }
}
