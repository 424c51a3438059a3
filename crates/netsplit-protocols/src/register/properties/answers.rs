//! What clients are told of tags is true: acknowledged is on a majority, failed is nowhere.

use netsplit_sim::history::Function;
use netsplit_sim::note::{Note, node};
use netsplit_sim::world::World;

use super::Report;
use crate::register::Register;
use crate::register::about::property;
use crate::register::client::Told;
use crate::register::config::Design;
use crate::register::rules;
use crate::register::types::Tag;

/// Looks at an answer that a client has just got.
pub(super) fn check(world: &World<Register>, told: &Told, report: &mut Report<'_>) {
    if world.config().design != Design::Cp {
        return;
    }
    match told.tag {
        Some(tag) => acknowledged_on_majority(world, told, tag, report),
        None if told.operation.function != Function::Read => failed_nowhere_stored(world, told, report),
        None => {}
    }
}

/// §3: the tag of what a majority wrote or read is on a majority of disks, so that every later query
/// meets it. Who asked for fewer replicas was promised less.
fn acknowledged_on_majority(world: &World<Register>, told: &Told, tag: Tag, report: &mut Report<'_>) {
    let (config, key) = (world.config(), told.operation.key);
    if config.needs(&told.operation) < config.majority() {
        return;
    }
    let holds = |id| world.durable(id).state(key, config.kind).tag() >= Some(tag);
    let disks = world.topology().servers().filter(|id| holds(*id)).count() as u32;
    if disks < config.majority() {
        let values = [node(told.id.client), tag.number, key.into(), disks.into()];
        report.violated(property::ACKNOWLEDGED_ON_MAJORITY, Note::new(rules::NOT_ON_MAJORITY, values));
    }
}

/// What failed never happens: no replica may have it.
fn failed_nowhere_stored(world: &World<Register>, told: &Told, report: &mut Report<'_>) {
    let key = told.operation.key;
    let holds = |id| {
        let tag = world.disk(id).state(key, world.config().kind).tag();
        tag.is_some_and(|tag| tag.writer == Some(told.id))
    };
    if let Some(id) = world.topology().servers().find(|id| holds(*id)) {
        let values = [node(told.id.client), key.into(), node(id)];
        report.violated(property::FAILED_NOWHERE_STORED, Note::new(rules::FAILED_BUT_STORED, values));
    }
}
