//! TOML as JSON: moments such as `"1.2s"` become nanoseconds, and lists of what is done get their moments.

use serde_json::{Value, json};

use super::{Fields, Read, mistake};

/// Fields that hold moments or durations wherever they stand.
const TIMES: [&str; 6] = ["at", "after", "by", "from", "play", "to"];

/// The same as JSON. `"nothing"` under `ok` is a read that saw nothing, for which TOML has no word.
pub(super) fn json(key: &str, value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) if TIMES.contains(&key) => nanos(text).map_or(json!(text), Value::from),
        toml::Value::String(text) if key == "ok" && text == "nothing" => Value::Null,
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(flag) => json!(flag),
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(items) => items.iter().map(|item| json(key, item)).collect(),
        toml::Value::Table(table) => Value::Object(fields(table)),
    }
}

fn fields(table: &toml::Table) -> Fields {
    table.iter().map(|(name, value)| (name.clone(), json(name, value))).collect()
}

/// Parameters have names of their own, and any of their values may be a duration.
pub(super) fn params(value: &toml::Value) -> Value {
    let Some(table) = value.as_table() else { return json("params", value) };
    let param = |value: &toml::Value| match value {
        toml::Value::String(text) => nanos(text).map_or(json!(text), Value::from),
        other => json("", other),
    };
    Value::Object(table.iter().map(|(name, value)| (name.clone(), param(value))).collect())
}

/// What is done at which moment: `"1.2s crash:n3"`, or `{ at = "1.2s", do = { … } }` in a document's words.
pub(super) fn doing(value: &toml::Value, line: usize) -> Read<Value> {
    let items = value.as_array().ok_or_else(|| mistake(line, "what is done is a list"))?;
    items.iter().map(|item| done(item, line)).collect()
}

fn done(item: &toml::Value, line: usize) -> Read<Value> {
    match item {
        toml::Value::String(text) => {
            let (at, verb) = text.split_once(' ').unwrap_or((text, ""));
            let at = nanos(at).filter(|_| !verb.is_empty() && !verb.contains(' '));
            let at = at.ok_or_else(|| {
                mistake(line, format!("“{text}” is no moment with a control, such as “1.2s crash:n3”"))
            })?;
            Ok(json!({ "at": at, "do": verb }))
        }
        toml::Value::Table(table) if table.len() == 2 && table.contains_key("at") => {
            let fields = fields(table);
            let what = fields
                .get("do")
                .ok_or_else(|| mistake(line, "what is done at this moment is missing: do"))?;
            Ok(json!({ "at": fields["at"], "what": what }))
        }
        _ => Err(mistake(line, "what is done is “1.2s crash:n3”, or { at = \"1.2s\", do = { … } }")),
    }
}

/// `1.2s`, `300ms`, `5us`, `7ns` in nanoseconds.
pub(super) fn nanos(text: &str) -> Option<u64> {
    let number = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit: u64 = match &text[number.len()..] {
        "s" => 1_000_000_000,
        "ms" => 1_000_000,
        "us" | "µs" => 1_000,
        "ns" => 1,
        _ => return None,
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) {
        return None;
    }
    let whole = whole.parse::<u64>().ok()?.checked_mul(unit)?;
    part.bytes()
        .try_fold((whole, unit), |(sum, unit), digit| {
            (unit % 10 == 0).then(|| (sum + u64::from(digit - b'0') * (unit / 10), unit / 10))
        })
        .map(|(sum, _)| sum)
}
