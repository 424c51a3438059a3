//! What is left in the end, who lost what, and who was answered at all.

use std::collections::BTreeMap;

use netsplit_checkers::availability::{Availability, Received};
use netsplit_checkers::convergence::{Agreement, Replica};
use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Row, Time, Value};
use netsplit_checkers::lost::{Count, Fate, Finals, fates, sentence};
use netsplit_checkers::measures::Span;
use netsplit_checkers::verdict::Order;
use netsplit_checkers::words::Names;

struct Letters;

impl Names for Letters {
    fn process(&self, process: Process) -> String {
        format!("c{}", process.0)
    }
    fn key(&self, _: Key) -> String {
        "x".to_owned()
    }
    fn time(&self, time: Time) -> String {
        format!("{} ms", time.0)
    }
}

fn row(process: u32, request: Request, called: u64, returned: Option<(u64, Outcome)>) -> Operation {
    let returned = returned.map(|(at, outcome)| (Time(at), outcome));
    Operation { process: Process(process), key: Key(0), request, called: Time(called), returned }
}

fn write(process: u32, value: i64, called: u64, returned: u64) -> Operation {
    row(process, Request::Write(Value::Number(value)), called, Some((returned, Outcome::Ok(None))))
}

fn read(process: u32, value: Value, called: u64, returned: u64) -> Operation {
    row(process, Request::Read, called, Some((returned, Outcome::Ok(Some(value)))))
}

fn history(operations: Vec<Operation>) -> History {
    History::new(operations).expect("a history")
}

fn replica(value: Value) -> Replica {
    BTreeMap::from([(Key(0), value)])
}

/// The fates of the acknowledged writes if every replica holds `held` in the end.
fn fates_of(operations: Vec<Operation>, held: Value) -> Vec<(Row, Fate)> {
    let history = history(operations);
    fates(&history, &Finals::of_replicas(&history, &[replica(held)]), None)
}

#[test]
fn replicas_that_hold_the_same_are_equal_and_a_missing_key_is_absent() {
    let one = BTreeMap::from([(Key(0), Value::Number(1)), (Key(1), Value::Absent)]);
    assert_eq!(Agreement::of(&[one, replica(Value::Number(1))]), Agreement::Equal);
    assert_eq!(Agreement::of(&[]), Agreement::Equal);
    assert_eq!(Agreement::Equal.sentence(3), "replicas equal now");
}

#[test]
fn replicas_that_differ_say_on_how_many_keys() {
    let one = BTreeMap::from([(Key(0), Value::Number(1)), (Key(2), Value::Number(5))]);
    let two = BTreeMap::from([(Key(0), Value::Number(1)), (Key(1), Value::Number(2))]);
    let agreement = Agreement::of(&[one.clone(), one, two]);
    assert_eq!(agreement, Agreement::Differ([Key(1), Key(2)].into()));
    assert_eq!(agreement.sentence(4), "differ on 2 keys, 4 messages under way");
    let one_key = Agreement::of(&[replica(Value::Number(1)), replica(Value::Absent)]);
    assert_eq!(one_key.sentence(0), "differ on 1 key, no message under way");
}

#[test]
fn a_write_that_a_later_one_replaced_is_superseded() {
    let operations = vec![write(0, 1, 0, 10), write(1, 2, 20, 30)];
    assert_eq!(fates_of(operations, Value::Number(2)), [(0, Fate::Superseded { by: 1 }), (1, Fate::Stands)]);
}

#[test]
fn of_two_concurrent_acknowledged_writes_one_loses_a_tie() {
    let operations = vec![write(0, 1, 0, 10), write(1, 2, 5, 12)];
    assert_eq!(fates_of(operations, Value::Number(1)), [(0, Fate::Stands), (1, Fate::LostATie { to: 0 })]);
    let at_equal_times = vec![write(0, 1, 0, 10), write(1, 2, 10, 20)];
    assert_eq!(fates_of(at_equal_times, Value::Number(1))[1], (1, Fate::LostATie { to: 0 }));
}

#[test]
fn a_later_write_that_an_earlier_one_outlives_is_lost() {
    let operations = vec![write(0, 1, 0, 10), write(1, 2, 20, 30)];
    let fates = fates_of(operations.clone(), Value::Number(1));
    assert_eq!(fates, [(0, Fate::Stands), (1, Fate::Lost { stands: Some(0) })]);
    assert_eq!(
        sentence(&Letters, &history(operations), 1, fates[1].1),
        "c1's write of 2 to x was acknowledged and is lost: c0's write of 1 to x, which is no later, stands"
    );
}

#[test]
fn a_write_that_left_nothing_behind_is_lost() {
    let operations = vec![write(0, 1, 0, 10)];
    assert_eq!(fates_of(operations, Value::Absent), [(0, Fate::Lost { stands: None })]);
}

#[test]
fn what_a_write_replaced_is_superseded_even_if_that_write_is_lost() {
    let operations = vec![write(0, 1, 0, 10), write(1, 2, 20, 30), write(2, 3, 40, 50)];
    let expected = [(0, Fate::Stands), (1, Fate::Superseded { by: 2 }), (2, Fate::Lost { stands: Some(0) })];
    assert_eq!(fates_of(operations, Value::Number(1)), expected);
}

#[test]
fn a_concurrent_write_that_had_seen_the_other_supersedes_it() {
    // c1's write begins before c0 hears of its own, but c1 had read that value already.
    let operations = vec![write(0, 1, 0, 100), read(1, Value::Number(1), 10, 20), write(1, 2, 30, 40)];
    assert_eq!(fates_of(operations, Value::Number(2)), [(0, Fate::Superseded { by: 2 }), (2, Fate::Stands)]);
}

