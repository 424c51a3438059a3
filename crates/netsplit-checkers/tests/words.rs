//! The wording of verdicts: claims, and no more than is known.

use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Time, Value};
use netsplit_checkers::model::Model;
use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::Consistency;
use netsplit_checkers::words::{self, Names};

struct Plain;

impl Names for Plain {
    fn process(&self, process: Process) -> String {
        format!("c{}", process.0)
    }

    fn key(&self, _: Key) -> String {
        "x".to_owned()
    }

    fn time(&self, time: Time) -> String {
        format!("{}.{} s", time.0 / 10, time.0 % 10)
    }
}

fn operation(process: u32, request: Request, called: u64, returned: Option<(u64, Outcome)>) -> Operation {
    let returned = returned.map(|(end, outcome)| (Time(end), outcome));
    Operation { process: Process(process), key: Key(0), request, called: Time(called), returned }
}

fn write(process: u32, value: i64, called: u64, end: Option<u64>) -> Operation {
    operation(process, Request::Write(Value::Number(value)), called, end.map(|end| (end, Outcome::Ok(None))))
}

fn read(process: u32, value: Value, called: u64, end: u64) -> Operation {
    operation(process, Request::Read, called, Some((end, Outcome::Ok(Some(value)))))
}

fn said(model: Model, operations: Vec<Operation>, budget: Budget) -> String {
    let history = History::new(operations).expect("a history");
    let what = Consistency::Linearizable(model);
    words::verdict(&Plain, what, &history, &judge(what, &history, budget))
}

#[test]
fn no_violation_so_far_counts_what_was_answered_and_what_was_not() {
    let answered = vec![write(1, 3, 0, Some(12)), read(2, Value::Number(3), 13, 19)];
    let open = [answered.clone(), vec![write(3, 4, 15, None)]].concat();
    assert_eq!(
        said(Model::Register, answered, Budget::USUAL),
        "No linearizability violation so far: 2 answered"
    );
    assert_eq!(
        said(Model::Register, open, Budget::USUAL),
        "No linearizability violation so far: 2 answered, 1 unanswered (may or may not have happened)"
    );
}

#[test]
fn nothing_answered_is_nothing_to_judge() {
    assert_eq!(said(Model::Register, Vec::new(), Budget::USUAL), "nothing to judge yet");
    assert_eq!(said(Model::Register, vec![write(1, 3, 0, None)], Budget::USUAL), "nothing to judge yet");
}

#[test]
fn a_stale_read_is_told_with_what_it_missed() {
    let stale = vec![write(1, 3, 0, Some(12)), read(2, Value::Absent, 15, 19)];
    let sentence = said(Model::Register, stale, Budget::USUAL);
    assert!(
        sentence.starts_with(
            "Linearizability violated: c2's read of x returned nothing at 1.9 s, though c1's write of 3"
        ),
        "{sentence}"
    );
    assert!(sentence.ends_with("had ended at 1.2 s"), "{sentence}");
}

#[test]
fn a_value_from_nowhere_is_told_as_such() {
    let nowhere = vec![read(2, Value::Number(7), 15, 19)];
    assert_eq!(
        said(Model::Register, nowhere, Budget::USUAL),
        "Linearizability violated: c2's read of x returned 7 at 1.9 s, which nobody had written"
    );
}

#[test]
fn a_spent_search_says_how_much_it_spent() {
    let queue = |nth: u32| {
        operation(nth, Request::Enqueue(Value::Number(i64::from(nth))), 0, Some((9, Outcome::Ok(None))))
    };
    let mut rows: Vec<Operation> = (0..12).map(queue).collect();
    let taken = |nth: u32| Some((11, Outcome::Ok(Some(Value::Number(i64::from(nth) % 2 + 100)))));
    rows.extend((20..24).map(|nth| operation(nth, Request::Dequeue, 10, taken(nth))));
    assert_eq!(said(Model::Queue, rows, Budget(2_000)), "unknown: search stopped after 2,000 steps");
}

#[test]
fn a_search_under_way_says_how_far_it_looks() {
    assert_eq!(words::checking(&Plain, Time(11)), "checking up to 1.1 s");
}
