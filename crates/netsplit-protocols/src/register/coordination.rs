//! Carrying out an operation at several replicas: multi-writer ABD (Lynch and Shvartsman 1997, §3), and
//! with one round trip what an available replica does if a client asks for more than its own word.

use netsplit_sim::describe::value_arg;
use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::history::{Function, Operation, Value};
use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};

use super::config::Design;
use super::message::{Answer, Message, Refusal, Request, Seen};
use super::rules;
use super::server::{Context, RETRY, Server, answer_of, seen_in};
use super::state::{State, Tagged};
use super::types::{OpId, Tag};
use crate::quorum::ServerSet;

/// An operation under way at its coordinator.
#[derive(Clone, Debug)]
pub struct Coordination {
    /// Which operation.
    pub id: OpId,
    /// What was asked.
    pub operation: Operation,
    /// How many replicas have to answer in each round trip, the coordinator's own among them.
    pub needs: u32,
    /// How many more times the replicas may be asked.
    pub attempts: u32,
    /// Which round trip.
    pub phase: Phase,
    /// What an update that is taken already tells its client of versions; all others find out.
    pub seen: Option<Seen>,
}

/// The two round trips.
#[derive(Clone, Debug)]
pub enum Phase {
    /// These have told what they have; that is the best of it.
    Query(ServerSet, State),
    /// These have stored this, durably.
    Store(ServerSet, State),
}

encode_fields!(Coordination { id, operation, needs, attempts, phase, seen });
footprint_fields!(Coordination { phase });

impl Encode for Phase {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Query(answered, best) => (0u8, (*answered, best.clone())).encode(out),
            Self::Store(stored, state) => (1u8, (*stored, state.clone())).encode(out),
        }
    }
}

impl Footprint for Phase {
    fn heap(&self, _: Option<&Self>) -> usize {
        match self {
            Self::Query(_, state) | Self::Store(_, state) => state.heap(None),
        }
    }
}

impl Coordination {
    /// Who has answered in this round trip.
    pub fn answered(&self) -> ServerSet {
        match self.phase {
            Phase::Query(answered, _) | Phase::Store(answered, _) => answered,
        }
    }

    fn is_read(&self) -> bool {
        self.operation.function == Function::Read
    }

    /// What the replicas are asked in this round trip.
    fn request(&self) -> Message {
        match &self.phase {
            Phase::Query(..) => Message::Query(self.id, self.operation.key),
            Phase::Store(_, state) => Message::Store(self.id, self.operation.key, state.clone()),
        }
    }
}

impl Server {
    /// The position of an operation among those that this server coordinates.
    pub(super) fn coordinates(&self, id: OpId) -> Option<usize> {
        self.coordinations.iter().position(|coordination| coordination.id == id)
    }

    /// §3: reads and writes both begin by asking a majority what it has.
    pub(super) fn query(&mut self, request: &Request, needs: u32, ctx: &mut Context<'_>) {
        let Request { id, operation, .. } = *request;
        let own = ctx.durable().state(operation.key, ctx.config.kind);
        let position = self.begin(id, operation, needs, Phase::Query(just(ctx.me), own), ctx);
        if needs > 1 {
            let (client, key) = (node(id.client), u64::from(operation.key));
            ctx.note(Note::new(rules::QUERY, [node(ctx.me), key, client, u64::from(needs)]));
            self.ask(position, ctx);
        }
        self.proceed(position, ctx);
    }

    fn begin(
        &mut self,
        id: OpId,
        operation: Operation,
        needs: u32,
        phase: Phase,
        ctx: &mut Context<'_>,
    ) -> usize {
        if self.coordinations.is_empty() {
            ctx.set_timer(RETRY, ctx.config.retry_interval);
        }
        let attempts = ctx.config.attempts;
        self.coordinations.push(Coordination { id, operation, needs, attempts, phase, seen: None });
        self.coordinations.len() - 1
    }

    /// An available replica has taken an update whose client wants more replicas to have it.
    pub(super) fn store_at_more(
        &mut self,
        request: &Request,
        state: State,
        seen: Seen,
        ctx: &mut Context<'_>,
    ) {
        let Request { id, operation, .. } = *request;
        let needs = ctx.config.needs(&operation);
        let position = self.begin(id, operation, needs, Phase::Store(ServerSet::default(), state), ctx);
        self.coordinations[position].seen = Some(seen);
        self.ask(position, ctx);
    }

    /// Asks all replicas that have not answered. What they are to store leaves once this server has it on
    /// its own disk, with the note that the request is taken: no crash can make a duplicate of it count.
    fn ask(&self, position: usize, ctx: &mut Context<'_>) {
        let coordination = &self.coordinations[position];
        let answered = coordination.answered();
        for peer in ctx.peers().filter(|peer| !answered.contains(*peer)) {
            match &coordination.phase {
                Phase::Query(..) => ctx.send(peer, coordination.request()),
                Phase::Store(..) => ctx.send_after_sync(peer, coordination.request()),
            }
        }
    }