#[test]
fn siblings_all_stand_and_so_does_what_only_one_replica_holds() {
    let operations = || vec![write(0, 1, 0, 10), write(1, 2, 5, 12)];
    let both = [(0, Fate::Stands), (1, Fate::Stands)];
    assert_eq!(fates_of(operations(), Value::Many([1, 2].into())), both);
    let history = history(operations());
    let replicas = [replica(Value::Number(1)), replica(Value::Number(2))];
    assert_eq!(fates(&history, &Finals::of_replicas(&history, &replicas), None), both);
}

#[test]
fn a_tie_that_the_order_of_the_store_gives_to_the_other_is_no_tie() {
    let history = history(vec![write(0, 1, 0, 10), write(1, 2, 5, 12)]);
    let finals = Finals::of_replicas(&history, &[replica(Value::Number(1))]);
    let by = |order: Vec<Row>| fates(&history, &finals, Some(&Order(order)))[1].1;
    assert_eq!(by(vec![1, 0]), Fate::LostATie { to: 0 });
    assert_eq!(by(vec![0, 1]), Fate::Lost { stands: Some(0) });
}

#[test]
fn a_write_of_unknown_outcome_is_no_loss_but_may_supersede() {
    let info = row(1, Request::Write(Value::Number(2)), 20, Some((30, Outcome::Info)));
    let operations = vec![write(0, 1, 0, 10), info];
    assert_eq!(fates_of(operations.clone(), Value::Number(2)), [(0, Fate::Superseded { by: 1 })]);
    assert_eq!(fates_of(operations, Value::Absent), [(0, Fate::Lost { stands: None })]);
}

#[test]
fn last_reads_tell_what_stands_only_once_all_writes_have_ended() {
    let mut operations = vec![write(0, 1, 0, 10), write(1, 2, 20, 30), read(2, Value::Number(2), 25, 35)];
    assert_eq!(Finals::of_last_reads(&history(operations.clone())), Finals::default());
    operations.push(read(2, Value::Number(1), 40, 50));
    let told = history(operations.clone());
    let fates = fates(&told, &Finals::of_last_reads(&told), None);
    assert_eq!(fates[1], (1, Fate::Lost { stands: Some(0) }));
    operations.push(row(3, Request::Write(Value::Number(9)), 5, None));
    assert_eq!(Finals::of_last_reads(&history(operations)), Finals::default());
}

#[test]
fn losses_are_counted_in_words_and_add_up() {
    let operations = vec![write(0, 1, 0, 10), write(1, 2, 20, 30), write(2, 3, 25, 35)];
    let mut count = Count::of(&fates_of(operations, Value::Number(2)));
    assert_eq!(count.sentence(), "3 acknowledged writes: 1 stands, 1 superseded, 1 lost a tie, 0 lost");
    count.merge(&Count { lost: 2, ..Count::default() });
    assert_eq!((count.lost, count.stand), (2, 1));
}

fn availability(operations: Vec<Operation>, by: u64, hopeless: bool) -> (Availability, String) {
    let history = history(operations);
    let received = |row: Row| history.operations()[row].called.0.checked_add(1).map(Time);
    let found = Availability::of(&Received::of(&history, Time(by), received), Time(by), hopeless);
    (found, found.sentence(&Letters, &history))
}

#[test]
fn an_error_refutes_availability_at_once() {
    let refused = row(0, Request::Read, 10, Some((15, Outcome::Fail)));
    let (found, said) = availability(vec![write(1, 1, 0, 5), refused], 20, false);
    assert_eq!(found, Availability::Refused { row: 1, at: Time(15) });
    assert!(found.is_refuted());
    assert_eq!(
        said,
        "Not available in the sense of CAP: c0's read of x was received by a live node and refused at 15 ms"
    );
}

#[test]
fn silence_refutes_only_if_nothing_can_end_it() {
    let silent = || vec![write(1, 1, 0, 5), row(0, Request::Read, 10, Some((50, Outcome::Info)))];
    let (found, said) = availability(silent(), 111, false);
    assert_eq!(found, Availability::Silent { row: 1, waits: Span(100) });
    assert!(!found.is_refuted());
    assert_eq!(said, "No answer to c0's read of x for 100 ms; silence refutes nothing yet");
    let (found, _) = availability(silent(), 111, true);
    assert_eq!(found, Availability::Never { row: 1, waits: Span(100) });
    assert!(found.is_refuted());
}

#[test]
fn a_request_that_no_live_node_received_counts_for_nothing() {
    let history = history(vec![row(0, Request::Read, 10, Some((15, Outcome::Fail)))]);
    let found = Availability::of(&Received::of(&history, Time(20), |_| None), Time(20), false);
    assert_eq!(found, Availability::Nothing);
    let late = Received::of(&history, Time(20), |_| Some(Time(21)));
    assert_eq!(Availability::of(&late, Time(20), false), Availability::Nothing);
}

#[test]
fn answers_never_confirm_availability_but_so_far() {
    let cas = Request::Cas { expected: Value::Absent, new: Value::Number(1) };
    let compared = row(0, cas, 10, Some((15, Outcome::Fail)));
    let (found, said) = availability(vec![write(1, 1, 0, 5), compared], 20, true);
    assert_eq!(found, Availability::Answered { requests: 2 });
    assert_eq!(said, "Each of 2 requests that live nodes received was answered so far");
}
