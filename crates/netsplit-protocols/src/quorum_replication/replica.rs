//! §4.4, §4.5: a replica stores what it is sent, unless it knows better, and tells what it holds.

use netsplit_sim::describe::value_arg;
use netsplit_sim::history::Value;
use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};

use super::disk::Write;
use super::message::{Message, OpId, ReplicaWrite};
use super::object::{Object, Reconciliation};
use super::rules;
use super::server::{Context, Server};

impl Server {
    /// W: stores, and acknowledges once that is safe.
    pub(super) fn on_write(&mut self, from: NodeId, write: ReplicaWrite, ctx: &mut Context<'_>) {
        self.accept(from, write.key, &write.object, write.hint, ctx);
        acknowledge(from, Message::Ack(write.op), ctx);
    }

    /// Stores as a home, or keeps as a stand-in.
    pub(super) fn accept(
        &mut self,
        from: NodeId,
        key: u32,
        object: &Object,
        hint: Option<NodeId>,
        ctx: &mut Context<'_>,
    ) {
        match hint {
            Some(home) => self.keep_hint(home, key, object, ctx),
            None => self.store(from, key, object, ctx),
        }
    }

    /// §4.4: a replica keeps what is new to it beside, or instead of, what it has.
    pub(super) fn store(&mut self, from: NodeId, key: u32, object: &Object, ctx: &mut Context<'_>) {
        let rule = ctx.config.reconciliation;
        let held = self.kept(ctx).store.get(key);
        if rule.covers(&held, object) {
            ctx.note(known_note(rule, node(ctx.me), from, key, &held, object));
            return;
        }
        let joined = rule.join(&held, object);
        ctx.note(stored_note(node(ctx.me), from, key, &joined));
        self.put(key, joined, ctx);
    }

    /// §4.6: a stand-in keeps what it is sent apart, with the home for which it is meant.
    fn keep_hint(&mut self, home: NodeId, key: u32, object: &Object, ctx: &mut Context<'_>) {
        let rule = ctx.config.reconciliation;
        let held = self.kept(ctx).hints.get(&(home, key)).cloned().unwrap_or_default();
        ctx.note(Note::new(rules::STORE_HINT, [node(ctx.me), u64::from(key), node(home)]));
        if !rule.covers(&held, object) {
            self.keep(Write::Hint(home, key, rule.join(&held, object)), ctx);
        }
        self.wait_to_hand_over(ctx);
    }

    /// R: tells what it holds, for itself and for others.
    pub(super) fn on_read(&mut self, from: NodeId, op: OpId, key: u32, ctx: &mut Context<'_>) {
        ctx.note(Note::new(rules::TELL, [node(ctx.me), node(from), u64::from(key)]));
        let object = self.known(key, ctx);
        ctx.send(from, Message::Reply(op, object));
    }

    /// What it holds of a key, for itself and for others. Where writes go to the disk, only what is there:
    /// a crash must not take back what somebody has read.
    pub(super) fn known(&self, key: u32, ctx: &Context<'_>) -> Object {
        let kept = if ctx.config.sync_writes { ctx.durable() } else { &self.memory };
        if kept.hints.is_empty() {
            return kept.store.get(key);
        }
        let rule = ctx.config.reconciliation;
        kept.known(key).fold(Object::default(), |known, object| rule.join(&known, object))
    }

    /// §5: a coordinator has seen that this replica is behind.
    pub(super) fn on_repair(&mut self, from: NodeId, key: u32, object: &Object, ctx: &mut Context<'_>) {
        if ctx.config.flaws.blind_repair {
            let args = [node(ctx.me), u64::from(key), node(from)];
            ctx.note(Note::new(rules::STORE_OVERWRITE, args));
            self.put(key, object.clone(), ctx);
        } else {
            self.store(from, key, object, ctx);
        }
    }
}

/// An answer that vouches for what was stored: it waits for the disk, where there is one to wait for.
pub(super) fn acknowledge(to: NodeId, message: Message, ctx: &mut Context<'_>) {
    if ctx.config.flaws.ack_before_durable {
        ctx.send(to, message);
    } else {
        ctx.send_after_sync(to, message);
    }
}

fn stored_note(me: u64, from: NodeId, key: u32, joined: &Object) -> Note {
    let (from, key) = (node(from), u64::from(key));
    match joined.versions() {
        [only] => Note::new(rules::STORE, [me, key, from, value_arg(Value::Number(only.value.number))]),
        several => Note::new(rules::STORE_BESIDE, [me, from, key, several.len() as u64]),
    }
}

fn known_note(rule: Reconciliation, me: u64, from: NodeId, key: u32, held: &Object, object: &Object) -> Note {
    let (from, key) = (node(from), u64::from(key));
    if let (Reconciliation::LastWriterWins, [held], [sent]) = (rule, held.versions(), object.versions())
        && held.dot != sent.dot
    {
        let [sent, held] = [sent, held].map(|version| value_arg(Value::Number(version.value.number)));
        return Note::new(rules::STORE_OLDER_CLOCK, [me, from, sent, held]);
    }
    Note::new(rules::STORE_KNOWN, [me, key, from])
}
