//! What a backup does: it stores what the primary of its view tells it, and says so.

use std::rc::Rc;

use netsplit_sim::describe::value_arg;
use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};

use super::disk::Write;
use super::message::{Message, Transfer};
use super::office::Office;
use super::rules;
use super::server::{Context, Server};
use super::state::State;
use super::types::{OpId, View};

impl Server {
    /// Stores a write of the primary of this view. One of a view that is over does not count, and one
    /// of a later view is repeated once this server has entered it.
    pub(super) fn on_primary_store(from: NodeId, id: OpId, key: u32, state: &State, ctx: &mut Context<'_>) {
        let State::Numbered(numbered) = state else { return };
        let view = ctx.disk().view;
        if numbered.view < view {
            let values = [node(ctx.me), node(from), numbered.view.0.into(), view.0.into()];
            ctx.note(Note::new(rules::REFUSE_OLD_VIEW, values));
            return ctx.send_after_sync(from, Message::HeartbeatReply(view));
        }
        if numbered.view > view {
            return;
        }
        let values = [node(ctx.me), value_arg(numbered.value), key.into(), numbered.number];
        ctx.note(Note::new(rules::STORE, values));
        if !ctx.disk().has_taken(id) {
            // Should it take over, a duplicate of the request must do nothing here either.
            ctx.persist(Write::Take(id));
        }
        Self::put(key, state, ctx);
        ctx.send_after_sync(from, Message::StoreReply(id));
    }

    /// Takes over all that the primary has, and forgets what only it had: in this system the primary is
    /// right.
    pub(super) fn on_transfer(&mut self, from: NodeId, view: View, all: Rc<Transfer>, ctx: &mut Context<'_>) {
        if !self.accepts_view(from, view, ctx) || !matches!(self.office, Some(Office::Backup { .. })) {
            return;
        }
        ctx.note(Note::new(rules::ADOPT_STORE, [node(ctx.me), node(from), all.store.len() as u64]));
        ctx.persist(Write::Adopt(view, all));
        ctx.send_after_sync(from, Message::TransferReply(view));
    }
}
