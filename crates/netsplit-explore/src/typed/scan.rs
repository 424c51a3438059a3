//! A text and a place in it.

use netsplit_sim::time::SimDuration;

use super::BadText;

/// Unit and nanoseconds; longer names first, so that `ms` is not taken for `m` and something.
const UNITS: [(&str, f64); 5] = [("ns", 1.0), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9)];
/// An hour.
const LONGEST: f64 = 3.6e12;

/// Reads a text from left to right.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    whole: &'a str,
    rest: &'a str,
}

pub(super) type Read<T> = Result<T, BadText>;

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { whole: text, rest: text.trim_start() }
    }

    /// Where it stands, in characters from 1.
    pub(super) fn place(&self) -> usize {
        let passed = self.whole.len() - self.rest.len();
        self.whole[..passed].chars().count() + 1
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Passes over this mark, if it stands here.
    pub(super) fn takes(&mut self, mark: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(mark) else { return false };
        self.rest = rest.trim_start();
        true
    }

    /// Passes over this mark, which must stand here.
    pub(super) fn must(&mut self, mark: &str, wanted: &'static str) -> Read<()> {
        if self.takes(mark) { Ok(()) } else { Err(self.expected(wanted)) }
    }

    /// The word that stands here; empty if none does.
    pub(super) fn word(&mut self) -> &'a str {
        let end = self.rest.find(|letter: char| !letter.is_alphanumeric() && !"-_".contains(letter));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest.trim_start();
        word
    }

    /// The number that stands here.
    pub(super) fn number(&mut self) -> Read<f64> {
        let end = self.rest.find(|digit: char| !digit.is_ascii_digit() && digit != '.');
        let (number, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        let value = number.parse().map_err(|_| self.expected("a number, such as 1.05"))?;
        self.rest = rest.trim_start();
        Ok(value)
    }

    pub(super) fn begins_with_number(&self) -> bool {
        self.rest.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.')
    }

    /// A number with a unit of time.
    pub(super) fn duration(&mut self) -> Read<SimDuration> {
        let begun = *self;
        let number = self.number()?;
        let unit = self.unit()?;
        begun.duration_of(number * unit)
    }

    /// A mean as a duration, or as a rate: `.183/ms` is a mean of 5.46 ms.
    pub(super) fn mean(&mut self) -> Read<SimDuration> {
        let begun = *self;
        let number = self.number()?;
        if self.takes("/") {
            let unit = self.unit()?;
            return if number > 0.0 { begun.duration_of(unit / number) } else { Err(begun.no_rate()) };
        }
        let unit = self.unit()?;
        begun.duration_of(number * unit)
    }

    /// A shape in thousandths.
    pub(super) fn milli(&mut self, most: u32, what: &'static str, allowed: &'static str) -> Read<u32> {
        let begun = *self;
        let milli = (self.number()? * 1_000.0).round();
        match milli >= 1.0 && milli <= f64::from(most) {
            true => Ok(milli as u32),
            false => Err(begun.out_of_range(what, allowed)),
        }
    }

    fn unit(&mut self) -> Read<f64> {
        let found = UNITS.into_iter().find(|(name, _)| self.takes(name));
        found.map(|(_, nanos)| nanos).ok_or_else(|| self.expected("a unit of time: ns, us, ms or s"))
    }

    fn duration_of(&self, nanos: f64) -> Read<SimDuration> {
        match nanos <= LONGEST {
            true => Ok(SimDuration(nanos.round() as u64)),
            false => Err(self.out_of_range("a time", "an hour at most")),
        }
    }

    fn no_rate(&self) -> BadText {
        self.out_of_range("a rate", "more than 0")
    }

    fn out_of_range(&self, what: &'static str, allowed: &'static str) -> BadText {
        BadText::OutOfRange { place: self.place(), what, allowed }
    }

    pub(super) fn expected(&self, wanted: &'static str) -> BadText {
        let word = Self { ..*self }.word();
        let found = match (word, self.rest.chars().next()) {
            (_, None) => "the end".to_owned(),
            ("", Some(letter)) => format!("“{letter}”"),
            (word, _) => format!("“{}”", word.chars().take(30).collect::<String>()),
        };
        BadText::Expected { place: self.place(), wanted, found }
    }
}
