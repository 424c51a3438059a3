//! Running a record and comparing it with what it is expected to show.

use netsplit_checkers::search::{self, Budget};
use netsplit_sim::describe::{LogPanel, Mark, NodeView, Panel, Window};
use netsplit_sim::history::{OpRow, Outcome};
use netsplit_sim::id::NodeId;
use netsplit_sim::intervention::Intervention;
use netsplit_sim::run::{Run, Status, Stopped};
use netsplit_sim::time::SimTime;
use thiserror::Error;

use crate::document::Scenario;
use crate::expectation::{Answer, Claim, Expectation, ExpectedOutcome};
use crate::form::Form;
use crate::judge;
use crate::open::open;
use crate::run_record::RunRecord;

/// Something that was expected of a run and did not come.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("expected {expected}, found {found}")]
pub struct Unmet {
    /// The expectation as the document has it.
    pub expected: String,
    /// What the run shows instead.
    pub found: String,
}

/// Runs a record to its end and says which of its expectations are not met.
pub fn check(record: &RunRecord) -> Result<(), Vec<Unmet>> {
    let unable = |problem: String| vec![Unmet { expected: "a run".to_owned(), found: problem }];
    let mut run = open(record).map_err(|error| unable(error.to_string()))?;
    let unmet = check_run(run.as_mut(), &record.scenario, &record.expect)
        .map_err(|error| unable(error.to_string()))?;
    if unmet.is_empty() { Ok(()) } else { Err(unmet) }
}

/// Which of these expectations a run does not meet. The cursor is left anywhere.
pub fn check_run(
    run: &mut dyn Run,
    scenario: &Scenario,
    expectations: &[Expectation],
) -> Result<Vec<Unmet>, Stopped> {
    let mut unmet = Vec::new();
    for expectation in expectations {
        if let Some(found) = missing(run, scenario, expectation)? {
            unmet.push(Unmet { expected: expectation.written().to_string(), found });
        }
    }
    Ok(unmet)
}

/// What is found instead of what is expected; `None` if it is as expected.
fn missing(
    run: &mut dyn Run,
    scenario: &Scenario,
    expectation: &Expectation,
) -> Result<Option<String>, Stopped> {
    let at = match expectation {
        Expectation::Field { at, .. }
        | Expectation::Verdict { at, .. }
        | Expectation::Replicas { at, .. } => at.unwrap_or(run.until()),
        _ => run.until(),
    };
    run.seek(at)?;
    Ok(match expectation {
        Expectation::Mark { kind, node, after, by, at_least, at_most } => {
            let count = count_marks(run, *kind, *node, *after, by.unwrap_or(SimTime::MAX));
            let enough = count >= *at_least && at_most.is_none_or(|most| count <= most);
            (!enough).then(|| format!("{count}"))
        }
        Expectation::Field { node, name, is, .. } => {
            let shown = field(run, *node, name);
            (shown != *is).then_some(shown)
        }
        Expectation::Property { name, holds } => missing_property(run, name, *holds),
        Expectation::Op { client, n, outcome } => missing_outcome(run, *client, *n, outcome),
        Expectation::Verdict { claim, is, .. } => missing_verdict(run, scenario, *claim, *is),
        Expectation::Replicas { equal, .. } => missing_replicas(run, *equal),
        Expectation::Faults { at_most } => {
            let faults = count_faults(run);
            (faults > *at_most).then(|| format!("{faults}"))
        }
        Expectation::Digest(digest) => (run.digest() != *digest).then(|| run.digest().to_string()),
        Expectation::All(parts) => {
            let unmet = check_run(run, scenario, parts)?;
            (!unmet.is_empty()).then(|| listed(&unmet))
        }
        Expectation::Any(parts) => {
            let unmet = check_run(run, scenario, parts)?;
            (unmet.len() == parts.len()).then(|| listed(&unmet))
        }
    })
}

fn listed(unmet: &[Unmet]) -> String {
    unmet.iter().map(Unmet::to_string).collect::<Vec<_>>().join("; ")
}

fn count_marks(run: &dyn Run, kind: Mark, node: Option<NodeId>, after: SimTime, by: SimTime) -> u32 {
    let wanted = run.known_marks().iter().filter(|marked| {
        let whose = node.is_none() || node == marked.node;
        marked.mark == kind && (after..=by).contains(&marked.moment.time) && whose
    });
    wanted.count() as u32
}

/// What a participant shows under a name: one of its protocol's fields, or of those that all have.
pub fn field(run: &dyn Run, node: NodeId, name: &str) -> String {
    let view = run.node_in(node, Window::ALL);
    match name {
        "role" => run.about().roles[usize::from(view.role)].name.to_owned(),
        "badge" => view.badge,
        "status" => shown_status(run.status(node)).to_owned(),
        "log.labels" => log_text(&view, |log| words(log.entries.iter().map(|entry| entry.label.clone()))),
        "log.epochs" => log_text(&view, |log| words(log.entries.iter().map(|entry| entry.epoch.to_string()))),
        "log.settled" => log_text(&view, |log| log.settled.to_string()),
        _ => match view.fields.into_iter().find(|field| field.name == name) {
            Some(field) => field.value,
            None => format!("no field {name}"),
        },
    }
}

fn shown_status(status: Status) -> &'static str {
    match status {
        Status::Up => "up",
        Status::Paused => "paused",
        Status::Crashed => "crashed",
    }
}

fn log_text(view: &NodeView, text: impl Fn(&LogPanel) -> String) -> String {
    let mut logs = view.panels.iter().filter_map(|panel| match panel {
        Panel::Log(log) => Some(log),
        _ => None,
    });
    logs.next().map_or_else(|| "no log".to_owned(), text)
}

fn words(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" ")
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
    (!is_outcome(row, expected)).then(|| match &row.returned {
        Some((moment, outcome)) => format!("{outcome:?} at {}", moment.time),
        None => "no answer".to_owned(),
    })
}

fn is_outcome(row: &OpRow, expected: &ExpectedOutcome) -> bool {
    match (row.returned.as_ref().map(|(_, outcome)| outcome), expected) {
        (None, ExpectedOutcome::Pending)
        | (Some(Outcome::Ok(_) | Outcome::Many(_)), ExpectedOutcome::Ok)
        | (Some(Outcome::Fail), ExpectedOutcome::Fail)
        | (Some(Outcome::Info), ExpectedOutcome::Info) => true,
        (Some(Outcome::Ok(seen)), ExpectedOutcome::OkWith(value)) => seen == value,
        (Some(Outcome::Many(seen)), ExpectedOutcome::OkWithMany(numbers)) => **seen == **numbers,
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

fn count_faults(run: &dyn Run) -> u32 {
    let faults = run.script().iter().filter(|entry| !matches!(entry.what, Intervention::Request { .. }));
    faults.count() as u32
}
