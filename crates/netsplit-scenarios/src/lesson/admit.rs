//! Whether a run may count for a goal: it has to be the lesson's run, except for what a solution may change.
//! Each difference is a sentence.

use netsplit_sim::describe::ParamValue;

use super::may::May;
use crate::document::Scenario;
use crate::run_record::{Entry, RunRecord};

/// What differs from the lesson's run and may not; nothing if the run counts.
pub fn differences(lesson: &RunRecord, given: &RunRecord, may: &May) -> Vec<String> {
    let (ours, theirs) = (&lesson.scenario, &given.scenario);
    if ours.protocol != theirs.protocol {
        return vec![format!("its protocol is {}, and the lesson's is {}", theirs.protocol, ours.protocol)];
    }
    let mut found = Vec::new();
    if ours.behaviour != theirs.behaviour {
        found.push(format!(
            "it was made with behaviour {} of the protocol, and the lesson has {}",
            theirs.behaviour, ours.behaviour
        ));
    }
    if ours.seed != theirs.seed && !may.seed() {
        found.push(format!("its seed is {}, and has to be {}", theirs.seed, ours.seed));
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
        |value: Option<&ParamValue>| value.map_or_else(|| "its default".to_owned(), ParamValue::shown);
    for name in names.filter(|name| !may.param(name)) {
        let (our, their) = (ours.params.get(name), theirs.params.get(name));
        if our != their {
            found.push(format!("{name} is {}, and has to be {}", shown(their), shown(our)));
        }
    }
}

fn flaws(ours: &Scenario, theirs: &Scenario, may: &May, found: &mut Vec<String>) {
    let named = |found: &mut Vec<String>, name: &str, how: &str| {
        if !may.flaw(name) {
            found.push(format!("the flaw {name} is switched {how}"));
        }
    };
    theirs.flaws.difference(&ours.flaws).for_each(|name| named(found, name, "on"));
    ours.flaws.difference(&theirs.flaws).for_each(|name| named(found, name, "off"));
}

/// What nobody can change in the page. Titles and the like are only presentation.
fn surroundings(ours: &Scenario, theirs: &Scenario, found: &mut Vec<String>) {
    let parts = [
        ("the number of servers", ours.nodes == theirs.nodes),
        ("what clients do by themselves", ours.clients == theirs.clients),
        ("the network as it is set up", ours.network == theirs.network),
        ("the disk", ours.disk == theirs.disk),
        ("clocks as they are set up", ours.clocks == theirs.clocks),
        ("the end of the run", ours.until == theirs.until),
        ("parameters of single servers", ours.rollouts == theirs.rollouts),
    ];
    found.extend(parts.iter().filter(|(_, same)| !same).map(|(what, _)| format!("{what} is another")));
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
            format!("what the lesson does at {} by itself was taken away, moved or changed", entry.at)
        }));
    }
    let forbidden = added.iter().filter(|entry| !may.does(&entry.what));
    found.extend(forbidden.map(|entry| format!("what was done at {} may not be done here", entry.at)));
}
