//! The metrics of a run at its cursor, or of two runs side by side, as pictures: latency, throughput,
//! availability, staleness, cost.
//!
//! | picture | room |
//! |---|---|
//! | what clients asked for | [`asked`] |
//! | percentiles, and the distribution that they are of | [`latency`], [`scale`] |
//! | answers a second; answered of asked, by [`sides`] of the wall | [`over_time`] |
//! | how stale reads were | [`staleness`] |
//! | messages and bytes per answered operation | [`cost`] |
//! | the same of many seeds | [`spread`] |
//! | how soon reads see a write | [`curve`] |
//!
//! Places are per-mille of the width or height of a plot.

pub mod asked;
pub mod cost;
pub mod curve;
pub mod latency;
pub mod over_time;
pub mod scale;
pub mod sides;
pub mod spread;
pub mod staleness;

use netsplit_checkers::history::Time;
use netsplit_checkers::measures::Stale;
use netsplit_scenarios::judge;
use netsplit_sim::run::Run;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_words::language;

use asked::{Asked, Fate};
use cost::{CostPicture, Sent, Spent};
use latency::LatencyPicture;
use over_time::{AvailabilityPicture, ThroughputPicture, TimeAxis};
use staleness::{Read, StalenessPicture};

/// The metrics of a run at its cursor, or of two on one clock. What cannot be measured yet is absent.
#[derive(Clone, Debug, PartialEq)]
pub struct Metrics {
    /// The names of two runs; empty if there is one.
    pub names: Vec<String>,
    /// The time that has passed, and its walls.
    pub axis: TimeAxis,
    /// How long operations took.
    pub latency: Option<LatencyPicture>,
    /// Answers a second.
    pub throughput: Option<ThroughputPicture>,
    /// Answered of asked, by side of the wall.
    pub availability: Option<AvailabilityPicture>,
    /// How stale reads were.
    pub staleness: Option<StalenessPicture>,
    /// Messages and bytes per answered operation.
    pub cost: Option<CostPicture>,
}

/// A run to be measured.
#[derive(Clone, Copy)]
pub struct Measured<'a> {
    /// How it is called where there are two; else empty.
    pub name: &'a str,
    /// The run.
    pub run: &'a dyn Run,
}

/// The metrics of the first run, and of a second one beside it. Walls and their sides are the first one's.
pub fn metrics(first: Measured<'_>, second: Option<Measured<'_>>) -> Metrics {
    let runs: Vec<Measured<'_>> = [first].into_iter().chain(second).collect();
    let asked: Vec<Vec<Asked>> = runs.iter().map(|one| asked::asked(one.run)).collect();
    let series: Vec<Series<'_>> =
        runs.iter().zip(&asked).map(|(one, asked)| Series { name: one.name, asked }).collect();
    let axis = TimeAxis::of(first.run);
    Metrics {
        names: runs.iter().map(|one| one.name.to_owned()).filter(|name| !name.is_empty()).collect(),
        latency: latency::latency(&series),
        throughput: over_time::throughput(&axis, &series),
        availability: over_time::availability(&axis, &series, &sides::sides(first.run)),
        staleness: stale(&axis, &runs),
        cost: spent(&series, &runs),
        axis,
    }
}

fn stale(axis: &TimeAxis, runs: &[Measured<'_>]) -> Option<StalenessPicture> {
    let reads: Vec<Vec<Read>> = runs.iter().map(|one| reads(one.run)).collect();
    let named: Vec<(&str, &[Read])> =
        runs.iter().zip(&reads).map(|(one, reads)| (one.name, &reads[..])).collect();
    staleness::staleness(axis, &named)
}

/// Every answered read of something known. A run that has forgotten operations cannot say what they wrote.
fn reads(run: &dyn Run) -> Vec<Read> {
    let Some(history) = judge::history(run, run.step()) else { return Vec::new() };
    let read = |stale: Stale| {
        let Time(at) = history.operations()[stale.read].called;
        Read { at: SimTime(at), versions: stale.versions, behind: SimDuration(stale.time.0) }
    };
    Stale::reads(&history).into_iter().map(read).collect()
}

fn spent(series: &[Series<'_>], runs: &[Measured<'_>]) -> Option<CostPicture> {
    let sent: Vec<Vec<Sent>> = runs.iter().map(|one| sent(one.run)).collect();
    let spent = series.iter().zip(&sent).map(|(one, sent)| Spent {
        name: one.name,
        sent,
        answered: one.asked.iter().filter(|one| one.fate == Fate::Answered).count() as u64,
    });
    cost::cost(&spent.collect::<Vec<_>>())
}

/// Every message sent up to the cursor, by kind.
fn sent(run: &dyn Run) -> Vec<Sent> {
    let kinds = run.about().messages.iter().zip(run.traffic());
    kinds
        .map(|(kind, traffic)| Sent {
            kind: kind.name.to_owned(),
            messages: traffic.messages.into(),
            bytes: traffic.bytes,
        })
        .collect()
}

/// What the clients of one run asked for.
#[derive(Clone, Copy, Debug)]
pub struct Series<'a> {
    /// How the run is called where there are two; else empty.
    pub name: &'a str,
    /// Its operations.
    pub asked: &'a [Asked],
}

/// What is said of one of two runs begins with its name.
fn named(name: &str, text: &str) -> String {
    if name.is_empty() { text.to_owned() } else { [name, ": ", text].concat() }
}

/// A share of a number with at most one digit: `97.5 %`, never rounded up, nor down to nothing.
fn share(part: u64, of: u64) -> String {
    // Rounded down, as nines are: no share looks better than it is.
    let tenths = (u128::from(part) * 1_000 / u128::from(of.max(1))) as u64;
    let tenths = if part == 0 { 0 } else { tenths.clamp(1, 1_000) };
    match tenths % 10 {
        0 => format!("{} %", tenths / 10),
        digit => format!("{}{}{digit} %", tenths / 10, language().decimal),
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_share_is_all_or_nothing_only_if_it_is() {
        let shown = [(0, 7), (1, 100_000), (2, 3), (99_999, 100_000), (7, 7), (0, 0)]
            .map(|(part, of)| share(part, of));
        assert_eq!(shown, ["0 %", "0.1 %", "66.6 %", "99.9 %", "100 %", "0 %"]);
    }
}
