//! Sequential consistency.

use std::sync::Arc;

use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Row, Time, Value};
use netsplit_checkers::model::{Model, State};
use netsplit_checkers::search::{Budget, Search, begin, judge};
use netsplit_checkers::sequential::SequentialSearch;
use netsplit_checkers::verdict::{Consistency, Reason, Verdict};
use proptest::prelude::*;
use std::collections::BTreeMap;

use crate::brute;
use crate::notation::{assert_is_proof, check, history, verdict};
use crate::random::{Shape, histories};

const SEQUENTIAL: Consistency = Consistency::Sequential(Model::CasRegister);
const LINEARIZABLE: Consistency = Consistency::Linearizable(Model::CasRegister);
const OK: &str = "ok";
const BAD: &str = "violation";

#[test]
fn a_stale_read_is_sequential_though_not_linearizable() {
    let text = "a w x 1; b r x -";
    check(SEQUENTIAL, text, OK);
    check(LINEARIZABLE, text, BAD);
}

#[test]
fn each_key_alone_may_be_sequential_and_both_together_not() {
    let text = "a w x 1; b w y 2; a r y -; b r x -";
    check(SEQUENTIAL, text, BAD);
    check(SEQUENTIAL, "a w x 1; b r x -", OK);
    check(SEQUENTIAL, "b w y 2; a r y -", OK);
    check(Consistency::Causal, text, OK);
    let found = verdict(SEQUENTIAL, text);
    let witness = found.witness().expect("a violation");
    assert_eq!((witness.stuck, &witness.rows[..]), (3, &[0, 1, 2, 3][..]));
    assert_is_proof(SEQUENTIAL, &history(text), witness);
}

#[test]
fn processes_that_disagree_about_concurrent_writes_are_causal_but_not_sequential() {
    let text = "a w x 1; b w x 2; c r x 1; c r x 2; d r x 2; d r x 1";
    check(SEQUENTIAL, text, BAD);
    check(Consistency::Causal, text, OK);
}

#[test]
fn the_order_that_explains_everything_is_shown() {
    let found = verdict(SEQUENTIAL, "a w x 1; b r x -; b r x 1; c w x 2 info; b r x 2");
    assert_eq!(found.order().0, [1, 0, 2, 3, 4]);
}

#[test]
fn a_write_of_unknown_outcome_may_take_effect_at_any_time_or_never() {
    check(SEQUENTIAL, "a w x 1 info; b r x -; b r x 1", OK);
    check(SEQUENTIAL, "a w x 1 info; b r x -; b r x -", OK);
    check(SEQUENTIAL, "a w x 1 info; b r x 1; b r x -", BAD);
    check(SEQUENTIAL, "a w x 1 fail; b r x 1", BAD);
}

#[test]
fn a_compare_and_set_found_what_it_expected() {
    check(SEQUENTIAL, "a w x 1; b c x 1 2; c r x 2; c r x 1", BAD);
    check(SEQUENTIAL, "a w x 1; b c x 1 2; c c x 1 3", BAD);
    check(SEQUENTIAL, "a w x 1; b c x 1 2 info; c c x 1 3", OK);
    check(Consistency::Causal, "a w x 1; b c x 1 2; c c x 1 3", OK);
}

#[test]
fn a_proof_leaves_out_what_it_does_not_need() {
    let noise: String = (10..40).map(|n| format!("e w z {n}; f r z {n}; ")).collect();
    let text = format!("{noise}a w x 1; b r x 1; b r x -; c r x 1");
    let found = verdict(SEQUENTIAL, &text);
    let witness = found.witness().expect("a violation");
    assert_eq!((witness.stuck, &witness.rows[..]), (62, &[60, 61, 62][..]));
    assert!(matches!(witness.reasons[0], Reason::Missed { read: 62, missed: 60, .. }));
}

#[test]
fn values_written_twice_are_searched_for_an_explanation() {
    check(SEQUENTIAL, "a w x 1; b w x 2; a w x 1; c r x 1; c r x 2; c r x 1", OK);
    let text = "a w x 1; b w x 2; a w x 1; c r x 1; c r x 2; c r x 1; c r x 2";
    check(SEQUENTIAL, text, BAD);
    let found = verdict(SEQUENTIAL, text);
    assert_is_proof(SEQUENTIAL, &history(text), found.witness().expect("a violation"));
}

#[test]
fn a_spent_budget_says_unknown_and_shows_how_far_it_got() {
    let text: String = (0..12).map(|n| format!("{} w x {}; ", char::from(b'a' + n), n % 3)).collect();
    let history = history(&format!(
        "{text} m r x 0; m r x 1; m r x 0; m r x 1; m r x 0; m r x 1; m r x 0; m r x 1; m r x 0; m r x 1"
    ));
    let Verdict::Unknown(spent) = judge(SEQUENTIAL, &history, Budget(20)) else {
        panic!("20 steps are too few")
    };
    assert!(spent.steps >= 20 && spent.steps < 60, "{}", spent.steps);
    assert!(!spent.best.0.is_empty());
}

#[test]
fn slices_of_any_size_lead_to_the_same_verdict() {
    for text in ["a w x 1; b w y 2; a r y -; b r x -", "a w x 1; b w x 2; a w x 1; c r x 1; c r x 2; c r x 1"]
    {
        let whole = verdict(SEQUENTIAL, text);
        for slice in [1, 3, 1_000] {
            let mut search = begin(SEQUENTIAL, Arc::new(history(text)), Budget::USUAL);
            let sliced = std::iter::repeat_with(|| search.run(slice)).flatten().next();
            assert_eq!(sliced.as_ref(), Some(&whole));
        }
    }
}

