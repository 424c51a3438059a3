//! What trials have shown: latencies, and how long after a write a read may still miss it.

use netsplit_sim::time::SimDuration;

use crate::tally::Tally;

/// One trial: a write to a fresh key, and a read that begins t after the write returned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// From its beginning to the W-th acknowledgement, in nanoseconds.
    pub write: f64,
    /// From its beginning to the R-th reply.
    pub read: f64,
    /// From which t on the read sees the write; zero or less means always.
    pub fresh_after: f64,
}

/// What trials have shown so far. Parts of an experiment add up exactly, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Latencies of reads.
    pub reads: Tally,
    /// Latencies of writes.
    pub writes: Tally,
    /// From which t on a read sees the write.
    pub fresh: Tally,
}

/// A quantile with the interval that holds the true one with 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// What was seen.
    pub value: SimDuration,
    /// Not lower than this.
    pub low: SimDuration,
    /// Not higher than this.
    pub high: SimDuration,
}

impl Seen {
    /// Counts a trial.
    #[inline(always)]
    pub fn add(&mut self, trial: Trial) {
        self.reads.add(trial.read);
        self.writes.add(trial.write);
        self.fresh.add(trial.fresh_after);
    }

    /// Adds what another part has shown.
    pub fn merge(&mut self, other: &Self) {
        self.reads.merge(&other.reads);
        self.writes.merge(&other.writes);
        self.fresh.merge(&other.fresh);
    }

    /// How many trials there were.
    pub fn trials(&self) -> u64 {
        self.fresh.total()
    }

    /// The probability that a read which begins t after a write returned sees it.
    pub fn consistent(&self, t: SimDuration) -> f64 {
        self.fresh.share_at_most(t)
    }

    /// The t from which on so many of a million reads see the write.
    ///
    /// The interval is that of order statistics: which trial has the true quantile is binomial. The t that
    /// the paper prints lie 3 to 13 % lower: they come from 50,000 trials at each t, of which 50 miss, and
    /// the first t at which no more than 50 happened to miss was taken.
    pub fn t_visible(&self, ppm: u32) -> Estimate {
        let trials = self.trials() as f64;
        let share = f64::from(ppm) / 1e6;
        let spread = 1.96 * libm::sqrt(trials * share * (1.0 - share));
        let at = |rank: f64| self.fresh.ranked(rank.clamp(0.0, trials));
        let middle = trials * share;
        Estimate { value: at(middle), low: at(middle - spread), high: at(middle + spread) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Seen, SimDuration, Trial};
    use crate::pbs::legs::Legs;
    use crate::pbs::sampler::Sampler;
    use crate::pbs::setting::Setting;

    fn sampler(seed: u64) -> Sampler {
        Sampler::new(&Setting::of_three(1, 1, Legs::lnkd_disk()), seed).expect("it means something")
    }

    #[test]
    fn slices_and_parts_of_an_experiment_are_the_whole() {
        let mut whole = sampler(1);
        whole.run(20_000);
        let mut sliced = sampler(1);
        (0..20).for_each(|_| sliced.run(1_000));
        assert_eq!(sliced.seen(), whole.seen());
        let setting = Setting::of_three(1, 1, Legs::lnkd_disk());
        let mut second = Sampler::beginning_at(&setting, 1, 100).expect("it means something");
        second.run(10_000);
        let mut first = sampler(1);
        first.run(10_000);
        let mut both = second.seen().clone();
        both.merge(first.seen());
        assert_eq!(&both, whole.seen());
    }

    #[test]
    fn the_interval_of_t_holds_the_true_one_nineteen_times_in_twenty() {
        let mut large = sampler(0);
        large.run(2_000_000);
        let truth = large.seen().t_visible(990_000).value;
        let holds = (1..=200).filter(|seed| {
            let mut small = sampler(*seed);
            small.run(10_000);
            let estimate = small.seen().t_visible(990_000);
            (estimate.low..=estimate.high).contains(&truth)
        });
        let held = holds.count();
        assert!((180..=199).contains(&held), "{held} of 200");
    }

    #[test]
    fn a_read_that_begins_late_enough_sees_the_write() {
        let mut seen = Seen::default();
        seen.add(Trial { write: 5e6, read: 1e6, fresh_after: -3e6 });
        seen.add(Trial { write: 5e6, read: 1e6, fresh_after: 4e6 });
        let at = |millis| seen.consistent(SimDuration::from_millis(millis));
        assert_eq!([at(0), at(3), at(5)], [0.5, 0.5, 1.0]);
    }
}
