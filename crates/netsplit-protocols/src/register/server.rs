//! A server: its volatile state, and the one place where each event finds its rule.

use netsplit_sim::context::ServerContext;
use netsplit_sim::encode_fields;
use netsplit_sim::footprint_fields;
use netsplit_sim::history::Function;
use netsplit_sim::id::{NodeId, TimerName};
use netsplit_sim::note::{Note, node};
use netsplit_sim::protocol;

use super::Register;
use super::config::Design;
use super::coordination::Coordination;
use super::disk::Write;
use super::message::{Answer, ClientReply, Message, Refusal, Request, Seen};
use super::office::Office;
use super::rules;
use super::state::{Reading, State};
use super::types::OpId;

/// What a server's handlers may use.
pub(super) type Context<'a> = ServerContext<'a, Register>;

/// Runs while replicas are waited for: at its end they are asked again.
pub(super) const RETRY: TimerName = TimerName(0);
/// Runs at available replicas: at its end they compare their store with another's.
pub(super) const ANTI_ENTROPY: TimerName = TimerName(1);
/// Runs at primaries with failover: at its end they send heartbeats.
pub(super) const HEARTBEAT: TimerName = TimerName(2);
/// Runs at backups with failover: at its end they take over.
pub(super) const FAILOVER: TimerName = TimerName(3);

/// Volatile state of a server; a crash loses it.
#[derive(Clone, Debug)]
pub struct Server {
    /// The operations that it carries out for clients, in order of arrival.
    pub(super) coordinations: Vec<Coordination>,
    /// How often it compared its store with another's: it takes turns.
    pub(super) comparisons: u32,
    /// What it is to the others; only with a primary.
    pub(super) office: Option<Office>,
}

encode_fields!(Server { coordinations, comparisons, office });
footprint_fields!(Server { coordinations, office });

impl protocol::Server<Register> for Server {
    fn boot(ctx: &mut Context<'_>) -> Self {
        ctx.note(Note::new(rules::START, [node(ctx.me), ctx.disk().store.len() as u64]));
        let mut server = Self { coordinations: Vec::new(), comparisons: 0, office: None };
        match ctx.config.design {
            Design::Cp => {}
            Design::Ap => server.start_comparing(ctx),
            Design::Ca => server.start_in_office(ctx),
        }
        server
    }

    fn on_message(&mut self, from: NodeId, message: Message, ctx: &mut Context<'_>) {
        match message {
            Message::Query(id, key) => Self::on_query(from, id, key, ctx),
            Message::QueryReply(id, state) => self.on_query_reply(from, id, &state, ctx),
            Message::Store(id, key, state) => match ctx.config.design {
                Design::Ca => Self::on_primary_store(from, id, key, &state, ctx),
                Design::Cp | Design::Ap => Self::on_store(from, id, key, &state, ctx),
            },
            Message::StoreReply(id) => match ctx.config.design {
                Design::Ca => self.on_backup_stored(from, id, ctx),
                Design::Cp | Design::Ap => self.on_store_reply(from, id, ctx),
            },
            Message::Replicate(key, state) => Self::on_replicate(from, key, &state, ctx),
            Message::Compare(digest) => Self::on_compare(from, digest, ctx),
            Message::Exchange(exchange) => Self::on_exchange(from, &exchange, ctx),
            Message::Heartbeat(view, members) => self.on_heartbeat(from, view, members, ctx),
            Message::HeartbeatReply(view) => self.on_heartbeat_reply(from, view, ctx),
            Message::Transfer(view, all) => self.on_transfer(from, view, all, ctx),
            Message::TransferReply(view) => self.on_transfer_reply(from, view, ctx),
            Message::Forward(request) => self.on_forward(from, request, ctx),
            Message::ClientRequest(request) => self.on_request(request, ctx),
            // Servers ask nobody for operations.
            Message::ClientReply(_) => {}
        }
    }

    fn on_timer(&mut self, timer: TimerName, ctx: &mut Context<'_>) {
        match timer {
            RETRY => match ctx.config.design {
                Design::Ca => self.on_backups_silent(ctx),
                Design::Cp | Design::Ap => self.on_replicas_silent(ctx),
            },
            ANTI_ENTROPY => self.compare_with_next(ctx),
            HEARTBEAT => self.send_heartbeats(ctx),
            FAILOVER => self.on_primary_silent(ctx),
            _ => unreachable!("a server sets no timer {timer:?}"),
        }
    }

    fn on_durable(&mut self, ctx: &mut Context<'_>) {
        match ctx.config.design {
            Design::Ca => self.count_own_disk_as_primary(ctx),
            Design::Cp | Design::Ap => self.count_own_disk(ctx),
        }
    }
}

impl Server {
    /// A client asks: what the key cannot do is refused, a duplicate does nothing, and the rest is up
    /// to the design.
    fn on_request(&mut self, request: Request, ctx: &mut Context<'_>) {
        let (id, operation) = (request.id, request.operation);
        if !ctx.config.kind.supports(operation.function) {
            return Self::refuse_unsupported(&request, ctx);
        }
        if ctx.config.design == Design::Ca {
            return self.on_request_in_office(request, ctx);
        }
        let is_read = operation.function == Function::Read;
        if ctx.disk().has_taken(id) || self.coordinates(id).is_some() {
            return ctx.note(Note::new(rules::KNOWN_REQUEST, [node(ctx.me), node(id.client)]));
        }
        if !is_read {
            ctx.persist(Write::Take(id));
        }
        match (ctx.config.design, ctx.config.needs(&operation)) {
            (Design::Ap, 1) if is_read => Self::answer_locally(&request, ctx),
            (Design::Ap, _) if !is_read => self.take_update(&request, ctx),
            (_, needs) => self.query(&request, needs, ctx),
        }
    }

    fn refuse_unsupported(request: &Request, ctx: &mut Context<'_>) {
        let rule = match request.operation.function {
            Function::Cas => rules::REFUSE_CAS,
            _ => rules::REFUSE_UNSUPPORTED,
        };
        let client = request.id.client;
        ctx.note(Note::new(rule, [node(ctx.me), node(client), u64::from(request.operation.key)]));
        Self::reply(request.id, Answer::Refused(Refusal::NotSupported), Seen::Nothing, ctx);
    }

    /// Answers once every write issued before is durable: no crash may take back what a client was told.
    pub(super) fn reply(id: OpId, answer: Answer, seen: Seen, ctx: &mut Context<'_>) {
        ctx.send_after_sync(id.client, Message::ClientReply(ClientReply { id, answer, seen }));
    }

    /// Keeps this too, unless it is no news.
    pub(super) fn put(key: u32, state: &State, ctx: &mut Context<'_>) {
        let own = ctx.disk().state(key, ctx.config.kind);
        if !own.covers(state) {
            ctx.persist(Write::Put(key, own.join(state)));
        }
    }
}

/// What a reader of this state is told.
pub(super) fn answer_of(state: &State) -> Answer {
    match state.reading() {
        Reading::One(value) => Answer::Done(value),
        Reading::Many(numbers) => Answer::Many(numbers),
    }
}

/// What a reader of this state has seen.
pub(super) fn seen_in(state: &State) -> Seen {
    match state {
        State::Tagged(tagged) => Seen::Tag(tagged.tag),
        State::Siblings(siblings) => Seen::Context(siblings.context()),
        State::Stamped(_) | State::Counter(_) | State::Set(_) | State::Numbered(_) => Seen::Nothing,
    }
}
