//! How often which length of time was seen, finely enough that a percentile is exact to a twentieth of a percent.

use netsplit_sim::time::SimDuration;

/// Cells between two powers of two.
const CELLS_BITS: u32 = 11;
/// From a nanosecond to four hours: beyond lies nothing that is drawn.
const OCTAVES: usize = 44;
const LENGTH: usize = OCTAVES << CELLS_BITS;
/// The bits of 1.0.
const ONE: u64 = 0x3ff0_0000_0000_0000;

/// Counts of durations in nanoseconds, in cells 0.05 % wide; what lies below a nanosecond counts as none.
/// Two tallies add up exactly, in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    none: u64,
    total: u64,
    cells: Vec<u32>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { none: 0, total: 0, cells: vec![0; LENGTH] }
    }
}

impl Tally {
    /// Counts one.
    #[inline(always)]
    pub fn add(&mut self, nanos: f64) {
        self.total += 1;
        if nanos >= 1.0 {
            let cell = ((nanos.to_bits() - ONE) >> (52 - CELLS_BITS)) as usize;
            self.cells[cell.min(LENGTH - 1)] += 1;
        } else {
            self.none += 1;
        }
    }

    /// Adds what another one has counted.
    pub fn merge(&mut self, other: &Self) {
        self.none += other.none;
        self.total += other.total;
        for (cell, more) in self.cells.iter_mut().zip(&other.cells) {
            *cell += more;
        }
    }

    /// How many were counted.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many are at most this long, an exact count but for those in the cell of the bound itself, which
    /// are taken as evenly spread.
    pub fn at_most(&self, bound: SimDuration) -> f64 {
        let nanos = bound.0 as f64;
        if nanos < 1.0 {
            return self.none as f64;
        }
        let last = (((nanos.to_bits() - ONE) >> (52 - CELLS_BITS)) as usize).min(LENGTH - 1);
        let before: u64 = self.none + self.cells[..last].iter().map(|count| u64::from(*count)).sum::<u64>();
        let (from, to) = (begin(last), begin(last + 1));
        before as f64 + f64::from(self.cells[last]) * ((nanos - from) / (to - from)).min(1.0)
    }

    /// The share of those that are at most this long.
    pub fn share_at_most(&self, bound: SimDuration) -> f64 {
        self.at_most(bound) / self.total.max(1) as f64
    }

    /// What so many of a million do not exceed; zero if nothing was counted.
    pub fn quantile(&self, ppm: u32) -> SimDuration {
        self.ranked(self.total as f64 * f64::from(ppm) / 1e6)
    }

    /// The duration that `rank` of those counted do not exceed.
    pub fn ranked(&self, rank: f64) -> SimDuration {
        let mut left = rank - self.none as f64;
        if left <= 0.0 {
            return SimDuration::ZERO;
        }
        for (cell, count) in self.cells.iter().enumerate().filter(|(_, count)| **count > 0) {
            let count = f64::from(*count);
            if left <= count {
                let (from, to) = (begin(cell), begin(cell + 1));
                return SimDuration((from + (to - from) * (left / count)) as u64);
            }
            left -= count;
        }
        self.longest()
    }

    /// Where the longest that was counted lies.
    pub fn longest(&self) -> SimDuration {
        let last = self.cells.iter().rposition(|count| *count > 0);
        last.map_or(SimDuration::ZERO, |cell| SimDuration(begin(cell + 1) as u64))
    }
}

/// Where a cell begins, in nanoseconds.
fn begin(cell: usize) -> f64 {
    f64::from_bits(ONE + ((cell as u64) << (52 - CELLS_BITS)))
}

#[cfg(test)]
mod tests {
    use super::{SimDuration, Tally};

    /// 1 to 100,000 microseconds, each once, and a thousand that took no time.
    fn tally() -> Tally {
        let mut tally = Tally::default();
        (1..=99_000).for_each(|micros| tally.add(f64::from(micros) * 1_000.0));
        (0..1_000).for_each(|_| tally.add(0.0));
        tally
    }

    #[test]
    fn quantiles_are_exact_to_a_twentieth_of_a_percent() {
        let tally = tally();
        assert_eq!((tally.total(), tally.quantile(10_000)), (100_000, SimDuration::ZERO));
        for ppm in [20_000, 500_000, 990_000, 999_000, 999_990] {
            let (seen, exact) = (tally.quantile(ppm).0 as f64, (f64::from(ppm) / 10.0 - 1_000.0) * 1_000.0);
            assert!((seen / exact - 1.0).abs() < 0.000_5, "{ppm}: {seen}, exactly {exact}");
        }
    }

    #[test]
    fn shares_and_quantiles_are_each_others_inverse() {
        let tally = tally();
        for ppm in [10_000, 500_000, 999_000] {
            let share = tally.share_at_most(tally.quantile(ppm));
            assert!((share - f64::from(ppm) / 1e6).abs() < 0.000_1, "{ppm}: {share}");
        }
        assert_eq!(tally.share_at_most(SimDuration::ZERO), 0.01);
        assert_eq!(tally.share_at_most(SimDuration::from_secs(10)), 1.0);
    }

    #[test]
    fn tallies_add_up_in_any_order() {
        let (mut first, mut second) = (tally(), Tally::default());
        second.add(7e9);
        let mut other = second.clone();
        other.merge(&first);
        first.merge(&second);
        assert_eq!(first, other);
        assert_eq!(first.total(), 100_001);
    }

    #[test]
    fn nothing_counted_has_a_quantile_of_nothing_and_the_longest_fits() {
        let mut tally = Tally::default();
        assert_eq!((tally.quantile(500_000), tally.longest()), (SimDuration::ZERO, SimDuration::ZERO));
        tally.add(f64::MAX);
        assert!(tally.longest() > SimDuration::from_secs(4 * 3_600));
    }
}
