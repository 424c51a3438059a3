//! What must hold after every event. Only what the event changed is looked at: the server's own trail
//! says what that is, so that nothing is copied and no store is walked.

use std::rc::Rc;

use netsplit_sim::describe::{Violation, value_arg};
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::history::Value;
use netsplit_sim::id::{NodeId, Topology};
use netsplit_sim::note::{Note, node};
use netsplit_sim::property::Properties;
use netsplit_sim::world::World;

use super::QuorumReplication;
use super::about::property;
use super::config::Config;
use super::disk::{Hints, Kept};
use super::object::{Object, Reconciliation, Stored};
use super::rules;
use super::server::Server;
use super::trail::Acknowledged;
use crate::version_vector::Version;

/// Watches a run.
#[derive(Clone, Debug)]
pub struct QuorumProperties {
    /// Each server as it was after its last event.
    servers: Vec<Seen>,
    /// Which properties were found broken; broken is final, so each is reported once.
    broken: u8,
}

/// What was seen of a server.
#[derive(Clone, Debug, Default)]
struct Seen {
    incarnation: u32,
    /// How much of its trail was looked at.
    noted: u64,
    hints: Rc<Hints>,
}

footprint_fields!(QuorumProperties { servers });

impl Footprint for Seen {
    fn heap(&self, other: Option<&Self>) -> usize {
        self.hints.heap(other.map(|other| &other.hints))
    }
}

type Worlds<'a> = &'a World<QuorumReplication>;

impl Properties<QuorumReplication> for QuorumProperties {
    fn new(_config: &Config, topology: Topology) -> Self {
        Self { servers: vec![Seen::default(); usize::from(topology.servers)], broken: 0 }
    }

    fn after_step(&mut self, world: Worlds<'_>, touched: Option<NodeId>, found: &mut Vec<Violation>) {
        let Some(id) = touched.filter(|id| !id.is_client()) else { return };
        let Some(server) = world.server(id) else { return };
        let incarnation = world.incarnation(id);
        let seen = &mut self.servers[usize::from(id.index())];
        let reborn = seen.incarnation != incarnation;
        let fresh = reborn || seen.noted != server.trail.noted;
        (seen.incarnation, seen.noted) = (incarnation, server.trail.noted);
        let hints = &kept(world, server, id).hints;
        if !Rc::ptr_eq(&seen.hints, hints) {
            let before = std::mem::replace(&mut seen.hints, hints.clone());
            if !reborn || world.config().sync_writes {
                self.check_hints(world, id, &before, hints, found);
            }
        }
        if fresh {
            self.check_trail(world, id, server, found);
        }
    }
}

impl QuorumProperties {
    fn check_trail(&mut self, world: Worlds<'_>, id: NodeId, server: &Server, found: &mut Vec<Violation>) {
        for (key, before) in &server.trail.changed {
            let now = kept(world, server, id).store.get(*key);
            self.check_advance(world.config().reconciliation, id, *key, before, &now, found);
            self.check_siblings(id, *key, &now, found);
            self.check_names(world, id, *key, &now, found);
        }
        for acknowledged in &server.trail.acknowledged {
            self.check_stored(world, id, acknowledged, found);
        }
    }

    /// §4.4: a version goes only for one that follows it.
    fn check_advance(
        &mut self,
        rule: Reconciliation,
        id: NodeId,
        key: u32,
        before: &Object,
        now: &Object,
        found: &mut Vec<Violation>,
    ) {
        if rule.covers(now, before) {
            return;
        }
        let number = before.versions().first().map_or(Value::Absent, |lost| Value::Number(lost.value.number));
        let note = Note::new(rules::VERSION_LOST, [node(id), u64::from(key), value_arg(number)]);
        self.violated(property::VERSIONS_ADVANCE, note, found);
    }

    /// §4.4: none of the versions side by side follows another.
    fn check_siblings(&mut self, id: NodeId, key: u32, now: &Object, found: &mut Vec<Violation>) {
        let versions = now.versions();
        let follows = |one: &Version<Stored>| versions.iter().any(|other| other.follows(one));
        if versions.len() > 1 && versions.iter().any(follows) {
            let note = Note::new(rules::SIBLING_FOLLOWS, [node(id), u64::from(key)]);
            self.violated(property::SIBLINGS_CONCURRENT, note, found);
        }
    }

    /// No two values under one name, here and elsewhere.
    fn check_names(
        &mut self,
        world: Worlds<'_>,
        id: NodeId,
        key: u32,
        now: &Object,
        found: &mut Vec<Violation>,
    ) {
        for other in world.topology().servers().filter(|other| *other != id) {
            let Some(server) = world.server(other) else { continue };
            let Some(theirs) = kept(world, server, other).store.find(key) else { continue };
            if theirs.versions().iter().any(|version| contradicts(version, now)) {
                let note = Note::new(rules::SAME_NAME, [node(id), node(other), u64::from(key)]);
                self.violated(property::NAMES_UNIQUE, note, found);
            }
        }
    }

    /// §4.5: what a client is told is written is on as many disks as were counted, stand-ins' included.
    /// Where the ring changes, two of those counted may have passed their copies on to one server.
    fn check_stored(
        &mut self,
        world: Worlds<'_>,
        id: NodeId,
        acknowledged: &Acknowledged,
        found: &mut Vec<Violation>,
    ) {
        let rule = world.config().reconciliation;
        let Acknowledged { key, object, by } = acknowledged;
        if world.topology().servers().any(|id| !world.disk(id).membership.is_unknown()) {
            return;
        }
        let has = |id: &NodeId| world.durable(*id).known(*key).any(|known| rule.covers(known, object));
        let count = world.topology().servers().filter(has).count() as u64;
        if count < u64::from(*by) {
            let note =
                Note::new(rules::ACKNOWLEDGED_MISSING, [node(id), u64::from(*key), count, u64::from(*by)]);
            self.violated(property::ACKNOWLEDGED_STORED, note, found);
        }
    }

    /// §4.6: a hint goes only when its home has what it holds, or is out of memory for the moment: then
    /// its disk is asked.
    fn check_hints(
        &mut self,
        world: Worlds<'_>,
        id: NodeId,
        before: &Hints,
        now: &Hints,
        found: &mut Vec<Violation>,
    ) {
        let rule = world.config().reconciliation;
        for ((home, key), hint) in before {
            if now.contains_key(&(*home, *key)) {
                continue;
            }
            let at_home = match world.server(*home) {
                Some(server) => kept(world, server, *home),
                None => world.disk(*home),
            };
            if !at_home.store.find(*key).is_some_and(|held| rule.covers(held, hint)) {
                let note = Note::new(rules::HINT_LOST, [node(id), u64::from(*key), node(*home)]);
                self.violated(property::HINTS_KEPT, note, found);
            }
        }
    }

    fn violated(&mut self, property: u16, note: Note, found: &mut Vec<Violation>) {
        let bit = 1 << property;
        if self.broken & bit == 0 {
            self.broken |= bit;
            found.push(Violation { property, note });
        }
    }
}

fn kept<'a>(world: Worlds<'a>, server: &'a Server, id: NodeId) -> &'a Kept {
    if world.config().sync_writes { world.disk(id) } else { &server.memory }
}

fn contradicts(version: &Version<Stored>, object: &Object) -> bool {
    let same_name = object.versions().iter().find(|own| own.dot == version.dot);
    same_name.is_some_and(|own| own.value != version.value)
}
