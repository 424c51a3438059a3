//! Decimal numbers as people type them, kept as whole millionths: no floating point, and exact.

use std::fmt;

/// A number in millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(pub i64);

/// A whole number is that many millionths.
const ONE: i64 = 1_000_000;
/// More digits before the point than this are not a number that any field takes.
const DIGITS: usize = 11;

impl Decimal {
    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self(number * ONE)
    }

    /// The number that a text means; a comma is taken for a decimal point, digits beyond the sixth
    /// after it are dropped.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (before, after) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if before.len() + after.len() == 0 || before.len() > DIGITS || !is_digits(before) || !is_digits(after)
        {
            return None;
        }
        let value = |digits: &str| digits.bytes().fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0'));
        let fraction = after.get(..6).unwrap_or(after);
        let scale = 10_i64.pow(6 - fraction.len() as u32);
        let millionths = value(before) * ONE + value(fraction) * scale;
        Some(Self(if negative { -millionths } else { millionths }))
    }
}

impl fmt::Display for Decimal {
    /// Without needless digits: `0.5`, `40`, `-1.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.unsigned_abs();
        let (whole, mut rest) = (size / ONE as u64, size % ONE as u64);
        if self.0 < 0 {
            f.write_str("-")?;
        }
        fmt::Display::fmt(&whole, f)?;
        if rest > 0 {
            f.write_str(".")?;
        }
        let mut place = ONE as u64 / 10;
        while rest > 0 {
            fmt::Display::fmt(&(rest / place), f)?;
            rest %= place;
            place /= 10;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_read_back_as_written() {
        for text in ["0", "0.5", "40", "-1.25", "3600000", "0.000001", "12.030405"] {
            assert_eq!(Decimal::parse(text).map(|d| d.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn commas_blanks_and_bare_fractions_are_understood() {
        for text in ["0,5", " .5 ", "0.5000000009"] {
            assert_eq!(Decimal::parse(text), Some(Decimal(500_000)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "-", ".", "fast", "NaN", "1e3", "1.2.3", "+4", "99999999999999999999", "１"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }
}
