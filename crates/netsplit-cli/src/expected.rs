//! What a scenario expects of its run, in words, and whether it came.

use std::slice;

use netsplit_scenarios::document::Scenario;
use netsplit_scenarios::expect::check_run;
use netsplit_scenarios::expectation::{Expectation, ExpectedOutcome};
use netsplit_sim::describe::shown_value;
use netsplit_sim::run::{Run, Stopped};
use netsplit_sim::time::SimTime;
use netsplit_view::format;

/// An expectation that was checked.
pub(crate) struct Checked<'a> {
    expectation: &'a Expectation,
    /// What the run shows instead; `None` if it is as expected.
    found: Option<String>,
}

/// Checks expectations against a whole run. The cursor is left anywhere.
pub(crate) fn check<'a>(
    run: &mut dyn Run,
    scenario: &Scenario,
    expected: &'a [Expectation],
) -> Result<Vec<Checked<'a>>, Stopped> {
    let one = |expectation: &'a Expectation| {
        let unmet = check_run(run, scenario, slice::from_ref(expectation))?.pop();
        Ok(Checked { expectation, found: unmet.map(|unmet| unmet.found) })
    };
    expected.iter().map(one).collect()
}

impl Checked<'_> {
    /// Whether the run is as expected.
    pub(crate) fn is_met(&self) -> bool {
        self.found.is_none()
    }

    /// `✓ election safety holds`, or with a cross what was found instead.
    pub(crate) fn line(&self) -> String {
        let expected = words(self.expectation);
        match &self.found {
            None => format!("✓ {expected}"),
            Some(found) => format!("✗ {expected}; found: {found}"),
        }
    }
}

fn words(expectation: &Expectation) -> String {
    match expectation {
        Expectation::Mark { kind, node, after, by, at_least, at_most } => {
            let whose = node.map_or_else(String::new, |id| format!(" at {id}"));
            format!("{}{whose}: {}{}", kind.name(), times(*at_least, *at_most), span(*after, *by))
        }
        Expectation::Field { node, name, is, at } => {
            let when = at.map_or_else(|| "at the end".to_owned(), |at| format!("at {at}"));
            format!("{name} of {node} is {is} {when}")
        }
        Expectation::Rule { name, node, at_least, at_most } => {
            let whose = node.map_or_else(String::new, |id| format!(" at {id}"));
            format!("rule {name}{whose}: {}", times(*at_least, *at_most))
        }
        Expectation::Together { name, is, at_least, at_most, differ, at } => {
            let when = at.map_or_else(|| "at the end".to_owned(), |at| format!("at {at}"));
            let apart = differ.as_ref().map_or_else(String::new, |other| format!(" that differ in {other}"));
            format!("servers whose {name} is {is}{apart}, {when}: {}", times(*at_least, *at_most))
        }
        Expectation::Property { name, holds: true } => format!("{name} is never broken"),
        Expectation::Property { name, holds: false } => format!("{name} is broken"),
        Expectation::Op { client, n, outcome } => format!("operation {n} of {client} {}", ending(outcome)),
        Expectation::Ops { client, outcome, after, by, at_least, at_most } => {
            let whose = client.map_or_else(String::new, |id| format!(" of {id}"));
            let times = times(*at_least, *at_most);
            format!("an operation{whose} {}: {times}{}", ending(outcome), span(*after, *by))
        }
        Expectation::Lost { at_least } => format!("acknowledged writes lost: at least {at_least}"),
        Expectation::Verdict { claim, is, at } => {
            let by = at.map_or_else(String::new, |at| format!(" by {at}"));
            format!("{}: {}{by}", claim.0, is.name())
        }
        Expectation::Replicas { equal, at } => {
            let when = at.map_or_else(|| "at the end".to_owned(), |at| format!("at {at}"));
            format!("replicas {} {when}", if *equal { "agree" } else { "differ" })
        }
        Expectation::Faults { at_most } => format!("at most {at_most} faults in the script"),
        Expectation::Digest(digest) => format!("digest {digest} at the end"),
        Expectation::All(parts) => joined(parts, " and "),
        Expectation::Any(parts) => joined(parts, " or "),
        Expectation::None(parts) => format!("none of: {}", joined(parts, ", ")),
    }
}

fn joined(parts: &[Expectation], with: &str) -> String {
    parts.iter().map(words).collect::<Vec<_>>().join(with)
}

fn times(at_least: u32, at_most: Option<u32>) -> String {
    match (at_least, at_most) {
        (_, Some(0)) => "never".to_owned(),
        (0, Some(most)) => format!("at most {most}×"),
        (least, Some(most)) if least == most => format!("{least}×"),
        (least, Some(most)) => format!("{least} to {most}×"),
        (least, None) => format!("at least {least}×"),
    }
}

fn span(after: SimTime, by: Option<SimTime>) -> String {
    match (after, by) {
        (SimTime::ZERO, None) => String::new(),
        (SimTime::ZERO, Some(by)) => format!(" by {by}"),
        (after, None) => format!(" after {after}"),
        (after, Some(by)) => format!(" from {after} to {by}"),
    }
}

fn ending(outcome: &ExpectedOutcome) -> String {
    match outcome {
        ExpectedOutcome::Ok => "happens".to_owned(),
        ExpectedOutcome::OkWith(value) => format!("returns {}", shown_value(*value)),
        ExpectedOutcome::OkWithMany(numbers) => format!("returns {}", format::shown_numbers(numbers)),
        ExpectedOutcome::Fail => "does not happen".to_owned(),
        ExpectedOutcome::Info => "is given up, and may have happened".to_owned(),
        ExpectedOutcome::Pending => "is never answered".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use netsplit_sim::describe::Mark;
    use netsplit_sim::id::NodeId;

    use super::{Expectation, SimTime, words};

    #[test]
    fn expectations_read_as_sentences() {
        let election = Expectation::Mark {
            kind: Mark::Election,
            node: Some(NodeId::server(3)),
            after: SimTime::ZERO,
            by: Some(SimTime::from_millis(2_000)),
            at_least: 1,
            at_most: Some(1),
        };
        assert_eq!(words(&election), "election at n4: 1× by 2.000 s");
        let broken = Expectation::Property { name: "election-safety".to_owned(), holds: false };
        let either = Expectation::Any(vec![broken, Expectation::Faults { at_most: 2 }]);
        assert_eq!(words(&either), "election-safety is broken or at most 2 faults in the script");
    }
}
