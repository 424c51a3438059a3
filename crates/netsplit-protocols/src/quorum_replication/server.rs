//! A server: its volatile state, and the one place where each event finds its rule.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use netsplit_sim::context::ServerContext;
use netsplit_sim::encode_fields;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::{NodeId, OrderName, ProcessId, TimerName};
use netsplit_sim::note::{Note, node};
use netsplit_sim::protocol;

use super::QuorumReplication;
use super::coordination::Coordination;
use super::disk::{Kept, Write};
use super::membership::Membership;
use super::message::{Message, OpId};
use super::object::Object;
use super::ring::Ring;
use super::rules;
use super::store::Store;
use super::trail::Trail;
use crate::quorum::ServerSet;
use crate::version_vector::{Actor, Dot};

/// What a server's handlers may use.
pub(super) type Context<'a> = ServerContext<'a, QuorumReplication>;

/// Runs while a server coordinates something; at its end it looks who has not answered.
pub(super) const PATIENCE: TimerName = TimerName(0);
/// Runs while a server takes others for down; at its end it asks them.
pub(super) const PROBE: TimerName = TimerName(1);
/// Runs while a server keeps something for others; at its end it tries to hand it over.
pub(super) const HANDOFF: TimerName = TimerName(2);
/// At its end a server compares Merkle trees with another.
pub(super) const COMPARE: TimerName = TimerName(3);
/// Runs until everyone has acknowledged a change of the ring; at its end a server tells it again.
pub(super) const GOSSIP: TimerName = TimerName(4);

/// Purposes of draws.
const EPOCH_DRAW: u8 = 0;
pub(super) const REPLICA_DRAW: u8 = 1;
pub(super) const COMPARE_DRAW: u8 = 2;

/// What a server keeps in memory; a crash loses it.
#[derive(Clone, Debug)]
pub struct Server {
    /// Itself.
    pub(super) me: NodeId,
    /// Which of its lives this is: part of the name of every write it coordinates.
    pub(super) epoch: u16,
    /// How many writes it has named in this life.
    pub(super) named: u32,
    /// How many operations it has coordinated in this life.
    pub(super) coordinated: u32,
    /// What it keeps if it trusts its memory; empty where writes go to the disk.
    pub(super) memory: Kept,
    /// The members and their positions, as far as it knows.
    pub(super) ring: Rc<Ring>,
    /// What it has named for keys that it is no home of: told with every later write of the key, so
    /// that a version vector stands for all that came before.
    pub(super) named_for_others: Store,
    /// The last request of each client process: the network may double requests, and a write must not
    /// come back to life.
    pub(super) taken: BTreeMap<ProcessId, u32>,
    /// The operations that it coordinates now.
    pub(super) coordinations: Vec<Coordination>,
    /// Whether the patience timer runs.
    pub(super) is_patient: bool,
    /// Those that did not answer, and were not heard from since.
    pub(super) suspected: ServerSet,
    /// Keys that left it and are on their way to another home.
    pub(super) moving: Rc<BTreeSet<(NodeId, u32)>>,
    /// Whether the handoff timer runs.
    pub(super) hands_over: bool,
    /// Those that do not know yet how the ring changed.
    pub(super) untold: ServerSet,
    /// With whom it compared its Merkle tree last.
    pub(super) compared_with: NodeId,
    /// What the last event changed, for those who check it.
    pub(super) trail: Trail,
}

// The ring follows from the membership, and the trail decides nothing.
encode_fields!(Server {
    epoch,
    named,
    coordinated,
    memory,
    named_for_others,
    taken,
    coordinations,
    is_patient,
    suspected,
    moving,
    hands_over,
    untold,
    compared_with,
});

footprint_fields!(Server { memory, ring, named_for_others, taken, coordinations, moving, trail });

impl protocol::Server<QuorumReplication> for Server {
    fn boot(ctx: &mut Context<'_>) -> Self {
        let mut server = Self::reborn(ctx);
        let kept = server.kept(ctx);
        let (keys, hints) = (u64::from(kept.store.keys()), kept.hints.len() as u64);
        ctx.note(Note::new(rules::START, [node(ctx.me), keys, hints]));
        if ctx.config.flaws.hints_dropped && hints > 0 {
            server.keep(Write::DropHints, ctx);
        }
        server.resume_moves(ctx);
        server.resume_gossip(ctx);
        server.begin_comparing(ctx);
        server
    }

