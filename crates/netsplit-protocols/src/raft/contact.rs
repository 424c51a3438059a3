//! Who was heard from lately: for leaders that check their quorum (dissertation §6.2), and for the
//! flaw that counts majorities among the living.

use netsplit_sim::encode_fields;
use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};

use super::quorum::{self, ServerSet};
use super::rules;
use super::server::{CONTACT, Context, Role, Server};

/// The servers heard from in this period and in the one before.
#[derive(Clone, Copy, Debug)]
pub struct Contact {
    current: ServerSet,
    previous: ServerSet,
}

encode_fields!(Contact { current, previous });

impl Contact {
    /// As if all of the first `servers` had just been heard from.
    pub(super) fn with_all(servers: u16) -> Self {
        Self { current: ServerSet::default(), previous: ServerSet::first(servers) }
    }

    /// A message came from this server.
    pub(super) fn heard_from(&mut self, id: NodeId) {
        self.current.insert(id);
    }

    /// Those heard from in this period or the one before.
    pub(super) fn lately(&self) -> ServerSet {
        self.current.union(self.previous)
    }

    /// Begins a new period; returns those heard from in the one that ends.
    fn rotate(&mut self) -> ServerSet {
        self.previous = std::mem::take(&mut self.current);
        self.previous
    }
}

impl Server {
    /// Begins to watch whom a new leader hears from.
    pub(super) fn start_contact_check(&mut self, ctx: &mut Context<'_>) {
        if ctx.config.check_quorum {
            self.contact = Contact::with_all(0);
            ctx.set_timer(CONTACT, ctx.config.election_timeout_max);
        }
    }

    /// Dissertation §6.2: a leader steps down if an election timeout elapses without word from a
    /// majority, so that its clients look for another.
    pub(super) fn on_contact_check(&mut self, ctx: &mut Context<'_>) {
        let mut heard = self.contact.rotate();
        heard.insert(ctx.me);
        let leads = matches!(self.role, Role::Leader(_));
        let alone = heard.count() < quorum::majority(u32::from(ctx.topology.servers));
        if leads && alone && ctx.config.check_quorum {
            self.resign(ctx);
        }
        let goes_on = matches!(self.role, Role::Leader(_)) || ctx.config.flaws.majority_of_live;
        if goes_on {
            ctx.set_timer(CONTACT, ctx.config.election_timeout_max);
        }
    }

    /// Leader → follower in the same term.
    fn resign(&mut self, ctx: &mut Context<'_>) {
        let term = ctx.disk().current_term;
        ctx.note(Note::new(rules::CHECK_QUORUM, [node(ctx.me), term.0]));
        self.leader = None;
        self.become_follower(term, ctx);
    }
}
