//! `netsplit export`: a run for another tool, and a history in another form.

use std::fs;

use serde_json::Value;

use crate::judging::data;
use crate::shell::{file, netsplit, netsplit_reading};

fn exported(words: &[&str]) -> String {
    let called = netsplit(&[&["export"], words].concat());
    assert_eq!((called.code, &*called.err), (0, ""), "{words:?}");
    called.out
}

#[test]
fn what_run_writes_to_files_is_exported_as_well() {
    for (format, option) in [("trace", "--trace"), ("shiviz", "--shiviz"), ("mermaid", "--mermaid")] {
        let path = file(&format!("by-run.{format}"));
        let name = path.to_str().expect("plain");
        assert_eq!(netsplit(&["run", "raft/first-election", option, name, "--digest"]).code, 0);
        let written = fs::read_to_string(&path).expect("it was written");
        assert_eq!(exported(&["raft/first-election", "--format", format]), written, "{format}");
        assert_eq!(exported(&["raft/first-election", "--format", format, "-o", name]), "");
        assert_eq!(fs::read_to_string(&path).expect("it was written"), written, "{format}");
    }
}

#[test]
fn the_history_of_a_run_is_exported_with_its_faults() {
    let edn = exported(&["raft/minority-leader", "--format", "edn"]);
    assert!(edn.contains(":type :invoke, :process 0, :f :write"), "{edn}");
    assert!(edn.contains(":process :nemesis, :f :start-wall"), "{edn}");
    let json: Value = serde_json::from_str(&exported(&["raft/minority-leader", "--format", "porcupine"]))
        .expect("it is JSON");
    assert!(!json["Partitions"][0]["PartialLinearizations"][0].as_array().expect("an order").is_empty());
    assert_eq!(json["Annotations"][0]["Description"], "wall");
}

#[test]
fn the_older_form_of_jepsen_becomes_the_newer() {
    let edn = exported(&[&data("cas-register.log"), "--format", "edn"]);
    let called = netsplit_reading(&["check", "-"], &edn);
    assert!(called.code == 0 && called.out.contains("90 operations of 8 processes, 2 faults"), "{called:?}");
}

#[test]
fn a_history_has_no_messages_to_export() {
    let called = netsplit(&["export", &data("cas-register.edn"), "--format", "mermaid"]);
    assert_eq!(called.code, 2);
    assert!(called.err.contains("can be exported as edn or porcupine"), "{}", called.err);
    let called = netsplit(&["export", "raft/first-election", "--format", "dot"]);
    assert!(called.code == 2 && called.err.contains("edn, porcupine, shiviz"), "{}", called.err);
}
