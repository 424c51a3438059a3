//! A number of many runs: how it is spread over them, and which run has the most of it.

use netsplit_sim::time::SimDuration;
use netsplit_words::say;

use super::scale::DurationScale;
use crate::format;
use crate::timeline::Tick;

/// How a number is spread over many runs. Places and heights are per-mille.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// What number.
    pub title: &'static str,
    /// Labelled values.
    pub ticks: Vec<Tick>,
    /// (from, to, height): how many runs have about so much.
    pub bars: Vec<(f64, f64, f64)>,
    /// `half of them at most 12 ms, 99 % at most 40 ms`.
    pub told: String,
    /// The worst runs that are no ordinary ones, the worst first.
    pub outliers: Vec<Outlier>,
}

/// A run far from the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlier {
    /// Its seed.
    pub seed: u64,
    /// Its place.
    pub x: f64,
    /// Its value: `320 ms`.
    pub value: String,
}

/// What a number means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nanoseconds: the more the worse.
    Duration,
    /// Parts per million: the fewer the worse.
    Share,
    /// A count: the more the worse.
    Count,
}

/// Outliers named at most.
const MOST: usize = 3;
/// Bins of what is not counted one by one.
const BINS: u32 = 24;

/// The spread of a number over runs, each a seed and its value; `None` without any.
pub fn spread(title: &'static str, unit: Unit, values: &[(u64, u64)]) -> Option<Spread> {
    let scale = Scale::over(unit, values)?;
    let mut sorted: Vec<(u64, u64)> = values.to_vec();
    sorted.sort_by_key(|(seed, value)| (unit.badness(*value), *seed));
    Some(Spread {
        title,
        ticks: scale.ticks(),
        bars: scale.bars(values),
        told: told(unit, &sorted),
        outliers: outliers(unit, &sorted, &scale),
    })
}

impl Unit {
    /// Grows with how bad a value is.
    const fn badness(self, value: u64) -> u64 {
        match self {
            Self::Duration | Self::Count => value,
            Self::Share => u64::MAX - value,
        }
    }

    fn text(self, value: u64) -> String {
        match self {
            Self::Duration => format::duration(SimDuration(value)),
            Self::Share => super::share(value, 1_000_000),
            Self::Count => format::grouped(value),
        }
    }
}

/// Where values stand.
enum Scale {
    Durations(DurationScale),
    /// From one to another, so many bins wide.
    Even {
        unit: Unit,
        from: u64,
        to: u64,
        bins: u32,
    },
}

impl Scale {
    fn over(unit: Unit, values: &[(u64, u64)]) -> Option<Self> {
        let all = || values.iter().map(|(_, value)| *value);
        let most = all().max()?;
        Some(match unit {
            Unit::Duration => Self::Durations(DurationScale::over(all().map(SimDuration))?),
            Unit::Share => {
                let least = all().min()? / 100_000 * 100_000;
                Self::Even { unit, from: least.min(900_000), to: 1_000_000, bins: BINS }
            }
            // Each count stands in the middle of a bin of its own while they are few.
            Unit::Count if most < u64::from(BINS) => {
                let bins = most.max(4) as u32 + 1;
                Self::Even { unit, from: 0, to: u64::from(bins), bins }
            }
            Unit::Count => Self::Even { unit, from: 0, to: most, bins: BINS },
        })
    }

    fn x(&self, value: u64) -> f64 {
        match self {
            Self::Durations(scale) => scale.x(SimDuration(value)),
            Self::Even { unit, from, to, bins } => {
                let shift = if Self::is_counted(*unit, *to, *bins) { 0.5 } else { 0.0 };
                1_000.0 * ((value - from.min(&value)) as f64 + shift) / (to - from) as f64
            }
        }
    }

    fn is_counted(unit: Unit, to: u64, bins: u32) -> bool {
        unit == Unit::Count && to == u64::from(bins)
    }

    fn ticks(&self) -> Vec<Tick> {
        match self {
            Self::Durations(scale) => scale.ticks(),
            Self::Even { unit, from, to, bins } => {
                let last = if Self::is_counted(*unit, *to, *bins) { to - 1 } else { *to };
                let middle = from.midpoint(last);
                let tick = |value: u64| Tick { x: self.x(value), label: unit.text(value) };
                [*from, middle, last].map(tick).to_vec()
            }
        }
    }

