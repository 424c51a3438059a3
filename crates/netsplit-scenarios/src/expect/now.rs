//! What a run shows at its cursor, compared with what is expected of it there.

use netsplit_checkers::history::Key;
use netsplit_checkers::history::Value as Stored;
use netsplit_checkers::lost::{self, Count, Finals};
use netsplit_checkers::search::{self, Budget};
use netsplit_sim::describe::Mark;
use netsplit_sim::history::{OpRow, Outcome};
use netsplit_sim::id::NodeId;
use netsplit_sim::intervention::Intervention;
use netsplit_sim::run::{Run, Status};
use netsplit_sim::time::SimTime;

use super::{Tally, field};
use crate::document::Scenario;
use crate::expectation::{Answer, Claim, Expectation, ExpectedOutcome};
use crate::judge;

/// What is found at the cursor instead of what is expected; `None` if it is as expected. Whatever moment the
/// expectation names is not looked at: it is now. `tally` has counted the rules of all events up to here.
pub fn missing_now(
    run: &dyn Run,
    scenario: &Scenario,
    expectation: &Expectation,
    tally: &Tally,
) -> Option<String> {
    let met = |part: &&Expectation| missing_now(run, scenario, part, tally).is_none();
    let found = |parts: &[Expectation]| {
        let found = parts.iter().filter_map(|part| missing_now(run, scenario, part, tally));
        found.collect::<Vec<_>>().join("; ")
    };
    match expectation {
        Expectation::Mark { kind, node, after, by, at_least, at_most } => {
            let count = count_marks(run, *kind, *node, *after, by.unwrap_or(SimTime::MAX));
            unless_within(count, *at_least, *at_most)
        }
        Expectation::Rule { name, node, at_least, at_most } => missing_rule(run, tally, name, *node)
            .unwrap_or_else(|count| unless_within(count, *at_least, *at_most)),
        Expectation::Together { name, is, at_least, at_most, differ, .. } => {
            unless_within(count_together(run, name, is, differ.as_deref()), *at_least, *at_most)
        }
        Expectation::Field { node, name, is, .. } => {
            let shown = field(run, *node, name);
            (shown != *is).then_some(shown)
        }
        Expectation::Property { name, holds } => missing_property(run, name, *holds),
        Expectation::Op { client, n, outcome } => missing_outcome(run, *client, *n, outcome),
        Expectation::Ops { client, outcome, after, by, at_least, at_most } => {
            let span = *after..=by.unwrap_or(SimTime::MAX);
            let asked =
                |row: &&OpRow| span.contains(&row.invoked.time) && client.is_none_or(|id| id == row.client);
            let ended = run.history().iter().filter(asked).filter(|row| is_outcome(run, row, outcome));
            unless_within(ended.count() as u32, *at_least, *at_most)
        }
        Expectation::Lost { at_least } => missing_losses(run, *at_least),
        Expectation::Verdict { claim, is, .. } => missing_verdict(run, scenario, *claim, *is),
        Expectation::Replicas { equal, .. } => missing_replicas(run, *equal),
        Expectation::Faults { at_most } => unless_within(count_faults(run), 0, Some(*at_most)),
        Expectation::Digest(digest) => (run.digest() != *digest).then(|| run.digest().to_string()),
        Expectation::All(parts) => (!parts.iter().all(|part| met(&part))).then(|| found(parts)),
        Expectation::Any(parts) => (!parts.iter().any(|part| met(&part))).then(|| found(parts)),
        Expectation::None(parts) => {
            let met = parts.iter().filter(met).count();
            (met > 0).then(|| format!("{met} of them"))
        }
    }
}

fn unless_within(count: u32, at_least: u32, at_most: Option<u32>) -> Option<String> {
    let within = count >= at_least && at_most.is_none_or(|most| count <= most);
    (!within).then(|| count.to_string())
}

fn count_marks(run: &dyn Run, kind: Mark, node: Option<NodeId>, after: SimTime, by: SimTime) -> u32 {
    let here = run.step();
    let wanted = run.known_marks().iter().take_while(|marked| marked.moment.step <= here).filter(|marked| {
        let whose = node.is_none() || node == marked.node;
        marked.mark == kind && (after..=by).contains(&marked.moment.time) && whose
    });
    wanted.count() as u32
}

/// How often a rule was applied, or that there is none of this name.
fn missing_rule(
    run: &dyn Run,
    tally: &Tally,
    name: &str,
    node: Option<NodeId>,
) -> Result<Option<String>, u32> {
    let about = run.about();
    match about.rules.iter().position(|rule| rule.name == name) {
        Some(rule) => Err(tally.count(rule as u16, node)),
        None => Ok(Some(format!("no rule “{name}” of {}", about.title))),
    }
}

