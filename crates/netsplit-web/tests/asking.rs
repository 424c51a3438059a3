//! What happens on the page when somebody asks why, or why not.
#![cfg(not(target_arch = "wasm32"))]

use netsplit_sim::describe::{Mark, Target};
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_view::why::{Asked, Offer, offered};
use netsplit_web::model::{Model, cold_start};
use netsplit_web::msg::{Msg, Panel, Selection};
use netsplit_web::options::Options;

/// The story of the walled-off leader at rest, two leading.
fn page() -> Model {
    let mut model = cold_start("#scenario=raft/minority-leader", Options::default(), false);
    model.update(Msg::Seek(SimTime::from_millis(1_900)));
    settle(&mut model);
    model
}

/// Frames until the cursor rests.
fn settle(model: &mut Model) {
    for _ in 0..100_000 {
        if !model.tick(16.0, &|| 0.0).frames {
            return;
        }
    }
    panic!("the cursor never comes to rest");
}

fn run(model: &Model) -> &dyn Run {
    model.session().run()
}

/// The question with these words about a server.
fn question(model: &Model, id: NodeId, words: &str) -> Offer {
    let offers = offered(run(model), Some(Selection::Node(id)));
    offers.into_iter().find(|offer| offer.label.contains(words)).expect("it can be asked")
}

fn last_election(model: &Model) -> Offer {
    let marks = run(model).known_marks().iter();
    let past = marks.filter(|marked| marked.moment.step <= run(model).step());
    let step = past.rev().find(|marked| marked.mark == Mark::Election).expect("there was one").moment.step;
    Offer { label: String::new(), asked: Asked::Event(step) }
}

/// The first target of the answer that is of this kind.
fn target(model: &Model, wanted: impl Fn(&Target) -> bool) -> Target {
    let told = model.ui().why.as_ref().expect("something was asked");
    let causes = told.chain.iter().flat_map(|cause| cause.missed.iter().chain([&cause.how]));
    let parts = causes.chain(&told.sentences).flat_map(|sentence| &sentence.parts);
    parts.filter_map(|part| part.target).find(wanted).expect("the answer points to one")
}

#[test]
fn an_answer_opens_its_panel_is_told_and_stays_when_the_cursor_moves_on() {
    let mut model = page();
    let asked = question(&model, NodeId::server(0), "not committed");
    model.update(Msg::Ask(asked.clone()));
    let answer = model.ui().why.clone().expect("it is answered");
    assert_eq!((answer.title.as_str(), model.ui().side), (asked.label.as_str(), Some(Panel::Why)));
    assert!(model.ui().told.1.starts_with(&asked.label), "{}", model.ui().told.1);
    model.update(Msg::Seek(SimTime::from_millis(500)));
    settle(&mut model);
    assert_eq!(model.ui().why, Some(answer));
}

#[test]
fn asking_stops_the_clock_at_the_instant_that_is_asked_about() {
    let mut model = page();
    model.update(Msg::TogglePlay);
    assert!(model.playback().playing());
    let asked = question(&model, NodeId::server(1), "not lead");
    model.update(Msg::Ask(asked));
    assert!(!model.playback().playing());
    let at = model.ui().why.as_ref().expect("it is answered").at;
    assert_eq!((at.step, at.time), (run(&model).step(), run(&model).now()));
}

#[test]
fn words_of_an_answer_go_to_their_moment_and_leave_it_open() {
    let mut model = page();
    model.update(Msg::Ask(last_election(&model)));
    let Target::Moment(moment) = target(&model, |target| matches!(target, Target::Moment(_))) else {
        panic!()
    };
    model.update(Msg::Follow(Target::Moment(moment)));
    settle(&mut model);
    assert_eq!(run(&model).step(), moment.step);
    assert_eq!(model.ui().side, Some(Panel::Why));
}

#[test]
fn words_for_a_wall_select_it_where_it_stands_wherever_the_cursor_went_meanwhile() {
    let mut model = page();
    model.update(Msg::Ask(question(&model, NodeId::server(0), "not committed")));
    let asked_at = run(&model).step();
    let wall = target(&model, |target| matches!(target, Target::Wall(_)));
    model.update(Msg::SeekStep(Step(1)));
    settle(&mut model);
    model.update(Msg::Follow(wall));
    settle(&mut model);
    assert_eq!(run(&model).step(), asked_at);
    let selected = model.ui().selection;
    assert!(
        matches!(selected, Some(Selection::Wall(id)) if run(&model).walls().iter().any(|(wall, _)| *wall == id))
    );
    model.update(Msg::Follow(Target::Node(NodeId::server(3))));
    assert_eq!(model.ui().selection, Some(Selection::Node(NodeId::server(3))));
    assert_eq!(model.ui().side, Some(Panel::Why), "the answer stays open beside what it names");
}

#[test]
fn a_step_that_is_not_known_is_answered_by_saying_so() {
    let mut model = page();
    model.update(Msg::Ask(Offer { label: String::new(), asked: Asked::Event(Step(1 << 40)) }));
    assert_eq!(model.ui().why, None);
    assert_eq!(model.ui().told.1, "What happened there is no longer kept.");
}
