//! Decimal numbers as people type them into the stage's forms: signed, kept as whole millionths.

use std::fmt;

use crate::decimal;

/// A number in millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(pub i64);

/// Digits after the point.
const PLACES: u32 = 6;

impl Decimal {
    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self(number * 10_i64.pow(PLACES))
    }

    /// The number that a text means; a comma is taken for a decimal point, digits beyond the sixth
    /// after it are dropped.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let size = i64::try_from(decimal::parse(digits, PLACES)?).ok()?;
        Some(Self(sign * size))
    }
}

impl fmt::Display for Decimal {
    /// Without needless digits: `0.5`, `40`, `-1.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("-")?;
        }
        f.write_str(&decimal::told(self.0.unsigned_abs(), PLACES))
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
