//! Other futures of the same past, editing what was done, and taking anything back.
#![cfg(not(target_arch = "wasm32"))]

use netsplit_scenarios::gallery::FIRST;
use netsplit_scenarios::run_record::Entry;
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::time::SimTime;
use netsplit_web::model::{Model, cold_start};
use netsplit_web::msg::Msg;
use netsplit_web::options::Options;
use netsplit_web::session::{Branch, BranchId, ScriptEdit};
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, prop_assert_eq, prop_oneof, proptest};

fn page() -> Model {
    cold_start(&format!("#scenario={FIRST}&step=0"), Options::default(), false)
}

fn page_at(millis: u64) -> Model {
    let mut model = page();
    seek(&mut model, millis);
    model
}

fn seek(model: &mut Model, millis: u64) {
    ask(model, Msg::Seek(SimTime::from_millis(millis)));
}

/// Asks for something, and waits until the cursor rests.
fn ask(model: &mut Model, msg: Msg) {
    let mut moving = model.update(msg).frames;
    for _ in 0..100_000 {
        if !moving {
            return;
        }
        moving = model.tick(16.0, &|| 0.0).frames;
    }
    panic!("the cursor never comes to rest");
}

fn crash(index: u16) -> Msg {
    Msg::Intervene { what: crashed(index), sketch: None }
}

fn crashed(index: u16) -> Intervention {
    Intervention::Crash(NodeId::server(index), CrashKind::KeepWritten)
}

fn digest(model: &Model) -> String {
    model.session().run().digest().to_string()
}

fn step(model: &Model) -> Step {
    model.session().run().step()
}

/// The digest of the branch that is shown, at a time.
fn digest_at(model: &mut Model, millis: u64) -> String {
    seek(model, millis);
    digest(model)
}

fn names(model: &Model) -> Vec<&str> {
    model.session().branches().iter().map(|branch| branch.name.as_str()).collect()
}

fn shown(model: &Model) -> BranchId {
    model.session().branch().id
}

#[test]
fn intervening_at_the_frontier_begins_no_other_branch() {
    let mut model = page_at(700);
    ask(&mut model, crash(0));
    ask(&mut model, crash(1));
    assert_eq!(names(&model), ["Original"]);
}

#[test]
fn intervening_where_the_future_is_known_keeps_both_futures() {
    let mut model = page_at(3_000);
    let original = digest(&model);
    seek(&mut model, 1_000);
    ask(&mut model, crash(0));
    assert_eq!(names(&model), ["Original", "n1 crashes"]);
    let fork = model.session().fork_of(model.session().branch()).expect("it left the original");
    assert_eq!((fork.from, fork.at), (BranchId(0), SimTime(1_000_000_999)));
    let other = digest_at(&mut model, 3_000);
    assert_ne!(other, original);

    ask(&mut model, Msg::ShowBranch(BranchId(0)));
    assert_eq!((digest(&model), model.session().run().script().len()), (original, 0));
    ask(&mut model, Msg::ShowBranch(BranchId(1)));
    assert_eq!(digest(&model), other, "the same branch at the same time is the same");
}

#[test]
fn a_second_change_in_the_past_of_a_branch_forks_again_and_names_are_told_apart() {
    let mut model = page_at(2_000);
    for _ in 0..2 {
        seek(&mut model, 1_000);
        ask(&mut model, Msg::ShowBranch(BranchId(0)));
        ask(&mut model, crash(0));
    }
    assert_eq!(names(&model), ["Original", "n1 crashes 2", "n1 crashes"]);
}

#[test]
fn a_scripted_future_is_kept_as_well() {
    let mut model = page_at(1_000);
    ask(&mut model, crash(0));
    ask(&mut model, Msg::Edit(ScriptEdit::Move(0, SimTime::from_millis(1_500))));
    seek(&mut model, 500);
    ask(&mut model, crash(1));
    assert_eq!(names(&model), ["Original", "n2 crashes"]);
    assert_eq!(model.session().run().script().len(), 1, "it was scripted for another future");
    ask(&mut model, Msg::ShowBranch(BranchId(0)));
    assert_eq!(model.session().run().script()[0].what, crashed(0));
}

#[test]
fn undoing_a_fork_returns_to_where_it_began_and_redo_brings_it_back() {
    let mut model = page_at(2_000);
    seek(&mut model, 1_000);
    let before = (digest(&model), step(&model));
    ask(&mut model, crash(0));
    let forked = digest(&model);
    ask(&mut model, Msg::Undo);
    assert_eq!(names(&model), ["Original"]);
    assert_eq!((digest(&model), step(&model)), before);
    ask(&mut model, Msg::Redo);
    assert_eq!(names(&model), ["Original", "n1 crashes"]);
    assert_eq!(digest(&model), forked);
}

