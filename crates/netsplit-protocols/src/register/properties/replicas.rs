//! What replicas hold: it only grows, one tag stands for one value, and nobody makes updates for others.

use std::rc::Rc;

use netsplit_sim::footprint_fields;
use netsplit_sim::id::NodeId;
use netsplit_sim::note::{Note, node};
use netsplit_sim::world::World;

use super::Report;
use crate::register::Register;
use crate::register::about::property;
use crate::register::message::Store;
use crate::register::rules;
use crate::register::state::{Kind, State, Tagged};
use crate::version_vector::{Dot, VersionVector};

/// What a server had stored durably when it was last looked at. States are small or shared.
#[derive(Clone, Debug, Default)]
pub(super) struct Replica {
    pub(super) store: Rc<Store>,
    /// How many writes its disk had done then.
    writes: u64,
}

footprint_fields!(Replica { store });

impl Replica {
    /// Looks at what has changed on the disk of a server. Primaries and backups are not looked at: in
    /// their system a backup forgets what its primary does not know.
    pub(super) fn check(&mut self, world: &World<Register>, id: NodeId, report: &mut Report<'_>) {
        let durable = world.durable(id);
        if durable.writes == self.writes || world.config().kind == Kind::Numbered {
            return;
        }
        self.writes = durable.writes;
        for (key, before) in self.store.iter() {
            if !durable.state(*key, world.config().kind).covers(before) {
                let note = Note::new(rules::REPLICA_SHRANK, [node(id), u64::from(*key)]);
                report.violated(property::REPLICAS_ONLY_GROW, note);
            }
        }
        for (key, now) in durable.store.iter() {
            if self.store.get(key) != Some(now) {
                one_value_per_tag(world, id, *key, now, report);
                nothing_invented(world, id, *key, now, report);
                Rc::make_mut(&mut self.store).insert(*key, now.clone());
            }
        }
    }
}

/// §3: tags are unique, so that the value under one is the same everywhere.
fn one_value_per_tag(world: &World<Register>, id: NodeId, key: u32, now: &State, report: &mut Report<'_>) {
    let State::Tagged(Tagged { tag, value }) = now else { return };
    for other in world.topology().servers().filter(|other| *other != id) {
        if let State::Tagged(theirs) = world.durable(other).state(key, Kind::Tagged)
            && theirs.tag == *tag
            && theirs.value != *value
        {
            let values = [node(other), node(id), key.into(), tag.number];
            report.violated(property::ONE_VALUE_PER_TAG, Note::new(rules::TWO_VALUES, values));
        }
    }
}

/// Only a server itself counts what goes through it.
fn nothing_invented(world: &World<Register>, id: NodeId, key: u32, now: &State, report: &mut Report<'_>) {
    for owner in world.topology().servers().filter(|owner| *owner != id) {
        let own = world.disk(owner).state(key, world.config().kind);
        let invented = match (now, own) {
            (State::Counter(now), State::Counter(own)) => {
                let (told, made) = (now.tally(owner), own.tally(owner));
                told.added > made.added || told.taken > made.taken
            }
            (State::Siblings(now), State::Siblings(own)) => more(&now.context(), &own.context(), owner),
            (State::Set(now), State::Set(own)) => more(now.seen(), own.seen(), owner),
            _ => false,
        };
        if invented {
            let values = [node(id), key.into(), node(owner), node(owner)];
            report.violated(property::NOTHING_INVENTED, Note::new(rules::INVENTED, values));
        }
    }
}

/// Whether the first vector knows of more events of this server than the other.
fn more(told: &VersionVector, made: &VersionVector, owner: NodeId) -> bool {
    let actor = Dot::new(owner, 0).actor;
    told.counter(actor) > made.counter(actor)
}