/// How many running servers show this; with `differ`, how many different texts they show there.
fn count_together(run: &dyn Run, name: &str, is: &str, differ: Option<&str>) -> u32 {
    let servers = run.topology().servers().filter(|id| run.status(*id) != Status::Crashed);
    let alike = servers.filter(|id| shows(run, *id, name, is));
    match differ {
        None => alike.count() as u32,
        Some(other) => {
            let mut texts: Vec<String> = alike.map(|id| field(run, id, other)).collect();
            texts.sort();
            texts.dedup();
            texts.len() as u32
        }
    }
}

/// Roles are asked for after every event, and are known without drawing up all that a server shows.
fn shows(run: &dyn Run, id: NodeId, name: &str, is: &str) -> bool {
    if name != "role" {
        return field(run, id, name) == is;
    }
    let roles = run.roles(id);
    let here = roles.partition_point(|(moment, _)| moment.step <= run.step());
    let role = here.checked_sub(1).and_then(|last| roles.get(last));
    role.is_some_and(|(_, role)| run.about().roles[usize::from(*role)].name == is)
}

fn missing_property(run: &dyn Run, name: &str, holds: bool) -> Option<String> {
    let about = run.about();
    let Some(property) = about.properties.iter().position(|property| property.name == name) else {
        return Some(format!("no property “{name}” of {}", about.title));
    };
    let broken = run.violations().iter().find(|(_, violation)| usize::from(violation.property) == property);
    match broken {
        Some((moment, violation)) if holds => {
            Some(format!("broken at {}: {}", moment.time, about.sentence(&violation.note)))
        }
        None if !holds => Some("never broken".to_owned()),
        _ => None,
    }
}

fn missing_outcome(run: &dyn Run, client: NodeId, n: u32, expected: &ExpectedOutcome) -> Option<String> {
    let row = run.history().iter().filter(|row| row.client == client).nth(n as usize - 1);
    let Some(row) = row else { return Some("no such operation".to_owned()) };
    (!is_outcome(run, row, expected)).then(|| match row.returned_by(run.step()) {
        Some((moment, outcome)) => format!("{outcome:?} at {}", moment.time),
        None => "no answer".to_owned(),
    })
}

fn is_outcome(run: &dyn Run, row: &OpRow, expected: &ExpectedOutcome) -> bool {
    match (row.returned_by(run.step()).map(|(_, outcome)| outcome), expected) {
        (None, ExpectedOutcome::Pending)
        | (Some(Outcome::Ok(_) | Outcome::Many(_)), ExpectedOutcome::Ok)
        | (Some(Outcome::Fail), ExpectedOutcome::Fail)
        | (Some(Outcome::Info), ExpectedOutcome::Info) => true,
        (Some(Outcome::Ok(seen)), ExpectedOutcome::OkWith(value)) => seen == *value,
        (Some(Outcome::Many(seen)), ExpectedOutcome::OkWithMany(numbers)) => *seen == **numbers,
        _ => false,
    }
}

fn missing_verdict(run: &dyn Run, scenario: &Scenario, claim: Claim, expected: Answer) -> Option<String> {
    let Some(model) = judge::model(scenario) else { return Some("nothing that can be judged".to_owned()) };
    let Some(history) = judge::history(run, run.step()) else {
        return Some("a history whose beginning was forgotten".to_owned());
    };
    let answer =
        Answer::of(&search::judge_with(claim.of(model), &history, &judge::sessions(run), Budget::USUAL));
    (answer != expected).then(|| answer.name().to_owned())
}

fn missing_replicas(run: &dyn Run, equal: bool) -> Option<String> {
    let differing = judge::differing(&run.replicas());
    (differing.is_empty() != equal).then(|| match differing.len() {
        0 => "replicas that agree".to_owned(),
        keys => format!("replicas that differ on {keys} keys"),
    })
}

/// Acknowledged writes that are gone. Nothing is final until replicas agree.
fn missing_losses(run: &dyn Run, at_least: u32) -> Option<String> {
    let replicas = run.replicas();
    if replicas.is_empty() || !judge::differing(&replicas).is_empty() {
        return Some("replicas that do not agree, so that nothing is final".to_owned());
    }
    let Some(history) = judge::history(run, run.step()) else {
        return Some("a history whose beginning was forgotten".to_owned());
    };
    let numbers = |held: &Vec<i64>| held.iter().copied().map(Stored::Number).collect::<Vec<_>>();
    let values = replicas.iter().map(|(key, held)| (Key(*key), held.values().flat_map(numbers).collect()));
    let lost = Count::of(&lost::fates(&history, &Finals(values.collect()), None)).lost;
    (lost < u64::from(at_least)).then(|| lost.to_string())
}

/// Interventions so far, requests of clients not counted.
pub(crate) fn count_faults(run: &dyn Run) -> u32 {
    let applied = run.script().iter().take(run.applied());
    let faults = applied.filter(|entry| !matches!(entry.what, Intervention::Request { .. }));
    faults.count() as u32
}
