//! §5: read repair: what a read has found out about stale replicas is put to use.

use netsplit_sim::note::{Note, node};

use super::coordination::{Coordination, Task};
use super::message::Message;
use super::rules;
use super::server::{Context, Server};

impl Server {
    /// §5: once nobody else is waited for, replicas that answered with old versions are updated.
    pub(super) fn repair(&mut self, coordination: &Coordination, ctx: &mut Context<'_>) {
        let Task::Read { newest, answers } = &coordination.task else { return };
        let rule = ctx.config.reconciliation;
        let homes = self.ring.homes(coordination.key, ctx.config.n);
        let blind = ctx.config.flaws.blind_repair;
        let sent = answers.first().filter(|_| blind).map_or(newest, |(_, first)| first);
        for (id, object) in answers.iter().filter(|(id, _)| homes.contains(*id)) {
            if rule.covers(object, newest) && (!blind || object == sent) {
                continue;
            }
            ctx.note(Note::new(rules::READ_REPAIR, [node(ctx.me), u64::from(coordination.key), node(*id)]));
            if *id == ctx.me {
                self.on_repair(ctx.me, coordination.key, sent, ctx);
            } else {
                ctx.send(*id, Message::Repair(coordination.key, sent.clone()));
            }
        }
    }
}
