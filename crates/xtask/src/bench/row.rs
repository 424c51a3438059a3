//! One thing measured at one place: its values, and their median and spread.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::targets;

/// Something measured.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) what: String,
    /// Natively, in a module, or in the page.
    pub(super) place: String,
    pub(super) unit: String,
    /// In order of size; never empty.
    values: Vec<f64>,
}

impl Row {
    /// Reads what a measurement wrote.
    pub(super) fn read(line: &str) -> Result<Self> {
        let row: Value = serde_json::from_str(line).with_context(|| format!("no row: {line}"))?;
        let text = |name: &str| {
            row[name].as_str().map(str::to_owned).with_context(|| format!("`{name}` is missing: {line}"))
        };
        let mut values: Vec<f64> =
            row["values"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
        ensure!(!values.is_empty(), "a row without values: {line}");
        values.sort_by(f64::total_cmp);
        Ok(Self { what: text("what")?, place: text("where")?, unit: text("unit")?, values })
    }

    pub(super) fn median(&self) -> f64 {
        let middle = self.values.len() / 2;
        if self.values.len().is_multiple_of(2) {
            (self.values[middle - 1] + self.values[middle]) / 2.0
        } else {
            self.values[middle]
        }
    }

    /// The least and the most; nothing if it was measured once.
    pub(super) fn spread(&self) -> Option<(f64, f64)> {
        (self.values.len() > 1).then(|| (self.values[0], self.values[self.values.len() - 1]))
    }

    pub(super) fn written(&self) -> Value {
        let mut row = json!({
            "what": self.what,
            "where": self.place,
            "unit": self.unit,
            "median": self.median(),
            "values": self.values,
        });
        if let Some((least, most)) = self.spread() {
            row["least"] = least.into();
            row["most"] = most.into();
        }
        if let Some(target) = targets::of(self) {
            row["target"] = target.to_string().into();
            row["kept"] = target.allows(self.median()).into();
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::Row;

    #[test]
    fn a_row_has_the_median_and_the_spread_of_its_values() {
        let row = Row::read(r#"{"what":"a","where":"native","unit":"ms","values":[3,1,2,10]}"#).unwrap();
        assert_eq!((row.median(), row.spread()), (2.5, Some((1.0, 10.0))));
        let once = Row::read(r#"{"what":"a","where":"native","unit":"ms","values":[3]}"#).unwrap();
        assert_eq!((once.median(), once.spread()), (3.0, None));
    }

    #[test]
    fn what_is_no_row_is_refused() {
        for line in ["", "{}", r#"{"what":"a","where":"b","unit":"c","values":[]}"#] {
            assert!(Row::read(line).is_err(), "{line}");
        }
    }
}
