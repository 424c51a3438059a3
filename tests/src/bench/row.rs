//! One line of the table, not yet condensed.

use serde_json::{Value, json};

/// Something measured, once or several times.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What: the same natively and in a browser.
    pub what: String,
    /// Of the values.
    pub unit: &'static str,
    /// One each time.
    pub values: Vec<f64>,
}

impl Row {
    /// A row.
    pub fn new(what: impl Into<String>, unit: &'static str, values: Vec<f64>) -> Self {
        Self { what: what.into(), unit, values }
    }

    /// As xtask reads it; `place` says where it was measured.
    pub fn written(&self, place: &str) -> Value {
        json!({ "what": self.what, "where": place, "unit": self.unit, "values": self.values })
    }
}
