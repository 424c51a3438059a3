//! §4.7: two replicas compare Merkle trees of the keys that both are homes of, from the root down, and
//! exchange what is in the ranges that differ.

use std::rc::Rc;

use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};
use netsplit_sim::time::SimDuration;

use super::merkle::{self, LEAVES, MerkleTree};
use super::message::{Exchange, Message, Tree};
use super::object::Object;
use super::rules;
use super::server::{COMPARE, COMPARE_DRAW, Context, Server};

impl Server {
    /// Begins to compare, somewhere within the first interval, so that not all do so at once.
    pub(super) fn begin_comparing(&mut self, ctx: &mut Context<'_>) {
        if ctx.config.anti_entropy {
            let first = ctx.draw(COMPARE_DRAW).below(ctx.config.anti_entropy_interval.0);
            ctx.set_timer(COMPARE, SimDuration(first.max(1)));
        }
    }

    /// Sends the root of its tree to the next of those it shares keys with.
    pub(super) fn compare_trees(&mut self, ctx: &mut Context<'_>) {
        ctx.set_timer(COMPARE, ctx.config.anti_entropy_interval);
        let members = self.membership().members();
        let after = |id: &NodeId| *id > self.compared_with;
        let others = members.iter().filter(|id| *id != ctx.me);
        let Some(other) = others.clone().find(after).or_else(|| others.clone().next()) else { return };
        self.compared_with = other;
        ctx.note(Note::new(rules::COMPARE, [node(ctx.me), node(other)]));
        let root = self.tree(other, ctx).root();
        ctx.send(other, Message::Tree(Tree { level: 0, nodes: Rc::new(vec![(0, root)]) }));
    }

    /// The tree over what it shares with another.
    pub(super) fn tree(&self, other: NodeId, ctx: &Context<'_>) -> MerkleTree {
        MerkleTree::of(&self.kept(ctx).store, |key| self.shares(key, other, ctx))
    }

    fn shares(&self, key: u32, other: NodeId, ctx: &Context<'_>) -> bool {
        let homes = self.ring.homes(key, ctx.config.n);
        homes.contains(ctx.me) && homes.contains(other)
    }

    /// Goes on below the nodes that differ; at the leaves, with what is in them.
    pub(super) fn on_tree(&mut self, from: NodeId, theirs: &Tree, ctx: &mut Context<'_>) {
        let own = self.tree(from, ctx);
        let differs = |(position, hash): &&(u32, u64)| own.node(theirs.level, *position) != *hash;
        let differing: Vec<u32> =
            theirs.nodes.iter().filter(differs).map(|(position, _)| *position).collect();
        if differing.is_empty() {
            ctx.note(Note::new(rules::TREES_EQUAL, [node(ctx.me), node(from)]));
            return;
        }
        if theirs.level < LEAVES {
            let (count, level) = (differing.len() as u64, theirs.level + 1);
            let args = [node(ctx.me), count, u64::from(theirs.level), node(from)];
            ctx.note(Note::new(rules::TREES_DIFFER, args));
            let below = differing.into_iter().flat_map(merkle::children);
            let nodes = below.map(|position| (position, own.node(level, position))).collect();
            ctx.send(from, Message::Tree(Tree { level, nodes: Rc::new(nodes) }));
        } else {
            let items = self.in_leaves(&differing, from, ctx);
            send_exchange(
                from,
                Exchange { leaves: Rc::new(differing), items: Rc::new(items), ask: true },
                ctx,
            );
        }
    }

    /// What it shares with another in some leaves.
    fn in_leaves(&self, leaves: &[u32], other: NodeId, ctx: &Context<'_>) -> Vec<(u32, Object)> {
        let store = &self.kept(ctx).store;
        let all = leaves.iter().flat_map(|leaf| store.slice(*leaf));
        let shared = all.filter(|(key, _)| self.shares(*key, other, ctx));
        shared.map(|(key, object)| (key, object.clone())).collect()
    }

    /// Stores what is new, and gives what the other lacks.
    pub(super) fn on_exchange(&mut self, from: NodeId, theirs: &Exchange, ctx: &mut Context<'_>) {
        let rule = ctx.config.reconciliation;
        let sent = |key: u32| theirs.items.iter().find(|(other, _)| *other == key);
        let lacks = |(key, own): &(u32, Object)| sent(*key).is_none_or(|(_, other)| !rule.covers(other, own));
        let mut lacking: Vec<(u32, Object)> = Vec::new();
        if theirs.ask {
            lacking = self.in_leaves(&theirs.leaves, from, ctx).into_iter().filter(lacks).collect();
        }
        for (key, object) in theirs.items.iter() {
            self.store(from, *key, object, ctx);
        }
        if !lacking.is_empty() {
            let leaves = theirs.leaves.clone();
            send_exchange(from, Exchange { leaves, items: Rc::new(lacking), ask: false }, ctx);
        }
    }
}

fn send_exchange(to: NodeId, exchange: Exchange, ctx: &mut Context<'_>) {
    let (ranges, keys) = (exchange.leaves.len() as u64, exchange.items.len() as u64);
    ctx.note(Note::new(rules::EXCHANGE, [node(ctx.me), node(to), ranges, keys]));
    ctx.send(to, Message::Exchange(exchange));
}
