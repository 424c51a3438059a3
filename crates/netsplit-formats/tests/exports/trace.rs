//! A trace says what happened, is what its schema says, and replays; a changed one does not.

use std::io::Cursor;

use netsplit_formats::trace::{self, Replayed, TraceError};
use serde_json::Value;

use crate::common::{run, runs, tell, text};
use crate::schema::wrong;

fn lines(name: &str) -> Vec<Value> {
    trace_of(name).lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn trace_of(name: &str) -> String {
    let (record, run) = run(name);
    text(|out| trace::write(&record, &*run, tell, out).expect("memory takes a trace"))
}

fn replayed(text: &str) -> Result<Replayed, TraceError> {
    trace::replay(trace::read(Cursor::new(text))?, tell, |_| {})
}

/// The trace of a short story with one text in it replaced.
fn changed(from: &str, to: &str) -> String {
    let trace = trace_of("raft/first-election");
    assert!(trace.contains(from), "{from} stands in the trace");
    trace.replacen(from, to, 1)
}

fn difference(text: &str) -> String {
    let found = replayed(text).expect("it is a trace").differs;
    found.expect("the replay differs").to_string()
}

#[test]
fn every_line_of_every_story_is_as_the_schema_says() {
    for (name, record, run) in runs() {
        let text = text(|out| trace::write(&record, &*run, tell, out).expect("memory takes a trace"));
        for line in text.lines() {
            let value = serde_json::from_str(line).expect("a line is JSON");
            assert_eq!(wrong(&value), None, "{name}: {line}");
        }
        assert_eq!(text.lines().count() as u64, run.step().0 + 1, "{name}: a line an event, after the run");
    }
}

#[test]
fn a_line_that_breaks_the_schema_is_noticed() {
    let mut line = lines("raft/first-election").remove(1);
    line["colour"] = "red".into();
    assert!(wrong(&line).is_some_and(|problem| problem.contains("oneOf")));
}

#[test]
fn an_election_is_told_by_its_cause_its_messages_and_what_it_changed() {
    let lines = lines("raft/first-election");
    let candidacy = lines.iter().find(|line| line["timer"] == "election timer").expect("one falls due first");
    let changed = candidacy["changed"].as_array().expect("it changes something");
    let field = |name: &str| changed.iter().find(|change| change["field"] == name).expect(name);
    assert_eq!((&field("role")["was"], &field("role")["is"]), (&"follower".into(), &"candidate".into()));
    assert_eq!(field("current_term")["is"], "1");
    // The vote for itself has to be on the disk before it asks anybody.
    let asking = lines.iter().find(|line| line["cause"] == candidacy["step"]).expect("it asks");
    assert_eq!((&asking["kind"], &asking["node"]), (&"durable".into(), &candidacy["node"]));
    let request = &asking["sent"][0];
    assert_eq!(request["type"], "RequestVote");
    let arrival = lines.iter().find(|line| line["message"] == request["message"]).expect("it arrives");
    assert_eq!((&arrival["cause"], &arrival["time"]), (&asking["step"], &request["arrives"]));
    assert!(!candidacy["sections"].as_array().expect("the paper tells of it").is_empty());
}

#[test]
fn every_story_replays_from_its_trace() {
    for (name, record, run) in runs() {
        let text = text(|out| trace::write(&record, &*run, tell, out).expect("memory takes a trace"));
        let found = replayed(&text).expect(name);
        assert_eq!((found.events, found.differs, found.reworded), (run.step().0, None, None), "{name}");
    }
}

#[test]
fn a_trace_up_to_the_middle_of_a_run_replays_too() {
    let (record, mut run) = run("raft/leader-crash");
    run.seek_step(netsplit_sim::id::Step(40)).expect("it is longer");
    let text = text(|out| trace::write(&record, &*run, tell, out).expect("memory takes a trace"));
    assert_eq!(text.lines().count(), 41);
    assert_eq!(replayed(&text).expect("it is a trace").differs, None);
    assert_eq!(run.step().0, 40, "the cursor stays");
}

#[test]
fn a_changed_event_is_found_with_its_field_and_both_values() {
    let text = changed(
        "\"field\":\"role\",\"was\":\"follower\",\"is\":\"candidate\"",
        "\"field\":\"role\",\"was\":\"follower\",\"is\":\"leader\"",
    );
    let told = difference(&text);
    assert!(told.starts_with("step ") && told.contains("changed["), "{told}");
    assert!(told.ends_with(".is: recorded \"leader\", replayed \"candidate\""), "{told}");
}

#[test]
fn another_seed_in_the_first_line_gives_another_run() {
    let (record, _) = run("raft/first-election");
    let text = changed(&format!("\"seed\":\"{}\"", record.scenario.seed), "\"seed\":\"987\"");
    assert!(difference(&text).starts_with("step 1, "), "{}", difference(&text));
}

#[test]
fn a_missing_or_added_event_is_found() {
    let whole = trace_of("raft/first-election");
    let steps = whole.lines().count() - 1;
    let cut: Vec<&str> = whole.lines().take(steps).collect();
    assert_eq!(
        difference(&cut.join("\n")),
        format!("step {steps}, event: recorded the end, replayed an event")
    );
    let added = format!("{whole}{}\n", whole.lines().last().expect("it has lines"));
    let told = difference(&added);
    assert_eq!(told, format!("step {}, event: recorded an event, replayed the end", steps + 1));
}

#[test]
fn a_wrong_digest_is_found_though_every_event_agrees() {
    let whole = trace_of("raft/first-election");
    let at = whole.find("\"digest\":\"").expect("the first line has it") + 10;
    let other = if whole.as_bytes()[at] == b'0' { "1" } else { "0" };
    let text = format!("{}{other}{}", &whole[..at], &whole[at + 1..]);
    assert!(difference(&text).starts_with("the run's digest: recorded"), "{}", difference(&text));
}

#[test]
fn other_words_for_the_same_run_are_told_and_are_no_difference() {
    let text = changed("\"sentence\":\"", "\"sentence\":\"Once upon a time \u{2026} ");
    let found = replayed(&text).expect("it is a trace");
    assert_eq!(found.differs, None);
    assert!(found.reworded.expect("the words differ").recorded.contains("Once upon a time"));
}

#[test]
fn what_is_no_trace_is_refused_with_line_and_reason() {
    let refused = |text: &str| replayed(text).map(|_| ()).expect_err("it is no trace").to_string();
    assert!(refused("").starts_with("line 1: this is no JSON object"));
    assert!(refused("{}").contains("a trace begins with a line"));
    assert!(refused("{\"trace\":9}").contains("version 9"));
    assert!(refused("{\"trace\":1}").contains("`run`"));
    assert!(refused("{\"trace\":1,\"run\":{\"schema\":1}}").starts_with("line 1: "));
    let broken = changed("{\"step\":2,", "\"step\":2,");
    assert!(refused(&broken).starts_with("line 3: this is no JSON object"), "{}", refused(&broken));
}
