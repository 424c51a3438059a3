//! Two runs side by side on one clock.
#![cfg(not(target_arch = "wasm32"))]

use netsplit_scenarios::gallery::FIRST;
use netsplit_sim::id::NodeId;
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::time::SimTime;
use netsplit_web::model::{Model, With, cold_start};
use netsplit_web::msg::{Dialog, Msg};
use netsplit_web::options::Options;
use netsplit_web::session::BranchId;

fn open(fragment: &str) -> Model {
    let mut model = cold_start(fragment, Options::default(), false);
    settle(&mut model);
    model
}

fn page_at(millis: u64) -> Model {
    let mut model = open(&format!("#scenario={FIRST}&step=0"));
    seek(&mut model, millis);
    model
}

fn settle(model: &mut Model) {
    for _ in 0..100_000 {
        if !model.tick(16.0, &|| 0.0).frames {
            return;
        }
    }
    panic!("the cursor never comes to rest");
}

fn seek(model: &mut Model, millis: u64) {
    model.update(Msg::Seek(SimTime::from_millis(millis)));
    settle(model);
}

fn compare(model: &mut Model, with: With) {
    model.update(Msg::Compare(with));
    settle(model);
}

fn crash(model: &mut Model, index: u16) {
    let what = Intervention::Crash(NodeId::server(index), CrashKind::KeepWritten);
    model.update(Msg::Intervene { what, sketch: None });
    settle(model);
}

/// The digests of both runs.
fn digests(model: &Model) -> (String, String) {
    let second = model.versus().expect("two are compared").session();
    (model.session().run().digest().to_string(), second.run().digest().to_string())
}

fn times(model: &Model) -> (SimTime, SimTime) {
    (model.session().run().now(), model.versus().expect("two are compared").session().run().now())
}

/// What is told of where the two part.
fn parting(model: &Model) -> &netsplit_view::divergence::Comparison {
    model.versus().and_then(|versus| versus.found()).expect("it was looked for")
}

/// Two futures that part at a second.
fn forked() -> Model {
    let mut model = page_at(2_000);
    seek(&mut model, 1_000);
    crash(&mut model, 0);
    seek(&mut model, 2_000);
    model
}

#[test]
fn both_runs_stand_at_the_same_time_wherever_the_cursor_goes() {
    let mut model = forked();
    compare(&mut model, With::Branch(BranchId(0)));
    for millis in [1_500, 300, 2_500] {
        seek(&mut model, millis);
        let (first, second) = times(&model);
        assert_eq!(first, second);
    }
    model.update(Msg::StepBack);
    model.update(Msg::TogglePlay);
    for _ in 0..20 {
        model.tick(16.0, &|| 0.0);
        assert_eq!(times(&model).0, times(&model).1);
    }
}

#[test]
fn before_the_fork_two_branches_are_one_run_and_after_it_two() {
    let mut model = forked();
    compare(&mut model, With::Branch(BranchId(0)));
    let (first, second) = digests(&model);
    assert_ne!(first, second);
    seek(&mut model, 900);
    let (first, second) = digests(&model);
    assert_eq!(first, second);
}

#[test]
fn it_is_told_where_two_branches_part() {
    let mut model = forked();
    compare(&mut model, With::Branch(BranchId(0)));
    let found = parting(&model);
    let done = found.done.as_ref().expect("one server was crashed in one of them");
    assert_eq!(done.at, SimTime(1_000_000_999));
    assert!(found.event.as_ref().is_some_and(|event| event.at >= done.at), "{}", found.sentence);
}

#[test]
fn a_broken_rule_a_parameter_and_a_seed_are_compared_under_the_same_faults() {
    let mut model = page_at(1_500);
    crash(&mut model, 0);
    let about = model.session().run().about();
    let flaw = about.flaws[0].name;
    compare(&mut model, With::Flaw(flaw, true));
    let second = model.versus().expect("two are compared").session();
    assert!(second.scenario().flaws.contains(flaw) && second.branch().name.contains(flaw));
    assert_eq!(second.record().script, model.session().record().script);
    compare(&mut model, With::Seed(4));
    assert_eq!(model.versus().expect("two are compared").session().branch().name, "seed 4");
    assert_ne!(digests(&model).0, digests(&model).1);
}

#[test]
fn what_cannot_be_run_is_refused_and_nothing_is_compared() {
    let mut model = page_at(100);
    let param = model.session().run().about().params[0].name;
    compare(&mut model, With::Param(param, netsplit_sim::describe::ParamValue::Number(0)));
    assert!(model.versus().is_none());
    assert!(model.ui().notices[0].text.contains(param), "{}", model.ui().notices[0].text);
}

#[test]
fn a_link_to_the_pair_opens_the_same_two_runs_at_the_same_moment() {
    let mut model = forked();
    compare(&mut model, With::Branch(BranchId(0)));
    seek(&mut model, 1_700);
    model.update(Msg::OpenDialog(Dialog::Share));
    let copy = open(&model.ui().shared);
    assert_eq!((digests(&copy), times(&copy)), (digests(&model), times(&model)));
    assert!(copy.ui().notices.is_empty(), "{:?}", copy.ui().notices);
    assert_eq!(parting(&copy).done.as_ref().map(|done| done.at), Some(SimTime(1_000_000_999)));
}

#[test]
fn ending_the_comparison_leaves_the_first_run_and_a_link_to_it_alone() {
    let mut model = forked();
    let alone = model.fragment(&model.session().position());
    compare(&mut model, With::Branch(BranchId(0)));
    assert!(model.fragment(&model.session().position()).contains("&vs="));
    model.update(Msg::EndComparison);
    assert!(model.versus().is_none());
    assert_eq!(model.fragment(&model.session().position()), alone);
}

#[test]
fn a_change_of_the_first_run_is_compared_anew() {
    let mut model = page_at(1_500);
    compare(&mut model, With::Branch(BranchId(0)));
    assert!(parting(&model).event.is_none());
    crash(&mut model, 1);
    seek(&mut model, 1_800);
    assert!(parting(&model).event.is_some(), "{}", parting(&model).sentence);
    model.update(Msg::Undo);
    settle(&mut model);
    assert!(parting(&model).event.is_none(), "{}", parting(&model).sentence);
}