/// Takes the order at its word: it must keep processes, explain all answers and leave out nothing answered.
fn assert_explains(model: Model, history: &History, order: &[Row]) {
    let operations = history.operations();
    let mut states = BTreeMap::<Key, State>::new();
    for (at, row) in order.iter().enumerate() {
        let earlier = |other: &Row| operations[*other].process == operations[*row].process && other > row;
        assert!(!order[..at].iter().any(earlier));
        let operation = &operations[*row];
        let answer = match &operation.returned {
            Some((_, Outcome::Ok(answer))) => answer.as_ref(),
            Some((_, Outcome::Fail)) => panic!("{row} failed"),
            _ => None,
        };
        let state = states.remove(&operation.key).unwrap_or(State::initial(model));
        states.insert(operation.key, state.after(&operation.request, answer).expect("it fits"));
    }
    let answered = |row: &Row| match &operations[*row].returned {
        Some((_, Outcome::Ok(answer))) => operations[*row].request != Request::Read || answer.is_some(),
        _ => false,
    };
    assert!((0..operations.len()).filter(answered).all(|row| order.contains(&row)));
}

fn agrees_with_the_definition(model: Model, history: &History) -> Result<(), TestCaseError> {
    let what = Consistency::Sequential(model);
    let found = judge(what, history, Budget::USUAL);
    let expected = if brute::sequential(model, history) { OK } else { BAD };
    prop_assert_eq!(found.name(), expected, "{:?}", history);
    match found {
        Verdict::Ok(order) => assert_explains(model, history, &order.0),
        Verdict::Violation(witness) => assert_is_proof(what, history, &witness),
        Verdict::Unknown(_) => {}
    }
    Ok(())
}

/// Small histories of one process after another, of requests that the model has and answers that may be right.
fn of_model(model: Model) -> impl Strategy<Value = History> {
    let draw = (0..3_u32, 0..2_u32, 0..4_i64, 0..4_i64, 0..10_u32);
    prop::collection::vec(draw, 1..8).prop_map(move |draws| {
        let mut ended = [false; 3];
        let mut operations = Vec::new();
        for (at, (process, key, kind, number, fate)) in (0..).step_by(10).zip(draws) {
            let gone = &mut ended[process as usize];
            if std::mem::replace(gone, *gone || fate == 0) {
                continue;
            }
            let (request, answer) = request(model, kind, number);
            let outcome = match fate {
                0 => Outcome::Info,
                1 => Outcome::Fail,
                _ => Outcome::Ok(answer),
            };
            let (process, key, called) = (Process(process), Key(key), Time(at));
            operations.push(Operation {
                process,
                key,
                request,
                called,
                returned: Some((Time(at + 9), outcome)),
            });
        }
        History::new(operations).expect("a history")
    })
}

fn request(model: Model, kind: i64, number: i64) -> (Request, Option<Value>) {
    let value = if number == 0 { Value::Absent } else { Value::Number(number) };
    let text = |length: i64| "ab".chars().cycle().take(length.unsigned_abs() as usize).collect::<String>();
    match (model, kind) {
        (Model::Queue, 0 | 1) => (Request::Enqueue(Value::Number(number)), None),
        (Model::Queue, _) => (Request::Dequeue, Some(value)),
        (Model::Mutex, 0 | 1) => (Request::Acquire, None),
        (Model::Mutex, _) => (Request::Release, None),
        (Model::KeyValue, 0) => (Request::Write(Value::Text(text(number).into())), None),
        (Model::KeyValue, 1) => (Request::Append("a".into()), None),
        (Model::KeyValue, _) => (Request::Read, Some(Value::Text(text(number).into()))),
        (Model::Counter, 0 | 1) => (Request::Add(number - 1), None),
        (Model::Set, 0) => (Request::Add(number), None),
        (Model::Set, 1) => (Request::Remove(number), None),
        (Model::Set, _) => (Request::Read, Some(Value::Many((0..number).collect()))),
        (Model::CasRegister, 1) => (Request::Cas { expected: value, new: Value::Number(number % 2) }, None),
        (Model::Register | Model::CasRegister, 0 | 1) => (Request::Write(value), None),
        _ => (Request::Read, Some(value)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn registers_with_distinct_writes_are_judged_as_by_trying_everything(
        history in histories(Shape { processes: 3, keys: 2, operations: 8, siblings: false }),
    ) {
        agrees_with_the_definition(Model::CasRegister, &history)?;
    }

    #[test]
    fn every_model_is_judged_as_by_trying_everything(
        (model, history) in prop::sample::select(&Model::ALL[..]).prop_flat_map(|it| (Just(it), of_model(it))),
    ) {
        agrees_with_the_definition(model, &history)?;
    }

    #[test]
    fn sequential_implies_causal_and_both_kinds_of_it(
        history in histories(Shape { processes: 3, keys: 2, operations: 12, siblings: false }),
    ) {
        let mut search = SequentialSearch::new(Model::CasRegister, Arc::new(history.clone()), Budget::USUAL);
        if search.run(u64::MAX).expect("an answer").name() == OK {
            prop_assert_eq!(judge(Consistency::Causal, &history, Budget::USUAL).name(), OK);
        }
    }

    #[test]
    fn linearizable_implies_sequential(
        history in histories(Shape { processes: 3, keys: 2, operations: 12, siblings: false }),
    ) {
        if judge(LINEARIZABLE, &history, Budget::USUAL).name() == OK {
            prop_assert_eq!(judge(SEQUENTIAL, &history, Budget::USUAL).name(), OK);
        }
    }
}
