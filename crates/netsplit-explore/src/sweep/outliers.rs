//! The seeds worth a look, each with the reason.

use netsplit_checkers::measures::Quantile;
use netsplit_scenarios::expectation::Answer;

use super::plan::Plan;
use super::row::{Ended, Row};

/// A seed worth a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlier {
    /// The seed.
    pub seed: u64,
    /// Why: `election-safety is violated`.
    pub reason: String,
}

/// How many seeds are named for one reason.
const EACH: usize = 3;

/// The first seeds with each kind of violation, and those with the most extreme numbers.
pub fn outliers(plan: &Plan, rows: &[Row]) -> Vec<Outlier> {
    let mut found = Vec::new();
    for name in names(rows) {
        first(&mut found, rows, |row| row.violated.contains(&name), &format!("{name} is violated"));
    }
    for (index, claim) in plan.judged().iter().enumerate() {
        let broken = |row: &Row| row.verdicts.get(index) == Some(&Answer::Violation);
        first(&mut found, rows, broken, &format!("not {}", claim.name()));
    }
    first(&mut found, rows, |row| row.ended == Ended::Livelock, "a livelock");
    let slow = |row: &Row| row.latency_at(Quantile(990_000));
    most(&mut found, rows, slow, |nanos| format!("p99 of latency {:.3} ms", nanos as f64 / 1e6));
    most(
        &mut found,
        rows,
        |row| Some(row.unanswered + row.info),
        |count| format!("{count} operations not answered"),
    );
    most(&mut found, rows, |row| Some(row.stalest.versions), |k| format!("a read {k} versions stale"));
    found
}

/// The properties that any run violated.
fn names(rows: &[Row]) -> Vec<&'static str> {
    let mut names: Vec<_> = rows.iter().flat_map(|row| row.violated.iter().copied()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn first(found: &mut Vec<Outlier>, rows: &[Row], is: impl Fn(&Row) -> bool, reason: &str) {
    let outliers = rows.iter().filter(|row| is(row)).take(EACH);
    found.extend(outliers.map(|row| Outlier { seed: row.seed, reason: reason.to_owned() }));
}

/// The one with the most; of several the first, and none if there is nothing of it.
fn most(
    found: &mut Vec<Outlier>,
    rows: &[Row],
    number: impl Fn(&Row) -> Option<u64>,
    reason: impl Fn(u64) -> String,
) {
    let numbered = rows.iter().filter_map(|row| Some((number(row)?, row.seed)));
    let most =
        numbered.filter(|(number, _)| *number > 0).max_by_key(|(number, seed)| (*number, u64::MAX - seed));
    found.extend(most.map(|(number, seed)| Outlier { seed, reason: reason(number) }));
}
