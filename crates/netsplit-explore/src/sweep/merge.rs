//! Shards of a sweep, put together to the very bytes of the whole.

use std::collections::BTreeMap;

use serde_json::Value;
use thiserror::Error;

/// Texts that are not the shards of one sweep.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadMerge {
    /// A line that a sweep does not write.
    #[error("{name}, line {line}: no row of a sweep; was it cut short?")]
    NotARow {
        /// Of the text.
        name: String,
        /// From 1.
        line: usize,
    },
    /// Other columns, or another form.
    #[error("{name} has other columns than {first}: they are not shards of one sweep")]
    OtherColumns {
        /// Of the text.
        name: String,
        /// Of the first text.
        first: String,
    },
    /// Another scenario.
    #[error("{name}, line {line}: this row is of {found}, and those before are of {expected}")]
    OtherScenario {
        /// Of the text.
        name: String,
        /// From 1.
        line: usize,
        /// Its scenario.
        found: String,
        /// That of the rows before.
        expected: String,
    },
    /// Two rows of one seed.
    #[error("{name}, line {line}: seed {seed} has a row already; was a shard named twice?")]
    Twice {
        /// Of the text.
        name: String,
        /// From 1.
        line: usize,
        /// The seed.
        seed: u64,
    },
    /// A seed between others without a row.
    #[error("seed {seed} has no row, and seeds below and above it have; is a shard missing?")]
    Missing {
        /// The seed.
        seed: u64,
    },
}

/// The columns, the scenario and the rows that the texts so far agree on.
#[derive(Default)]
struct Merged<'a> {
    /// The first line of a table of comma-separated values; empty for JSON lines.
    head: Option<(&'a str, &'a str)>,
    scenario: Option<String>,
    rows: BTreeMap<u64, &'a str>,
}

/// Merges shards, each a name for complaints and its text. All lines end with a line feed.
pub fn merge<'a>(shards: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<String, BadMerge> {
    let mut merged = Merged::default();
    for (name, text) in shards {
        merged.add(name, text)?;
    }
    merged.is_whole()?;
    let (_, head) = merged.head.unwrap_or_default();
    Ok(merged.rows.values().fold(head.to_owned(), |text, line| text + line))
}

impl<'a> Merged<'a> {
    fn add(&mut self, name: &'a str, text: &'a str) -> Result<(), BadMerge> {
        let mut lines = text.split_inclusive('\n').enumerate().peekable();
        let is_csv = !text.starts_with('{');
        let head = if is_csv { lines.next().map_or("", |(_, line)| line) } else { "" };
        match self.head {
            None => self.head = Some((name, head)),
            Some((_, first_head)) if first_head == head => {}
            Some((first, _)) => {
                return Err(BadMerge::OtherColumns { name: name.to_owned(), first: first.to_owned() });
            }
        }
        lines.try_for_each(|(index, line)| self.add_row(name, index + 1, line, is_csv))
    }

    fn add_row(&mut self, name: &str, line: usize, text: &'a str, is_csv: bool) -> Result<(), BadMerge> {
        let name = || name.to_owned();
        let read = if is_csv { read_csv(text) } else { read_json(text) };
        let (found, seed) =
            read.filter(|_| text.ends_with('\n')).ok_or_else(|| BadMerge::NotARow { name: name(), line })?;
        let expected = self.scenario.get_or_insert_with(|| found.clone()).clone();
        if found != expected {
            return Err(BadMerge::OtherScenario { name: name(), line, found, expected });
        }
        match self.rows.insert(seed, text) {
            None => Ok(()),
            Some(_) => Err(BadMerge::Twice { name: name(), line, seed }),
        }
    }

    fn is_whole(&self) -> Result<(), BadMerge> {
        let next = self.rows.keys().skip(1);
        match self.rows.keys().zip(next).find(|(seed, next)| *seed + 1 != **next) {
            None => Ok(()),
            Some((seed, _)) => Err(BadMerge::Missing { seed: seed + 1 }),
        }
    }
}

/// The scenario and the seed of a row.
fn read_csv(line: &str) -> Option<(String, u64)> {
    let mut cells = line.split(',');
    Some((cells.next()?.to_owned(), cells.next()?.parse().ok()?))
}

fn read_json(line: &str) -> Option<(String, u64)> {
    let row: Value = serde_json::from_str(line).ok()?;
    Some((row["scenario"].as_str()?.to_owned(), row["seed"].as_u64()?))
}
