//! §4.8.3: a server takes another for down when it does not answer, and asks it now and then whether it
//! is back. Each server knows this for itself.

use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};
use netsplit_sim::time::SimDuration;

use super::config::{Config, Quorum};
use super::coordinate::answer;
use super::coordination::{Coordination, Task};
use super::message::{Message, Outcome};
use super::rules;
use super::server::{Context, PATIENCE, PROBE, Server};
use crate::quorum::ServerSet;

impl Server {
    /// Whoever sends something is not down.
    pub(super) fn hear_from(&mut self, from: NodeId, ctx: &mut Context<'_>) {
        if !from.is_client() && self.suspected.contains(from) {
            self.suspected.remove(from);
            ctx.note(Note::new(rules::HEAR_AGAIN, [node(ctx.me), node(from)]));
            if self.suspected.is_empty() {
                ctx.cancel_timer(PROBE);
            }
        }
    }

    fn suspect(&mut self, silent: NodeId, waited: SimDuration, ctx: &mut Context<'_>) {
        if self.suspected.contains(silent) {
            return;
        }
        if self.suspected.is_empty() {
            ctx.set_timer(PROBE, ctx.config.probe_interval);
        }
        self.suspected.insert(silent);
        ctx.note(Note::new(rules::SUSPECT, [node(ctx.me), waited.0, node(silent)]));
    }

    /// Whoever was asked and has not answered is taken for down.
    fn suspect_silent(
        &mut self,
        coordination: &Coordination,
        waited: SimDuration,
        ctx: &mut Context<'_>,
    ) -> ServerSet {
        let mut silent = coordination.asked.without(coordination.answered);
        silent.remove(ctx.me);
        silent.iter().for_each(|id| self.suspect(id, waited, ctx));
        silent
    }

    /// Asks everyone it takes for down.
    pub(super) fn probe(&mut self, ctx: &mut Context<'_>) {
        ctx.note(Note::new(rules::PROBE, [node(ctx.me), u64::from(self.suspected.count())]));
        self.suspected.iter().for_each(|id| ctx.send(id, Message::Ping));
        if !self.suspected.is_empty() {
            ctx.set_timer(PROBE, ctx.config.probe_interval);
        }
    }

    /// Looks at every operation under way: who was silent too long is taken for down, and what took
    /// too long is given up.
    pub(super) fn lose_patience(&mut self, ctx: &mut Context<'_>) {
        self.is_patient = false;
        let mut next = None;
        for mut coordination in std::mem::take(&mut self.coordinations) {
            let waited = ctx.now().since(coordination.began);
            if !coordination.widened && waited >= ctx.config.replica_timeout {
                self.widen(&mut coordination, waited, ctx);
            }
            if !coordination.told && waited >= ctx.config.request_timeout {
                self.suspect_silent(&coordination, waited, ctx);
                give_up(&mut coordination, ctx);
            }
            if coordination.is_over(ctx.config) {
                self.repair(&coordination, ctx);
            } else {
                let left = time_left(&coordination, waited, ctx.config);
                next = Some(next.map_or(left, |next: SimDuration| next.min(left)));
                self.coordinations.push(coordination);
            }
        }
        if let Some(next) = next {
            self.is_patient = true;
            ctx.set_timer(PATIENCE, next.max(SimDuration(1)));
        }
    }

    /// §4.6: those who have not answered are taken for down; a sloppy quorum goes on with the next
    /// servers of the preference list.
    fn widen(&mut self, coordination: &mut Coordination, waited: SimDuration, ctx: &mut Context<'_>) {
        coordination.widened = true;
        let silent = self.suspect_silent(coordination, waited, ctx);
        let reads_on = matches!(coordination.task, Task::Read { .. }) && coordination.told;
        if ctx.config.quorum == Quorum::Strict || reads_on {
            return;
        }
        let homes = self.ring.homes(coordination.key, ctx.config.n);
        for home in silent.iter().filter(|id| homes.contains(*id)) {
            let Some(stand_in) = self.next_stand_in(coordination.key, coordination.asked) else { break };
            let args = [node(ctx.me), node(stand_in), node(home), u64::from(coordination.key)];
            ctx.note(Note::new(rules::STAND_IN, args));
            coordination.stand_ins.push((stand_in, home));
            self.ask(coordination, stand_in, Some(home), ctx);
        }
        if coordination.has_enough() {
            self.tell(coordination, ctx);
        }
    }
}

/// Too few have answered in time. A read did nothing, and can fail; a write was sent, and whoever has it
/// may keep it.
fn give_up(coordination: &mut Coordination, ctx: &mut Context<'_>) {
    coordination.told = true;
    coordination.widened = true;
    let (count, needed) = (u64::from(coordination.count()), u64::from(coordination.needed));
    let (rule, result) = match coordination.task {
        Task::Write(..) => (rules::GIVE_UP_WRITE, Outcome::Unknown),
        Task::Read { .. } => (rules::GIVE_UP_READ, Outcome::NotDone),
    };
    ctx.note(Note::new(rule, [node(ctx.me), count, needed, u64::from(coordination.key)]));
    answer(coordination, result, ctx);
}

fn time_left(coordination: &Coordination, waited: SimDuration, config: &Config) -> SimDuration {
    let limit = if coordination.widened { config.request_timeout } else { config.replica_timeout };
    SimDuration(limit.0.saturating_sub(waited.0))
}
