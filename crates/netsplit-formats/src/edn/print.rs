//! From data to a text: for labels, for messages, and for export.

use std::fmt::{self, Display, Formatter};

use super::{Datum, Form};

impl Display for Datum {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.form {
            Form::Nil => f.write_str("nil"),
            Form::Boolean(value) => write!(f, "{value}"),
            Form::Integer(number) => write!(f, "{number}"),
            Form::Other(text) => f.write_str(text),
            Form::Text(text) => f.write_str(&quoted(text)),
            Form::Keyword(name) => write!(f, ":{name}"),
            Form::Sequence(data) => all(f, "[", data, "]"),
            Form::Set(data) => all(f, "#{", data, "}"),
            Form::Map(pairs) => map(f, pairs),
            Form::Tagged(tag, inner) => write!(f, "#{tag} {inner}"),
        }
    }
}

fn all(f: &mut Formatter<'_>, open: &str, data: &[Datum], close: &str) -> fmt::Result {
    f.write_str(open)?;
    for (index, datum) in data.iter().enumerate() {
        write!(f, "{}{datum}", if index == 0 { "" } else { " " })?;
    }
    f.write_str(close)
}

fn map(f: &mut Formatter<'_>, pairs: &[(Datum, Datum)]) -> fmt::Result {
    f.write_str("{")?;
    for (index, (key, value)) in pairs.iter().enumerate() {
        write!(f, "{}{key} {value}", if index == 0 { "" } else { ", " })?;
    }
    f.write_str("}")
}

/// A text as an EDN string.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for next in text.chars() {
        match next {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            '\n' => out += "\\n",
            '\t' => out += "\\t",
            '\r' => out += "\\r",
            _ => out.push(next),
        }
    }
    out.push('"');
    out
}
