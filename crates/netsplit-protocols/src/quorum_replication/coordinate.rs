//! §4.5, §5: any server coordinates reads and writes: it asks the replicas, counts, and answers.

use netsplit_sim::describe::value_arg;
use netsplit_sim::history::Value;
use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};

use super::coordination::{Coordination, Task};
use super::message::{Action, Answer, Message, OpId, Outcome, ReplicaWrite, Request, Ticket};
use super::object::{Object, Reconciliation, Stored};
use super::rules;
use super::server::{Context, PATIENCE, Server};
use super::targets::Targets;
use super::trail::Acknowledged;
use crate::quorum::ServerSet;
use crate::version_vector::{Dot, Siblings};

impl Server {
    /// §4.5: any server may be asked. It turns to the servers responsible, unless it knows already that
    /// too few of them would answer: then nothing is stored anywhere, and it can say so.
    pub(super) fn on_request(&mut self, client: NodeId, request: Request, ctx: &mut Context<'_>) {
        if !self.takes(request.ticket) {
            return;
        }
        let usual = if request.action == Action::Get { ctx.config.r } else { ctx.config.w };
        let needed = request.replicas.unwrap_or(usual).max(1);
        let (me, key) = (node(ctx.me), u64::from(request.key));
        if needed > ctx.config.n {
            let args = [me, u64::from(needed), key, u64::from(ctx.config.n)];
            ctx.note(Note::new(rules::REFUSE_TOO_MANY, args));
            return refuse(client, &request, ctx);
        }
        let targets = self.targets(request.key, request.action, needed, ctx);
        if targets.healthy < needed {
            let args = [me, key, u64::from(targets.healthy), u64::from(needed)];
            ctx.note(Note::new(rules::REFUSE, args));
            return refuse(client, &request, ctx);
        }
        self.coordinate(client, &request, needed, &targets, ctx);
    }

    /// Whether a request is new: clients number theirs, and have one under way.
    fn takes(&mut self, ticket: Ticket) -> bool {
        let last = self.taken.entry(ticket.process).or_default();
        let new = ticket.serial > *last;
        *last = ticket.serial.max(*last);
        new
    }

    fn coordinate(
        &mut self,
        client: NodeId,
        request: &Request,
        needed: u8,
        targets: &Targets,
        ctx: &mut Context<'_>,
    ) {
        let Request { key, action, .. } = *request;
        let (task, rule) = match action {
            Action::Get => {
                (Task::Read { newest: Object::default(), answers: Vec::new() }, rules::COORDINATE_READ)
            }
            Action::Put(number) => (self.name_write(request, number, ctx), rules::COORDINATE_WRITE),
        };
        let count = targets.as_slice().len() as u64;
        ctx.note(Note::new(rule, [node(ctx.me), u64::from(key), count, u64::from(needed)]));
        let mut coordination = Coordination {
            op: self.next_op(),
            client,
            ticket: request.ticket,
            key,
            needed,
            task,
            asked: ServerSet::default(),
            answered: ServerSet::default(),
            stand_ins: Vec::new(),
            told: false,
            widened: false,
            began: ctx.now(),
        };
        for (target, hint) in targets.as_slice() {
            self.ask(&mut coordination, *target, *hint, ctx);
        }
        self.wait_for(coordination, ctx);
    }

    /// §4.4: a write gets a name and the past that its client has seen. It goes out with everything
    /// that this coordinator holds of the key.
    fn name_write(&mut self, request: &Request, number: i64, ctx: &mut Context<'_>) -> Task {
        let rule = ctx.config.reconciliation;
        let dot = self.next_dot(ctx);
        let home = rule == Reconciliation::Siblings && self.is_home(request.key, ctx);
        let own = match rule {
            Reconciliation::LastWriterWins => Object::default(),
            Reconciliation::Siblings if home => self.kept(ctx).store.get(request.key),
            Reconciliation::Siblings => self.named_for_others.get(request.key),
        };
        let object = rule.write(&own, &request.context, dot, Stored { at: ctx.now(), number });
        if rule == Reconciliation::Siblings && !home {
            self.named_for_others.put(request.key, object.clone());
        }
        Task::Write(object, dot)
    }

    /// Turns to one server; to itself without a message.
    pub(super) fn ask(
        &mut self,
        coordination: &mut Coordination,
        target: NodeId,
        hint: Option<NodeId>,
        ctx: &mut Context<'_>,
    ) {
        let (op, key) = (coordination.op, coordination.key);
        coordination.asked.insert(target);
        match &coordination.task {
            Task::Write(object, _) if target == ctx.me => {
                self.accept(ctx.me, key, &object.clone(), hint, ctx);
                if !ctx.config.sync_writes {
                    coordination.answered.insert(target);
                }
            }
            Task::Write(object, _) => {
                let write = ReplicaWrite { op, key, object: object.clone(), hint };
                ctx.send(target, Message::Write(write));
            }
            Task::Read { .. } if target == ctx.me => {
                let object = self.known(key, ctx);
                count_answer(coordination, target, object, ctx);
            }
            Task::Read { .. } => ctx.send(target, Message::Read(op, key)),
        }
    }

    /// Keeps an operation until enough have answered. One timer watches over all of them; it is left
    /// to run when none is left, which costs less than to stop it.
    fn wait_for(&mut self, mut coordination: Coordination, ctx: &mut Context<'_>) {
        if coordination.has_enough() {
            self.tell(&mut coordination, ctx);
        }
        if self.ends(&coordination, ctx) {
            return;
        }
        self.coordinations.push(coordination);
        if !self.is_patient {
            self.is_patient = true;
            ctx.set_timer(PATIENCE, ctx.config.replica_timeout);
        }
    }

