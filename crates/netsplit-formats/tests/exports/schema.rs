//! As much of JSON Schema as the schema of the trace uses; a keyword beyond that is a failure.

use serde_json::Value;

const SCHEMA: &str = include_str!("../../trace.schema.json");

/// What is wrong with a line of a trace; `None` if nothing is.
pub fn wrong(line: &Value) -> Option<String> {
    let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    problem(&schema, &schema, line)
}

fn problem(root: &Value, schema: &Value, value: &Value) -> Option<String> {
    let rules = schema.as_object().expect("a schema is an object");
    rules.iter().find_map(|(keyword, rule)| broken(root, schema, keyword, rule, value))
}

fn broken(root: &Value, schema: &Value, keyword: &str, rule: &Value, value: &Value) -> Option<String> {
    let fails = |holds: bool| (!holds).then(|| format!("{value} breaks {keyword} {rule}"));
    match keyword {
        "$schema" | "$id" | "$defs" | "title" | "description" => None,
        "$ref" => problem(root, definition(root, rule), value),
        "oneOf" => {
            let fitting = list(rule).iter().filter(|part| problem(root, part, value).is_none());
            fails(fitting.count() == 1)
        }
        "type" => fails(types(rule).iter().any(|name| is_a(name, value))),
        "const" => fails(rule == value),
        "enum" => fails(list(rule).contains(value)),
        "minimum" => fails(value.as_i64() >= rule.as_i64()),
        "required" => fails(list(rule).iter().all(|name| value.get(name.as_str().unwrap_or("")).is_some())),
        "additionalProperties" => {
            let known = schema["properties"].as_object().expect("it says which there are");
            fails(value.as_object().is_some_and(|fields| fields.keys().all(|name| known.contains_key(name))))
        }
        "properties" => {
            let parts = rule.as_object().expect("properties are an object").iter();
            parts
                .filter_map(|(name, part)| Some((part, value.get(name)?)))
                .find_map(|(part, value)| problem(root, part, value))
        }
        "items" => value.as_array().into_iter().flatten().find_map(|item| problem(root, rule, item)),
        _ => panic!("the schema uses {keyword}, which this reader does not know"),
    }
}

fn definition<'a>(root: &'a Value, reference: &Value) -> &'a Value {
    let pointer = reference.as_str().and_then(|text| text.strip_prefix('#')).expect("references stay inside");
    root.pointer(pointer).expect("a reference leads to a definition")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn types(rule: &Value) -> Vec<&str> {
    rule.as_str().map_or_else(|| list(rule).iter().filter_map(Value::as_str).collect(), |name| vec![name])
}

fn is_a(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => panic!("no value is of type {name}"),
    }
}
