//! The older form, one row a line of a log: `INFO  jepsen.util - 0 :invoke :write 3`.

use super::bad::{BadHistory, Reason, short};
use super::half::{Fields, Half};
use crate::edn::Place;
use crate::edn::reader::Elements;

/// Who logs operations.
const LOGGER: &str = "jepsen.util";
/// How lines of other loggers begin.
const LEVELS: [&str; 5] = ["INFO", "WARN", "ERROR", "DEBUG", "TRACE"];

/// The row of a line; `None` if the line is blank, a comment, or was logged by somebody else.
pub(super) fn row(text: &str, line: u32) -> Result<Option<Half>, BadHistory> {
    let Some((start, row)) = row_in(text) else { return Ok(None) };
    let column = text[..start].chars().count() as u32 + 1;
    let at = Place { line, column };
    let bad = |reason| BadHistory { line, reason };
    if !row.starts_with(|next: char| next.is_ascii_digit() || next == ':') {
        return Err(bad(Reason::NotALine(short(text.trim()))));
    }
    let mut parts = Elements::side_by_side(row, at);
    let fields = Fields {
        process: parts.advance()?,
        kind: parts.advance()?,
        function: parts.advance()?,
        value: parts.advance()?,
        ..Fields::default()
    };
    Half::of(fields, at).map(Some).map_err(bad)
}

/// Where in a line the row begins, and the row.
fn row_in(text: &str) -> Option<(usize, &str)> {
    let begun = text.trim_start();
    if begun.is_empty() || begun.starts_with(';') {
        return None;
    }
    let after = match text.find(LOGGER) {
        Some(start) => &text[start + LOGGER.len()..],
        None if LEVELS.iter().any(|level| begun.starts_with(level)) => return None,
        None => begun,
    };
    // Loggers end their name with a dash or a colon; a colon may also begin :nemesis.
    let after = after.trim_start();
    let after = after.strip_prefix("- ").or_else(|| after.strip_prefix(": ")).unwrap_or(after).trim_start();
    Some((text.len() - after.len(), after))
}