    fn bars(&self, values: &[(u64, u64)]) -> Vec<(f64, f64, f64)> {
        let bins = if let Self::Even { bins, .. } = self { *bins } else { BINS };
        let width = 1_000.0 / f64::from(bins);
        let mut counts = vec![0_u32; bins as usize];
        for (_, value) in values {
            let bin = (self.x(*value) / width) as usize;
            counts[bin.min(bins as usize - 1)] += 1;
        }
        let fullest = counts.iter().copied().max().unwrap_or(1).max(1);
        let filled = counts.into_iter().enumerate().filter(|(_, count)| *count > 0);
        filled
            .map(|(bin, count)| {
                let from = width * bin as f64;
                (from, from + width, 1_000.0 * f64::from(count) / f64::from(fullest))
            })
            .collect()
    }
}

/// What all but a share of the runs are no worse than; they are sorted from good to bad.
fn no_worse(sorted: &[(u64, u64)], percent: usize) -> u64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted[rank - 1].1
}

fn told(unit: Unit, sorted: &[(u64, u64)]) -> String {
    let (half, most) = (unit.text(no_worse(sorted, 50)), unit.text(no_worse(sorted, 99)));
    let worst = unit.text(sorted[sorted.len() - 1].1);
    let bound = if unit == Unit::Share { "least" } else { "most" };
    if sorted[0].1 == sorted[sorted.len() - 1].1 {
        return say!("{worst} in every run", worst);
    }
    if half == worst {
        return say!(
            "{bound, select, least {at least {worst}} other {at most {worst}}} in every run",
            bound,
            worst
        );
    }
    say!(
        "{bound, select, least {half of them at least {half}, 99 % at least {most}} other {half of them at most {half}, 99 % at most {most}}}, the worst {worst}",
        bound,
        half,
        most,
        worst
    )
}

/// The runs that are worse than half of them, the worst first.
fn outliers(unit: Unit, sorted: &[(u64, u64)], scale: &Scale) -> Vec<Outlier> {
    let half = unit.badness(no_worse(sorted, 50));
    let worse = sorted.iter().rev().filter(|(_, value)| unit.badness(*value) > half).take(MOST);
    worse.map(|&(seed, value)| Outlier { seed, x: scale.x(value), value: unit.text(value) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeds(spread: &Spread) -> Vec<u64> {
        spread.outliers.iter().map(|outlier| outlier.seed).collect()
    }

    #[test]
    fn the_slowest_runs_are_named_by_their_seeds() {
        let mut values: Vec<(u64, u64)> = (0..100).map(|seed| (seed, 5_000_000 + seed * 1_000)).collect();
        values[17].1 = 900_000_000;
        let spread = spread("p99", Unit::Duration, &values).expect("runs");
        assert_eq!(seeds(&spread), [17, 99, 98]);
        assert_eq!(spread.outliers[0].value, "900 ms");
        assert_eq!(spread.told, "half of them at most 5.0 ms, 99 % at most 5.0 ms, the worst 900 ms");
    }

    #[test]
    fn of_shares_the_smallest_is_the_worst() {
        let values = [(1, 1_000_000), (2, 1_000_000), (3, 500_000)];
        let spread = spread("answered", Unit::Share, &values).expect("runs");
        assert_eq!(seeds(&spread), [3]);
        assert_eq!(spread.told, "half of them at least 100 %, 99 % at least 50 %, the worst 50 %");
        assert_eq!(
            spread.ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>(),
            ["50 %", "75 %", "100 %"]
        );
    }

    #[test]
    fn few_counts_have_a_bin_each_and_runs_that_are_all_alike_no_outlier() {
        let none = spread("violations", Unit::Count, &[(1, 0), (2, 0)]).expect("runs");
        assert!(none.outliers.is_empty());
        assert_eq!(none.bars, [(0.0, 200.0, 1_000.0)]);
        assert_eq!(none.told, "0 in every run");
        let some = spread("violations", Unit::Count, &[(1, 0), (2, 0), (3, 2)]).expect("runs");
        assert_eq!(seeds(&some), [3]);
        assert_eq!(some.bars.len(), 2);
    }

    #[test]
    fn every_run_is_in_a_bar() {
        let values: Vec<(u64, u64)> = (0..50).map(|seed| (seed, seed * seed)).collect();
        for unit in [Unit::Duration, Unit::Count] {
            let spread = spread("x", unit, &values).expect("runs");
            assert!(spread.bars.iter().all(|(from, to, _)| 0.0 <= *from && *to <= 1_000.1), "{unit:?}");
        }
        assert_eq!(spread("x", Unit::Count, &[]), None);
    }
}
