//! A node's own clock: what it reads, and how fast it runs.

use crate::encode_fields;
use crate::time::{SimDuration, SimTime};

/// What a node reads on its own clock, in nanoseconds; offset and drift make it differ from virtual time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime(pub i64);

impl LocalTime {
    /// How long after `earlier` this reads; zero if it does not read later.
    pub fn since(self, earlier: Self) -> SimDuration {
        SimDuration(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

encode_fields!(LocalTime { 0 });

/// The largest drift a clock may have, in parts per million: it then runs at half or 1.5 times the speed.
pub const MAX_DRIFT_PPM: i32 = 500_000;

/// A clock that read `base_local` at `base_true` and has run at `1 + drift` since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    base_true: SimTime,
    base_local: LocalTime,
    drift_ppm: i32,
}

encode_fields!(Clock { base_true, base_local, drift_ppm });

impl Clock {
    /// What the clock reads at this virtual time.
    pub fn read(&self, now: SimTime) -> LocalTime {
        if self.drift_ppm == 0 {
            // Most clocks run true, and a division of 128 bits takes as long as a whole small handler.
            let elapsed = i64::try_from(now.since(self.base_true).0).unwrap_or(i64::MAX);
            return LocalTime(self.base_local.0.saturating_add(elapsed));
        }
        let elapsed = i128::from(now.since(self.base_true).0);
        let local = elapsed * i128::from(1_000_000 + self.drift_ppm) / 1_000_000;
        LocalTime(self.base_local.0.saturating_add(local as i64))
    }

    /// How much virtual time passes while this clock counts `local`.
    pub fn true_duration(&self, local: SimDuration) -> SimDuration {
        if self.drift_ppm == 0 {
            return local;
        }
        let nanos = u128::from(local.0) * 1_000_000 / (1_000_000 + self.drift_ppm) as u128;
        SimDuration(u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    /// How much this clock counts while virtual time passes.
    pub fn local_duration(&self, elapsed: SimDuration) -> SimDuration {
        let nanos = u128::from(elapsed.0) * (1_000_000 + self.drift_ppm) as u128 / 1_000_000;
        SimDuration(u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    /// Shifts what the clock reads; timers count durations and do not notice.
    pub fn shift(&mut self, now: SimTime, by_nanos: i64) {
        self.rebase(now);
        self.base_local.0 = self.base_local.0.saturating_add(by_nanos);
    }

    /// Sets how fast the clock runs from now on, within ±[`MAX_DRIFT_PPM`].
    pub fn set_drift(&mut self, now: SimTime, drift_ppm: i32) {
        self.rebase(now);
        self.drift_ppm = drift_ppm.clamp(-MAX_DRIFT_PPM, MAX_DRIFT_PPM);
    }

    /// Parts per million by which this clock runs fast.
    pub fn drift_ppm(&self) -> i32 {
        self.drift_ppm
    }

    fn rebase(&mut self, now: SimTime) {
        *self = Self { base_local: self.read(now), base_true: now, drift_ppm: self.drift_ppm };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fast_clock_counts_more_and_waits_less() {
        let mut clock = Clock::default();
        clock.set_drift(SimTime::ZERO, 250_000);
        assert_eq!(clock.read(SimTime::from_millis(100)), LocalTime(125_000_000));
        assert_eq!(clock.true_duration(SimDuration::from_millis(125)), SimDuration::from_millis(100));
    }

    #[test]
    fn changing_the_drift_keeps_what_the_clock_reads() {
        let mut clock = Clock::default();
        clock.set_drift(SimTime::ZERO, 100_000);
        let before = clock.read(SimTime::from_millis(50));
        clock.set_drift(SimTime::from_millis(50), -100_000);
        assert_eq!(clock.read(SimTime::from_millis(50)), before);
        clock.shift(SimTime::from_millis(50), -5);
        assert_eq!(clock.read(SimTime::from_millis(50)), LocalTime(before.0 - 5));
    }
}