    /// §3: a replica tells what it has: what is durable, so that no crash takes back what was told.
    pub(super) fn on_query(from: NodeId, id: OpId, key: u32, ctx: &mut Context<'_>) {
        let state = ctx.durable().state(key, ctx.config.kind);
        ctx.send(from, Message::QueryReply(id, state));
    }

    /// §3: of what is told, the highest tag counts.
    pub(super) fn on_query_reply(&mut self, from: NodeId, id: OpId, told: &State, ctx: &mut Context<'_>) {
        let Some(position) = self.coordinates(id) else { return };
        let coordination = &mut self.coordinations[position];
        let Phase::Query(answered, best) = &mut coordination.phase else { return };
        ctx.note(told_note(ctx.me, from, coordination.operation.key, told));
        answered.insert(from);
        *best = best.join(told);
        self.proceed(position, ctx);
    }

    /// §3: a replica stores what has a higher tag than its own, and says so once it is durable.
    pub(super) fn on_store(from: NodeId, id: OpId, key: u32, state: &State, ctx: &mut Context<'_>) {
        match state {
            State::Tagged(tagged) => {
                let own = ctx.disk().state(key, ctx.config.kind);
                let (me, shown) = (node(ctx.me), u64::from(key));
                ctx.note(if own.covers(state) {
                    Note::new(rules::STORE_KNOWN, [me, shown])
                } else {
                    Note::new(rules::STORE, [me, value_arg(tagged.value), shown, tagged.tag.number])
                });
                Self::put(key, state, ctx);
            }
            _ => Self::join_in(from, key, state, false, ctx),
        }
        ctx.send_after_sync(from, Message::StoreReply(id));
    }

    /// §3: once enough replicas have stored it, the operation is done.
    pub(super) fn on_store_reply(&mut self, from: NodeId, id: OpId, ctx: &mut Context<'_>) {
        let Some(position) = self.coordinates(id) else { return };
        let coordination = &mut self.coordinations[position];
        let Phase::Store(stored, _) = &mut coordination.phase else { return };
        stored.insert(from);
        let (count, needs) = (u64::from(stored.count()), u64::from(coordination.needs));
        ctx.note(Note::new(rules::STORED_BY, [node(ctx.me), node(from), count, needs]));
        self.proceed(position, ctx);
    }

    /// The coordinator's own replica counts once its disk has stored it.
    pub(super) fn count_own_disk(&mut self, ctx: &mut Context<'_>) {
        let mut position = 0;
        while position < self.coordinations.len() {
            if !self.counts_own_disk(position, ctx) || !self.proceed(position, ctx) {
                position += 1;
            }
        }
    }

    /// Whether its own replica has just come to count.
    fn counts_own_disk(&mut self, position: usize, ctx: &Context<'_>) -> bool {
        let coordination = &mut self.coordinations[position];
        let Phase::Store(stored, state) = &mut coordination.phase else { return false };
        let own = ctx.durable().state(coordination.operation.key, ctx.config.kind);
        let counts = !stored.contains(ctx.me) && own.covers(state);
        if counts {
            stored.insert(ctx.me);
        }
        counts
    }

    /// Goes on if enough replicas have answered; returns whether the operation has ended by that.
    fn proceed(&mut self, position: usize, ctx: &mut Context<'_>) -> bool {
        let coordination = &self.coordinations[position];
        if coordination.answered().count() < coordination.needs {
            return false;
        }
        match &coordination.phase {
            Phase::Query(_, best) => {
                let best = best.clone();
                self.end_query(position, best, ctx)
            }
            Phase::Store(_, state) => {
                let state = state.clone();
                self.finish(position, &state, ctx);
                true
            }
        }
    }

    /// §3: a write stores its value under a higher tag, and a read what it has read, so that no later
    /// read sees less. A read that asked fewer than a majority answers without that.
    fn end_query(&mut self, position: usize, best: State, ctx: &mut Context<'_>) -> bool {
        let coordination = &self.coordinations[position];
        let is_quick = coordination.needs < ctx.config.majority() || ctx.config.design == Design::Ap;
        if coordination.is_read() && (is_quick || ctx.config.flaws.read_without_write_back) {
            self.answer_without_write_back(position, &best, ctx);
            return true;
        }
        let state = if coordination.is_read() {
            ctx.note(read_note(ctx.me, coordination.id.client, &best));
            best
        } else {
            Self::tagged(coordination, &best, ctx)
        };
        self.store(position, state, ctx)
    }

    /// §3: the new tag has a higher number than any that a majority told, and the writer breaks ties.
    fn tagged(coordination: &Coordination, best: &State, ctx: &mut Context<'_>) -> State {
        let highest = best.tag().unwrap_or_default();
        let writer = Some(coordination.id).filter(|_| !ctx.config.flaws.tag_without_client);
        let tag = Tag { number: highest.number + 1, writer };
        let told = u64::from(coordination.answered().count());
        let client = node(coordination.id.client);
        ctx.note(Note::new(rules::CHOOSE_TAG, [node(ctx.me), told, client, tag.number]));
        State::Tagged(Tagged { tag, value: coordination.operation.value })
    }

