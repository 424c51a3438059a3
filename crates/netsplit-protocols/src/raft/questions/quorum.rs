//! Who is missing from a majority.

use netsplit_sim::describe::Sentence;
use netsplit_sim::id::NodeId;
use netsplit_sim::run::Status;

use super::super::rules;
use super::facts::{Facts, share};

/// Who is missing from the majority of the leader; without one, from the best that could be had.
pub(super) fn missing_anywhere(facts: &Facts<'_>) -> Vec<Sentence> {
    match facts.leader() {
        Some(leader) => missing(facts, leader),
        None => nobody_to_ask(facts),
    }
}

/// Who is missing from this server's majority.
pub(super) fn missing(facts: &Facts<'_>, id: NodeId) -> Vec<Sentence> {
    if facts.run.status(id) != Status::Up {
        return vec![facts.outage(id)];
    }
    let (reached, missing) = parted(facts, id);
    let mut told = vec![tally(facts, id, &reached)];
    if missing.is_empty() {
        told.push(Sentence::default().say("Nobody is missing."));
    }
    told.extend(facts.obstacles(id, &missing));
    told
}

/// Those that a server can work with, itself included, and the others.
fn parted(facts: &Facts<'_>, id: NodeId) -> (Vec<NodeId>, Vec<NodeId>) {
    facts.world.topology().servers().partition(|other| *other == id || facts.reaches(id, *other))
}

/// `n1 can work with n5: with itself 2 of 5 servers, and a majority is 3.`
fn tally(facts: &Facts<'_>, id: NodeId, reached: &[NodeId]) -> Sentence {
    let role = facts.leads(id).map(|_| format!(", the leader of term {},", facts.term(id)));
    let told = Sentence::new("§5.2").node(id).say(role.unwrap_or_default());
    let others: Vec<NodeId> = reached.iter().copied().filter(|other| *other != id).collect();
    let told = match others.as_slice() {
        [] => told.say(" reaches nobody who can answer"),
        others => told.say(" reaches and hears ").nodes(others),
    };
    let count = reached.len() as u32;
    let enough = if count >= facts.majority() { "enough" } else { "too few" };
    let needed = facts.majority();
    told.say(format_args!(": with itself {}. A majority is {needed}: {enough}.", share(count, facts)))
}

/// Nobody leads: the server that reaches most.
fn nobody_to_ask(facts: &Facts<'_>) -> Vec<Sentence> {
    let up = facts.world.topology().servers().filter(|id| facts.run.status(*id) == Status::Up);
    let best = up.rev().max_by_key(|id| parted(facts, *id).0.len());
    let mut told = vec![last_leader(facts)];
    match best {
        Some(best) => told.extend(missing(facts, best)),
        None => told.push(Sentence::default().say("No server runs.")),
    }
    told
}

/// `Nobody leads. n1 led last, from 0.206 s on, and has been crashed since 1.000 s.`
fn last_leader(facts: &Facts<'_>) -> Sentence {
    let told = Sentence::new("§5.2").say("Nobody leads");
    let led = facts.world.topology().servers().filter_map(|id| {
        let (since, _) = facts.last_note(id, &[rules::BECOME_LEADER])?;
        Some((since, id))
    });
    match led.max() {
        Some((since, id)) => told.say(". ").node(id).say(" led last, from ").moment(since).say(" on."),
        None => told.say(", and nobody has led yet."),
    }
}