    /// A: a replica has stored.
    pub(super) fn on_ack(&mut self, from: NodeId, op: OpId, ctx: &mut Context<'_>) {
        let Some(at) = self.find(op) else { return };
        let coordination = &mut self.coordinations[at];
        if coordination.told {
            let args = [node(ctx.me), node(from), u64::from(coordination.key)];
            ctx.note(Note::new(rules::LATE_ACK, args));
        }
        coordination.answered.insert(from);
        self.go_on(at, rules::ACK, ctx);
    }

    /// S: a replica tells what it holds.
    pub(super) fn on_reply(&mut self, from: NodeId, op: OpId, object: Object, ctx: &mut Context<'_>) {
        let Some(at) = self.find(op) else { return };
        count_answer(&mut self.coordinations[at], from, object, ctx);
        self.go_on(at, rules::READ_REPLY, ctx);
    }

    /// The coordinator's own replica counts once its disk has the write.
    pub(super) fn count_own_disk(&mut self, ctx: &mut Context<'_>) {
        let mut at = 0;
        while at < self.coordinations.len() {
            let before = self.coordinations.len();
            if self.own_disk_has(at, ctx) {
                self.coordinations[at].answered.insert(ctx.me);
                self.go_on(at, rules::ACK, ctx);
            }
            // What is over has made room for the next.
            at += usize::from(self.coordinations.len() == before);
        }
    }

    fn own_disk_has(&self, at: usize, ctx: &Context<'_>) -> bool {
        let Coordination { task, asked, answered, key, .. } = &self.coordinations[at];
        let Task::Write(object, _) = task else { return false };
        let waits = asked.contains(ctx.me) && !answered.contains(ctx.me);
        let rule = ctx.config.reconciliation;
        waits && ctx.durable().known(*key).any(|known| rule.covers(known, object))
    }

    fn find(&self, op: OpId) -> Option<usize> {
        self.coordinations.iter().position(|coordination| coordination.op == op)
    }

    /// Another answer was counted: perhaps that is enough, perhaps all.
    fn go_on(&mut self, at: usize, rule: u16, ctx: &mut Context<'_>) {
        let coordination = &self.coordinations[at];
        if !coordination.told {
            let (count, needed) = (u64::from(coordination.count()), u64::from(coordination.needed));
            let key = u64::from(coordination.key);
            ctx.note(Note::new(rule, [node(ctx.me), count, needed, key]));
        }
        if !coordination.has_enough() && !coordination.told {
            return;
        }
        let mut coordination = self.coordinations.remove(at);
        if coordination.has_enough() {
            self.tell(&mut coordination, ctx);
        }
        if !self.ends(&coordination, ctx) {
            self.coordinations.insert(at, coordination);
        }
    }

    /// Whether an operation is over; if so it has done its last.
    fn ends(&mut self, coordination: &Coordination, ctx: &mut Context<'_>) -> bool {
        let over = coordination.is_over(ctx.config);
        if over {
            self.repair(coordination, ctx);
        }
        over
    }

    /// The client's answer, as soon as W have acknowledged or R have replied.
    pub(super) fn tell(&mut self, coordination: &mut Coordination, ctx: &mut Context<'_>) {
        coordination.told = true;
        let key = u64::from(coordination.key);
        let (me, count) = (node(ctx.me), u64::from(coordination.count()));
        let done = match &coordination.task {
            Task::Write(object, dot) => {
                ctx.note(Note::new(rules::WRITE_DONE, [me, count, key, node(coordination.client)]));
                let object = version_alone(object, *dot);
                if ctx.config.sync_writes {
                    let (key, by) = (coordination.key, coordination.count());
                    self.trail.acknowledges(Acknowledged { key, object: object.clone(), by });
                }
                object
            }
            Task::Read { newest, .. } => {
                ctx.note(read_note(me, count, key, newest));
                newest.clone()
            }
        };
        answer(coordination, Outcome::Done(done), ctx);
    }
}

/// What a replica said about a read.
fn count_answer(coordination: &mut Coordination, from: NodeId, object: Object, ctx: &Context<'_>) {
    if let Task::Read { newest, answers } = &mut coordination.task
        && !coordination.answered.contains(from)
    {
        coordination.answered.insert(from);
        *newest = ctx.config.reconciliation.join(newest, &object);
        if ctx.config.read_repair {
            answers.push((from, object));
        }
    }
}

fn read_note(me: u64, count: u64, key: u64, newest: &Object) -> Note {
    match newest.versions() {
        [] => Note::new(rules::READ_DONE, [me, count, key, value_arg(Value::Absent)]),
        [only] => Note::new(rules::READ_DONE, [me, count, key, value_arg(Value::Number(only.value.number))]),
        several => Note::new(rules::READ_DONE_SIBLINGS, [me, count, key, several.len() as u64]),
    }
}

/// Of all that a coordinator holds of a key, the version that its client wrote.
fn version_alone(object: &Object, dot: Dot) -> Object {
    match object.versions() {
        [_] => object.clone(),
        several => {
            let written = several.iter().find(|version| version.dot == dot);
            written.cloned().map(Siblings::single).unwrap_or_default()
        }
    }
}

/// Nothing was stored, and nothing will be.
fn refuse(client: NodeId, request: &Request, ctx: &mut Context<'_>) {
    let answer = Answer { ticket: request.ticket, result: Outcome::NotDone };
    ctx.send(client, Message::Answer(answer));
}

/// Tells the client what came of its operation.
pub(super) fn answer(coordination: &Coordination, result: Outcome, ctx: &mut Context<'_>) {
    let answer = Answer { ticket: coordination.ticket, result };
    ctx.send(coordination.client, Message::Answer(answer));
}