    fn on_message(&mut self, from: NodeId, message: Message, ctx: &mut Context<'_>) {
        self.trail.begin();
        self.hear_from(from, ctx);
        match message {
            Message::Write(write) => self.on_write(from, write, ctx),
            Message::Ack(op) => self.on_ack(from, op, ctx),
            Message::Read(op, key) => self.on_read(from, op, key, ctx),
            Message::Reply(op, object) => self.on_reply(from, op, object, ctx),
            Message::Request(request) => self.on_request(from, request, ctx),
            Message::Repair(key, object) => self.on_repair(from, key, &object, ctx),
            Message::Handoff(batch) => self.on_handoff(from, batch, ctx),
            Message::HandoffAck(batch) => self.on_handoff_ack(from, &batch, ctx),
            Message::Ping => ctx.send(from, Message::Pong),
            Message::Gossip(membership) => self.on_gossip(from, &membership, ctx),
            Message::GossipAck(membership) => self.on_gossip_ack(from, &membership, ctx),
            Message::Tree(tree) => self.on_tree(from, &tree, ctx),
            Message::Exchange(exchange) => self.on_exchange(from, &exchange, ctx),
            // That it came is all it says. Servers ask nobody for operations.
            Message::Pong | Message::Answer(_) => {}
        }
    }

    fn on_timer(&mut self, timer: TimerName, ctx: &mut Context<'_>) {
        self.trail.begin();
        match timer {
            PATIENCE => self.lose_patience(ctx),
            PROBE => self.probe(ctx),
            HANDOFF => self.hand_over(ctx),
            COMPARE => self.compare_trees(ctx),
            GOSSIP => self.gossip(ctx),
            _ => unreachable!("a server sets no timer {timer:?}"),
        }
    }

    fn on_durable(&mut self, ctx: &mut Context<'_>) {
        self.trail.begin();
        self.count_own_disk(ctx);
    }

    fn on_order(&mut self, order: OrderName, ctx: &mut Context<'_>) {
        self.trail.begin();
        self.obey(order, ctx);
    }
}

impl Server {
    /// A server as every start finds it: with its disk, a name for its new life, and no memory.
    fn reborn(ctx: &mut Context<'_>) -> Self {
        let epoch = if ctx.config.flaws.dots_reused { 0 } else { ctx.draw(EPOCH_DRAW).below(1 << 16) as u16 };
        let known = &ctx.disk().membership;
        let first = || Membership::first(ctx.config.members, ctx.topology.servers);
        let membership = if known.is_unknown() { first() } else { known.clone() };
        let ring = Ring::new(ctx.config.ring, membership.members(), ctx.config.virtual_nodes);
        Self {
            me: ctx.me,
            epoch,
            named: 0,
            coordinated: 0,
            memory: Kept { membership, ..Kept::default() },
            ring: Rc::new(ring),
            named_for_others: Store::default(),
            taken: BTreeMap::new(),
            coordinations: Vec::new(),
            is_patient: false,
            suspected: ServerSet::default(),
            moving: Rc::default(),
            hands_over: false,
            untold: ServerSet::default(),
            compared_with: ctx.me,
            trail: Trail::default(),
        }
    }

    /// What it keeps: on its disk, or in the memory that it trusts.
    pub(super) fn kept<'a>(&'a self, ctx: &'a Context<'_>) -> &'a Kept {
        if ctx.config.sync_writes { ctx.disk() } else { &self.memory }
    }

    /// Writes to where it keeps things.
    pub(super) fn keep(&mut self, write: Write, ctx: &mut Context<'_>) {
        if ctx.config.sync_writes {
            ctx.persist(write);
        } else {
            protocol::Disk::apply(&mut self.memory, &write);
        }
    }

    /// Who is a member, as far as it knows.
    pub(super) fn membership(&self) -> &Membership {
        &self.memory.membership
    }

    /// Whether it owns a part of the ring, as far as it knows.
    pub(super) fn is_member(&self) -> bool {
        self.membership().of(self.me).member
    }

    /// Whether it is one of the homes of a key.
    pub(super) fn is_home(&self, key: u32, ctx: &Context<'_>) -> bool {
        self.ring.homes(key, ctx.config.n).contains(ctx.me)
    }

    /// A name for the next write that it coordinates.
    pub(super) fn next_dot(&mut self, ctx: &Context<'_>) -> Dot {
        self.named += 1;
        Dot { actor: Actor { node: ctx.me, epoch: self.epoch }, counter: self.named }
    }

    /// A name for the next operation that it coordinates.
    pub(super) fn next_op(&mut self) -> OpId {
        self.coordinated += 1;
        OpId { epoch: self.epoch, number: self.coordinated }
    }

    /// Replaces what it stores under a key.
    pub(super) fn put(&mut self, key: u32, object: Object, ctx: &mut Context<'_>) {
        let before = self.kept(ctx).store.get(key);
        self.trail.changes(key, before);
        self.keep(Write::Put(key, object), ctx);
    }
}
