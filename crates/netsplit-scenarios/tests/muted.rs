//! Entries of the script that are left out of the run for a while.

use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::{Entry, RunRecord};
use netsplit_sim::id::NodeId;
use netsplit_sim::intervention::{CrashKind, Intervention, Scheduled};
use netsplit_sim::time::SimTime;

fn crash(millis: u64, node: u16) -> Entry {
    let what = Intervention::Crash(NodeId::server(node), CrashKind::KeepWritten);
    Scheduled { at: SimTime::from_millis(millis), rank: 0, what }.into()
}

fn muted(entry: Entry) -> Entry {
    Entry { muted: true, ..entry }
}

fn record(script: Vec<Entry>) -> RunRecord {
    RunRecord { script, ..RunRecord::from_json("{}").expect("an empty document is all defaults") }
}

fn digest(record: &RunRecord) -> String {
    let mut run = open(record).expect("it opens");
    run.seek(SimTime::from_millis(900)).expect("it runs");
    run.digest().to_string()
}

#[test]
fn what_is_muted_is_not_done() {
    let without = digest(&record(vec![]));
    assert_eq!(digest(&record(vec![muted(crash(300, 0))])), without);
    assert_ne!(digest(&record(vec![crash(300, 0)])), without);
}

#[test]
fn a_document_that_says_nothing_of_it_has_nothing_muted_and_a_short_one_does_not_mention_it() {
    let old = r#"{"script": [{"at": 300000000, "do": {"crash": "n1"}}]}"#;
    assert_eq!(RunRecord::from_json(old).expect("it opens").script, [crash(300, 0)]);
    let new = r#"{"script": [{"at": 300000000, "do": {"crash": "n1"}, "muted": true}]}"#;
    assert_eq!(RunRecord::from_json(new).expect("it opens").script, [muted(crash(300, 0))]);
}

#[test]
fn numbers_of_the_kernel_and_places_in_the_script_translate_both_ways() {
    let record = record(vec![muted(crash(1, 0)), crash(2, 1), muted(crash(3, 2)), crash(4, 3)]);
    assert_eq!([0, 1, 2].map(|number| record.position_of(number)), [Some(1), Some(3), None]);
    assert_eq!([0, 1, 2, 3, 4].map(|place| record.number_of(place)), [None, Some(0), None, Some(1), None]);
}

#[test]
fn following_a_run_drops_what_was_discarded_and_keeps_what_is_muted() {
    let mut record = record(vec![crash(1, 0), muted(crash(2, 1)), crash(3, 2), muted(crash(9, 3))]);
    let done = [crash(1, 0).scheduled(), crash(5, 4).scheduled()];
    record.follow(&done, None);
    assert_eq!(record.script, [crash(1, 0), muted(crash(2, 1)), crash(5, 4), muted(crash(9, 3))]);
}
