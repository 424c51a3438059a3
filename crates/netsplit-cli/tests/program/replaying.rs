//! `netsplit replay`: a recorded trace is the same run, or says where it is not.

use std::fs;

use crate::shell::{file, file_with, netsplit};

fn trace(name: &str) -> String {
    let path = file(name);
    let words = ["run", "raft/leader-crash", "--trace", path.to_str().expect("plain"), "--digest"];
    assert_eq!(netsplit(&words).code, 0);
    fs::read_to_string(path).expect("it was written")
}

#[test]
fn a_recorded_trace_replays() {
    let text = trace("replays.jsonl");
    let called = netsplit(&["replay", &file_with("replays.jsonl", &text)]);
    assert_eq!(called.code, 0, "{called:?}");
    let events = netsplit_view::format::grouped(text.lines().count() as u64 - 1);
    assert!(called.out.contains(&format!("the same run, {events} events, digest ")), "{}", called.out);
}

#[test]
fn a_changed_trace_shows_event_field_and_both_values() {
    let text = trace("changed.jsonl");
    let line = text.lines().nth(30).expect("it is longer");
    let changed = text.replacen(line, &line.replacen("\"time\":", "\"time\":1", 1), 1);
    let called = netsplit(&["replay", &file_with("changed.jsonl", &changed)]);
    assert_eq!(called.code, 4, "{called:?}");
    assert!(called.out.contains("\nstep 30, time: recorded 1"), "{}", called.out);
    assert!(called.out.contains(", replayed "), "{}", called.out);
}

#[test]
fn what_is_no_trace_is_bad_usage_with_the_line() {
    let called = netsplit(&["replay", &file_with("none.jsonl", "hello\n")]);
    assert_eq!(called.code, 2);
    assert!(called.err.contains("none.jsonl: line 1: "), "{}", called.err);
    assert_eq!(netsplit(&["replay", "/no/such/trace"]).code, 2);
}
