//! What happens on the page when somebody works through a lesson.
#![cfg(not(target_arch = "wasm32"))]

use netsplit_scenarios::fragment::parse_fragment;
use netsplit_scenarios::lesson::content::{Block, LessonPlace, Span};
use netsplit_scenarios::lesson::solution::{Asked, check};
use netsplit_scenarios::lesson::{Control, all};
use netsplit_sim::id::NodeId;
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::time::SimTime;
use netsplit_web::lesson::learning::Learning;
use netsplit_web::lesson::sheet::sheet;
use netsplit_web::lesson::{Change, Spot};
use netsplit_web::model::{Model, cold_start};
use netsplit_web::msg::{Msg, Origin, Panel, Selection};
use netsplit_web::options::Options;

fn opened(fragment: &str, query: &str, still: bool) -> Model {
    let mut model = cold_start(fragment, Options::parse(query), still);
    model.update(Msg::Whole);
    settle(&mut model);
    model
}

fn page(fragment: &str) -> Model {
    opened(fragment, "", false)
}

/// Frames until the cursor rests and nothing is looked for any more.
fn settle(model: &mut Model) {
    for _ in 0..200_000 {
        if !model.tick(16.0, &|| 0.0).frames {
            return;
        }
    }
    panic!("the page never comes to rest");
}

fn ask(model: &mut Model, change: Change) {
    model.update(Msg::Lesson(change));
    settle(model);
}

fn learning(model: &Model) -> &Learning {
    model.lesson().expect("a lesson is open")
}

fn now(model: &Model) -> f64 {
    model.session().run().now().0 as f64 / 1e9
}

