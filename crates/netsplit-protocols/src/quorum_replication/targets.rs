//! §4.3, §4.6: whom a coordinator turns to for a key.

use netsplit_sim::id::NodeId;

use super::config::{Propagation, Quorum};
use super::message::Action;
use super::ring::MOST_REPLICAS;
use super::server::{Context, REPLICA_DRAW, Server};
use crate::quorum::ServerSet;

/// Servers to turn to, each with the home for which it stands in, if it does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Targets {
    list: [(NodeId, Option<NodeId>); MOST_REPLICAS as usize],
    len: u8,
    /// How many of them seem healthy.
    pub(super) healthy: u8,
}

impl Targets {
    fn none() -> Self {
        Self { list: [(NodeId::server(0), None); MOST_REPLICAS as usize], len: 0, healthy: 0 }
    }

    fn push(&mut self, id: NodeId, stands_in_for: Option<NodeId>) {
        self.list[usize::from(self.len)] = (id, stands_in_for);
        self.len += 1;
    }

    pub(super) fn as_slice(&self) -> &[(NodeId, Option<NodeId>)] {
        &self.list[..usize::from(self.len)]
    }
}

impl Server {
    /// Whom an operation that needs so many answers is sent to.
    pub(super) fn targets(&self, key: u32, action: Action, needed: u8, ctx: &mut Context<'_>) -> Targets {
        let only_w = ctx.config.propagation == Propagation::OnlyW && action != Action::Get;
        let mut targets = match ctx.config.quorum {
            _ if only_w => self.drawn_homes(key, needed, ctx),
            Quorum::Strict => self.all_homes(key, ctx),
            Quorum::Sloppy => self.first_healthy(key, ctx),
        };
        let healthy = targets.as_slice().iter().filter(|(id, _)| !self.suspected.contains(*id));
        targets.healthy = healthy.count() as u8;
        targets
    }

    /// §4.3: the first N servers of the preference list.
    fn all_homes(&self, key: u32, ctx: &Context<'_>) -> Targets {
        let mut targets = Targets::none();
        let homes = self.ring.preference_list(key).take(usize::from(ctx.config.n));
        homes.for_each(|home| targets.push(home, None));
        targets
    }

    /// §4.6: the first N healthy servers of the preference list. Who is there in place of a home keeps
    /// a hint for it.
    fn first_healthy(&self, key: u32, ctx: &Context<'_>) -> Targets {
        let homes = self.ring.homes(key, ctx.config.n);
        let mut missing = homes.as_slice().iter().filter(|home| self.suspected.contains(**home));
        let healthy = self.ring.preference_list(key).filter(|id| !self.suspected.contains(*id));
        let mut targets = Targets::none();
        for id in healthy.take(usize::from(ctx.config.n)) {
            targets.push(id, if homes.contains(id) { None } else { missing.next().copied() });
        }
        targets
    }

    /// The model of k-staleness: that many of the homes, drawn at random.
    fn drawn_homes(&self, key: u32, needed: u8, ctx: &mut Context<'_>) -> Targets {
        let homes = self.ring.homes(key, ctx.config.n);
        let mut draw = ctx.draw(REPLICA_DRAW);
        let (mut left, mut wanted) = (homes.as_slice().len() as u64, u64::from(needed));
        let mut targets = Targets::none();
        for home in homes.as_slice() {
            if draw.below(left) < wanted {
                targets.push(*home, None);
                wanted -= 1;
            }
            left -= 1;
        }
        targets
    }

    /// Who is next to stand in on an operation that was sent to these already.
    pub(super) fn next_stand_in(&self, key: u32, asked: ServerSet) -> Option<NodeId> {
        let free = |id: &NodeId| !asked.contains(*id) && !self.suspected.contains(*id);
        self.ring.preference_list(key).find(free)
    }
}