#[test]
fn a_deleted_branch_leaves_the_others_and_undo_brings_it_back() {
    let mut model = page_at(2_000);
    seek(&mut model, 1_000);
    ask(&mut model, crash(0));
    let there = digest_at(&mut model, 1_500);
    ask(&mut model, Msg::DeleteBranch(BranchId(1)));
    assert_eq!((names(&model), shown(&model)), (vec!["Original"], BranchId(0)));
    assert_eq!(model.session().run().now(), SimTime(1_500_000_999), "the other is shown at the same time");
    ask(&mut model, Msg::DeleteBranch(BranchId(0)));
    assert_eq!(names(&model), ["Original"], "the last one stays");
    ask(&mut model, Msg::Undo);
    assert_eq!((names(&model), digest(&model)), (vec!["Original", "n1 crashes"], there));
}

#[test]
fn a_branch_between_two_is_deleted_and_the_outer_two_stay_related() {
    let mut model = page_at(3_000);
    seek(&mut model, 1_000);
    ask(&mut model, crash(0));
    seek(&mut model, 2_500);
    seek(&mut model, 2_000);
    ask(&mut model, crash(1));
    let parent = |model: &Model| {
        let branch = model.session().branches().iter().find(|branch| branch.id == BranchId(2)).unwrap();
        model.session().fork_of(branch).map(|fork| (fork.from, fork.at.0 / 1_000_000))
    };
    assert_eq!(parent(&model), Some((BranchId(1), 2_000)));
    ask(&mut model, Msg::DeleteBranch(BranchId(1)));
    assert_eq!(parent(&model), Some((BranchId(0), 1_000)));
    ask(&mut model, Msg::Undo);
    assert_eq!(parent(&model), Some((BranchId(1), 2_000)));
}

#[test]
fn a_branch_is_renamed_but_never_nameless() {
    let mut model = page_at(100);
    ask(&mut model, Msg::RenameBranch(BranchId(0), "  calm  ".to_owned()));
    ask(&mut model, Msg::RenameBranch(BranchId(0), " ".to_owned()));
    assert_eq!(names(&model), ["calm"]);
}

#[test]
fn branches_tell_what_they_led_to() {
    let mut model = page_at(3_000);
    let calm = model.session().branch().outcome();
    seek(&mut model, 1_000);
    for node in 0..3 {
        ask(&mut model, crash(node));
    }
    seek(&mut model, 3_000);
    let outcomes: Vec<_> = model.session().branches().iter().map(Branch::outcome).collect();
    assert_eq!(outcomes[0], calm);
    assert!(calm.text.contains("leader"), "{}", calm.text);
    assert_ne!(outcomes[1].text, calm.text);
    seek(&mut model, 1_100);
    assert_eq!(model.session().branch().outcome(), outcomes[1], "wherever the cursor goes");
}

#[test]
fn reset_goes_to_the_branch_that_is_still_as_it_was_opened() {
    let mut model = page_at(2_000);
    seek(&mut model, 1_000);
    ask(&mut model, crash(0));
    ask(&mut model, Msg::Reset);
    assert_eq!((shown(&model), model.session().run().now()), (BranchId(0), SimTime::ZERO));
    assert_eq!(names(&model).len(), 2, "the other is kept");
}

#[test]
fn an_entry_moved_in_the_known_past_changes_this_branch_and_the_cursor_stays_in_time() {
    let mut model = page_at(1_000);
    ask(&mut model, crash(0));
    let first = digest_at(&mut model, 2_000);
    ask(&mut model, Msg::Edit(ScriptEdit::Move(0, SimTime::from_millis(600))));
    assert_eq!(names(&model), ["Original"]);
    assert_eq!(model.session().run().now(), SimTime(2_000_000_999));
    assert_ne!(digest(&model), first);
    let line = &model.session().record().script[0];
    assert_eq!((line.at, line.rank), (SimTime::from_millis(600), 0));
    ask(&mut model, Msg::Undo);
    assert_eq!(digest(&model), first);
}

#[test]
fn entries_stay_in_order_when_one_is_moved_over_another() {
    let mut model = page_at(500);
    ask(&mut model, crash(0));
    seek(&mut model, 800);
    ask(&mut model, crash(1));
    ask(&mut model, Msg::Edit(ScriptEdit::Move(0, SimTime::from_millis(900))));
    let script = &model.session().record().script;
    assert_eq!([&script[0].what, &script[1].what], [&crashed(1), &crashed(0)]);
    assert_eq!(model.ui().line, Some(1), "the line that was moved stays open");
}

