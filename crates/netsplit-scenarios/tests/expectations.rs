//! Every kind of expectation can be met and can be missed, and then says what was found.

use netsplit_scenarios::expect::check;
use netsplit_scenarios::gallery::find;
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::RunRecord;

/// The minority leader, with one expectation written as in a document.
fn with_expectation(expectation: &str) -> RunRecord {
    let mut record = find("raft/minority-leader").expect("it is there").record().expect("it opens");
    let document = format!(r#"{{"clients": [{{}}, {{}}], "expect": [{expectation}]}}"#);
    record.expect = RunRecord::from_json(&document).expect("a known expectation").expect;
    record
}

fn is_met(expectation: &str) {
    assert_eq!(check(&with_expectation(expectation)), Ok(()), "{expectation}");
}

fn is_missed(expectation: &str, found: &str) {
    let unmet = check(&with_expectation(expectation)).expect_err(expectation);
    assert!(unmet.len() == 1 && unmet[0].found.contains(found), "{expectation}: {unmet:?}");
}

#[test]
fn marks_are_counted_by_kind_place_and_time() {
    is_met(r#"{"mark": {"kind": "election", "at_least": 2, "at_most": 2}}"#);
    is_met(r#"{"mark": {"kind": "election", "node": "n3", "after": 1000000000}}"#);
    is_missed(r#"{"mark": {"kind": "election", "node": "n4"}}"#, "0");
    is_missed(r#"{"mark": {"kind": "election", "at_most": 1}}"#, "2");
    is_missed(r#"{"mark": {"kind": "election", "by": 100000000}}"#, "0");
    is_missed(r#"{"mark": {"kind": "violation"}}"#, "0");
}

#[test]
fn fields_are_read_at_a_time_or_at_the_end() {
    is_met(r#"{"field": {"node": "n1", "name": "role", "is": "leader", "at": 3700000000}}"#);
    is_met(r#"{"field": {"node": "n1", "name": "status", "is": "up"}}"#);
    is_met(r#"{"field": {"node": "c1", "name": "role", "is": "client"}}"#);
    is_missed(r#"{"field": {"node": "n1", "name": "role", "is": "leader"}}"#, "follower");
    is_missed(r#"{"field": {"node": "n1", "name": "current_term", "is": "7"}}"#, "2");
    is_missed(r#"{"field": {"node": "n1", "name": "curent_term", "is": "2"}}"#, "no field curent_term");
    is_missed(r#"{"field": {"node": "c1", "name": "log.labels", "is": "A"}}"#, "no log");
}

#[test]
fn operations_are_found_by_client_and_number() {
    is_met(r#"{"op": {"client": "c1", "n": 2, "outcome": "info"}}"#);
    is_met(r#"{"op": {"client": "c1", "n": 3, "outcome": {"ok": 4}}}"#);
    is_missed(r#"{"op": {"client": "c1", "n": 3, "outcome": {"ok": 5}}}"#, "Ok(Number(4))");
    is_missed(r#"{"op": {"client": "c1", "n": 3, "outcome": {"ok": null}}}"#, "Ok(Number(4))");
    is_missed(r#"{"op": {"client": "c1", "n": 2, "outcome": "ok"}}"#, "Info at 2.600 s");
    is_missed(r#"{"op": {"client": "c1", "n": 1, "outcome": "pending"}}"#, "Ok(Number(1))");
    is_missed(r#"{"op": {"client": "c1", "n": 9, "outcome": "ok"}}"#, "no such operation");
}

#[test]
fn properties_faults_and_digests_are_compared() {
    is_met(r#"{"property": {"name": "election-safety", "holds": true}}"#);
    is_missed(r#"{"property": {"name": "election-safety", "holds": false}}"#, "never broken");
    is_missed(
        r#"{"property": {"name": "election-speed", "holds": true}}"#,
        "no property “election-speed” of Raft",
    );
    is_met(r#"{"faults": {"at_most": 2}}"#);
    is_missed(r#"{"faults": {"at_most": 1}}"#, "2");
    is_missed(r#"{"digest": "0000000000000000"}"#, "");
}

#[test]
fn what_servers_show_together_is_counted_at_one_moment() {
    let leaders = |rest: &str| format!(r#"{{"together": {{"name": "role", "is": "leader", {rest}}}}}"#);
    is_met(&leaders(r#""at_least": 2, "differ": "badge", "at": 3700000000"#));
    is_met(&leaders(r#""at_most": 1"#));
    is_missed(&leaders(r#""at_least": 2"#), "1");
    is_missed(&leaders(r#""at_least": 3, "at": 3700000000"#), "2");
    is_missed(r#"{"together": {"name": "status", "is": "up", "at_least": 2, "differ": "status"}}"#, "1");
}

#[test]
fn rules_and_operations_are_counted() {
    is_met(r#"{"rule": {"name": "delete-conflict", "node": "n1"}}"#);
    is_missed(r#"{"rule": {"name": "delete-conflict", "node": "n3"}}"#, "0");
    is_missed(r#"{"rule": {"name": "delete-conflicts"}}"#, "no rule “delete-conflicts” of Raft");
    is_met(r#"{"ops": {"outcome": "ok", "at_least": 5, "at_most": 5}}"#);
    is_met(r#"{"ops": {"client": "c1", "outcome": "info", "after": 1000000000, "by": 2000000000}}"#);
    is_missed(r#"{"ops": {"client": "c2", "outcome": "info"}}"#, "0");
}

#[test]
fn none_of_several_is_the_opposite_of_any() {
    let (true_one, false_one) = (r#"{"faults": {"at_most": 2}}"#, r#"{"faults": {"at_most": 1}}"#);
    is_met(&format!(r#"{{"none": [{false_one}, {false_one}]}}"#));
    is_missed(&format!(r#"{{"none": [{false_one}, {true_one}]}}"#), "1 of them");
}

#[test]
fn lost_writes_are_counted_once_replicas_agree() {
    let losing = |expectation: &str| {
        let mut record = find("register/ap-last-ticket").expect("it is there").record().expect("it opens");
        let clients = vec!["{}"; record.scenario.clients.len()].join(", ");
        let document = format!(r#"{{"clients": [{clients}], "expect": [{expectation}]}}"#);
        record.expect = RunRecord::from_json(&document).expect("a known expectation").expect;
        check(&record)
    };
    assert!(losing(r#"{"lost": {"at_least": 1000}}"#).is_err());
    let unsettled = with_expectation(r#"{"lost": {"at_least": 1}}"#);
    assert!(check(&unsettled).is_err(), "nothing is lost behind a majority");
}

#[test]
fn expectations_combine() {
    let (true_one, false_one) = (r#"{"faults": {"at_most": 2}}"#, r#"{"faults": {"at_most": 1}}"#);
    is_met(&format!(r#"{{"all": [{true_one}, {true_one}]}}"#));
    is_met(&format!(r#"{{"any": [{false_one}, {true_one}]}}"#));
    is_missed(&format!(r#"{{"all": [{true_one}, {false_one}]}}"#), "found 2");
    is_missed(&format!(r#"{{"any": [{false_one}, {false_one}]}}"#), "found 2; expected");
}

#[test]
fn a_broken_property_is_told_with_its_moment() {
    let mut record = find("raft/amnesia-vote").expect("it is there").record().expect("it opens");
    let document = r#"{"expect": [{"property": {"name": "election-safety", "holds": true}}]}"#;
    record.expect = RunRecord::from_json(document).expect("a known expectation").expect;
    let unmet = check(&record).expect_err("two leaders");
    assert!(unmet[0].found.starts_with("broken at 0.9"), "{unmet:?}");
}

#[test]
fn a_record_edited_beyond_the_limits_does_not_open() {
    let refused = |edit: fn(&mut RunRecord)| {
        let mut record = with_expectation(r#"{"faults": {"at_most": 2}}"#);
        edit(&mut record);
        let unmet = check(&record).expect_err("it cannot run");
        assert!(open(&record).is_err());
        unmet[0].to_string()
    };
    assert!(
        refused(|record| record.scenario.nodes = 0).contains("nodes must be a whole number from 1 to 100")
    );
    assert!(refused(|record| record.scenario.nodes = 2).contains("n3 is not in this run"));
    assert!(
        refused(|record| record.scenario.network.link.loss_ppm = 1_000_001).contains("network.link.loss")
    );
    assert!(refused(|record| record.scenario.flaws.extend(["x".into()])).contains("no flaw “x”"));
}
