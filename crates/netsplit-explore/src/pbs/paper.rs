//! What the paper prints for three replicas, and how near to it a number of trials must come.

use netsplit_sim::time::SimDuration;

use super::legs::Legs;
use super::seen::Seen;
use super::setting::Setting;
use crate::tally::Tally;

/// One of the two tables.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The fit whose legs it is about.
    pub fit: &'static str,
    /// Those legs.
    pub legs: fn() -> Legs,
    /// Its rows.
    pub rows: &'static [Row],
    /// P(consistent) of R = W = 1 at some t.
    pub probabilities: &'static [Probability],
}

/// One row, in microseconds; 0.1 % of all trials exceed each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// R and W.
    pub quorums: (u8, u8),
    /// Latency of reads.
    pub read: u64,
    /// Latency of writes.
    pub write: u64,
    /// From which t on reads see the write, as printed.
    pub printed_t: u64,
    /// The same as it converges, where it is not zero: the printed ones come from 50,000 trials at each t
    /// and lie 3 to 13 % lower.
    pub converged_t: Option<u64>,
}

/// How probable it is that a read which begins t after a write sees it, with R = W = 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probability {
    /// t, in milliseconds.
    pub millis: u64,
    /// In percent.
    pub percent: f64,
    /// Whether the paper says "above".
    pub at_least: bool,
}

const fn row(quorums: (u8, u8), read: u64, write: u64, printed_t: u64, converged_t: Option<u64>) -> Row {
    Row { quorums, read, write, printed_t, converged_t }
}

const fn about(millis: u64, percent: f64) -> Probability {
    Probability { millis, percent, at_least: false }
}

/// Both tables.
pub const TABLES: [Table; 2] = [
    Table {
        fit: "LNKD-SSD",
        legs: Legs::lnkd_ssd,
        rows: &[
            row((1, 1), 660, 660, 1_850, Some(1_970)),
            row((1, 2), 660, 1_630, 1_790, Some(1_850)),
            row((2, 1), 1_630, 650, 0, None),
            row((2, 2), 1_620, 1_640, 0, None),
            row((3, 1), 4_140, 650, 0, None),
            row((1, 3), 650, 4_090, 0, None),
        ],
        probabilities: &[about(0, 97.4), Probability { millis: 5, percent: 99.999, at_least: true }],
    },
    Table {
        fit: "LNKD-DISK",
        legs: Legs::lnkd_disk,
        rows: &[
            row((1, 1), 660, 10_990, 45_500, Some(52_500)),
            row((1, 2), 650, 20_970, 43_300, Some(48_300)),
            row((2, 1), 1_630, 10_900, 13_600, Some(14_200)),
            row((2, 2), 1_640, 20_960, 0, None),
            row((3, 1), 4_120, 10_890, 0, None),
            row((1, 3), 650, 112_650, 0, None),
        ],
        probabilities: &[about(0, 43.9), about(10, 92.5)],
    },
];

/// Of probabilities, in percent; meant for 100,000 trials.
const HALF_A_POINT: f64 = 0.5;
/// Fewer trials are not compared.
const HUNDRED_THOUSAND: u64 = 100_000;
/// From so many trials on the narrow tolerances apply.
const MILLION: u64 = 1_000_000;
/// Latencies above these microseconds, of writes that wait for all three disks, have so heavy a tail that a
/// million trials leave 8 %.
const HEAVY: u64 = 100_000;

/// A number beside the one that the paper has for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compared {
    /// What was seen.
    pub seen: f64,
    /// What the paper has, or what it converges to.
    pub paper: f64,
    /// How near it must be; `None` where the trials are too few to compare.
    pub tolerance: Option<Tolerance>,
}

/// How far what is seen may be from the paper, in the unit of both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tolerance {
    /// So far, either way.
    Within(f64),
    /// So far below; the paper says "above".
    Below(f64),
}

impl Compared {
    /// Whether it is as near as it must be.
    pub fn fits(&self) -> bool {
        let over = self.seen - self.paper;
        self.tolerance.is_none_or(|tolerance| match tolerance {
            Tolerance::Within(most) => over.abs() <= most,
            Tolerance::Below(most) => -over <= most,
        })
    }
}

impl Row {
    /// What the trials of this row are.
    pub fn setting(&self, legs: Legs) -> Setting {
        Setting::of_three(self.quorums.0, self.quorums.1, legs)
    }

    /// What was sampled: latency of reads, of writes, and t, in milliseconds.
    pub fn compare(&self, seen: &Seen) -> [Compared; 3] {
        let [reads, writes] = self.compare_latencies(&seen.reads, &seen.writes);
        [reads, writes, self.compare_t(seen)]
    }

    /// Latencies of reads and of writes, in milliseconds.
    pub fn compare_latencies(&self, reads: &Tally, writes: &Tally) -> [Compared; 2] {
        let trials = reads.total();
        let latency = |seen: SimDuration, paper: u64| {
            let share = match (trials, paper >= HEAVY) {
                (..HUNDRED_THOUSAND, _) => None,
                (MILLION.., false) => Some(0.03),
                (MILLION.., true) | (_, false) => Some(0.08),
                (_, true) => Some(0.25),
            };
            compared(seen, paper, share)
        };
        [latency(reads.quantile(999_000), self.read), latency(writes.quantile(999_000), self.write)]
    }

    /// t, in milliseconds. A t of zero is not compared: the paper's "no staleness" of R = 2, W = 1 on
    /// solid-state disks is .06 % of staleness at t = 0.
    fn compare_t(&self, seen: &Seen) -> Compared {
        let tolerance = (seen.trials() >= MILLION && self.converged_t.is_some()).then_some(0.04);
        compared(seen.t_visible(999_000).value, self.converged_t.unwrap_or(0), tolerance)
    }
}

fn compared(seen: SimDuration, paper_micros: u64, share: Option<f64>) -> Compared {
    let paper = paper_micros as f64 / 1e3;
    let tolerance = share.map(|share| Tolerance::Within(paper * share));
    Compared { seen: seen.0 as f64 / 1e6, paper, tolerance }
}

impl Probability {
    /// When the read begins.
    pub fn t(&self) -> SimDuration {
        SimDuration::from_millis(self.millis)
    }

    /// The share of so many trials that were consistent, in percent, within half a point; "above" is held to within three standard errors.
    pub fn compare(&self, share: f64, trials: u64) -> Compared {
        let error = libm::sqrt(self.percent * (100.0 - self.percent) / trials.max(1) as f64);
        let tolerance =
            if self.at_least { Tolerance::Below(3.0 * error) } else { Tolerance::Within(HALF_A_POINT) };
        Compared { seen: 100.0 * share, paper: self.percent, tolerance: Some(tolerance) }
    }
}
