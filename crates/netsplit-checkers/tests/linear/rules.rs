//! How a history is read, rule by rule. Each story is told twice: as it is, and as one would read it who got the
//! rule wrong; the verdicts differ.

use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Time, Value};
use netsplit_checkers::model::Model;
use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::{Consistency, Verdict};

const DONE: Outcome = Outcome::Ok(None);

fn operation(process: u32, request: Request, called: u64, returned: Option<(u64, Outcome)>) -> Operation {
    let returned = returned.map(|(end, outcome)| (Time(end), outcome));
    Operation { process: Process(process), key: Key(0), request, called: Time(called), returned }
}

fn write(process: u32, value: i64, called: u64, returned: Option<(u64, Outcome)>) -> Operation {
    operation(process, Request::Write(Value::Number(value)), called, returned)
}

fn read(process: u32, value: Value, called: u64, end: u64) -> Operation {
    operation(process, Request::Read, called, Some((end, Outcome::Ok(Some(value)))))
}

fn verdict(model: Model, operations: Vec<Operation>) -> &'static str {
    let history = History::new(operations).expect("a history");
    judge(Consistency::Linearizable(model), &history, Budget::USUAL).name()
}

/// By zones, and by search.
fn check(operations: Vec<Operation>, expected: &str) {
    assert_eq!(verdict(Model::Register, operations.clone()), expected, "by zones");
    let mut searched = operations;
    searched.push(operation(99, Request::Read, 1000, Some((1001, Outcome::Ok(None)))));
    assert_eq!(verdict(Model::Register, searched), expected, "by search");
}

#[test]
fn an_info_may_have_happened() {
    let story = |outcome| vec![write(1, 1, 0, Some((10, outcome))), read(2, Value::Number(1), 20, 30)];
    check(story(Outcome::Info), "ok");
    check(story(Outcome::Fail), "violation");
}

#[test]
fn an_info_may_happen_long_after_its_timeout() {
    let story = |outcome| {
        vec![
            write(1, 1, 0, Some((10, outcome))),
            read(2, Value::Absent, 20, 30),
            read(2, Value::Number(1), 40, 50),
        ]
    };
    check(story(Outcome::Info), "ok");
    check(story(DONE), "violation");
}

#[test]
fn a_pending_operation_is_like_an_info() {
    let story = |seen| vec![write(1, 1, 0, None), read(2, seen, 20, 30)];
    check(story(Value::Absent), "ok");
    check(story(Value::Number(1)), "ok");
}

#[test]
fn an_info_does_not_happen_before_it_is_called() {
    check(vec![read(2, Value::Number(1), 0, 10), write(1, 1, 20, Some((30, Outcome::Info)))], "violation");
}

#[test]
fn a_failed_write_did_not_happen() {
    let story = |outcome| vec![write(1, 1, 0, Some((10, outcome))), read(2, Value::Absent, 20, 30)];
    check(story(Outcome::Fail), "ok");
    check(story(DONE), "violation");
}

#[test]
fn a_read_called_at_the_time_of_a_return_overlaps_it() {
    let story = |end| vec![write(1, 1, 0, Some((end, DONE))), read(2, Value::Absent, 10, 20)];
    check(story(10), "ok");
    check(story(9), "violation");
}

#[test]
fn a_process_goes_on_after_its_own_return_even_at_equal_times() {
    let story = |reader| vec![write(1, 1, 0, Some((10, DONE))), read(reader, Value::Absent, 10, 20)];
    check(story(1), "violation");
    check(story(2), "ok");
}

#[test]
fn two_processes_go_on_at_the_same_instant() {
    let story = |first, second| {
        vec![
            write(1, 1, 0, Some((10, DONE))),
            write(2, 2, 0, Some((10, DONE))),
            read(1, first, 10, 10),
            read(2, second, 10, 10),
        ]
    };
    check(story(Value::Number(1), Value::Number(2)), "ok");
    check(story(Value::Number(2), Value::Number(2)), "ok");
    check(story(Value::Number(2), Value::Number(1)), "violation");
    check(story(Value::Number(2), Value::Absent), "violation");
}

#[test]
fn a_read_of_unknown_answer_is_not_a_read_of_nothing() {
    let story = |answer| {
        vec![
            write(1, 1, 0, Some((10, DONE))),
            operation(2, Request::Read, 20, Some((30, Outcome::Ok(answer)))),
        ]
    };
    check(story(None), "ok");
    check(story(Some(Value::Absent)), "violation");
}

#[test]
fn new_then_old_is_a_violation_while_the_write_is_under_way() {
    let story = |first, second| {
        vec![
            write(1, 1, 0, Some((10, DONE))),
            write(1, 2, 20, None),
            read(2, Value::Number(first), 30, 40),
            read(3, Value::Number(second), 50, 60),
        ]
    };
    check(story(2, 1), "violation");
    check(story(1, 2), "ok");
}

#[test]
fn siblings_are_no_value_of_a_register() {
    let both = Value::Many([1, 2].into());
    check(vec![write(1, 1, 0, None), write(2, 2, 0, None), read(3, both, 20, 30)], "violation");
}

#[test]
fn a_missing_key_reads_as_the_empty_text() {
    let read = |value| vec![read(1, value, 0, 10)];
    assert_eq!(verdict(Model::KeyValue, read(Value::Text("".into()))), "ok");
    assert_eq!(verdict(Model::KeyValue, read(Value::Absent)), "ok");
    assert_eq!(verdict(Model::KeyValue, read(Value::Text("a".into()))), "violation");
}

#[test]
fn an_operation_that_the_object_does_not_have_was_never_answered() {
    let acquire = |outcome| vec![operation(1, Request::Acquire, 0, Some((10, outcome)))];
    assert_eq!(verdict(Model::Register, acquire(DONE)), "violation");
    assert_eq!(verdict(Model::Register, acquire(Outcome::Info)), "ok");
}

#[test]
fn nothing_is_ok() {
    check(Vec::new(), "ok");
}

#[test]
fn the_violation_that_was_first_is_shown_whatever_the_key() {
    let mut operations = Vec::new();
    for key in 0..4 {
        let times = [100, 40, 80, 60][key as usize];
        let at = |mut operation: Operation| {
            operation.key = Key(key);
            operation
        };
        operations.push(at(write(key, 1, 0, Some((10, DONE)))));
        operations.push(at(read(key, Value::Absent, 20, times)));
    }
    let history = History::new(operations).expect("a history");
    let Verdict::Violation(witness) =
        judge(Consistency::Linearizable(Model::Register), &history, Budget::USUAL)
    else {
        panic!("each key is violated");
    };
    assert_eq!((witness.stuck, witness.rows), (3, vec![2, 3]));
}

/// A set was read as holding 2, which was added at the very end, by a process that had just read what cannot be.
#[test]
fn a_proof_keeps_what_a_process_did_at_once_before() {
    let many = |elements: &[i64]| Value::Many(elements.into());
    let operations = vec![
        read(2, many(&[2]), 2, 5),
        read(2, many(&[2]), 5, 5),
        read(1, many(&[1]), 0, 5),
        operation(1, Request::Add(2), 5, None),
    ];
    let history = History::new(operations).expect("a history");
    let Verdict::Violation(witness) = judge(Consistency::Linearizable(Model::Set), &history, Budget::USUAL)
    else {
        panic!("nobody added 1");
    };
    let alone = witness.rows.iter().map(|row| history.operations()[*row].clone()).collect();
    assert_eq!(verdict(Model::Set, alone), "violation", "{witness:?}");
}
