//! §4.8.1, §4.9: servers join and leave the ring, tell everybody, and pass on the keys that moved.

use std::rc::Rc;

use netsplit_sim::id::{NodeId, OrderName};
use netsplit_sim::note::{Note, node};

use super::about::order;
use super::disk::Write;
use super::membership::Membership;
use super::message::Message;
use super::ring::{Homes, Ring};
use super::rules;
use super::server::{Context, GOSSIP, Server};

impl Server {
    /// §4.8.1: an administrator adds a server to the ring, or takes it out, at that server.
    pub(super) fn obey(&mut self, ordered: OrderName, ctx: &mut Context<'_>) {
        let joins = ordered == order::JOIN;
        if self.membership().of(ctx.me).member == joins {
            ctx.note(Note::new(rules::ORDER_IDLE, [node(ctx.me)]));
            return;
        }
        let rule = if joins { rules::JOIN } else { rules::LEAVE };
        ctx.note(Note::new(rule, [node(ctx.me), ctx.config.virtual_nodes]));
        let changed = self.membership().with(ctx.me, joins);
        self.adopt(changed, ctx);
        ctx.peers().for_each(|id| self.untold.insert(id));
        self.gossip(ctx);
    }

    /// Works with another ring from now on, and passes on what it is no home of any more.
    fn adopt(&mut self, membership: Membership, ctx: &mut Context<'_>) {
        let ring = Ring::new(ctx.config.ring, membership.members(), ctx.config.virtual_nodes);
        let before = std::mem::replace(&mut self.ring, Rc::new(ring));
        ctx.persist(Write::Membership(membership.clone()));
        self.memory.membership = membership;
        self.plan_moves(&before, ctx);
        self.send_moving(ctx);
        self.wait_to_hand_over(ctx);
    }

    /// Tells those who do not know yet how the ring changed, until they say that they do.
    pub(super) fn gossip(&mut self, ctx: &mut Context<'_>) {
        let membership = self.membership().clone();
        ctx.note(Note::new(rules::GOSSIP, [node(ctx.me), u64::from(membership.members().count())]));
        self.untold.iter().for_each(|id| ctx.send(id, Message::Gossip(membership.clone())));
        if !self.untold.is_empty() {
            ctx.set_timer(GOSSIP, ctx.config.probe_interval);
        }
    }

    /// A restarted server that changed the ring cannot know whom it told.
    pub(super) fn resume_gossip(&mut self, ctx: &mut Context<'_>) {
        if self.membership().of(ctx.me).changes > 0 {
            ctx.peers().for_each(|id| self.untold.insert(id));
            self.gossip(ctx);
        }
    }

    pub(super) fn on_gossip(&mut self, from: NodeId, told: &Membership, ctx: &mut Context<'_>) {
        let known = self.membership().merge(told);
        if known != *self.membership() {
            let members = u64::from(known.members().count());
            ctx.note(Note::new(rules::LEARN_RING, [node(ctx.me), node(from), members]));
            self.adopt(known.clone(), ctx);
        }
        ctx.send_after_sync(from, Message::GossipAck(known));
    }

    pub(super) fn on_gossip_ack(&mut self, from: NodeId, knows: &Membership, ctx: &mut Context<'_>) {
        if knows.merge(self.membership()) == *knows {
            self.untold.remove(from);
            if self.untold.is_empty() {
                ctx.cancel_timer(GOSSIP);
            }
        }
        // It may have known of a change that this server had missed.
        let known = self.membership().merge(knows);
        if known != *self.membership() {
            self.adopt(known, ctx);
        }
    }

    /// §4.9: for every key that has moved, who is no home any more passes it to who has become one. If
    /// nobody dropped out, the first of those that stayed does.
    fn plan_moves(&mut self, before: &Ring, ctx: &Context<'_>) {
        let n = ctx.config.n;
        let mut moving = (*self.moving).clone();
        for (key, _) in self.kept(ctx).store.iter() {
            let (old, new) = (before.homes(key, n), self.ring.homes(key, n));
            moving.extend(heirs(ctx.me, &old, &new).map(|heir| (heir, key)));
        }
        moving.retain(|(home, key)| self.ring.homes(*key, n).contains(*home));
        self.moving = Rc::new(moving);
    }

    /// After a restart: whatever it is no home of is on its way to all homes.
    pub(super) fn resume_moves(&mut self, ctx: &mut Context<'_>) {
        let mut moving = (*self.moving).clone();
        for (key, _) in self.kept(ctx).store.iter() {
            let homes = self.ring.homes(key, ctx.config.n);
            if !homes.contains(ctx.me) {
                moving.extend(homes.as_slice().iter().map(|home| (*home, key)));
            }
        }
        self.moving = Rc::new(moving);
        self.wait_to_hand_over(ctx);
    }
}

/// To whom `me` passes a key on.
fn heirs(me: NodeId, old: &Homes, new: &Homes) -> impl Iterator<Item = NodeId> {
    let gone = old.without(new).count();
    let place = old.without(new).position(|id| id == me);
    let first_to_stay = old.as_slice().iter().find(|id| new.contains(**id)).copied();
    let newcomers = new.without(old).enumerate();
    let heirs: Vec<NodeId> = newcomers
        .filter(|(at, _)| place == Some(*at) || (*at >= gone && first_to_stay == Some(me)))
        .map(|(_, id)| id)
        .collect();
    heirs.into_iter()
}