#[test]
fn muting_and_unmuting_gives_the_original_digest() {
    let mut model = page_at(500);
    ask(&mut model, crash(0));
    let with = digest_at(&mut model, 1_500);
    let mut without = page_at(1_500);
    ask(&mut model, Msg::Edit(ScriptEdit::Mute(0, true)));
    assert_eq!(digest(&model), digest_at(&mut without, 1_500));
    assert_eq!(model.session().record().script.len(), 1, "it is still in the list");
    ask(&mut model, Msg::Edit(ScriptEdit::Mute(0, false)));
    assert_eq!(digest(&model), with);
}

#[test]
fn an_entry_whose_target_no_longer_exists_stays_with_the_reason() {
    let mut model = page_at(500);
    ask(&mut model, crash(0));
    ask(&mut model, Msg::Edit(ScriptEdit::Duplicate(0)));
    seek(&mut model, 600);
    let run = model.session().run();
    let refused = |index| run.outcome(index).expect("it was applied").refused;
    assert!(refused(0).is_none());
    assert_eq!(refused(1).expect("no effect").to_string(), "it is crashed already");
}

#[test]
fn what_is_added_at_the_cursor_is_done_at_once_and_in_the_same_branch() {
    let mut model = page_at(2_000);
    seek(&mut model, 1_000);
    let before = (digest(&model), step(&model));
    let at = model.session().run().now();
    let entry = Entry { at, rank: u32::MAX, what: crashed(0), sketch: None, muted: false };
    ask(&mut model, Msg::Edit(ScriptEdit::Add(vec![entry])));
    assert_eq!((names(&model), step(&model).0), (vec!["Original"], before.1.0 + 1));
    ask(&mut model, Msg::Undo);
    assert_eq!((digest(&model), step(&model)), before);
}

#[test]
fn what_is_impossible_leaves_the_script_as_it_was() {
    let mut model = page_at(500);
    ask(&mut model, crash(0));
    ask(&mut model, Msg::Edit(ScriptEdit::Replace(0, crashed(70), None)));
    assert!(model.ui().notices[0].text.contains("n71 is not in this run"), "{}", model.ui().notices[0].text);
    assert_eq!(model.session().record().script[0].what, crashed(0));
}

fn change() -> impl Strategy<Value = Msg> {
    let line = 0..4_usize;
    let time = (0..1_500_u64).prop_map(SimTime::from_millis);
    prop_oneof![
        4 => (0..5_u16).prop_map(crash),
        3 => (0..2_000_u64).prop_map(|millis| Msg::Seek(SimTime::from_millis(millis))),
        2 => (line.clone(), time).prop_map(|(line, at)| Msg::Edit(ScriptEdit::Move(line, at))),
        2 => (line.clone(), proptest::bool::ANY).prop_map(|(line, on)| Msg::Edit(ScriptEdit::Mute(line, on))),
        1 => line.clone().prop_map(|line| Msg::Edit(ScriptEdit::Delete(line))),
        1 => line.clone().prop_map(|line| Msg::Edit(ScriptEdit::Duplicate(line))),
        1 => (line, 0..5_u16).prop_map(|(line, node)| Msg::Edit(ScriptEdit::Replace(line, crashed(node), None))),
        1 => (0..4_u32).prop_map(|id| Msg::ShowBranch(BranchId(id))),
        1 => (0..4_u32).prop_map(|id| Msg::DeleteBranch(BranchId(id))),
        1 => (1..4_u64).prop_map(Msg::Seed),
        1 => Just(Msg::StepBack),
    ]
}

fn change_or_undo() -> impl Strategy<Value = Msg> {
    prop_oneof![5 => change(), 1 => Just(Msg::Undo), 1 => Just(Msg::Redo)]
}

/// What every branch is made of.
fn everything(model: &Model) -> Vec<(String, String)> {
    let branches = model.session().branches().iter();
    branches.map(|branch| (branch.name.clone(), branch.record().to_json())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn undoing_everything_gives_the_original_run_and_redoing_everything_the_last(changes in vec(change(), 1..14)) {
        let mut model = page_at(1_200);
        let original = digest(&model);
        for change in changes {
            ask(&mut model, change);
        }
        let last = everything(&model);
        while model.session().can_undo() {
            ask(&mut model, Msg::Undo);
        }
        prop_assert_eq!(names(&model), ["Original"]);
        prop_assert_eq!(digest_at(&mut model, 1_200), original);
        while model.session().can_redo() {
            ask(&mut model, Msg::Redo);
        }
        prop_assert_eq!(everything(&model), last);
    }

    #[test]
    fn a_run_that_was_edited_is_the_run_of_its_record(changes in vec(change_or_undo(), 1..14)) {
        let mut model = page_at(1_200);
        for change in changes {
            ask(&mut model, change);
        }
        seek(&mut model, 1_700);
        let link = model.session().fragment(&model.session().position());
        let copy = cold_start(&link, Options::default(), false);
        prop_assert_eq!(digest(&copy), digest(&model));
    }
}
