//! Every model, on small histories: the verdict is that of the enumeration, an order explains, a witness proves.

use netsplit_checkers::history::{History, Operation, Outcome};
use netsplit_checkers::model::Model;
use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::{Consistency, Order, Verdict, Witness};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::brute;
use crate::small::{history, sketches};

const PLENTY: Budget = Budget(1_000_000);

fn check(model: Model, cases: u32) {
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let mut seen = [0, 0];
    let outcome = runner.run(&sketches(model, 7, 1), |sketches| {
        let history = history(model, &sketches);
        let expected = brute::explainable(model, history.operations());
        match judge(Consistency::Linearizable(model), &history, PLENTY) {
            Verdict::Ok(order) if expected => explains(model, &history, &order),
            Verdict::Violation(witness) if !expected => proves(model, &history, &witness),
            other => {
                let message = format!("{other:?}, but explainable: {expected}: {:#?}", history.operations());
                Err(TestCaseError::fail(message))
            }
        }
    });
    if let Err(error) = outcome {
        panic!("{}: {error}", model.name());
    }
    let mut count = TestRunner::deterministic();
    for _ in 0..cases {
        let tree = proptest::strategy::Strategy::new_tree(&sketches(model, 7, 1), &mut count)
            .expect("sketches are never refused");
        let history = history(model, &proptest::strategy::ValueTree::current(&tree));
        seen[usize::from(brute::explainable(model, history.operations()))] += 1;
    }
    assert!(seen[0] * 20 > cases && seen[1] * 20 > cases, "both verdicts occur often: {seen:?}");
}

/// The order breaks no rule and has all that was answered.
fn explains(model: Model, history: &History, order: &Order) -> Result<(), TestCaseError> {
    let rows = history.operations();
    let order: Vec<&Operation> = order.0.iter().map(|row| &rows[*row]).collect();
    for (at, next) in order.iter().enumerate() {
        if !brute::fits(model, &order[..at], next) {
            return Err(TestCaseError::fail(format!("{next:?} does not fit in {order:?}")));
        }
    }
    for (at, next) in order.iter().enumerate() {
        let late = order[at + 1..]
            .iter()
            .find(|later| brute::precedes(later, next, position(rows, later) < position(rows, next)));
        if let Some(late) = late {
            return Err(TestCaseError::fail(format!(
                "{late:?} had ended before {next:?}, which is before it in {order:?}"
            )));
        }
    }
    let known = |operation: &&Operation| matches!(operation.returned, Some((_, Outcome::Ok(_))));
    if order.iter().filter(|operation| known(operation)).count() != rows.iter().filter(known).count() {
        return Err(TestCaseError::fail(format!("an answer is missing in {order:?}")));
    }
    Ok(())
}

fn position(rows: &[Operation], operation: &Operation) -> Option<usize> {
    rows.iter().position(|other| std::ptr::eq(other, operation))
}

/// The rows alone cannot be explained; without the one that is stuck they can.
fn proves(model: Model, history: &History, witness: &Witness) -> Result<(), TestCaseError> {
    let operations = |rows: &[usize]| -> Vec<Operation> {
        rows.iter().map(|row| history.operations()[*row].clone()).collect()
    };
    if brute::explainable(model, &operations(&witness.rows)) {
        return Err(TestCaseError::fail(format!("{witness:?} proves nothing")));
    }
    if !witness.rows.contains(&witness.stuck) || witness.reasons.is_empty() {
        return Err(TestCaseError::fail(format!("{witness:?} says nothing")));
    }
    Ok(())
}

#[test]
fn registers() {
    check(Model::Register, 4000);
}

#[test]
fn registers_with_compare_and_set() {
    check(Model::CasRegister, 4000);
}

#[test]
fn key_value_stores() {
    check(Model::KeyValue, 4000);
}

#[test]
fn counters() {
    check(Model::Counter, 4000);
}

#[test]
fn sets() {
    check(Model::Set, 4000);
}

#[test]
fn queues() {
    check(Model::Queue, 4000);
}

#[test]
fn mutexes() {
    check(Model::Mutex, 4000);
}
