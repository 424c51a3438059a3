//! Fenced blocks that do something: `predict`, `goal`, `question`.

use serde_json::{Value, json};

use super::{Fields, Read, keys, mistake, prose, timed};

/// The block of this kind, as `{kind: …}`; `None` if it is only code.
pub(super) fn block(kind: &str, text: &str, line: usize) -> Read<Option<Value>> {
    let fields = match kind {
        "predict" => predict(text, line)?,
        "goal" => goal(text, line)?,
        "question" => said(&keys::table(text, line, &["ask"])?, &["ask"], &[], line)?,
        "step" => return Err(mistake(line, "a step block stands right under its heading, and only once")),
        _ => return Ok(None),
    };
    Ok(Some(json!({ kind: fields })))
}

fn predict(text: &str, line: usize) -> Read<Fields> {
    let table = keys::table(text, line, &["ask", "do", "from", "at", "why", "choice"])?;
    let mut fields = said(&table, &["ask"], &["why"], line)?;
    let at = table.get("at").ok_or_else(|| keys::missing(line, "at"))?;
    fields.insert("at".to_owned(), timed::json("at", at));
    if let Some(from) = table.get("from") {
        fields.insert("from".to_owned(), timed::json("from", from));
    }
    let doing = table.get("do").map_or(Ok(json!([])), |doing| timed::doing(doing, line))?;
    fields.insert("do".to_owned(), doing);
    let choices = table.get("choice").and_then(toml::Value::as_array).map_or(&[][..], Vec::as_slice);
    if choices.len() < 2 {
        return Err(mistake(line, "a prediction has at least two choices: [[choice]]"));
    }
    let choices = choices.iter().map(|each| choice(each, line)).collect::<Read<Vec<_>>>()?;
    fields.insert("choices".to_owned(), choices.into());
    Ok(fields)
}

fn choice(value: &toml::Value, line: usize) -> Read<Value> {
    let known = value.as_table().filter(|table| table.len() == 2);
    let parts = known.and_then(|table| Some((table.get("say")?, table.get("expect")?)));
    let (say, expect) =
        parts.ok_or_else(|| mistake(line, "a choice has say and expect, and nothing else"))?;
    Ok(json!({ "say": inlines(say, "say", line)?, "expect": expected(expect) }))
}

fn goal(text: &str, line: usize) -> Read<Fields> {
    let known = ["name", "say", "expect", "at", "may", "hint", "done", "solution"];
    let table = keys::table(text, line, &known)?;
    let mut fields = said(&table, &["say"], &["hint", "done"], line)?;
    let needed = |name: &'static str| table.get(name).ok_or_else(|| keys::missing(line, name));
    fields.insert("name".to_owned(), timed::json("name", needed("name")?));
    fields.insert("expect".to_owned(), expected(needed("expect")?));
    for name in ["at", "may"] {
        if let Some(value) = table.get(name) {
            fields.insert(name.to_owned(), timed::json(name, value));
        }
    }
    let solution = match needed("solution")? {
        toml::Value::String(link) => json!({ "link": link }),
        list => json!({ "do": timed::doing(list, line)? }),
    };
    fields.insert("solution".to_owned(), solution);
    Ok(fields)
}

/// Several expectations side by side must all hold.
fn expected(value: &toml::Value) -> Value {
    let read = timed::json("expect", value);
    if read.is_array() { json!({ "all": read }) } else { read }
}

/// The texts of a block, with its line.
fn said(table: &toml::Table, needed: &[&str], optional: &[&str], line: usize) -> Read<Fields> {
    let mut fields = Fields::new();
    fields.insert("line".to_owned(), line.into());
    for name in needed.iter().chain(optional) {
        match table.get(*name) {
            Some(text) => {
                fields.insert((*name).to_owned(), inlines(text, name, line)?);
            }
            None if needed.contains(name) => return Err(keys::missing(line, name)),
            None => {}
        }
    }
    Ok(fields)
}

fn inlines(text: &toml::Value, name: &str, line: usize) -> Read<Value> {
    let text = text.as_str().ok_or_else(|| mistake(line, format!("{name} is a text")))?;
    prose::paragraph(text, line)
}
