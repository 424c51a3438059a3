//! Availability in nines, with what a share means in a year and how many requests stand behind it.

use netsplit_words::{language, say};
use std::fmt::{self, Display, Formatter};

/// How long a year of 365 days is unavailable at two to five nines, as tables print it.
pub const YEAR: [(&str, &str); 4] =
    [("99 %", "87.6 h"), ("99.9 %", "8.76 h"), ("99.99 %", "52.56 min"), ("99.999 %", "5.256 min")];

const YEAR_MILLISECONDS: u128 = 365 * 24 * 3_600_000;

/// A share of answered requests, exactly. It prints as a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nines {
    answered: u64,
    asked: u64,
}

impl Nines {
    /// Of `asked` requests `answered` were answered; `None` if nothing was asked.
    pub fn of(answered: u64, asked: u64) -> Option<Self> {
        (asked > 0).then_some(Self { answered: answered.min(asked), asked })
    }

    /// How many nines the share begins with: 2 for 99 % up to, not including, 99.9 %. If all requests were
    /// answered, as many as their number can show: one lost request more would have left no further nine.
    pub fn count(self) -> u32 {
        let lost = u128::from((self.asked - self.answered).max(1));
        let mut nines = 0;
        let mut scaled = lost * 10;
        while scaled <= u128::from(self.asked) {
            nines += 1;
            scaled *= 10;
        }
        nines
    }

    /// Whether every request was answered.
    pub fn all(self) -> bool {
        self.answered == self.asked
    }

    /// The share, 0 to 1.
    pub fn share(self) -> f64 {
        self.answered as f64 / self.asked as f64
    }

    /// For how many milliseconds of a year of 365 days as large a share would be unavailable, rounded.
    pub fn milliseconds_a_year(self) -> u64 {
        let (lost, asked) = (u128::from(self.asked - self.answered), u128::from(self.asked));
        let milliseconds = (lost * YEAR_MILLISECONDS + asked / 2) / asked;
        u64::try_from(milliseconds).expect("a share of a year is at most a year")
    }

    /// The share in per cent with a digit more than its nines, rounded down, so that it never looks better
    /// than it is.
    fn percent(self) -> String {
        let digits = self.count().max(1);
        let scale = 10_u128.pow(digits);
        let scaled = u128::from(self.answered) * 100 * scale / u128::from(self.asked);
        format!("{} %", decimal(scaled / scale, scaled % scale, digits))
    }

    fn year(self) -> String {
        match self.milliseconds_a_year() {
            ms if ms >= 100 * 3_600_000 => say!("{number} days", number = thousandths(ms, 24 * 3_600_000)),
            ms if ms >= 3_600_000 => say!("{number} h", number = thousandths(ms, 3_600_000)),
            ms if ms >= 60_000 => say!("{number} min", number = thousandths(ms, 60_000)),
            ms => say!("{number} s", number = thousandths(ms, 1_000)),
        }
    }
}

/// `value / unit`, rounded down to at most three digits after the point.
fn thousandths(value: u64, unit: u64) -> String {
    let scaled = u128::from(value) * 1_000 / u128::from(unit);
    decimal(scaled / 1_000, scaled % 1_000, 3)
}

/// A number with that many digits after the point, without zeros at its end.
fn decimal(whole: u128, fraction: u128, digits: u32) -> String {
    let mark = language().decimal;
    let text = format!("{whole}{mark}{fraction:0width$}", width = digits as usize);
    text.trim_end_matches('0').trim_end_matches(mark).to_owned()
}

impl Display for Nines {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (nines, asked) = (self.count(), self.asked);
        let told = if self.all() {
            say!(
                "all of {asked} requests, which can show no more than {nines, plural, =0 {no nine} one {# nine} other {# nines}}",
                asked,
                nines
            )
        } else {
            say!(
                "{percent} of {asked} requests: {nines, plural, =0 {no nine} one {# nine} other {# nines}}, {year} a year without an answer",
                percent = self.percent(),
                asked,
                nines,
                year = self.year()
            )
        };
        f.write_str(&told)
    }
}
