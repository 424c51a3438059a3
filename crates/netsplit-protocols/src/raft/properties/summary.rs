//! A server in a few numbers: all that a check of the step between two states needs.

use netsplit_sim::encode::Digest;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::id::NodeId;
use netsplit_sim::world::World;

use crate::raft::Raft;
use crate::raft::log::Log;
use crate::raft::server::Role;
use crate::raft::types::{LogIndex, Term};

/// Where a log ends, and what it is up to there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LogEnd {
    pub(super) index: LogIndex,
    pub(super) hash: Digest,
}

impl LogEnd {
    fn of(log: &Log) -> Self {
        Self { index: log.last_index(), hash: log.last_hash() }
    }

    /// Whether this log begins as the other was when it ended here.
    pub(super) fn is_prefix_of(self, log: &Log) -> bool {
        log.hash_at(self.index) == Some(self.hash)
    }
}

/// One server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Summary {
    /// Not crashed.
    pub(super) runs: bool,
    pub(super) incarnation: u32,
    pub(super) term: Term,
    pub(super) log: LogEnd,
    pub(super) durable_term: Term,
    pub(super) durable_log: LogEnd,
    /// The vote of the highest term that ever was on its disk. Unlike all else here it survives
    /// whatever happens to the server.
    pub(super) vote: Option<(Term, NodeId)>,
    pub(super) leads: bool,
    pub(super) commit_index: LogIndex,
    pub(super) last_applied: LogIndex,
}

impl Footprint for Summary {}

impl Summary {
    /// The server now; `before` is how it was.
    pub(super) fn of(world: &World<Raft>, id: NodeId, before: &Self) -> Self {
        let (live, durable, server) = (world.disk(id), world.durable(id), world.server(id));
        let vote = durable.voted_for.map(|candidate| (durable.current_term, candidate));
        let is_newer = |(term, _): &(Term, NodeId)| before.vote.is_none_or(|(voted, _)| *term >= voted);
        Self {
            runs: server.is_some(),
            incarnation: world.incarnation(id),
            term: live.current_term,
            log: LogEnd::of(&live.log),
            durable_term: durable.current_term,
            durable_log: LogEnd::of(&durable.log),
            vote: vote.filter(is_newer).or(before.vote),
            leads: server.is_some_and(|server| matches!(server.role, Role::Leader(_))),
            commit_index: server.map_or(LogIndex::NONE, |server| server.commit_index),
            last_applied: server.map_or(LogIndex::NONE, |server| server.state_machine.last_applied()),
        }
    }
}
