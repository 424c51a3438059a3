//! Which seeds: `0..100000`, and of these the part that one shard takes.

use std::ops::Range;
use std::str::FromStr;

use thiserror::Error;

/// The most seeds of one sweep.
const MOST: u64 = 1_000_000_000;

/// Seeds in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seeds {
    range: Range<u64>,
    shard: Shard,
}

/// One of several equal parts: every `of`-th seed, so that all shards take about as long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: u64,
    of: u64,
}

/// A text that names no seeds, or no shard.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadSeeds {
    /// No range.
    #[error("seeds are a range such as 0..1000, whose end is left out, or a single seed such as 17")]
    NotARange,
    /// A range without seeds, or with too many.
    #[error("a sweep has 1 to {MOST} seeds, and this range has {0}")]
    Count(u64),
    /// No shard.
    #[error("a shard is a number below the number of shards, such as 0/8, 1/8 … 7/8")]
    NotAShard,
}

impl Shard {
    /// Everything.
    pub const WHOLE: Self = Self { index: 0, of: 1 };
}

impl Seeds {
    /// Those of a range.
    pub fn new(range: Range<u64>) -> Result<Self, BadSeeds> {
        let count = range.end.saturating_sub(range.start);
        match (1..=MOST).contains(&count) {
            true => Ok(Self { range, shard: Shard::WHOLE }),
            false => Err(BadSeeds::Count(count)),
        }
    }

    /// Those of them that a shard takes.
    pub fn of_shard(self, shard: Shard) -> Self {
        Self { shard, ..self }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        (self.range.end - self.range.start).saturating_sub(self.shard.index).div_ceil(self.shard.of)
    }

    /// The n-th of them.
    pub fn nth(&self, n: u64) -> Option<u64> {
        (n < self.count()).then(|| self.range.start + self.shard.index + n * self.shard.of)
    }
}

impl FromStr for Seeds {
    type Err = BadSeeds;

    fn from_str(text: &str) -> Result<Self, BadSeeds> {
        let number = |text: &str| text.trim().parse::<u64>().map_err(|_| BadSeeds::NotARange);
        match text.split_once("..") {
            Some((first, end)) => Self::new(number(first)?..number(end)?),
            None => {
                let seed = number(text)?;
                Self::new(seed..seed.checked_add(1).ok_or(BadSeeds::NotARange)?)
            }
        }
    }
}

impl FromStr for Shard {
    type Err = BadSeeds;

    fn from_str(text: &str) -> Result<Self, BadSeeds> {
        let parts =
            text.split_once('/').and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((index, of)) if index < of => Ok(Self { index, of }),
            _ => Err(BadSeeds::NotAShard),
        }
    }
}
