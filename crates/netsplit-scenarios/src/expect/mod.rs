//! Running a record and comparing it with what it is expected to show.

mod now;
mod shown;
mod tally;

use netsplit_sim::run::{Run, Stopped};
use netsplit_sim::time::SimTime;
use thiserror::Error;

use crate::document::Scenario;
use crate::expectation::Expectation;
use crate::form::Form;
use crate::open::open;
use crate::run_record::RunRecord;
pub(crate) use now::count_faults;
pub use now::missing_now;
pub use shown::field;
pub use tally::Tally;

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
    let unmet = |run: &mut dyn Run, parts: &[Expectation]| check_run(run, scenario, parts);
    match expectation {
        Expectation::All(parts) => {
            let unmet = unmet(run, parts)?;
            Ok((!unmet.is_empty()).then(|| listed(&unmet)))
        }
        Expectation::Any(parts) => {
            let unmet = unmet(run, parts)?;
            Ok((unmet.len() == parts.len()).then(|| listed(&unmet)))
        }
        Expectation::None(parts) => {
            let met = parts.len() - unmet(run, parts)?.len();
            Ok((met > 0).then(|| format!("{met} of them")))
        }
        _ => {
            run.seek(moment(expectation).unwrap_or(run.until()))?;
            Ok(missing_now(run, scenario, expectation, &Tally::of(run, expectation)))
        }
    }
}

/// When it is looked at; at the end if it does not say.
fn moment(expectation: &Expectation) -> Option<SimTime> {
    match expectation {
        Expectation::Field { at, .. }
        | Expectation::Together { at, .. }
        | Expectation::Verdict { at, .. }
        | Expectation::Replicas { at, .. } => *at,
        _ => None,
    }
}

fn listed(unmet: &[Unmet]) -> String {
    unmet.iter().map(Unmet::to_string).collect::<Vec<_>>().join("; ")
}
