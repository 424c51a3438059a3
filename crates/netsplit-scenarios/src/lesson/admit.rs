//! Whether a run may count for a goal: it has to be the lesson's run, except for what a solution may change.
//! Each difference is a sentence.

use netsplit_sim::describe::ParamValue;
use netsplit_words::say;

use super::may::May;
use crate::document::Scenario;
use crate::run_record::{Entry, RunRecord};

/// What differs from the lesson's run and may not; nothing if the run counts.
pub fn differences(lesson: &RunRecord, given: &RunRecord, may: &May) -> Vec<String> {
    let (ours, theirs) = (&lesson.scenario, &given.scenario);
    if ours.protocol != theirs.protocol {
        let (given, own) = (&theirs.protocol, &ours.protocol);
        return vec![say!("its protocol is {given}, and the lesson’s is {own}", given, own)];
    }
    let mut found = Vec::new();
    if ours.behaviour != theirs.behaviour {
        found.push(say!(
            "it was made with behaviour {given} of the protocol, and the lesson has {own}",
            given = theirs.behaviour,
            own = ours.behaviour
        ));
    }
    if ours.seed != theirs.seed && !may.seed() {
        found.push(say!("its seed is {given}, and has to be {own}", given = theirs.seed, own = ours.seed));
    }
    parameters(ours, theirs, may, &mut found);
    flaws(ours, theirs, may, &mut found);
    surroundings(ours, theirs, &mut found);
    script(&lesson.script, &given.script, may, &mut found);
    found
}

fn parameters(ours: &Scenario, theirs: &Scenario, may: &May, found: &mut Vec<String>) {
    let names =
        ours.params.keys().chain(theirs.params.keys().filter(|name| !ours.params.contains_key(*name)));
    let shown =
        |value: Option<&ParamValue>| value.map_or_else(|| say!("its default").to_owned(), ParamValue::shown);
    for name in names.filter(|name| !may.param(name)) {
        let (our, their) = (ours.params.get(name), theirs.params.get(name));
        if our != their {
            let (given, own) = (shown(their), shown(our));
            found.push(say!("{name} is {given}, and has to be {own}", name, given, own));
        }
    }
}

fn flaws(ours: &Scenario, theirs: &Scenario, may: &May, found: &mut Vec<String>) {
    let added = theirs.flaws.difference(&ours.flaws).filter(|name| !may.flaw(name));
    found.extend(added.map(|name| say!("the flaw {name} is switched on", name)));
    let missing = ours.flaws.difference(&theirs.flaws).filter(|name| !may.flaw(name));
    found.extend(missing.map(|name| say!("the flaw {name} is switched off", name)));
}

/// What nobody can change in the page. Titles and the like are only presentation.
fn surroundings(ours: &Scenario, theirs: &Scenario, found: &mut Vec<String>) {
    let parts = [
        (say!("the number of servers is another"), ours.nodes == theirs.nodes),
        (say!("what clients do by themselves is another"), ours.clients == theirs.clients),
        (say!("the network as it is set up is another"), ours.network == theirs.network),
        (say!("the disk is another"), ours.disk == theirs.disk),
        (say!("clocks as they are set up are others"), ours.clocks == theirs.clocks),
        (say!("the end of the run is another"), ours.until == theirs.until),
        (say!("parameters of single servers are others"), ours.rollouts == theirs.rollouts),
    ];
    found.extend(parts.iter().filter(|(_, same)| !same).map(|(what, _)| (*what).to_owned()));
}

/// Sketches are only presentation; what is muted does not happen.
fn same(one: &Entry, other: &Entry) -> bool {
    (one.at, one.rank, &one.what) == (other.at, other.rank, &other.what)
}

/// Whoever does something discards what was scripted for later, since it was made for another future. So the
/// lesson's own entries have to stand up to the first one that was added.
fn script(ours: &[Entry], theirs: &[Entry], may: &May, found: &mut Vec<String>) {
    let mut left: Vec<&Entry> = ours.iter().filter(|entry| !entry.muted).collect();
    let mut added: Vec<&Entry> = Vec::new();
    for entry in theirs.iter().filter(|entry| !entry.muted) {
        match left.iter().position(|own| same(own, entry)) {
            Some(own) => drop(left.remove(own)),
            None => added.push(entry),
        }
    }
    let first = added.first().map(|entry| entry.at);
    if !may.script() {
        let missing = left.iter().filter(|entry| first.is_none_or(|first| entry.at < first));
        found.extend(missing.map(|entry| {
            say!("what the lesson does at {at} by itself was taken away, moved or changed", at = entry.at)
        }));
    }
    let forbidden = added.iter().filter(|entry| !may.does(&entry.what));
    found.extend(forbidden.map(|entry| say!("what was done at {at} may not be done here", at = entry.at)));
}
