//! Available replicas: each answers from its own store, tells the others afterwards, and compares its
//! store with theirs now and then, so that they become the same once they can talk.

use std::rc::Rc;

use netsplit_sim::describe::value_arg;
use netsplit_sim::encode::{Digest, Encode};
use netsplit_sim::history::{Function, Operation, Value};
use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, int, node};
use netsplit_sim::time::SimDuration;

use super::disk::Write;
use super::message::{Answer, Exchange, Message, Request, Seen};
use super::rules;
use super::server::{ANTI_ENTROPY, Context, Server, answer_of, seen_in};
use super::state::{Stamped, State};
use super::types::Stamp;
use crate::version_vector::{Dot, Siblings};

/// Purpose of the only draw: when a server first compares its store, so that not all do at once.
const FIRST_COMPARISON_DRAW: u8 = 0;

impl Server {
    /// A read is answered from what this replica has durably, whatever the others have.
    pub(super) fn answer_locally(request: &Request, ctx: &mut Context<'_>) {
        let key = request.operation.key;
        let state = ctx.durable().state(key, ctx.config.kind);
        let (client, shown) = (node(request.id.client), u64::from(key));
        let (rule, what) = match (&state, answer_of(&state)) {
            (State::Counter(counter), _) => (rules::ANSWER_LOCALLY_COUNT, int(counter.total())),
            (_, Answer::Done(value)) => (rules::ANSWER_LOCALLY, value_arg(value)),
            _ => (rules::ANSWER_LOCALLY_MANY, state.numbers().len() as u64),
        };
        ctx.note(Note::new(rule, [node(ctx.me), client, shown, what]));
        Self::reply(request.id, answer_of(&state), seen_in(&state), ctx);
    }

    /// An update is taken at once; the others hear of it, and the client is answered as soon as this
    /// replica has stored it, or as many as it asked for.
    pub(super) fn take_update(&mut self, request: &Request, ctx: &mut Context<'_>) {
        let operation = request.operation;
        let own = ctx.disk().state(operation.key, ctx.config.kind);
        let (state, seen) = updated(&own, request, ctx);
        ctx.note(take_note(request, &state, &own, ctx));
        if state != own {
            ctx.persist(Write::Put(operation.key, state.clone()));
        }
        if ctx.config.needs(&operation) > 1 {
            return self.store_at_more(request, state, seen, ctx);
        }
        for peer in ctx.peers() {
            ctx.send_after_sync(peer, Message::Replicate(operation.key, state.clone()));
        }
        Self::reply(request.id, Answer::Done(operation.value), seen, ctx);
    }

    pub(super) fn on_replicate(from: NodeId, key: u32, state: &State, ctx: &mut Context<'_>) {
        Self::join_in(from, key, state, false, ctx);
    }

    /// Joins what another replica has. `late` if it comes from a comparison: then an older value that
    /// gives way deserves a sentence.
    pub(super) fn join_in(from: NodeId, key: u32, told: &State, late: bool, ctx: &mut Context<'_>) {
        let own = ctx.disk().state(key, ctx.config.kind);
        if own == *told {
            return ctx.note(Note::new(rules::NO_NEWS, [node(ctx.me), node(from), u64::from(key)]));
        }
        let joined = match (&own, told) {
            (State::Counter(own), State::Counter(told)) if ctx.config.flaws.merge_by_sum => {
                State::Counter(Rc::new(own.sum(told)))
            }
            _ => own.join(told),
        };
        ctx.note(join_note([ctx.me, from], key, [&own, told, &joined], late));
        if joined != own {
            ctx.persist(Write::Put(key, joined));
        }
    }

    /// Anti-entropy begins at a moment of its own.
    pub(super) fn start_comparing(&mut self, ctx: &mut Context<'_>) {
        let interval = ctx.config.anti_entropy_interval.0;
        let first = ctx.draw(FIRST_COMPARISON_DRAW).between(interval / 2, interval);
        ctx.set_timer(ANTI_ENTROPY, SimDuration(first));
    }

    /// Compares its store with the next other replica's, by their digests.
    pub(super) fn compare_with_next(&mut self, ctx: &mut Context<'_>) {
        ctx.set_timer(ANTI_ENTROPY, ctx.config.anti_entropy_interval);
        let others = u32::from(ctx.topology.servers) - 1;
        let Some(turn) = self.comparisons.checked_rem(others) else { return };
        self.comparisons = self.comparisons.wrapping_add(1);
        let index = (u32::from(ctx.me.index()) + 1 + turn) % (others + 1);
        let peer = NodeId::server(index as u16);
        ctx.note(Note::new(rules::COMPARE, [node(ctx.me), node(peer)]));
        ctx.send(peer, Message::Compare(ctx.durable().store.digest()));
    }

    pub(super) fn on_compare(from: NodeId, digest: Digest, ctx: &mut Context<'_>) {
        let store = Rc::clone(&ctx.durable().store);
        if store.digest() == digest {
            return ctx.note(Note::new(rules::SAME_STORE, [node(ctx.me), node(from)]));
        }
        ctx.note(Note::new(rules::DIFFERING_STORE, [node(ctx.me), node(from)]));
        ctx.send(from, Message::Exchange(Exchange { store, wants_reply: true }));
    }

