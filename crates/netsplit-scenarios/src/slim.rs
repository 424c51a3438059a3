//! Leaving out of a document what equals the frozen defaults of its schema, and putting it back.
//!
//! The build script uses this file too, to embed the gallery in the same short form as links.

use serde_json::{Map, Value};

/// The frozen defaults of schema 1: never changed, only added to. A link that leaves a field out means
/// the value written here, whatever is the custom later.
pub const DEFAULTS: &str = include_str!("../defaults/1.json");

/// Fields by name.
type Record = Map<String, Value>;

/// The frozen defaults, parsed.
pub struct Defaults(Value);

impl Defaults {
    /// Those of schema 1.
    pub fn frozen() -> Self {
        Self(serde_json::from_str(DEFAULTS).expect("the frozen defaults are valid JSON, as a test sees"))
    }

    /// Removes from a document what equals its default.
    pub fn slim(&self, document: &mut Value) {
        self.change_elements(document, slim_record);
        let params = self.params_of(document);
        if let Some(record) = document.as_object_mut() {
            if let (Some(params), Some(given)) =
                (params, record.get_mut("params").and_then(Value::as_object_mut))
            {
                slim_record(given, &params);
            }
            slim_record(record, self.record("document"));
        }
    }

    /// Puts in what a document leaves out.
    pub fn fill(&self, document: &mut Value) {
        if let Some(record) = document.as_object_mut() {
            fill_record(record, self.record("document"));
        }
        if let (Some(params), Some(Value::Object(given))) =
            (self.params_of(document), document.get_mut("params"))
        {
            fill_record(given, &params);
        }
        self.change_elements(document, fill_record);
    }

    fn record(&self, name: &str) -> &Record {
        self.0[name].as_object().expect("the frozen defaults have this record, as a test sees")
    }

    /// The defaults of the protocol's parameters, if it is one that has any.
    fn params_of(&self, document: &Value) -> Option<Record> {
        let protocol = document.get("protocol").unwrap_or(&self.0["document"]["protocol"]);
        self.record("params").get(protocol.as_str()?)?.as_object().cloned()
    }

    /// Lists whose elements have defaults: by where they stand.
    fn change_elements(&self, document: &mut Value, change: fn(&mut Record, &Record)) {
        let Some(elements) = self.0["elements"].as_object() else { return };
        for (pointer, defaults) in elements {
            let list = document.pointer_mut(pointer).and_then(Value::as_array_mut);
            let records = list.into_iter().flatten().filter_map(Value::as_object_mut);
            if let Some(defaults) = defaults.as_object() {
                records.for_each(|record| change(record, defaults));
            }
        }
    }
}

/// A record has several fields, each with its default; an object with one field is a choice between
/// kinds of things, of which half a default would be nonsense.
fn as_record(value: &Value) -> Option<&Record> {
    value.as_object().filter(|fields| fields.len() > 1)
}

fn slim_record(given: &mut Record, defaults: &Record) {
    given.retain(|name, value| match defaults.get(name) {
        Some(default) if default == value => false,
        Some(default) => {
            if let (Some(default), Some(value)) = (as_record(default), value.as_object_mut()) {
                slim_record(value, default);
            }
            true
        }
        None => true,
    });
}

fn fill_record(given: &mut Record, defaults: &Record) {
    for (name, default) in defaults {
        match (given.get_mut(name), as_record(default)) {
            (None, _) => {
                given.insert(name.clone(), default.clone());
            }
            (Some(Value::Object(value)), Some(default)) => fill_record(value, default),
            (Some(_), _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn slim(mut document: Value) -> Value {
        Defaults::frozen().slim(&mut document);
        document
    }

    fn fill(mut document: Value) -> Value {
        Defaults::frozen().fill(&mut document);
        document
    }

    #[test]
    fn an_empty_document_and_one_of_defaults_are_the_same() {
        let full = fill(json!({}));
        assert_eq!(
            full["network"]["link"]["delay"],
            json!({ "uniform": { "min": 15_000_000, "max": 25_000_000 } })
        );
        assert_eq!(slim(full), json!({}));
    }

    #[test]
    fn only_what_differs_is_left() {
        let mut document = fill(json!({}));
        document["network"]["link"]["loss"] = json!(5);
        document["script"] = json!([{ "at": 1, "rank": 0, "do": { "crash": "n1" }, "muted": false }]);
        let short = slim(document.clone());
        let expected =
            json!({ "network": { "link": { "loss": 5 } }, "script": [{ "at": 1, "do": { "crash": "n1" } }] });
        assert_eq!(short, expected);
        assert_eq!(fill(short), document);
    }

    #[test]
    fn half_a_default_never_gets_into_a_choice() {
        let document = fill(json!({ "disk": { "uniform": { "min": 1, "max": 2 } } }));
        assert_eq!(document["disk"], json!({ "uniform": { "min": 1, "max": 2 } }));
    }
}
