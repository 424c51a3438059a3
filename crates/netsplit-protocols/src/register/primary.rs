//! What a primary does: one thing after the other, and a write is done once every backup has stored it.

use std::rc::Rc;

use netsplit_sim::describe::value_arg;
use netsplit_sim::history::{Function, Value};
use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};

use super::disk::Write;
use super::message::{Answer, Message, Refusal, Request, Seen, Transfer};
use super::office::{Job, Office, Primary, Running};
use super::rules;
use super::server::{Context, RETRY, Server};
use super::state::{Kind, Numbered, Reading, State};
use super::types::{OpId, View};
use crate::quorum::ServerSet;

impl Server {
    /// The primary takes the request; everybody else sends it on to the primary.
    pub(super) fn on_request_in_office(&mut self, request: Request, ctx: &mut Context<'_>) {
        if matches!(self.office, Some(Office::Primary(_))) {
            return self.enqueue(request, ctx);
        }
        let primary = ctx.disk().view.primary(ctx.topology.servers);
        ctx.note(Note::new(rules::FORWARD, [node(ctx.me), node(request.id.client), node(primary)]));
        if primary != ctx.me {
            ctx.send(primary, Message::Forward(request));
        }
    }

    /// What was sent on comes here once, so that it cannot go round in circles.
    pub(super) fn on_forward(&mut self, from: NodeId, request: Request, ctx: &mut Context<'_>) {
        match self.office {
            Some(Office::Primary(_)) => self.enqueue(request, ctx),
            _ => {
                let client = node(request.id.client);
                ctx.note(Note::new(rules::NOT_PRIMARY, [node(ctx.me), node(from), client]));
            }
        }
    }

    fn enqueue(&mut self, request: Request, ctx: &mut Context<'_>) {
        let Some(Office::Primary(primary)) = &mut self.office else { return };
        let client = node(request.id.client);
        if ctx.disk().has_taken(request.id) || primary.has(request.id) {
            return ctx.note(Note::new(rules::KNOWN_REQUEST, [node(ctx.me), client]));
        }
        if primary.running.is_some() {
            ctx.note(Note::new(rules::QUEUE, [node(ctx.me), client, primary.unanswered()]));
        }
        primary.queue.push_back(Job::Serve(request));
        self.work(ctx);
    }

    /// Begins what is next, until something has to be waited for.
    pub(super) fn work(&mut self, ctx: &mut Context<'_>) {
        while let Some(Office::Primary(primary)) = &mut self.office
            && primary.running.is_none()
        {
            match primary.queue.pop_front() {
                None => return,
                Some(Job::Serve(request)) => primary.serve(request, ctx),
                Some(Job::Join(joins)) => primary.bring(joins, ctx),
            }
            primary.ask(ctx);
            self.go_on_if_stored(ctx);
        }
    }

    pub(super) fn on_backup_stored(&mut self, from: NodeId, id: OpId, ctx: &mut Context<'_>) {
        let Some(Office::Primary(Primary { running: Some(running), .. })) = &mut self.office else { return };
        if matches!(&running.job, Job::Serve(request) if request.id == id) {
            running.stored.insert(from);
            let (stored, awaits) = (running.stored.count(), running.awaits.count());
            let values = [node(ctx.me), node(from), stored.into(), awaits.into()];
            ctx.note(Note::new(rules::STORED_BY, values));
            self.go_on_if_stored(ctx);
            self.work(ctx);
        }
    }

    pub(super) fn on_transfer_reply(&mut self, from: NodeId, view: View, ctx: &mut Context<'_>) {
        let is_current = view == ctx.disk().view;
        let Some(Office::Primary(Primary { running: Some(running), .. })) = &mut self.office else { return };
        if is_current && matches!(&running.job, Job::Join(joins) if joins.contains(from)) {
            running.stored.insert(from);
            self.go_on_if_stored(ctx);
            self.work(ctx);
        }
    }

    /// The primary's own disk counts like a backup's.
    pub(super) fn count_own_disk_as_primary(&mut self, ctx: &mut Context<'_>) {
        let Some(Office::Primary(Primary { running: Some(running), .. })) = &mut self.office else { return };
        if let (Job::Serve(request), Some(state)) = (&running.job, &running.state)
            && ctx.durable().state(request.operation.key, Kind::Numbered).covers(state)
        {
            running.stored.insert(ctx.me);
            self.go_on_if_stored(ctx);
            self.work(ctx);
        }
    }

    /// Ends the job if nobody is missing any more.
    fn go_on_if_stored(&mut self, ctx: &mut Context<'_>) {
        if let Some(Office::Primary(primary)) = &mut self.office
            && primary.running.as_ref().is_some_and(|running| running.missing().count() == 0)
        {
            primary.end(ctx);
        }
    }

    /// Silence: backups are asked again until the attempts are used up. Then those that do not answer
    /// are taken for dead if there is failover; if not, the primary cannot go on without them.
    pub(super) fn on_backups_silent(&mut self, ctx: &mut Context<'_>) {
        let Some(Office::Primary(primary)) = &mut self.office else { return };
        let Some(running) = &mut primary.running else { return };
        running.attempts = running.attempts.saturating_sub(1);
        // Its own disk may be slow, and is not dead.
        let dead = running.missing().without(just(ctx.me));
        if running.attempts > 0 || dead.count() == 0 {
            return primary.ask(ctx);
        }
        if ctx.config.failover {
            primary.drop_dead(dead, ctx);
            self.go_on_if_stored(ctx);
        } else {
            primary.block(ctx);
        }
        self.work(ctx);
    }
}