    /// The second round trip. Returns whether the operation has ended, as it does if one replica is
    /// enough and has stored it already.
    fn store(&mut self, position: usize, state: State, ctx: &mut Context<'_>) -> bool {
        let key = self.coordinations[position].operation.key;
        self.coordinations[position].phase = Phase::Store(ServerSet::default(), state.clone());
        Self::put(key, &state, ctx);
        self.ask(position, ctx);
        self.counts_own_disk(position, ctx) && self.proceed(position, ctx)
    }

    fn answer_without_write_back(&mut self, position: usize, best: &State, ctx: &mut Context<'_>) {
        let client = node(self.coordinations[position].id.client);
        let note = match answer_of(best) {
            Answer::Done(value) => {
                Note::new(rules::ANSWER_WITHOUT_WRITE_BACK, [node(ctx.me), client, value_arg(value)])
            }
            _ => {
                let key = u64::from(self.coordinations[position].operation.key);
                let count = best.numbers().len() as u64;
                Note::new(rules::ANSWER_LOCALLY_MANY, [node(ctx.me), client, key, count])
            }
        };
        ctx.note(note);
        let id = self.end(position, ctx).id;
        Self::reply(id, answer_of(best), seen_in(best), ctx);
    }

    fn finish(&mut self, position: usize, state: &State, ctx: &mut Context<'_>) {
        let coordination = self.end(position, ctx);
        let (count, needs) = (coordination.answered().count(), coordination.needs);
        let rule = if coordination.is_read() { rules::WRITE_BACK_DONE } else { rules::ON_ENOUGH };
        let client = node(coordination.id.client);
        ctx.note(Note::new(rule, [node(ctx.me), count.into(), needs.into(), client]));
        let answer = if coordination.is_read() {
            answer_of(state)
        } else {
            Answer::Done(coordination.operation.value)
        };
        let seen = coordination.seen.unwrap_or_else(|| seen_in(state));
        Self::reply(coordination.id, answer, seen, ctx);
    }

    /// Silence: those who have not answered are asked again, until the attempts are used up.
    pub(super) fn on_replicas_silent(&mut self, ctx: &mut Context<'_>) {
        let mut position = 0;
        while position < self.coordinations.len() {
            let coordination = &mut self.coordinations[position];
            coordination.attempts -= 1;
            if coordination.attempts == 0 {
                self.give_up(position, ctx);
                continue;
            }
            let client = node(coordination.id.client);
            ctx.note(Note::new(rules::ASK_AGAIN, [node(ctx.me), client]));
            self.ask(position, ctx);
            position += 1;
        }
        if !self.coordinations.is_empty() {
            ctx.set_timer(RETRY, ctx.config.retry_interval);
        }
    }

    /// Gives up: as long as nobody was told to store anything, that is a refusal; later nobody can tell.
    fn give_up(&mut self, position: usize, ctx: &mut Context<'_>) {
        let coordination = self.end(position, ctx);
        let calls_it_failed = ctx.config.flaws.timeout_is_failure && !coordination.is_read();
        let (rule, answer) = match coordination.phase {
            Phase::Query(..) => (rules::REFUSE_TOO_FEW, Answer::Refused(Refusal::TooFew)),
            Phase::Store(..) if calls_it_failed => {
                (rules::CALL_IT_FAILED, Answer::Refused(Refusal::OutOfTime))
            }
            Phase::Store(..) => (rules::CANNOT_TELL, Answer::Unknown),
        };
        let (count, needs) = (coordination.answered().count(), coordination.needs);
        let client = node(coordination.id.client);
        ctx.note(Note::new(rule, [node(ctx.me), count.into(), needs.into(), client]));
        Self::reply(coordination.id, answer, Seen::Nothing, ctx);
    }

    fn end(&mut self, position: usize, ctx: &mut Context<'_>) -> Coordination {
        let ended = self.coordinations.remove(position);
        if self.coordinations.is_empty() {
            ctx.cancel_timer(RETRY);
        }
        ended
    }
}

fn just(server: NodeId) -> ServerSet {
    let mut set = ServerSet::default();
    set.insert(server);
    set
}

fn told_note(me: NodeId, from: NodeId, key: u32, told: &State) -> Note {
    match told {
        State::Tagged(Tagged { tag, value }) => {
            Note::new(rules::QUERY_ANSWERED, [node(me), value_arg(*value), node(from), tag.number])
        }
        _ => Note::new(rules::QUERY_ANSWERED_PLAIN, [node(me), node(from), u64::from(key)]),
    }
}

fn read_note(me: NodeId, client: NodeId, best: &State) -> Note {
    let (number, value) = match best {
        State::Tagged(Tagged { tag, value }) => (tag.number, *value),
        _ => (0, Value::Absent),
    };
    Note::new(rules::WRITE_BACK, [node(me), value_arg(value), number, node(client)])
}
