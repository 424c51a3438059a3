//! Tables of TOML with the keys that are known: the front matter, and what a step sets.

use serde_json::{Value, json};

use super::{Fields, Mistake, Read, mistake, timed};

/// Keys that say which run it is.
const SETTING: [&str; 5] = ["scenario", "seed", "params", "flaws", "do"];

/// Reads the front matter.
pub(super) fn front(text: &str, line: usize) -> Read<Fields> {
    const HEAD: [&str; 7] = ["title", "summary", "topic", "level", "minutes", "may", "personal"];
    let known: Vec<_> = HEAD.iter().chain(&SETTING).copied().collect();
    let table = table(text, line, &known)?;
    let mut fields = Fields::new();
    for name in ["title", "summary", "topic", "level", "minutes"] {
        let value = table.get(name).ok_or_else(|| missing(line, name))?;
        fields.insert(name.to_owned(), timed::json(name, value));
    }
    if !table.contains_key("scenario") {
        return Err(missing(line, "scenario"));
    }
    let may = table.get("may").map_or_else(|| json!(["faults", "requests"]), |may| timed::json("may", may));
    fields.insert("may".to_owned(), may);
    fields
        .insert("personal".to_owned(), table.get("personal").map_or(json!(false), |on| timed::json("", on)));
    fields.insert("setting".to_owned(), setting(&table, line)?);
    Ok(fields)
}

/// Reads what a step sets.
pub(super) fn stage(text: &str, line: usize) -> Read<Value> {
    const MOVES: [&str; 5] = ["at", "play", "select", "show", "fresh"];
    let known: Vec<_> = MOVES.iter().chain(&SETTING).copied().collect();
    let table = table(text, line, &known)?;
    let mut stage = Fields::new();
    for name in ["at", "play", "select", "show"] {
        if let Some(value) = table.get(name) {
            stage.insert(name.to_owned(), timed::json(name, value));
        }
    }
    let fresh = table.contains_key("fresh") || SETTING.iter().any(|name| table.contains_key(*name));
    if fresh {
        stage.insert("setting".to_owned(), setting(&table, line)?);
    }
    Ok(Value::Object(stage))
}

fn setting(table: &toml::Table, line: usize) -> Read<Value> {
    let mut setting = Fields::new();
    for (name, value) in table.iter().filter(|(name, _)| SETTING.contains(&name.as_str())) {
        let value = match name.as_str() {
            "params" => timed::params(value),
            "do" => timed::doing(value, line)?,
            _ => timed::json(name, value),
        };
        setting.insert(name.clone(), value);
    }
    Ok(Value::Object(setting))
}

/// A table with none but these keys.
pub(super) fn table(text: &str, line: usize, known: &[&str]) -> Read<toml::Table> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let before = error.span().map_or("", |span| text.get(..span.start).unwrap_or(text));
        mistake(line + before.matches('\n').count(), error.message().to_owned())
    })?;
    match table.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(mistake(line, format!("{key} means nothing here; known are {}", known.join(", ")))),
        None => Ok(table),
    }
}

pub(super) fn missing(line: usize, name: &str) -> Mistake {
    mistake(line, format!("{name} is missing"))
}
