//! `netsplit check`: histories of files and of runs, judged in the words of the page.

use std::fs;

use netsplit_scenarios::gallery::gallery;
use serde_json::Value;

use crate::shell::{Called, file_with, netsplit, netsplit_reading};

/// A history among the test data of the formats.
pub fn data(name: &str) -> String {
    format!("{}/../netsplit-formats/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn check(name: &str) -> Called {
    netsplit(&["check", &data(name)])
}

#[test]
fn a_valid_history_of_jepsen_ends_with_zero() {
    for name in ["cas-register.edn", "cas-register.log"] {
        let called = check(name);
        assert_eq!((called.code, &*called.err), (0, ""), "{called:?}");
        let words = "90 operations of 8 processes, 2 faults, model cas-register\n\
                     ✓ No linearizability violation so far: 85 answered, 5 unanswered (may or may not have happened)\n";
        assert!(called.out.ends_with(words), "{}", called.out);
    }
}

#[test]
fn a_stale_read_ends_with_one_and_its_proof() {
    let called = check("cas-register-stale.edn");
    assert_eq!(called.code, 1, "{called:?}");
    for part in [
        "✗ Linearizability violated: process 4's read of the object returned 1 at 1.354 s, though ",
        "These operations alone prove it:\n",
        "  → lines 75 and 79: process 4's read of the object: asked at 1.348 s, answered, at 1.354 s, saw 1\n",
    ] {
        assert!(called.out.contains(part), "{part} in\n{}", called.out);
    }
}

#[test]
fn malformed_files_end_with_two_and_name_line_and_reason() {
    let mut count = 0;
    for file in fs::read_dir(data("malformed")).expect("the folder is there") {
        let path = file.expect("it can be listed").path();
        let text = fs::read_to_string(&path).expect("it can be read");
        let reason =
            text.lines().next().and_then(|line| line.strip_prefix("; ")).expect("it says what is wrong");
        let name = path.to_str().expect("its path is plain");
        let called = netsplit(&["check", name]);
        assert_eq!((called.code, &*called.out), (2, ""), "{called:?}");
        assert!(called.err.starts_with(&format!("netsplit: {name}: {reason}")), "{}", called.err);
        count += 1;
    }
    assert!(count > 25, "{count} files");
}

#[test]
fn a_search_out_of_steps_ends_with_three() {
    let called = netsplit(&["check", &data("cas-register-stale.edn"), "--budget", "1"]);
    assert_eq!(called.code, 3, "{called:?}");
    assert!(called.out.contains("? unknown: search stopped after "), "{}", called.out);
}

#[test]
fn an_empty_history_is_nothing_to_judge() {
    for text in ["", "; nothing happened\n", "[]"] {
        let called = netsplit_reading(&["check", "-"], text);
        assert_eq!(called.code, 0, "{called:?}");
        assert!(
            called
                .out
                .ends_with("0 operations of 0 processes, 0 faults, model register\n✓ nothing to judge yet\n")
        );
    }
}

#[test]
fn a_run_is_judged_as_the_file_that_it_is_exported_to() {
    for item in gallery() {
        let own = netsplit(&["check", item.path, "--json"]);
        let edn = netsplit(&["export", item.path, "--format", "edn"]);
        assert_eq!((edn.code, &*edn.err), (0, ""), "{}", item.path);
        let judged = json(&own);
        let model = judged["model"].as_str().expect("a name");
        let read = netsplit_reading(&["check", "-", "--json", "--model", model], &edn.out);
        for field in ["claim", "verdict", "answered", "unanswered"] {
            assert_eq!(judged[field], json(&read)[field], "{field} of {}", item.path);
        }
        assert_eq!(own.code, read.code, "{}", item.path);
    }
}

fn json(called: &Called) -> Value {
    serde_json::from_str(&called.out).unwrap_or_else(|bad| panic!("{bad}: {called:?}"))
}

#[test]
fn json_says_all_that_words_say() {
    let called = netsplit(&["check", &data("cas-register-stale.edn"), "--json"]);
    let told = json(&called);
    assert_eq!((called.code, told["verdict"].as_str()), (1, Some("violation")));
    assert_eq!(
        (told["claim"].as_str(), told["model"].as_str()),
        (Some("linearizable"), Some("cas-register"))
    );
    assert_eq!((told["answered"].as_u64(), told["unanswered"].as_u64()), (Some(85), Some(5)));
    let witness = told["witness"].as_array().expect("a list");
    let stuck = witness.iter().find(|row| row["row"] == told["stuck"]).expect("it is part of the proof");
    assert_eq!((stuck["called"].as_u64(), stuck["returned"].as_u64()), (Some(75), Some(79)));
    assert!(told["proof"][0].as_str().is_some_and(|words| words.contains("returned 1 at 1.354 s")));
    assert!(!told["order"].as_array().expect("a list").is_empty());
}

#[test]
fn several_claims_are_judged_strongest_first() {
    let called =
        netsplit(&["check", &data("independent.edn"), "--consistency", "causal,linearizable", "--json"]);
    let claims: Vec<Value> =
        called.out.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    let names: Vec<&Value> = claims.iter().map(|claim| &claim["claim"]).collect();
    assert_eq!(names, ["linearizable", "causal"]);
    let called = netsplit(&["check", &data("independent.edn"), "--consistency", "all", "--json"]);
    assert_eq!(called.out.lines().count(), 7);
}

#[test]
fn a_moment_of_a_run_is_judged_as_it_was_then() {
    let answered =
        |words: &[&str]| json(&netsplit(&[&["check", "--json"], words].concat()))["answered"].as_u64();
    let whole = answered(&["raft/minority-leader"]);
    assert_eq!(answered(&["raft/minority-leader", "--until", "1ms"]), Some(0));
    assert!(answered(&["#scenario=raft/minority-leader&step=120"]) < whole, "{whole:?}");
}

#[test]
fn a_model_that_does_not_fit_is_refused() {
    let refused = |words: &[&str]| {
        let called = netsplit(words);
        assert_eq!((called.code, &*called.out), (2, ""), "{called:?}");
        called.err
    };
    let told = refused(&["check", &data("cas-register.edn"), "--model", "register"]);
    assert!(told.contains("line 3: an object of the model register has no compare-and-set"), "{told}");
    let told = refused(&["check", &data("cas-register.edn"), "--model", "stack"]);
    assert!(told.contains("cas-register, key-value, counter"), "{told}");
    let mixed = file_with("mixed.log", "0 :invoke :acquire nil\n1 :invoke :write 3\n");
    assert!(refused(&["check", &mixed]).contains("name the one that is meant by --model"));
    let told = refused(&["check", "raft/minority-leader", "--model", "queue"]);
    assert!(told.contains("none that an object of the model queue has"), "{told}");
    assert!(
        refused(&["check", &data("cas-register.edn"), "--consistency", "eventual"]).contains("linearizable")
    );
}