    /// Joins another replica's whole store, and tells it what it lacks.
    pub(super) fn on_exchange(from: NodeId, exchange: &Exchange, ctx: &mut Context<'_>) {
        for (key, state) in exchange.store.iter() {
            Self::join_in(from, *key, state, true, ctx);
        }
        if exchange.wants_reply && ctx.disk().store != exchange.store {
            let store = Rc::clone(&ctx.disk().store);
            ctx.send_after_sync(from, Message::Exchange(Exchange { store, wants_reply: false }));
        }
    }
}

/// What a replica has after an update, and what its client has seen then.
fn updated(own: &State, request: &Request, ctx: &Context<'_>) -> (State, Seen) {
    let Operation { function, value, .. } = request.operation;
    let number = number_in(value);
    match own {
        State::Stamped(_) => (own.join(&State::Stamped(stamped(own, value, ctx))), Seen::Nothing),
        State::Siblings(siblings) => written(siblings, number, request, ctx.me),
        State::Counter(counter) => (State::Counter(Rc::new(counter.add(ctx.me, number))), Seen::Nothing),
        State::Set(set) if function == Function::Remove => {
            (State::Set(Rc::new(set.remove(number))), Seen::Nothing)
        }
        State::Set(set) => (State::Set(Rc::new(set.add(ctx.me, number))), Seen::Nothing),
        State::Tagged(_) | State::Numbered(_) => unreachable!("available replicas keep no such state"),
    }
}

/// What is written, added or removed; documents say a number everywhere.
fn number_in(value: Value) -> i64 {
    match value {
        Value::Number(number) => number,
        Value::Absent => 0,
    }
}

/// A write is stamped by the clock of the server that takes it. Two writes of one server never have
/// the same stamp.
fn stamped(own: &State, value: Value, ctx: &Context<'_>) -> Stamped {
    let now = Stamp { time: ctx.now(), node: ctx.me };
    let stamp = match own {
        State::Stamped(Stamped { stamp: Some(last), .. }) if *last == now => {
            let mut next = now;
            next.time.0 = next.time.0.saturating_add(1);
            next
        }
        _ => now,
    };
    Stamped { stamp: Some(stamp), value }
}

/// A write replaces the versions that its client has seen, and stands beside all others. The client has
/// seen its own write too, unless it stands beside others: a vector that names the write would claim that
/// the client had been told of those.
fn written(siblings: &Siblings<i64>, number: i64, request: &Request, me: NodeId) -> (State, Seen) {
    let actor = Dot::new(me, 0).actor;
    let latest = siblings.context().counter(actor).max(request.context.counter(actor));
    let written = siblings.write(&request.context, Dot::new(me, latest + 1), number);
    let seen = if written.versions().len() == 1 { Seen::Context(written.context()) } else { Seen::Nothing };
    (State::Siblings(written), seen)
}

fn take_note(request: &Request, state: &State, own: &State, ctx: &Context<'_>) -> Note {
    let Operation { function, key, value, .. } = request.operation;
    let (me, client) = (node(ctx.me), node(request.id.client));
    match (function, state) {
        (_, State::Stamped(_)) if state == own => {
            Note::new(rules::DROP_OLDER_OWN, [me, client, value_arg(value), u64::from(key)])
        }
        (_, State::Siblings(siblings)) if siblings.versions().len() > 1 => {
            let count = siblings.versions().len() as u64;
            Note::new(rules::KEEP_SIBLINGS, [me, count, u64::from(key)])
        }
        (Function::Add, _) => Note::new(rules::TAKE_ADD, [me, int(number_in(value)), key.into(), client]),
        (Function::Remove, _) => {
            Note::new(rules::TAKE_REMOVE, [me, int(number_in(value)), key.into(), client])
        }
        _ => Note::new(rules::TAKE_LOCALLY, [me, client, u64::from(key), value_arg(value)]),
    }
}

/// What happened as `me` joined what it had with what it was told.
fn join_note([me, from]: [NodeId; 2], key: u32, [own, told, joined]: [&State; 3], late: bool) -> Note {
    let (me, from, key) = (node(me), node(from), u64::from(key));
    match (own, told, joined) {
        (State::Stamped(own), State::Stamped(told), _) => {
            let (kept, dropped) = if own.stamp >= told.stamp { (own, told) } else { (told, own) };
            if dropped.stamp.is_some() && (late || kept.stamp == own.stamp) {
                Note::new(rules::LAST_WRITER_WINS, [me, from, key, value_arg(dropped.value)])
            } else {
                Note::new(rules::TAKE_OVER, [me, from, key, value_arg(kept.value)])
            }
        }
        (_, _, State::Siblings(siblings)) if siblings.versions().len() > 1 => {
            Note::new(rules::KEEP_SIBLINGS, [me, siblings.versions().len() as u64, key])
        }
        (_, _, State::Counter(counter)) => {
            Note::new(rules::JOIN_COUNTER, [me, from, key, int(counter.total())])
        }
        (_, _, State::Set(set)) => Note::new(rules::JOIN_SET, [me, from, key, set.elements().len() as u64]),
        _ => {
            let value = joined.numbers().first().copied().map_or(Value::Absent, Value::Number);
            Note::new(rules::TAKE_OVER, [me, from, key, value_arg(value)])
        }
    }
}
