//! Virtual time: integer nanoseconds since the start of the run.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

/// A point in virtual time, in nanoseconds since the run began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimTime(pub u64);

/// A length of virtual time, in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimDuration(pub u64);

impl SimTime {
    /// The start of every run.
    pub const ZERO: Self = Self(0);
    /// Later than any moment a run can reach.
    pub const MAX: Self = Self(u64::MAX);

    /// The moment that many milliseconds after the start.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis * 1_000_000)
    }

    /// How long after `earlier` this is; zero if it is not after it.
    pub const fn since(self, earlier: Self) -> SimDuration {
        SimDuration(self.0.saturating_sub(earlier.0))
    }
}

impl SimDuration {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// That many microseconds.
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros * 1_000)
    }

    /// That many milliseconds.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis * 1_000_000)
    }

    /// That many seconds.
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs * 1_000_000_000)
    }
}

impl Add<SimDuration> for SimTime {
    type Output = Self;
    fn add(self, rhs: SimDuration) -> Self {
        // The limits of a run keep every time far below this; saturating keeps a hostile link harmless.
        Self(self.0.saturating_add(rhs.0))
    }
}

impl AddAssign<SimDuration> for SimTime {
    fn add_assign(&mut self, rhs: SimDuration) {
        *self = *self + rhs;
    }
}

impl Sub for SimTime {
    type Output = SimDuration;
    fn sub(self, rhs: Self) -> SimDuration {
        self.since(rhs)
    }
}

impl Add for SimDuration {
    type Output = Self;
    fn add(self, rhs: Self) -> Self {
        Self(self.0.saturating_add(rhs.0))
    }
}

impl fmt::Display for SimTime {
    /// Seconds with milliseconds, as the page and the traces show it: `1.284 s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        seconds(f, self.0)
    }
}

/// Whole seconds and milliseconds with the mark of the reader's language.
fn seconds(f: &mut fmt::Formatter<'_>, nanos: u64) -> fmt::Result {
    let mark = netsplit_words::language().decimal;
    write!(f, "{}{mark}{:03} s", nanos / 1_000_000_000, nanos / 1_000_000 % 1_000)
}

impl fmt::Display for SimDuration {
    /// In the unit a person would choose: `850 ns`, `12.5 µs`, `407 ms`, `1.284 s`; in German `1,284 s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = netsplit_words::language().decimal;
        match self.0 {
            0..1_000 => write!(f, "{} ns", self.0),
            1_000..1_000_000 => write!(f, "{}{mark}{} µs", self.0 / 1_000, self.0 / 100 % 10),
            1_000_000..10_000_000 => write!(f, "{}{mark}{} ms", self.0 / 1_000_000, self.0 / 100_000 % 10),
            10_000_000..1_000_000_000 => write!(f, "{} ms", self.0 / 1_000_000),
            _ => seconds(f, self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_in_the_unit_a_person_would_choose() {
        let shown =
            [850, 12_500, 3_250_000, 407_000_000, 1_284_000_000].map(|nanos| SimDuration(nanos).to_string());
        assert_eq!(shown, ["850 ns", "12.5 µs", "3.2 ms", "407 ms", "1.284 s"]);
    }

    #[test]
    fn time_never_wraps() {
        assert_eq!(SimTime::MAX + SimDuration::from_secs(1), SimTime::MAX);
        assert_eq!(SimTime::ZERO.since(SimTime::from_millis(5)), SimDuration::ZERO);
    }
}
