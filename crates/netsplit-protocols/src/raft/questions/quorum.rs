//! Who is missing from a majority.

use netsplit_sim::describe::Sentence;
use netsplit_sim::id::NodeId;
use netsplit_sim::run::Status;
use netsplit_sim::sentence;

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
        told.push(sentence!("Nobody is missing."));
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
    let who = match facts.leads(id) {
        Some(_) => sentence!("{id}, the leader of term {term},", id, term = facts.term(id).0),
        None => Sentence::default().node(id),
    };
    let others: Vec<NodeId> = reached.iter().copied().filter(|other| *other != id).collect();
    let (count, needed) = (reached.len() as u32, facts.majority());
    let (share, enough) = (share(count, facts), if count >= needed { "yes" } else { "no" });
    let told = if others.is_empty() {
        sentence!("{who} reaches nobody who can answer: with itself {share}.", who, share)
    } else {
        sentence!("{who} reaches and hears {others}: with itself {share}.", who, others, share)
    };
    let verdict = sentence!(
        "{enough, select, yes {A majority is {needed}: enough.} other {A majority is {needed}: too few.}}",
        enough,
        needed
    );
    told.then(verdict).of("§5.2")
}

/// Nobody leads: the server that reaches most.
fn nobody_to_ask(facts: &Facts<'_>) -> Vec<Sentence> {
    let up = facts.world.topology().servers().filter(|id| facts.run.status(*id) == Status::Up);
    let best = up.rev().max_by_key(|id| parted(facts, *id).0.len());
    let mut told = vec![last_leader(facts)];
    match best {
        Some(best) => told.extend(missing(facts, best)),
        None => told.push(sentence!("No server runs.")),
    }
    told
}

/// `Nobody leads. n1 led last, from 0.206 s on, and has been crashed since 1.000 s.`
fn last_leader(facts: &Facts<'_>) -> Sentence {
    let led = facts.world.topology().servers().filter_map(|id| {
        let (since, _) = facts.last_note(id, &[rules::BECOME_LEADER])?;
        Some((since, id))
    });
    let told = match led.max() {
        Some((since, id)) => sentence!("Nobody leads. {id} led last, from {since} on.", id, since),
        None => sentence!("Nobody leads, and nobody has led yet."),
    };
    told.of("§5.2")
}
