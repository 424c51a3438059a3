//! The table that a person reads.

use std::fmt::Write as _;

use serde_json::Value;

use super::ratios;
use super::row::Row;
use super::targets;

pub(super) fn table(machine: &Value, rows: &[Row]) -> String {
    let mut text = String::new();
    for (name, value) in machine.as_object().into_iter().flatten() {
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(text, "{name}: {}", value.as_str().unwrap_or_default());
    }
    let width = rows.iter().map(|row| row.what.chars().count()).max().unwrap_or_default();
    let _ = writeln!(
        text,
        "\n{:width$}  {:16}  {:>9}  {:>19}  {:10}  target",
        "what", "where", "median", "least – most", "unit"
    );
    for row in rows {
        let _ = writeln!(text, "{}", line(row, width));
    }
    let ratios = ratios::of(rows);
    if !ratios.is_empty() {
        text.push('\n');
    }
    for ratio in ratios {
        let _ = writeln!(text, "{:width$}  {:.2} × ({})", ratio.what, ratio.times, ratio.over);
    }
    text
}

fn line(row: &Row, width: usize) -> String {
    let spread =
        row.spread().map_or_else(String::new, |(least, most)| format!("{} – {}", shown(least), shown(most)));
    let target = targets::of(row).map_or_else(String::new, |target| {
        format!("{target} {}", if target.allows(row.median()) { "kept" } else { "MISSED" })
    });
    let (median, Row { what, place, unit, .. }) = (shown(row.median()), row);
    format!("{what:width$}  {place:16}  {median:>9}  {spread:>19}  {unit:10}  {target}").trim_end().to_owned()
}

/// Three digits that mean something: `4.12 M`, `275 k`, `12.3`, `0.004`.
pub(super) fn shown(value: f64) -> String {
    match value.abs() {
        size if size >= 999_500.0 => format!("{} M", three_digits(value / 1e6)),
        size if size >= 9_995.0 => format!("{} k", three_digits(value / 1e3)),
        0.0 => "0".to_owned(),
        size if size < 0.01 => format!("{value:.5}"),
        _ => three_digits(value),
    }
}

fn three_digits(value: f64) -> String {
    match value.abs() {
        size if size >= 99.95 => format!("{value:.0}"),
        size if size >= 9.995 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Row, shown, table};

    #[test]
    fn numbers_have_three_digits() {
        let read = [4_123_456.0, 275_000.0, 1_234.0, 12.34, 0.456, 0.00006, 0.0].map(shown);
        assert_eq!(read, ["4.12 M", "275 k", "1234", "12.3", "0.46", "0.00006", "0"]);
    }

    #[test]
    fn a_line_says_whether_its_target_is_kept() {
        let row = |value: f64| {
            let line = format!(r#"{{"what":"seek: p99","where":"native","unit":"ms","values":[{value}]}}"#);
            Row::read(&line).unwrap()
        };
        let text = table(&json!({ "processor": "a fast one" }), &[row(12.0), row(51.0)]);
        assert!(text.starts_with("processor: a fast one\n") && text.contains("≤ 50.0 kept"), "{text}");
        assert!(text.contains("≤ 50.0 MISSED"), "{text}");
    }
}
