//! Primary and backups, in a system that assumes it is never cut: who holds which office, and how it
//! passes on (Alsberg and Day, *A Principle for Resilient Sharing of Distributed Resources*, 1976).

use std::collections::VecDeque;

use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};
use netsplit_sim::time::SimDuration;

use super::disk::Write;
use super::message::{Message, Request};
use super::rules;
use super::server::{Context, FAILOVER, HEARTBEAT, RETRY, Server};
use super::state::State;
use super::types::View;
use crate::quorum::ServerSet;

/// What a server is to the others.
#[derive(Clone, Debug)]
pub enum Office {
    /// Stores what the primary tells it; takes over if it may and hears nothing. It may only while the
    /// primary counts it among those it waits for: then it has everything that was ever acknowledged.
    Backup {
        /// Whether the primary does, as far as this server knows.
        up_to_date: bool,
    },
    /// Decides alone.
    Primary(Primary),
}

/// What a primary keeps in memory.
#[derive(Clone, Debug, Default)]
pub struct Primary {
    /// Whom it waits for at every write, itself included.
    pub members: ServerSet,
    /// What is to be done, one after the other.
    pub queue: VecDeque<Job>,
    /// What it waits for now.
    pub running: Option<Box<Running>>,
    /// How many writes it has numbered in this view.
    pub number: u64,
}

/// Something for a primary to do.
#[derive(Clone, Debug)]
pub enum Job {
    /// A client's request.
    Serve(Request),
    /// Brings these servers up to date, and waits for them from then on.
    Join(ServerSet),
}

/// A job under way.
#[derive(Clone, Debug)]
pub struct Running {
    /// Which.
    pub job: Job,
    /// Who has to have stored it.
    pub awaits: ServerSet,
    /// Who has, durably.
    pub stored: ServerSet,
    /// How many more times the others may be asked.
    pub attempts: u32,
    /// What a write stores.
    pub state: Option<State>,
}

impl Running {
    /// Who is still missing.
    pub fn missing(&self) -> ServerSet {
        self.awaits.without(self.stored)
    }
}

impl Server {
    /// The first primary is the first server. With failover, a server that was down waits to hear how
    /// things are; without, the primary never changes.
    pub(super) fn start_in_office(&mut self, ctx: &mut Context<'_>) {
        let view = ctx.disk().view;
        let comes_back = ctx.config.failover && ctx.disk().started;
        if !ctx.disk().started {
            ctx.persist(Write::Start);
        }
        if view.primary(ctx.topology.servers) == ctx.me && !comes_back {
            let members = ServerSet::first(ctx.topology.servers);
            let number = highest_number(view, ctx);
            self.office = Some(Office::Primary(Primary { members, number, ..Primary::default() }));
            self.send_heartbeats(ctx);
        } else {
            self.office = Some(Office::Backup { up_to_date: true });
            self.wait_for_primary(ctx);
        }
    }

    /// Starts to wait for word from the primary, the longer the later it comes into office itself.
    fn wait_for_primary(&mut self, ctx: &mut Context<'_>) {
        if ctx.config.failover {
            ctx.set_timer(FAILOVER, patience(ctx));
        }
    }

    /// The primary tells all others that it is there; only those who may replace it need to know.
    pub(super) fn send_heartbeats(&mut self, ctx: &mut Context<'_>) {
        let Some(Office::Primary(primary)) = &self.office else { return };
        if !ctx.config.failover {
            return;
        }
        let view = ctx.disk().view;
        ctx.note(Note::new(rules::HEARTBEAT, [node(ctx.me), view.0.into()]));
        for peer in ctx.peers() {
            ctx.send_after_sync(peer, Message::Heartbeat(view, primary.members));
        }
        ctx.set_timer(HEARTBEAT, ctx.config.heartbeat_interval);
    }

    pub(super) fn on_heartbeat(
        &mut self,
        from: NodeId,
        view: View,
        members: ServerSet,
        ctx: &mut Context<'_>,
    ) {
        if !self.accepts_view(from, view, ctx) {
            return;
        }
        ctx.note(Note::new(rules::HEAR_PRIMARY, [node(ctx.me), node(from), view.0.into()]));
        if let Some(Office::Backup { up_to_date }) = &mut self.office {
            *up_to_date = members.contains(ctx.me);
            self.wait_for_primary(ctx);
            ctx.send_after_sync(from, Message::HeartbeatReply(view));
        }
    }

    /// A backup that was dropped is there after all and has to be brought up to date; and a primary
    /// that hears of a later view was replaced.
    pub(super) fn on_heartbeat_reply(&mut self, from: NodeId, view: View, ctx: &mut Context<'_>) {
        if view > ctx.disk().view {
            return self.enter_view(view, from, ctx);
        }
        let is_current = view == ctx.disk().view;
        let Some(Office::Primary(primary)) = &mut self.office else { return };
        if is_current && !primary.members.contains(from) && !primary.is_bringing(from) {
            let mut joins = ServerSet::default();
            joins.insert(from);
            primary.queue.push_back(Job::Join(joins));
            self.work(ctx);
        }
    }