impl Primary {
    /// Whether this request waits or is under way.
    fn has(&self, id: OpId) -> bool {
        let running = self.running.iter().map(|running| &running.job);
        self.queue.iter().chain(running).any(|job| matches!(job, Job::Serve(request) if request.id == id))
    }

    /// Reads are answered at once, since nobody else decides; a write is numbered and stored.
    fn serve(&mut self, request: Request, ctx: &mut Context<'_>) {
        let operation = request.operation;
        let (me, client, key) = (node(ctx.me), node(request.id.client), u64::from(operation.key));
        let current = value_of(&ctx.disk().state(operation.key, Kind::Numbered));
        match operation.function {
            Function::Read => {
                ctx.note(Note::new(rules::PRIMARY_READ, [me, client, key, value_arg(current)]));
                Server::reply(request.id, Answer::Done(current), Seen::Nothing, ctx);
            }
            Function::Cas if current != operation.expected => {
                ctx.note(Note::new(rules::PRIMARY_REFUSES, [me, client, key, value_arg(current)]));
                let answer = Answer::Refused(Refusal::NotExpected);
                Server::reply(request.id, answer, Seen::Nothing, ctx);
            }
            _ => self.write(request, ctx),
        }
    }

    fn write(&mut self, request: Request, ctx: &mut Context<'_>) {
        self.number += 1;
        let (id, value) = (request.id, request.operation.value);
        let values = [node(ctx.me), node(id.client), value_arg(value), self.number];
        ctx.note(Note::new(rules::PRIMARY_WRITE, values));
        let state = State::Numbered(Numbered { view: ctx.disk().view, number: self.number, value });
        ctx.persist(Write::Take(id));
        ctx.persist(Write::Put(request.operation.key, state.clone()));
        self.run(Job::Serve(request), self.members, Some(state), ctx);
    }

    /// Brings servers up to date with all that it has.
    fn bring(&mut self, joins: ServerSet, ctx: &mut Context<'_>) {
        let (keys, view) = (ctx.disk().store.len() as u64, u64::from(ctx.disk().view.0));
        for server in joins.iter() {
            ctx.note(Note::new(rules::TRANSFER, [node(ctx.me), node(server), keys, view]));
        }
        self.run(Job::Join(joins), joins, None, ctx);
    }

    fn run(&mut self, job: Job, awaits: ServerSet, state: Option<State>, ctx: &mut Context<'_>) {
        let (stored, attempts) = (ServerSet::default(), ctx.config.attempts);
        self.running = Some(Box::new(Running { job, awaits, stored, attempts, state }));
    }

    /// Asks everybody who is missing, and sets the time for asking again.
    fn ask(&self, ctx: &mut Context<'_>) {
        let Some(running) = &self.running else { return };
        let view = ctx.disk().view;
        let transfer = |ctx: &Context<'_>| {
            let (store, taken) = ((*ctx.disk().store).clone(), ctx.disk().taken.clone());
            Message::Transfer(view, Rc::new(Transfer { store, taken }))
        };
        let message = match (&running.job, &running.state) {
            (Job::Serve(request), Some(state)) => {
                Message::Store(request.id, request.operation.key, state.clone())
            }
            _ => transfer(ctx),
        };
        for server in running.missing().without(just(ctx.me)).iter() {
            ctx.send_after_sync(server, message.clone());
        }
        ctx.set_timer(RETRY, ctx.config.retry_interval);
    }

    /// A job is done: a client is answered, or those who took over the store are waited for from now
    /// on.
    fn end(&mut self, ctx: &mut Context<'_>) {
        let Some(running) = self.running.take() else { return };
        ctx.cancel_timer(RETRY);
        match running.job {
            Job::Join(joins) => {
                let back = joins.intersection(running.stored);
                for server in back.iter() {
                    ctx.note(Note::new(rules::BACKUP_BACK, [node(ctx.me), node(server)]));
                }
                self.members = self.members.without(joins).union(back);
            }
            Job::Serve(request) => {
                let (stored, servers) = (running.stored.count(), u32::from(ctx.topology.servers));
                let client = node(request.id.client);
                let values = [node(ctx.me), stored.into(), servers.into(), client];
                ctx.note(Note::new(rules::ALL_STORED, values));
                Server::reply(request.id, Answer::Done(request.operation.value), Seen::Nothing, ctx);
            }
        }
    }

    /// Takes these for dead and goes on without them. On a network that is cut that is how a brain
    /// splits.
    fn drop_dead(&mut self, dead: ServerSet, ctx: &mut Context<'_>) {
        for server in dead.iter() {
            ctx.note(Note::new(rules::DROP_BACKUP, [node(ctx.me), node(server)]));
        }
        self.members = self.members.without(dead);
        if let Some(running) = &mut self.running {
            running.awaits = running.awaits.without(dead);
        }
        ctx.set_timer(RETRY, ctx.config.retry_interval);
    }

    /// Cannot go on without its backups: nobody knows whether they have stored it.
    fn block(&mut self, ctx: &mut Context<'_>) {
        let Some(running) = self.running.take() else { return };
        ctx.cancel_timer(RETRY);
        if let Job::Serve(request) = &running.job {
            let missing = running.missing().without(just(ctx.me)).count();
            let client = node(request.id.client);
            ctx.note(Note::new(rules::BLOCKED, [node(ctx.me), missing.into(), client]));
            Server::reply(request.id, Answer::Unknown, Seen::Nothing, ctx);
        }
    }
}

fn value_of(state: &State) -> Value {
    match state.reading() {
        Reading::One(value) => value,
        Reading::Many(_) => Value::Absent,
    }
}

fn just(server: NodeId) -> ServerSet {
    let mut set = ServerSet::default();
    set.insert(server);
    set
}
