//! How long operations took: a distribution with its percentiles, unanswered operations among them with at
//! least their age.

use netsplit_checkers::measures::{Latencies, Quantile, Span};
use netsplit_sim::time::SimDuration;
use netsplit_words::say;

use super::Series;
use super::asked::{Asked, Fate};
use super::scale::DurationScale;
use crate::format;
use crate::timeline::Tick;

/// The latencies of one run or two, on one scale.
#[derive(Clone, Debug, PartialEq)]
pub struct LatencyPicture {
    /// Labelled durations.
    pub ticks: Vec<Tick>,
    /// One row a run.
    pub rows: Vec<LatencyRow>,
}

/// The latencies of one run.
#[derive(Clone, Debug, PartialEq)]
pub struct LatencyRow {
    /// Which run.
    pub name: String,
    /// How many operations took how long, by bins of the scale.
    pub bars: Vec<Bar>,
    /// Where the percentiles stand; those at one place have one mark.
    pub marks: Vec<PercentileMark>,
    /// The percentiles.
    pub percentiles: Vec<Percentile>,
    /// `97.3 % of 74 answered`.
    pub answered: String,
    /// `2 unanswered, the oldest for 3.2 s`; empty if all were answered.
    pub unanswered: String,
    /// All of it as a sentence.
    pub told: String,
}

/// A bin of the distribution. Places and heights are per-mille.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Where it begins.
    pub from_x: f64,
    /// Where it ends.
    pub to_x: f64,
    /// How many were answered within these durations; the fullest bin of all is 1000 high.
    pub answered: f64,
    /// How many wait for that long, on top.
    pub unanswered: f64,
}

/// A percentile.
#[derive(Clone, Debug, PartialEq)]
pub struct Percentile {
    /// `p99.9`.
    pub name: String,
    /// Its value.
    pub value: SimDuration,
    /// Whether it may be more: it hangs on an operation that nobody answered yet.
    pub at_least: bool,
    /// `≥ 3.2 s`.
    pub text: String,
}

/// Where one percentile stands, or several.
#[derive(Clone, Debug, PartialEq)]
pub struct PercentileMark {
    /// The place of the first.
    pub x: f64,
    /// `p50`, or from which to which: `p95–p99.9`.
    pub label: String,
}

/// Bins of the distribution.
const BINS: u32 = 36;
/// Marks closer than this share a label.
const NEAR: f64 = 190.0;