/// The control with these words in the step that is shown.
fn control(model: &Model, words: &str) -> Control {
    fn spans<'a>(blocks: &'a [Block], all: &mut Vec<&'a Span>) {
        for block in blocks {
            match block {
                Block::Paragraph(inner) => all.extend(inner),
                Block::Goal(goal) => all.extend(&goal.hint),
                _ => {}
            }
        }
    }
    let mut all = Vec::new();
    spans(&learning(model).shown().body, &mut all);
    let found = all.into_iter().find_map(|span| match span {
        Span::Control(label, control) if label == words => Some(control.clone()),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no control says {words}"))
}

fn goal_is_met(model: &Model, name: &str) -> bool {
    let place = learning(model).lesson().goals().position(|(_, goal)| goal.name == name).expect("a goal");
    learning(model).goals().states()[place].met.is_some()
}

#[test]
fn a_link_opens_a_lesson_at_its_step_with_its_run_moment_and_selection() {
    let model = page("#lesson=first-cut");
    assert_eq!((learning(&model).step(), model.ui().side), (0, Some(Panel::Lesson)));
    assert_eq!(model.ui().selection, Some(Selection::Node(NodeId::server(0))));
    assert!((0.9..0.9001).contains(&now(&model)), "it plays up to where the step says: {}", now(&model));
    let model = page("#lesson=first-cut/3");
    assert_eq!((learning(&model).step(), model.session().run().now().0 / 1_000), (2, 1_000_000));
}

#[test]
fn under_reduced_motion_and_inside_another_page_a_step_does_not_play_by_itself() {
    let still = opened("#lesson=first-cut", "", true);
    assert!((0.9..0.9001).contains(&now(&still)), "it goes there");
    let inside = opened("#lesson=first-cut", "?embed=1", false);
    assert!((0.3..0.3001).contains(&now(&inside)), "it waits for its reader");
}

#[test]
fn a_name_or_step_that_is_not_there_is_told_and_the_page_stays_as_it_is() {
    for (fragment, words) in
        [("#lesson=frist-cut", "nearest are first-cut"), ("#lesson=first-cut/9", "has 3 steps")]
    {
        let model = page(fragment);
        assert!(model.lesson().is_none(), "{fragment}");
        let notice = &model.ui().notices[0].text;
        assert!(notice.contains(words) && notice.ends_with("The run on the page is as it was."), "{notice}");
    }
}

#[test]
fn what_was_done_in_a_step_is_still_there_when_one_comes_back() {
    let mut model = page("#lesson=first-cut/2");
    let crash = Intervention::Crash(NodeId::server(4), CrashKind::KeepWritten);
    model.update(Msg::Intervene { what: crash, sketch: None });
    let mine = model.session().record().clone();
    ask(&mut model, Change::Step(2));
    assert!(model.session().record().script.is_empty(), "the next step has a run of its own");
    assert!(model.ui().told.1.contains("the one before is kept"), "{}", model.ui().told.1);
    ask(&mut model, Change::Step(1));
    assert_eq!(*model.session().record(), mine);
    assert!(model.ui().told.1.ends_with("Its run is as you left it."), "{}", model.ui().told.1);
    ask(&mut model, Change::Again);
    assert!(model.session().record().script.is_empty(), "begun again");
    model.update(Msg::Undo);
    assert_eq!(*model.session().record(), mine, "and undone");
}

#[test]
fn a_prediction_is_right_or_wrong_as_the_run_tells() {
    let place = |model: &Model| {
        let body = &learning(model).shown().body;
        let block = body.iter().position(|block| matches!(block, Block::Predict(_))).expect("one");
        Spot { step: 1, block }
    };
    for (choice, words) in [(1, "Your prediction came true."), (0, "It came otherwise than you predicted.")] {
        let mut model = page("#lesson=first-cut/2");
        let spot = place(&model);
        assert!(model.predicts());
        ask(&mut model, Change::Choose(spot, choice));
        assert!(model.predicts(), "said, and not yet run");
        model.update(Msg::Lesson(Change::Reveal(spot)));
        assert!(model.playback().playing() && now(&model) < 1.1, "it runs from where the block says");
        settle(&mut model);
        let said = learning(&model).predicted(spot).expect("said");
        assert_eq!((said.choice, said.right), (choice, Some(1)));
        assert!((2.0..2.0001).contains(&now(&model)), "and rests where it is judged: {}", now(&model));
        assert_eq!(model.ui().told.1, words);
        assert_eq!(model.session().record().script.len(), 1, "the wall of the block stands");
        assert!(model.session().record().script[0].sketch.is_some(), "and is drawn");
        assert!(!model.predicts());
        ask(&mut model, Change::Choose(spot, 1 - choice));
        assert_eq!(learning(&model).predicted(spot), Some(said), "whoever has seen the answer has predicted");
    }
}

#[test]
fn goals_are_met_while_it_plays_and_their_links_count() {
    let mut model = page("#lesson=first-cut/3");
    assert!(model.met().is_empty());
    model.update(Msg::Lesson(Change::Open(LessonPlace::parse("first-cut/2").expect("a place"))));
    let cut = control(&model, "cut it here");
    ask(&mut model, Change::Step(2));
    ask(&mut model, Change::Do(cut));
    ask(&mut model, Change::Do(Control::Play(Some(SimTime::from_millis(3_000)))));
    assert!(goal_is_met(&model, "two-leaders") && !goal_is_met(&model, "overwritten"));
    let heal = control(&model, "take the walls away");
    ask(&mut model, Change::Do(heal));
    // However fast: a leap is enough, nothing in between is missed.
    model.update(Msg::Seek(SimTime::from_millis(9_000)));
    settle(&mut model);
    assert!(goal_is_met(&model, "overwritten"));
    let met: Vec<_> = model.met().iter().map(|met| (met.serial, &*met.goal, met.met, met.of)).collect();
    assert_eq!(met, [(1, "two-leaders", 1, 2), (2, "overwritten", 2, 2)]);
    for met in model.met() {
        let report = check(&parse_fragment(&met.link).expect("a link"), &Asked::default()).expect("it opens");
        assert_eq!(report.goals.len(), 1);
        assert!(report.goals[0].counts(), "{}: {:?}", met.link, report.goals);
        assert_eq!(
            report.goals[0].met.map(|moment| moment.time),
            Some(met.at),
            "page and command line agree"
        );
    }
}

#[test]
fn a_run_that_is_not_the_lessons_does_not_count_and_says_why() {
    let mut model = page("#lesson=first-cut/3");
    model.update(Msg::Seed(99));
    let cut = Control::parse("cut:n1,n5,c1|n2,n3,n4,c2").expect("a control");
    model.update(Msg::Seek(SimTime::from_millis(1_000)));
    ask(&mut model, Change::Do(cut));
    ask(&mut model, Change::Do(Control::Play(Some(SimTime::from_millis(5_000)))));
    assert!(!goal_is_met(&model, "two-leaders"));
    assert_eq!(learning(&model).goals().states()[0].differences, ["its seed is 99, and has to be 11"]);
    ask(&mut model, Change::Again);
    assert!(learning(&model).goals().states()[0].differences.is_empty());
}

#[test]
fn links_name_the_lesson_and_bring_back_run_and_step() {
    let mut model = page("#lesson=first-cut/3");
    assert_eq!(
        model.fragment(&Default::default()),
        "#lesson=first-cut/3",
        "the untouched run has no other name"
    );
    model.update(Msg::Intervene { what: Intervention::Pause(NodeId::server(1)), sketch: None });
    let link = model.fragment(&model.session().position());
    assert!(link.ends_with("&lesson=first-cut/3"), "{link}");
    let again = page(&link);
    assert_eq!((learning(&again).step(), again.session().record()), (2, model.session().record()));
    assert!(!learning(&again).shows_its_run(), "only walls may be used here, so this is another run");
}

#[test]
fn another_scenario_leaves_the_lesson_open_and_its_run_to_come_back_to() {
    let mut model = page("#lesson=first-cut/3");
    model.update(Msg::Intervene { what: Intervention::Pause(NodeId::server(1)), sketch: None });
    let mine = model.session().record().clone();
    model.update(Msg::Open("#scenario=register/cp-minority".to_owned(), Origin::Inside));
    settle(&mut model);
    assert!(!learning(&model).shows_its_run());
    ask(&mut model, Change::Step(2));
    assert_eq!(*model.session().record(), mine);
    ask(&mut model, Change::Close);
    assert!(model.lesson().is_none() && model.ui().side == Some(Panel::Inspector));
    assert_eq!(*model.session().record(), mine, "the run stays on the page");
}

#[test]
fn selecting_on_the_stage_does_not_close_the_book() {
    let mut model = page("#lesson=first-cut");
    model.update(Msg::Select(Some(Selection::Node(NodeId::server(2)))));
    assert_eq!(model.ui().side, Some(Panel::Lesson));
}

#[test]
fn a_students_name_stands_in_links_and_on_the_sheet() {
    let mut model = page("#lesson=first-cut/3&student=ada");
    let text = "n1 cannot know.".to_owned();
    let body = &learning(&model).shown().body;
    let block = body.iter().position(|block| matches!(block, Block::Question(_))).expect("a question");
    ask(&mut model, Change::Answer(Spot { step: 2, block }, text));
    let link = model.fragment(&model.session().position());
    assert!(link.ends_with("&lesson=first-cut/3&student=ada"), "{link}");
    let sheet = sheet(learning(&model), "https://example.org/", &link, model.session().run().digest());
    for part in ["# The first cut\n", "Student: ada\n", "- no prediction\n", "> n1 cannot know.\n", &link] {
        assert!(sheet.contains(part), "{part} in\n{sheet}");
    }
}

#[test]
fn every_lesson_opens_in_the_page_at_every_step() {
    for item in all() {
        let mut model = opened(&format!("#lesson={}", item.name), "?play=0", true);
        for step in 0..learning(&model).lesson().steps.len() {
            ask(&mut model, Change::Step(step));
            assert_eq!(learning(&model).step(), step, "{}", item.name);
            assert!(learning(&model).shows_its_run(), "{}", item.name);
        }
        let bad: Vec<_> = model.ui().notices.iter().map(|notice| &notice.text).collect();
        assert!(bad.is_empty(), "{}: {bad:?}", item.name);
    }
}
