//! §4.6, §4.9: what a server keeps for others it hands over: hints to homes that are back, and keys that
//! the ring has moved. It forgets them once they are stored there, and not before.

use std::collections::BTreeMap;
use std::rc::Rc;

use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};

use super::disk::Write;
use super::message::{Batch, Message};
use super::object::Object;
use super::replica::acknowledge;
use super::rules;
use super::server::{Context, HANDOFF, Server};

/// The most keys in one message.
const BATCH: usize = 64;

/// Objects by where they go.
type Parcels = BTreeMap<NodeId, Vec<(u32, Object)>>;

impl Server {
    /// Makes sure that there is a next attempt to hand over, if there is something to hand over.
    pub(super) fn wait_to_hand_over(&mut self, ctx: &mut Context<'_>) {
        let hints = ctx.config.hinted_handoff && !self.kept(ctx).hints.is_empty();
        if !self.hands_over && (hints || !self.moving.is_empty()) {
            self.hands_over = true;
            ctx.set_timer(HANDOFF, ctx.config.handoff_interval);
        }
    }

    /// Sends every home what is kept for it. Whether it is back shows in its answer.
    pub(super) fn hand_over(&mut self, ctx: &mut Context<'_>) {
        self.hands_over = false;
        if ctx.config.hinted_handoff {
            let mut parcels = Parcels::new();
            for ((home, key), object) in self.kept(ctx).hints.iter() {
                parcels.entry(*home).or_default().push((*key, object.clone()));
            }
            send_parcels(parcels, false, ctx);
        }
        self.send_moving(ctx);
        self.wait_to_hand_over(ctx);
    }

    /// Sends the keys that left this server to their new homes.
    pub(super) fn send_moving(&mut self, ctx: &mut Context<'_>) {
        let mut parcels = Parcels::new();
        for (home, key) in self.moving.iter() {
            parcels.entry(*home).or_default().push((*key, self.kept(ctx).store.get(*key)));
        }
        send_parcels(parcels, true, ctx);
    }

    /// The home takes what is new to it, and says so.
    pub(super) fn on_handoff(&mut self, from: NodeId, batch: Batch, ctx: &mut Context<'_>) {
        ctx.note(Note::new(rules::TAKE_OVER, [node(ctx.me), node(from), batch.items.len() as u64]));
        for (key, object) in batch.items.iter() {
            self.store(from, *key, object, ctx);
        }
        acknowledge(from, Message::HandoffAck(batch), ctx);
    }

    /// The home has it: what was kept for it can go, unless it has become newer in the meantime.
    pub(super) fn on_handoff_ack(&mut self, from: NodeId, batch: &Batch, ctx: &mut Context<'_>) {
        let mut forgotten = 0;
        for (key, object) in batch.items.iter() {
            let forgets = if batch.moved {
                self.forget_moved(from, *key, object, ctx)
            } else {
                self.forget_hint(from, *key, object, ctx)
            };
            forgotten += u64::from(forgets);
        }
        let rule = if batch.moved { rules::MOVE_DONE } else { rules::HANDOFF_DONE };
        if forgotten > 0 {
            ctx.note(Note::new(rule, [node(ctx.me), node(from), forgotten]));
        }
        if !self.hands_over {
            return;
        }
        if self.moving.is_empty() && self.kept(ctx).hints.is_empty() {
            self.hands_over = false;
            ctx.cancel_timer(HANDOFF);
        }
    }

    fn forget_hint(&mut self, home: NodeId, key: u32, given: &Object, ctx: &mut Context<'_>) -> bool {
        let rule = ctx.config.reconciliation;
        let forgets = self.kept(ctx).hints.get(&(home, key)).is_some_and(|kept| rule.covers(given, kept));
        if forgets {
            self.keep(Write::Unhint(home, key), ctx);
        }
        forgets
    }

    /// A key is forgotten once all its new homes have it, if this server is none of them.
    fn forget_moved(&mut self, home: NodeId, key: u32, given: &Object, ctx: &mut Context<'_>) -> bool {
        let rule = ctx.config.reconciliation;
        let current = self.kept(ctx).store.find(key).is_some_and(|held| rule.covers(given, held));
        if !current || !Rc::make_mut(&mut self.moving).remove(&(home, key)) {
            return false;
        }
        let last = !self.moving.iter().any(|(_, moving)| *moving == key);
        let leaves = last && !self.is_home(key, ctx);
        if leaves {
            self.keep(Write::Remove(key), ctx);
        }
        leaves
    }
}

fn send_parcels(parcels: Parcels, moved: bool, ctx: &mut Context<'_>) {
    for (home, mut items) in parcels {
        items.truncate(BATCH);
        let rule = if moved { rules::MOVE } else { rules::HANDOFF };
        ctx.note(Note::new(rule, [node(ctx.me), node(home), items.len() as u64]));
        ctx.send(home, Message::Handoff(Batch { moved, items: Rc::new(items) }));
    }
}
