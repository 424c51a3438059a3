//! Rows as text: comma-separated values under a line of names, or one JSON object a line.

use std::fmt::Write;

use netsplit_checkers::measures::Quantile;

use super::plan::Plan;
use super::row::Row;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values; what is not known is empty.
    Csv,
    /// One object a line; what is not known is null.
    JsonLines,
}

/// A value of the table. Texts are names without commas and quotes.
enum Cell {
    Number(u64),
    Text(String),
    Unknown,
}

impl Form {
    /// What stands before the first row.
    pub fn head(self, plan: &Plan) -> String {
        match self {
            Self::Csv => joined(columns(plan).into_iter()) + "\n",
            Self::JsonLines => String::new(),
        }
    }

    /// One row, with the end of its line.
    pub fn line(self, plan: &Plan, row: &Row) -> String {
        match self {
            Self::Csv => joined(cells(plan, row).into_iter().map(Cell::plain)) + "\n",
            Self::JsonLines => {
                let named = columns(plan).into_iter().zip(cells(plan, row));
                let fields = named.map(|(name, cell)| format!("\"{name}\":{}", cell.json()));
                format!("{{{}}}\n", joined(fields))
            }
        }
    }
}

impl Cell {
    fn plain(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text,
            Self::Unknown => String::new(),
        }
    }

    fn json(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => format!("\"{text}\""),
            Self::Unknown => "null".to_owned(),
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.enumerate().fold(String::new(), |mut text, (index, part)| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{}{part}", if index == 0 { "" } else { "," });
        text
    })
}

/// The names of the columns; times are in nanoseconds.
fn columns(plan: &Plan) -> Vec<String> {
    let latencies = Quantile::REPORTED.map(|quantile| format!("{}_ns", quantile.name()));
    let before = ["scenario", "seed", "ended", "digest", "events", "violated"].map(str::to_owned);
    let counts = ["ok", "fail", "info", "unanswered", "answered_ppm"].map(str::to_owned);
    let after =
        ["at_least_from", "reads", "stale_reads", "stalest_versions", "stalest_ns", "messages", "bytes"];
    let verdicts = plan.judged().iter().map(|claim| claim.name().to_owned());
    let columns = before.into_iter().chain(verdicts).chain(counts).chain(latencies);
    columns.chain(after.map(str::to_owned)).collect()
}

fn cells(plan: &Plan, row: &Row) -> Vec<Cell> {
    let before = [
        Cell::Text(plan.name().to_owned()),
        Cell::Number(row.seed),
        Cell::Text(row.ended.name().to_owned()),
        Cell::Text(row.digest.to_string()),
        Cell::Number(row.events),
        Cell::Text(row.violated.join("+")),
    ];
    let verdicts = row.verdicts.iter().map(|answer| Cell::Text(answer.name().to_owned()));
    let counts = [row.ok, row.fail, row.info, row.unanswered].map(Cell::Number);
    let answered = row.answered_ppm.map_or(Cell::Unknown, |ppm| Cell::Number(u64::from(ppm)));
    let latencies =
        Quantile::REPORTED.map(|quantile| row.latency_at(quantile).map_or(Cell::Unknown, Cell::Number));
    // From this quantile on, latencies may still grow.
    let waits = row.latency.iter().find(|latency| latency.at_least);
    let at_least = waits.map_or(Cell::Unknown, |latency| Cell::Text(latency.quantile.name()));
    let stalest = [row.stalest.versions, row.stalest.time.0];
    let after = [row.reads, row.stale_reads].into_iter().chain(stalest).chain([row.messages, row.bytes]);
    let cells = before.into_iter().chain(verdicts).chain(counts).chain([answered]).chain(latencies);
    cells.chain([at_least]).chain(after.map(Cell::Number)).collect()
}
