//! What a run's clients saw is handed to the checkers as they saw it.

use std::collections::BTreeSet;

use netsplit_checkers::history::{Outcome, Request, Time, Value};
use netsplit_scenarios::gallery::find;
use netsplit_scenarios::judge;
use netsplit_scenarios::open::open;
use netsplit_sim::history::Function;
use netsplit_sim::run::Run;

fn played(path: &str) -> Box<dyn Run> {
    let item = find(path).expect("it is in the gallery");
    let mut run = open(&item.record().expect("it is valid")).expect("it opens");
    run.seek(run.until()).expect("it ends");
    run
}

#[test]
fn every_row_keeps_its_place_its_times_and_its_key() {
    let run = played("raft/minority-leader");
    let history = judge::history(&*run, run.step()).expect("nothing was forgotten");
    assert_eq!(history.operations().len(), run.history().len());
    for (operation, row) in history.operations().iter().zip(run.history()) {
        assert_eq!(operation.called, Time(row.invoked.time.0));
        assert_eq!(operation.key.0, row.operation.key);
        let ended = row.returned.as_ref().map(|(moment, _)| Time(moment.time.0));
        assert_eq!(operation.returned.as_ref().map(|(time, _)| *time), ended);
        assert_eq!(operation.request == Request::Read, row.operation.function == Function::Read);
    }
}

#[test]
fn an_operation_that_is_answered_later_is_pending_until_then() {
    let run = played("raft/minority-leader");
    let row = &run.history()[0];
    let (answered, _) = row.returned.clone().expect("the first is answered");
    let returned = |by| {
        let history = judge::history(&*run, by).expect("nothing was forgotten");
        history.operations()[0].returned.clone()
    };
    assert_eq!(returned(row.invoked.step), None);
    assert_eq!(returned(answered.step), Some((Time(answered.time.0), Outcome::Ok(None))));
}

#[test]
fn a_client_that_gave_up_goes_on_as_another_process_of_the_same_session() {
    let run = played("raft/minority-leader");
    let sessions = judge::sessions(&*run);
    let clients: BTreeSet<_> = run.history().iter().map(|row| row.client).collect();
    let processes: BTreeSet<_> = run.history().iter().map(|row| row.process).collect();
    assert!(processes.len() > clients.len(), "somebody gave up");
    let named: BTreeSet<_> = sessions.0.values().collect();
    assert_eq!(named.len(), clients.len());
}

#[test]
fn a_read_of_siblings_is_judged_as_what_it_saw() {
    let run = played("register/ap-siblings");
    let history = judge::history(&*run, run.step()).expect("nothing was forgotten");
    let saw = |value: &Value| matches!(value, Value::Many(numbers) if numbers.len() == 2);
    let seen = history.operations().iter().filter_map(|operation| operation.returned.as_ref());
    assert!(seen.into_iter().any(|(_, outcome)| matches!(outcome, Outcome::Ok(Some(value)) if saw(value))));
}

#[test]
fn replicas_that_hold_the_same_do_not_differ() {
    let mut run = played("register/ap-last-writer-wins");
    assert_eq!(judge::differing(&run.replicas()), Vec::<u32>::new(), "after the heal");
    let behind_the_wall =
        run.script().first().expect("a wall").at + netsplit_sim::time::SimDuration::from_millis(400);
    run.seek(behind_the_wall).expect("it has been there");
    assert_eq!(judge::differing(&run.replicas()), [0], "each side has a write of its own");
}
