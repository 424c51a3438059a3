//! What Porcupine's visualisation takes for granted of its data, judged by a reader that knows nothing of the
//! writer.

use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Time, Value};
use netsplit_checkers::model::Model;
use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::{Consistency, Order, Verdict};
use netsplit_formats::history::{Band, Imported, Names, Told, read};
use netsplit_formats::porcupine;
use serde_json::Value as Json;

fn exported(told: &Told<'_>, order: &Order) -> Json {
    let mut out = Vec::new();
    porcupine::write(told, order, &mut out).expect("memory takes a history");
    serde_json::from_slice(&out).expect("it is JSON")
}

fn judged(imported: &Imported, model: Model) -> (Verdict, Json) {
    let verdict = judge(Consistency::Linearizable(model), &imported.history, Budget::USUAL);
    let json = exported(&imported.told(model), verdict.order());
    (verdict, json)
}

fn list<'a>(json: &'a Json, name: &str) -> &'a [Json] {
    json[name].as_array().unwrap_or_else(|| panic!("{name} is a list in {json}"))
}

fn number(json: &Json, name: &str) -> u64 {
    json[name].as_u64().unwrap_or_else(|| panic!("{name} is a number in {json}"))
}

/// What its script would stumble over, if anything.
fn stumbles(data: &Json) -> Option<String> {
    for partition in list(data, "Partitions") {
        let history = list(partition, "History");
        if history.iter().any(|element| number(element, "Start") > number(element, "End")) {
            return Some("an operation ends before it begins".to_owned());
        }
        let partials = list(partition, "PartialLinearizations");
        for partial in partials {
            let steps = partial.as_array().expect("an order is a list");
            let mut seen: Vec<u64> = steps.iter().map(|step| number(step, "Index")).collect();
            seen.sort_unstable();
            seen.dedup();
            if steps.is_empty() || seen.len() < steps.len() || seen.last() >= Some(&(history.len() as u64)) {
                return Some(
                    "an order is empty, or names an operation twice or one that is not there".to_owned(),
                );
            }
        }
        for (index, partial) in partition["Largest"].as_object().expect("it is an object") {
            let steps = partials[partial.as_u64().expect("a position") as usize].as_array().expect("a list");
            if !steps.iter().any(|step| {
                Some(index.as_str()) == step["Index"].as_u64().map(|it| it.to_string()).as_deref()
            }) {
                return Some(format!("the order of {index} does not hold it"));
            }
        }
    }
    None
}

#[test]
fn a_valid_history_has_all_that_happened_in_its_order() {
    let imported = read(include_str!("../data/cas-register.edn")).expect("it is a history");
    let (verdict, json) = judged(&imported, Model::CasRegister);
    assert_eq!((verdict.name(), stumbles(&json)), ("ok", None));
    let [partition] = list(&json, "Partitions") else { panic!("one key") };
    let (history, partials) = (list(partition, "History"), list(partition, "PartialLinearizations"));
    let order = partials[0].as_array().expect("an order");
    let closed = imported.history.operations().iter();
    let closed = closed.filter(|it| matches!(it.returned, Some((_, Outcome::Ok(_))))).count();
    assert!(order.len() >= closed && history.len() < imported.history.operations().len());
    for annotation in list(&json, "Annotations") {
        assert_eq!(annotation["Description"], "partition");
        assert_eq!(annotation["Annotation"], true);
    }
    assert_eq!(list(&json, "Annotations").len(), 2);
}

#[test]
fn a_stale_read_is_in_no_order() {
    let imported = read(include_str!("../data/cas-register-stale.edn")).expect("it is a history");
    let (verdict, json) = judged(&imported, Model::CasRegister);
    let stuck = verdict.witness().expect("it is stale").stuck;
    assert_eq!(stumbles(&json), None);
    let [partition] = list(&json, "Partitions") else { panic!("one key") };
    let called = imported.history.operations()[stuck].called.0.to_string();
    let index = list(partition, "History").iter().position(|it| it["OriginalStart"] == called.as_str());
    assert!(!list(partition, "PartialLinearizations").is_empty());
    assert_eq!(partition["Largest"].get(index.expect("it is there").to_string()), None);
}

#[test]
fn each_key_is_a_partition_of_its_own() {
    let imported = read(include_str!("../data/independent.edn")).expect("it is a history");
    let (_, json) = judged(&imported, Model::CasRegister);
    assert_eq!(stumbles(&json), None);
    let named: Vec<&Json> =
        list(&json, "Partitions").iter().map(|it| &list(it, "History")[0]["Metadata"]).collect();
    assert_eq!(named, [":x", ":y", "7"]);
    // A write that nobody saw returning may have happened: it has no end, and comes last.
    let open = &list(&list(&json, "Partitions")[2], "History")[0];
    assert_eq!(
        (open["Description"].as_str(), open["OriginalEnd"].as_str()),
        (Some("write 1?"), Some("4100000"))
    );
    assert_eq!(number(open, "End"), 1_000);
    assert_eq!(list(&json, "Partitions")[2]["PartialLinearizations"][0][0]["StateDescription"], "1");
}

#[test]
fn what_its_page_takes_as_html_is_escaped() {
    let write = Operation {
        process: Process(0),
        key: Key(0),
        request: Request::Write(Value::Text("<img src=x>".into())),
        called: Time(1),
        returned: Some((Time(2), Outcome::Ok(None))),
    };
    let history = History::new(vec![write]).expect("it is well-formed");
    let names = Names { keys: vec!["<b>".to_owned()], processes: vec!["0".to_owned()] };
    let bands = [Band { label: "wall: <i>".to_owned(), from: Time(1), to: None }];
    let told = Told { history: &history, names: &names, bands: &bands, model: Model::Register };
    let json = exported(&told, &Order(vec![0]));
    let partition = &list(&json, "Partitions")[0];
    assert_eq!(partition["PartialLinearizations"][0][0]["StateDescription"], "\"&lt;img src=x&gt;\"");
    assert_eq!(partition["History"][0]["Metadata"], "&lt;b&gt;");
    assert_eq!(partition["History"][0]["Description"], "write \"<img src=x>\"");
    assert_eq!(json["Annotations"][0]["Details"], "wall: &lt;i&gt;");
}

#[test]
fn an_empty_history_is_no_partition() {
    let json = exported(&Imported::default().told(Model::Register), &Order::default());
    assert_eq!(json.to_string(), r#"{"Annotations":[],"Partitions":[]}"#);
}