/// The latencies of one or two runs; `None` if nobody asked for anything.
pub fn latency(runs: &[Series<'_>]) -> Option<LatencyPicture> {
    let all = runs.iter().flat_map(|run| timed(run.asked));
    let scale = DurationScale::over(all.map(|one| one.took))?;
    let edges = scale.edges(BINS);
    let counts: Vec<Vec<[u32; 2]>> = runs.iter().map(|run| counts(run.asked, &edges)).collect();
    let fullest = counts.iter().flatten().map(|[answered, not]| answered + not).max().unwrap_or(1).max(1);
    let rows = runs.iter().zip(&counts).map(|(run, counts)| row(*run, scale, &edges, counts, fullest));
    Some(LatencyPicture { ticks: scale.ticks(), rows: rows.collect() })
}

/// The operations that have a latency: those that were refused have none.
fn timed(asked: &[Asked]) -> impl Iterator<Item = &Asked> {
    asked.iter().filter(|one| one.fate != Fate::Refused)
}

/// Of each bin, how many were answered and how many were not.
fn counts(asked: &[Asked], edges: &[SimDuration]) -> Vec<[u32; 2]> {
    let mut counts = vec![[0, 0]; edges.len() - 1];
    for one in timed(asked) {
        let bin = edges.partition_point(|edge| *edge <= one.took).saturating_sub(1).min(counts.len() - 1);
        counts[bin][usize::from(one.fate.is_open())] += 1;
    }
    counts
}

fn row(
    run: Series<'_>,
    scale: DurationScale,
    edges: &[SimDuration],
    counts: &[[u32; 2]],
    fullest: u32,
) -> LatencyRow {
    let height = |count: u32| 1_000.0 * f64::from(count) / f64::from(fullest);
    let bars = counts.iter().zip(edges.windows(2)).filter(|(count, _)| **count != [0, 0]);
    let bars = bars.map(|([answered, not], ends)| Bar {
        from_x: scale.x(ends[0]),
        to_x: scale.x(ends[1]),
        answered: height(*answered),
        unanswered: height(*not),
    });
    let percentiles = percentiles(run.asked);
    let (answered, unanswered) = (answered(run.asked), unanswered(run.asked));
    LatencyRow {
        name: run.name.to_owned(),
        bars: bars.collect(),
        marks: marks(&percentiles, scale),
        told: told(&percentiles, &answered, &unanswered),
        percentiles,
        answered,
        unanswered,
    }
}

/// Unanswered operations count with their age, which can only grow; where one of them is not above the value,
/// the value may grow with it.
fn percentiles(asked: &[Asked]) -> Vec<Percentile> {
    let mut latencies = Latencies::default();
    for one in timed(asked) {
        let span = Span(one.took.0);
        if one.fate.is_open() { latencies.waiting(span) } else { latencies.answered(span) }
    }
    let value = |quantile: Quantile| {
        let found = latencies.percentile(quantile)?;
        let value = SimDuration(found.span.0);
        let text = [if found.at_least { "≥ " } else { "" }, &format::duration(value)].concat();
        Some(Percentile { name: quantile.name(), value, at_least: found.at_least, text })
    };
    Quantile::REPORTED.into_iter().filter_map(value).collect()
}

fn marks(percentiles: &[Percentile], scale: DurationScale) -> Vec<PercentileMark> {
    let mut marks: Vec<PercentileMark> = Vec::new();
    for percentile in percentiles {
        let x = scale.x(percentile.value);
        match marks.last_mut().filter(|last| x - last.x < NEAR) {
            Some(last) => {
                let first = last.label.split('–').next().unwrap_or_default();
                last.label = [first, "–", &percentile.name].concat();
            }
            None => marks.push(PercentileMark { x, label: percentile.name.clone() }),
        }
    }
    marks
}

fn answered(asked: &[Asked]) -> String {
    let of = |fate: Fate| asked.iter().filter(|one| one.fate == fate).count() as u64;
    let share = super::share(of(Fate::Answered), asked.len() as u64);
    let all = format::grouped(asked.len() as u64);
    match of(Fate::Refused) {
        0 => say!("{share} of {all} answered", share, all),
        refused => {
            say!(
                "{share} of {all} answered, {refused} refused",
                share,
                all,
                refused = format::grouped(refused)
            )
        }
    }
}

fn unanswered(asked: &[Asked]) -> String {
    let open = || asked.iter().filter(|one| one.fate.is_open());
    let Some(oldest) = open().map(|one| one.took).max() else { return String::new() };
    let (count, oldest) = (format::grouped(open().count() as u64), format::duration(oldest));
    match open().filter(|one| one.fate == Fate::GivenUp).count() as u64 {
        0 => say!("{count} unanswered, the oldest for {oldest}", count, oldest),
        given_up => say!(
            "{count} unanswered ({given_up} given up), the oldest for {oldest}",
            count,
            given_up = format::grouped(given_up),
            oldest
        ),
    }
}

fn told(percentiles: &[Percentile], answered: &str, unanswered: &str) -> String {
    let values: Vec<String> =
        percentiles.iter().map(|percentile| format!("{} {}", percentile.name, percentile.text)).collect();
    let open = if unanswered.is_empty() { String::new() } else { format!("; {unanswered}") };
    format!("{}; {answered}{open}.", values.join(", "))
}

#[cfg(test)]
mod tests {
    use netsplit_sim::id::NodeId;
    use netsplit_sim::time::SimTime;

    use super::*;

    fn taking(millis: u64, fate: Fate) -> Asked {
        Asked { client: NodeId::client(0), at: SimTime::ZERO, fate, took: SimDuration::from_millis(millis) }
    }

    fn shown(asked: &[Asked]) -> LatencyRow {
        let runs = [Series { name: "", asked }];
        latency(&runs).expect("somebody asked").rows.remove(0)
    }

    fn texts(row: &LatencyRow) -> Vec<&str> {
        row.percentiles.iter().map(|percentile| percentile.text.as_str()).collect()
    }

    #[test]
    fn percentiles_are_of_the_operations_themselves() {
        let asked: Vec<Asked> = (1..=100).map(|millis| taking(millis, Fate::Answered)).collect();
        assert_eq!(texts(&shown(&asked)), ["50 ms", "95 ms", "99 ms", "100 ms"]);
    }

    #[test]
    fn an_unanswered_operation_counts_with_its_age_and_what_hangs_on_it_is_at_least_that() {
        let mut asked: Vec<Asked> = (1..=99).map(|millis| taking(millis, Fate::Answered)).collect();
        asked.push(taking(500, Fate::Waiting));
        let row = shown(&asked);
        assert_eq!(texts(&row), ["50 ms", "95 ms", "99 ms", "≥ 500 ms"]);
        assert_eq!(row.answered, "99 % of 100 answered");
        assert_eq!(row.unanswered, "1 unanswered, the oldest for 500 ms");
    }

    #[test]
    fn a_young_unanswered_operation_makes_every_percentile_above_its_age_a_lower_bound() {
        let mut asked: Vec<Asked> = (1..=99).map(|millis| taking(millis, Fate::Answered)).collect();
        asked.push(taking(60, Fate::GivenUp));
        let row = shown(&asked);
        assert_eq!(texts(&row), ["50 ms", "≥ 94 ms", "≥ 98 ms", "≥ 99 ms"]);
        assert_eq!(row.unanswered, "1 unanswered (1 given up), the oldest for 60 ms");
    }

    #[test]
    fn a_refusal_is_no_answer_and_has_no_latency() {
        let row = shown(&[taking(5, Fate::Answered), taking(900, Fate::Refused)]);
        assert_eq!(texts(&row), ["5.0 ms"; 4]);
        assert_eq!(row.answered, "50 % of 2 answered, 1 refused");
    }

    #[test]
    fn percentiles_at_one_place_share_a_mark() {
        let row = shown(&[taking(5, Fate::Answered)]);
        assert_eq!(row.marks.iter().map(|mark| mark.label.as_str()).collect::<Vec<_>>(), ["p50–p99.9"]);
    }

    #[test]
    fn every_operation_is_in_a_bin() {
        let asked: Vec<Asked> = (1..=64).map(|n| taking(n * n, Fate::Answered)).collect();
        let edges = DurationScale::over(asked.iter().map(|one| one.took)).expect("values").edges(BINS);
        let total: u32 = counts(&asked, &edges).iter().map(|[answered, _]| answered).sum();
        assert_eq!(total, 64);
    }

    #[test]
    fn nobody_asked_is_no_picture() {
        assert_eq!(latency(&[Series { name: "", asked: &[] }]), None);
    }
}
