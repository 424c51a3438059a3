//! What the page says of what clients saw, as the cursor moves.
#![cfg(not(target_arch = "wasm32"))]

use netsplit_checkers::model::Model as Objects;
use netsplit_checkers::verdict::Consistency;
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::time::SimTime;
use netsplit_view::history::claims::{Standing, verdict};
use netsplit_view::verdict::{Chip, Mood};
use netsplit_web::history::{Change, Look};
use netsplit_web::judging::Live;
use netsplit_web::model::{Model, With, cold_start};
use netsplit_web::msg::{Msg, Panel, Selection};
use netsplit_web::options::Options;
use netsplit_web::spacetime::Sight;
use netsplit_web::stage_contract::Side;

/// A flaw lets a leader that was cut off answer reads from its own store.
const STALE: &str = "#scenario=raft/stale-local-read&step=0";

fn page(fragment: &str) -> Model {
    let mut model = cold_start(fragment, Options::default(), false);
    model.update(Msg::Whole);
    settle(&mut model);
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

fn seek(model: &mut Model, at: SimTime) {
    model.update(Msg::Seek(at));
    settle(model);
}

fn chip(model: &Model, side: Side) -> Chip {
    model.judged(side).into_iter().next().expect("something is claimed")
}

fn says(model: &Model) -> String {
    chip(model, Side::First).text
}

/// A page with the stale read behind the cursor, and the moment of its answer.
fn violated() -> (Model, SimTime) {
    let mut model = page(STALE);
    let until = model.session().run().until();
    seek(&mut model, until);
    let claim = chip(&model, Side::First);
    assert_eq!(claim.mood, Mood::Bad, "{}", claim.text);
    let moment = claim.moment.expect("it has a moment");
    (model, moment.time)
}

#[test]
fn nothing_is_claimed_before_all_of_the_page_is_there() {
    let mut model = cold_start(STALE, Options::default(), false);
    let until = model.session().run().until();
    seek(&mut model, until);
    assert_eq!(model.judged(Side::First), []);
    model.update(Msg::Whole);
    settle(&mut model);
    assert_eq!(chip(&model, Side::First).mood, Mood::Bad);
}

#[test]
fn the_verdict_follows_the_cursor_there_and_back() {
    let (mut model, since) = violated();
    let until = model.session().run().until();
    for (at, bad) in [(SimTime(0), false), (SimTime(since.0 - 1_000), false), (since, true), (until, true)] {
        seek(&mut model, at);
        let claim = chip(&model, Side::First);
        assert_eq!(claim.mood == Mood::Bad, bad, "at {at}: {}", claim.text);
    }
    assert!(says(&model).starts_with("Not linearizable since "), "{}", says(&model));
    seek(&mut model, SimTime(0));
    assert_eq!(says(&model), "Nothing to judge yet");
    seek(&mut model, SimTime(since.0 - 1_000));
    assert!(says(&model).starts_with("No linearizability violation so far: "), "{}", says(&model));
}

#[test]
fn while_a_search_is_under_way_it_says_so_and_goes_on_in_the_next_slice() {
    let (model, _) = violated();
    let run = model.session().run();
    let claims = Consistency::all(Objects::CasRegister);
    let mut live = Live::default();
    live.ask(claims.to_vec());
    let mut slices = 1;
    while live.follow(run, &|| false).pending {
        let account = live.account(run).expect("it was followed");
        let last = live.standing(run, claims[6]);
        let says = verdict(&account, claims[6], last).text;
        assert_eq!(last, Standing::Checking);
        assert_eq!(says, format!("Checking up to {}", run.now()));
        slices += 1;
    }
    assert!(slices >= claims.len(), "a slice ends with each claim at the latest");
    assert!(claims.iter().all(|what| matches!(live.standing(run, *what), Standing::Known(_))));
}

#[test]
fn what_was_found_in_one_branch_is_known_in_another_with_the_same_past() {
    let (mut model, since) = violated();
    seek(&mut model, SimTime(since.0 + 1_000));
    let what = Intervention::Crash(NodeId::server(0), CrashKind::KeepWritten);
    model.update(Msg::Intervene { what, sketch: None });
    assert_eq!(chip(&model, Side::First).mood, Mood::Bad, "the stale read is in its past");
    seek(&mut model, SimTime(since.0 - 1_000));
    assert_ne!(chip(&model, Side::First).mood, Mood::Bad, "but not in the past of this moment");
}

#[test]
fn of_two_runs_each_has_its_own_verdict() {
    let (mut model, _) = violated();
    model.update(Msg::Compare(With::Seed(4)));
    settle(&mut model);
    assert_eq!(chip(&model, Side::First).mood, Mood::Bad);
    let second = chip(&model, Side::Second);
    assert!(second.history && !second.text.is_empty());
    assert_ne!(
        model.live(Side::First).here().map(|here| here.print),
        model.live(Side::Second).here().map(|here| here.print),
        "another seed is another history"
    );
}

#[test]
fn weaker_claims_are_judged_while_the_history_is_in_sight() {
    let (mut model, _) = violated();
    assert_eq!(model.live(Side::First).asked().len(), 1, "only the headline");
    model.update(Msg::Panel(Panel::History));
    settle(&mut model);
    assert_eq!(model.live(Side::First).asked().len(), 7);
    model.update(Msg::Panel(Panel::Events));
    settle(&mut model);
    assert_eq!(model.live(Side::First).asked().len(), 1);
}

#[test]
fn an_operation_is_shown_at_its_answer_with_what_served_it() {
    let (mut model, _) = violated();
    let row = model.session().run().history()[0].clone();
    let answered = row.returned.clone().expect("it was answered").0;
    model.update(Msg::History(Change::Operation(row.invoked.step)));
    settle(&mut model);
    let run = model.session().run();
    assert_eq!(run.step(), answered.step);
    assert_eq!(model.ui().selection, Some(Selection::Operation(row.invoked.step)));
    let sight = Sight::of(run, &model.ui().diagram, model.ui().selection).expect("it is lit");
    let lit = |step: u64| sight.step(run, Step(step)) != netsplit_view::cone::Influence::Apart;
    assert!(lit(row.invoked.step.0) && lit(answered.step.0));
    assert!(!lit(1), "what came before its call did not serve it");
    assert!(!lit(answered.step.0 + 1), "nor what came after its answer");
}

const TEXT: &str = "
    {:process 0, :type :invoke, :f :write, :value 1}
    {:process 0, :type :ok,     :f :write, :value 1}
    {:process 1, :type :invoke, :f :read,  :value nil}
    {:process 1, :type :ok,     :f :read,  :value 2}";

fn import(model: &mut Model, text: &str) {
    let change = Change::Import { name: "some.edn".to_owned(), text: text.to_owned() };
    model.update(Msg::History(change));
    settle(model);
}

#[test]
fn a_history_from_a_file_is_judged_beside_the_run() {
    let mut model = page(STALE);
    let before = model.session().run().digest();
    import(&mut model, TEXT);
    let import = model.import().expect("it is shown");
    let standing = import.standing(Consistency::Linearizable(Objects::Register));
    assert!(format!("{standing:?}").contains("NobodyWrote"), "{standing:?}");
    assert_eq!(model.session().run().digest(), before, "the run is as it was");
    model.update(Msg::History(Change::Look(Look::Model(Objects::CasRegister))));
    settle(&mut model);
    let import = model.import().expect("it is shown");
    assert_eq!(import.asked()[0], Consistency::Linearizable(Objects::CasRegister));
    model.update(Msg::History(Change::CloseImport));
    assert!(model.import().is_none());
}

#[test]
fn what_is_no_history_is_told_with_its_line_and_changes_nothing() {
    let mut model = page(STALE);
    import(&mut model, TEXT);
    import(&mut model, &format!("{TEXT}\n{{:process 1, :type :ok, :f :read, :value 2}}"));
    let told = &model.ui().notices.last().expect("it is told").text;
    assert_eq!(
        told,
        "some.edn is no history: line 6: process 1 completes what it has not invoked. The page is as it was."
    );
    assert_eq!(model.import().map(|import| import.account.operations().len()), Some(2), "the last one stays");
}
