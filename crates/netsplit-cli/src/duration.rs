//! Virtual time as people write it: `1.5s`, `300ms`, `2m`.

use netsplit_scenarios::limits;
use netsplit_sim::time::SimTime;
use thiserror::Error;

/// A text that is no time, or more than a run may last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadTime {
    /// No number with a unit.
    #[error("a time is a number with a unit, such as 1.5s, 300ms, 20us or 2m")]
    NotATime,
    /// Zero, or too long.
    #[error("a run lasts more than 0 and at most 2h of virtual time")]
    OutOfRange,
}

/// Unit and nanoseconds; longer names first, so that `ms` is not taken for `s`.
const UNITS: [(&str, u64); 6] = [
    ("ns", 1),
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// Reads a time.
pub(crate) fn parse(text: &str) -> Result<SimTime, BadTime> {
    let unit = UNITS.iter().find_map(|(name, nanos)| Some((text.strip_suffix(name)?, *nanos)));
    let (number, nanos) = unit.ok_or(BadTime::NotATime)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole = digits(whole).ok_or(BadTime::NotATime)?;
    let fraction = if number.contains('.') { parts(fraction, nanos).ok_or(BadTime::NotATime)? } else { 0 };
    let time = whole.checked_mul(nanos).and_then(|time| time.checked_add(fraction));
    time.filter(|time| (1..=limits::UNTIL).contains(time)).map(SimTime).ok_or(BadTime::OutOfRange)
}

fn digits(text: &str) -> Option<u64> {
    let only_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A number of twenty digits is out of range in any unit.
    only_digits.then(|| text.parse().unwrap_or(u64::MAX))
}

/// The part after the point, in nanoseconds; what is less than one is cut off.
fn parts(fraction: &str, nanos: u64) -> Option<u64> {
    digits(fraction)?;
    let mut rest = nanos;
    let mut sum = 0;
    for digit in fraction.bytes() {
        sum += rest % 10 * u64::from(digit - b'0') / 10;
        rest /= 10;
        sum += rest * u64::from(digit - b'0');
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::{BadTime, parse};

    #[test]
    fn times_have_units_and_may_have_fractions() {
        let read = ["1.5s", "300ms", "20us", "2m", "0.000000001s", "2h", "7ns"]
            .map(|text| parse(text).map(|time| time.0));
        assert_eq!(
            read,
            [
                Ok(1_500_000_000),
                Ok(300_000_000),
                Ok(20_000),
                Ok(120_000_000_000),
                Ok(1),
                Ok(7_200_000_000_000),
                Ok(7)
            ]
        );
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["", "s", "5", "-1s", "1.s", ".5s", "1,5s", "1e3s", "five s"] {
            assert_eq!(parse(text), Err(BadTime::NotATime), "{text}");
        }
        for text in ["0s", "0.0ms", "3h", "99999999999999999999999s"] {
            assert_eq!(parse(text), Err(BadTime::OutOfRange), "{text}");
        }
    }
}