    /// Whether a message of a primary counts: one of a view that is over does not, and its sender is
    /// told; one of a later view makes this server its backup.
    pub(super) fn accepts_view(&mut self, from: NodeId, view: View, ctx: &mut Context<'_>) -> bool {
        let own = ctx.disk().view;
        if view < own {
            let values = [node(ctx.me), node(from), view.0.into(), own.0.into()];
            ctx.note(Note::new(rules::REFUSE_OLD_VIEW, values));
            ctx.send_after_sync(from, Message::HeartbeatReply(own));
            return false;
        }
        if view > own {
            self.enter_view(view, from, ctx);
        }
        true
    }

    /// Any office → backup in a later view, whose primary has yet to bring it up to date. What clients
    /// asked of a primary stays unanswered.
    fn enter_view(&mut self, view: View, from: NodeId, ctx: &mut Context<'_>) {
        ctx.persist(Write::Enter(view));
        let old = self.office.replace(Office::Backup { up_to_date: false });
        if let Some(Office::Primary(primary)) = old {
            let unanswered = primary.unanswered();
            ctx.note(Note::new(rules::STEP_DOWN, [node(ctx.me), view.0.into(), unanswered]));
            ctx.cancel_timer(HEARTBEAT);
            ctx.cancel_timer(RETRY);
        } else {
            ctx.note(Note::new(rules::ENTER_VIEW, [node(ctx.me), node(from), view.0.into()]));
        }
        self.wait_for_primary(ctx);
    }

    /// Backup → primary: silence is taken for death. It waits for nobody at first, but begins by
    /// bringing all others up to date.
    pub(super) fn on_primary_silent(&mut self, ctx: &mut Context<'_>) {
        let Some(Office::Backup { up_to_date }) = self.office else { return };
        if !up_to_date {
            return self.wait_for_primary(ctx);
        }
        let (servers, old) = (ctx.topology.servers, ctx.disk().view);
        let view = old.next_of(ctx.me, servers);
        let values = [node(ctx.me), node(old.primary(servers)), patience(ctx).0, view.0.into()];
        ctx.note(Note::new(rules::TAKE_OVER_OFFICE, values));
        ctx.persist(Write::Enter(view));
        let mut members = ServerSet::default();
        members.insert(ctx.me);
        let others = ServerSet::first(servers).without(members);
        let queue = VecDeque::from([Job::Join(others)]);
        self.office = Some(Office::Primary(Primary { members, queue, ..Primary::default() }));
        self.send_heartbeats(ctx);
        self.work(ctx);
    }
}

/// How long this server waits for word from the primary before it takes over.
fn patience(ctx: &Context<'_>) -> SimDuration {
    let steps = ctx.disk().view.steps_to(ctx.me, ctx.topology.servers);
    SimDuration(ctx.config.failover_timeout.0 * u64::from(steps))
}

/// How many writes were numbered in this view: a restarted primary goes on from there.
fn highest_number(view: View, ctx: &Context<'_>) -> u64 {
    let number = |state: &State| match state {
        State::Numbered(numbered) if numbered.view == view => numbered.number,
        _ => 0,
    };
    ctx.disk().store.values().map(number).max().unwrap_or(0)
}

impl Primary {
    /// Whether it is about to bring this server up to date.
    fn is_bringing(&self, server: NodeId) -> bool {
        let running = self.running.iter().map(|running| &running.job);
        self.queue.iter().chain(running).any(|job| match job {
            Job::Join(joins) => joins.contains(server),
            Job::Serve(_) => false,
        })
    }

    /// How many requests wait for it.
    pub fn unanswered(&self) -> u64 {
        let running = self.running.iter().map(|running| &running.job);
        self.queue.iter().chain(running).filter(|job| matches!(job, Job::Serve(_))).count() as u64
    }
}

impl Encode for Office {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Backup { up_to_date } => (0u8, *up_to_date).encode(out),
            Self::Primary(primary) => {
                1u8.encode(out);
                primary.encode(out);
            }
        }
    }
}

impl Encode for Job {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Serve(request) => {
                0u8.encode(out);
                request.encode(out);
            }
            Self::Join(joins) => (1u8, *joins).encode(out),
        }
    }
}

impl Footprint for Office {
    fn heap(&self, _: Option<&Self>) -> usize {
        match self {
            Self::Backup { .. } => 0,
            Self::Primary(primary) => {
                let running =
                    primary.running.as_ref().map(|running| size_of::<Running>() + running.heap(None));
                primary.queue.heap(None) + running.unwrap_or(0)
            }
        }
    }
}

impl Footprint for Job {
    fn heap(&self, _: Option<&Self>) -> usize {
        match self {
            Self::Serve(request) => request.context.heap(None),
            Self::Join(_) => 0,
        }
    }
}

impl Encode for Primary {
    fn encode(&self, out: &mut Encoder) {
        self.members.encode(out);
        self.queue.encode(out);
        self.running.is_some().encode(out);
        self.running.iter().for_each(|running| running.encode(out));
        self.number.encode(out);
    }
}

encode_fields!(Running { job, awaits, stored, attempts, state });
footprint_fields!(Running { job, state });
