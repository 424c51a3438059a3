//! Longer histories that are made: true ones are ok, stale ones are violations with short proofs.

use netsplit_checkers::history::History;
use netsplit_checkers::made::{Making, make, with_a_stale_read};
use netsplit_checkers::model::Model;
use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::{Consistency, Verdict, Witness};

const MAKING: Making = Making {
    model: Model::Register,
    clients: 5,
    keys: 2,
    operations: 200,
    unanswered: 8,
    values: 0,
    seed: 0,
};

fn verdict(model: Model, history: &History) -> Verdict {
    judge(Consistency::Linearizable(model), history, Budget::USUAL)
}

/// The rows alone are a violation again.
fn proves(model: Model, history: &History, witness: &Witness) {
    let rows = witness.rows.iter().map(|row| history.operations()[*row].clone()).collect();
    let alone = History::new(rows).expect("some rows of a history are one");
    assert_eq!(verdict(model, &alone).name(), "violation", "{witness:?}");
}

#[test]
fn what_an_object_did_is_explained() {
    for model in Model::ALL.into_iter().filter(|model| *model != Model::Queue) {
        for seed in 0..20 {
            for values in [0, 4] {
                let history = make(&Making { model, values, seed, ..MAKING });
                assert_eq!(verdict(model, &history).name(), "ok", "{} {values} {seed}", model.name());
            }
        }
    }
}

#[test]
fn what_a_queue_did_is_explained() {
    for seed in 0..20 {
        let history =
            make(&Making { model: Model::Queue, clients: 3, operations: 60, unanswered: 2, seed, ..MAKING });
        assert_eq!(verdict(Model::Queue, &history).name(), "ok", "{seed}");
    }
}

#[test]
fn a_stale_read_is_found_and_proved() {
    for model in [Model::Register, Model::CasRegister, Model::KeyValue, Model::Counter, Model::Set] {
        for seed in 0..10 {
            let history = with_a_stale_read(&make(&Making { model, seed, unanswered: 2, ..MAKING }));
            match verdict(model, &history) {
                Verdict::Violation(witness) => proves(model, &history, &witness),
                // A counter or a set may come back to what it was.
                other => assert!(
                    matches!(model, Model::Counter | Model::Set),
                    "{} {seed}: {other:?}",
                    model.name()
                ),
            }
        }
    }
}

#[test]
fn a_stale_read_among_thousands_is_proved_by_few() {
    let making = Making { clients: 10, keys: 1, operations: 2000, unanswered: 20, ..MAKING };
    let history = with_a_stale_read(&make(&making));
    let Verdict::Violation(witness) = verdict(Model::Register, &history) else { panic!("it is stale") };
    proves(Model::Register, &history, &witness);
    assert!(witness.rows.len() <= 4, "{witness:?}");
    assert!(witness.best.0.len() > 1900);
}

#[test]
fn twenty_unanswered_of_ninety_are_judged() {
    for model in [Model::CasRegister, Model::KeyValue] {
        for (seed, values) in (0..5).flat_map(|seed| [(seed, 0), (seed, 5)]) {
            let making = Making { model, clients: 10, keys: 1, operations: 90, unanswered: 20, values, seed };
            assert_eq!(verdict(model, &make(&making)).name(), "ok");
            assert_ne!(verdict(model, &with_a_stale_read(&make(&making))).name(), "unknown");
        }
    }
}
