//! One JSON object in one line, its fields in the order given, so that a person finds the number first.

use std::fmt::Write;

use serde_json::Value;

/// An object that is being written.
pub(crate) struct Line(String);

impl Line {
    pub(crate) fn new() -> Self {
        Self("{".to_owned())
    }

    /// A field whose value is JSON already.
    pub(crate) fn json(mut self, name: &str, value: &str) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        write!(self.0, "{}:{value}", quoted(name)).expect("a text takes anything");
        self
    }

    pub(crate) fn text(self, name: &str, value: &str) -> Self {
        self.json(name, &quoted(value))
    }

    pub(crate) fn number(self, name: &str, value: u64) -> Self {
        self.json(name, &value.to_string())
    }

    /// Nothing at all for an empty list.
    pub(crate) fn list(self, name: &str, items: &[String]) -> Self {
        if items.is_empty() { self } else { self.json(name, &format!("[{}]", items.join(","))) }
    }

    pub(crate) fn end(self) -> String {
        self.0 + "}"
    }
}

/// A text as JSON.
pub(crate) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_order_and_their_quotes() {
        let line = Line::new().number("step", 3).text("b", "say \"x\"\n").list("none", &[]).end();
        assert_eq!(line, r#"{"step":3,"b":"say \"x\"\n"}"#);
        assert_eq!(Line::new().end(), "{}");
    }
}
