//! What happens to the run on the page when a person, the clock or the address bar asks for something.
#![cfg(not(target_arch = "wasm32"))]

use std::cell::Cell;
use std::collections::BTreeSet;

use netsplit_scenarios::document::Speed;
use netsplit_scenarios::gallery::{FIRST, GalleryItem, gallery};
use netsplit_sim::describe::ParamKind;
use netsplit_sim::id::{Link, NodeId, Step, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::time::SimTime;
use netsplit_view::wall::{Sketch, WallShape};
use netsplit_web::model::{Address, Model, Offer, cold_start};
use netsplit_web::msg::{Dialog, Msg, Origin, Panel, Selection};
use netsplit_web::options::Options;
use netsplit_web::playback::Drive;

fn fragment_of(item: &GalleryItem) -> String {
    format!("#scenario={}@{}", item.path, item.revision)
}

fn page(fragment: &str) -> Model {
    cold_start(fragment, Options::default(), false)
}

/// A page at rest at this time.
fn page_at(millis: u64) -> Model {
    let mut model = page("");
    seek(&mut model, millis);
    model
}

fn seek(model: &mut Model, millis: u64) {
    model.update(Msg::Seek(SimTime::from_millis(millis)));
    settle(model);
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

fn crash(index: u16) -> Msg {
    let what = Intervention::Crash(NodeId::server(index), CrashKind::KeepWritten);
    Msg::Intervene { what, sketch: None }
}

fn digest(model: &Model) -> String {
    model.session().run().digest().to_string()
}

fn now(model: &Model) -> SimTime {
    model.session().run().now()
}

/// The link to what the page shows.
fn link(model: &Model) -> String {
    model.session().fragment(&model.session().position())
}

#[test]
fn the_bare_page_plays_and_a_link_to_a_moment_rests_there() {
    assert!(page("").playback().playing());
    let shared = link(&page_at(700));
    let opened = page(&shared);
    assert_eq!(opened.playback().drive, Drive::Rest);
    assert_eq!(opened.session().run().now(), SimTime(700_000_999));
}

#[test]
fn reduced_motion_never_plays_by_itself_and_play_goes_from_event_to_event() {
    let mut model = cold_start("", Options::default(), true);
    assert!(!model.playback().playing());
    model.update(Msg::TogglePlay);
    let mut steps = vec![];
    for _ in 0..120 {
        model.tick(16.7, &|| 0.0);
        steps.push(model.session().run().step().0);
    }
    steps.dedup();
    assert_eq!(steps, [1, 2, 3, 4], "two seconds are four events at most two of which come in a second");
}

#[test]
fn the_same_run_is_reached_at_every_frame_rate() {
    let play = |frame: f64| {
        let mut model = page("");
        model.update(Msg::Speed(Speed(1_000_000)));
        model.update(Msg::SkipQuiet(false));
        while now(&model) < SimTime::from_millis(1_500) {
            model.tick(frame, &|| 0.0);
        }
        model.update(Msg::SeekStep(netsplit_sim::id::Step(400)));
        digest(&model)
    };
    assert_eq!(play(6.9), play(16.7));
    assert_eq!(play(16.7), play(41.0));
}

#[test]
fn a_slice_ends_when_its_time_is_over_and_the_page_says_that_it_is_late() {
    let mut model = page("");
    model.update(Msg::Speed(Speed(100_000_000)));
    let time = Cell::new(0.0);
    let slow_machine = || {
        time.set(time.get() + 9.0);
        time.get()
    };
    for _ in 0..10 {
        model.tick(50.0, &slow_machine);
    }
    assert!(model.playback().late());
    model.update(Msg::Pause);
    assert!(!model.playback().late());
}

#[test]
fn a_hidden_tab_does_not_make_up_for_lost_time() {
    let mut model = page("");
    model.update(Msg::Speed(Speed(1_000_000)));
    model.update(Msg::SkipQuiet(false));
    model.tick(3_600_000.0, &|| 0.0);
    assert!(now(&model) <= SimTime::from_millis(50));
}

/// A scenario in which nothing happens for a while at first.
fn quiet_start() -> String {
    let quiet = gallery().iter().map(fragment_of).find(|fragment| {
        let model = page(fragment);
        let mut flights = Vec::new();
        model.session().run().flights(&mut flights);
        let run = model.session().run();
        run.step().0 == 0 && flights.is_empty() && run.next_at() > Some(SimTime::from_millis(50))
    });
    quiet.expect("a scenario begins quietly")
}

#[test]
fn a_quiet_stretch_passes_faster_and_nothing_in_it_is_missed() {
    let quiet = quiet_start();
    let frames_to_first_event = |skip: bool| {
        let mut model = page(&quiet);
        model.update(Msg::Speed(Speed(10_000)));
        model.update(Msg::SkipQuiet(skip));
        (0..).find(|_| {
            model.tick(16.7, &|| 0.0);
            model.session().run().step().0 > 0
        })
    };
    assert!(frames_to_first_event(true).unwrap() * 3 < frames_to_first_event(false).unwrap());
}

#[test]
fn stepping_back_and_forward_returns_to_the_same_state() {
    let mut model = page_at(900);
    model.update(Msg::StepForward);
    let (there, step) = (digest(&model), model.session().run().step());
    model.update(Msg::StepBack);
    assert_eq!(model.session().run().step().0, step.0 - 1);
    model.update(Msg::StepForward);
    assert_eq!(digest(&model), there);
}

#[test]
fn the_next_mark_is_found_where_nobody_has_been_yet_and_the_previous_one_from_there() {
    let mut model = page("");
    model.update(Msg::NextMark);
    settle(&mut model);
    let first = model.session().run().step();
    assert!(first.0 > 0);
    model.update(Msg::NextMark);
    settle(&mut model);
    assert!(model.session().run().step() > first);
    model.update(Msg::PreviousMark);
    assert_eq!(model.session().run().step(), first);
}

#[test]
fn an_intervention_is_part_of_the_run_and_of_its_link() {
    let mut model = page_at(700);
    let untouched = link(&model);
    let effects = model.update(crash(0));
    assert!(effects.link && effects.address == Address::Replace);
    assert_ne!(link(&model), untouched);
    let copy = page(&link(&model));
    assert_eq!(digest(&copy), digest(&model));
    assert_eq!(now(&copy), now(&model));
}

#[test]
fn a_wall_keeps_its_sketch_through_link_and_undo() {
    let mut model = page_at(300);
    let cuts: BTreeSet<Link> = [Link::new(NodeId::server(0), NodeId::server(1))].into();
    let sketch = Sketch {
        path: vec![(400, 0), (420, 1000)],
        shape: WallShape::Line,
        one_way: true,
        flipped: false,
        doors: vec![],
    };
    let wall = model.session().free_wall();
    model.update(Msg::Intervene {
        what: Intervention::SetWall(wall, cuts.clone()),
        sketch: Some(sketch.clone()),
    });
    model.update(Msg::StepForward);
    assert_eq!(model.session().sketches().get(&wall), Some(&sketch));
    assert_eq!(page(&link(&model)).session().sketches().get(&wall), Some(&sketch));
    assert_ne!(model.session().free_wall(), wall, "a number is never used twice");

    seek(&mut model, 200);
    assert!(model.session().sketches().is_empty(), "before it was raised it is not there");
    model.update(Msg::Undo);
    assert!(model.session().run().script().is_empty());
}

#[test]
fn what_is_impossible_is_refused_by_a_sentence_and_changes_nothing() {
    let mut model = page_at(300);
    let before = (digest(&model), link(&model));
    model.update(crash(77));
    assert!(model.ui().notices[0].text.contains("n78 is not in this run"));
    assert_eq!((digest(&model), link(&model)), before);
}

#[test]
fn a_bad_link_leaves_the_run_as_it_was_and_offers_ways_out() {
    let mut model = page_at(500);
    model.update(crash(2));
    let before = (digest(&model), link(&model));
    for bad in
        ["#scenario=no/such-thing", "#s=z1.AAAA.00000000", "#s=z9.AAAA.00000000", "#step=x", "#s=z1.cut"]
    {
        model.update(Msg::Open(bad.to_owned(), Origin::Address));
        let notice = model.ui().notices.last().expect("a notice tells of it");
        assert!(notice.offers.contains(&Offer::Paste), "{bad}: {}", notice.text);
        assert_eq!((digest(&model), link(&model)), before, "{bad}");
    }
}

#[test]
fn a_bad_link_at_the_start_is_told_and_nothing_plays() {
    let model = page("#s=z1.cut");
    assert_eq!(model.playback().drive, Drive::Rest);
    assert_eq!(model.ui().notices.len(), 1);
    assert_eq!(model.session().run().step().0, 0);
}

#[test]
fn every_bad_option_is_named_and_the_page_is_there() {
    let model = cold_start("", Options::parse("?theme=pink&speed=0"), false);
    let told: Vec<_> = model.ui().notices.iter().map(|notice| notice.text.as_str()).collect();
    assert!(told[0].contains("theme=pink") && told[1].contains("speed=0"), "{told:?}");
    assert!(model.playback().playing());
}

#[test]
fn another_seed_is_another_run_and_the_same_seed_is_the_same() {
    let mut model = page_at(800);
    let (there, seed) = (digest(&model), model.session().scenario().seed);
    model.update(Msg::Seed(seed + 1));
    assert_eq!(now(&model), SimTime::ZERO);
    seek(&mut model, 800);
    assert_ne!(digest(&model), there);
    model.update(Msg::Seed(seed));
    seek(&mut model, 800);
    assert_eq!(digest(&model), there);
}

#[test]
fn the_same_seed_begins_the_same_run_again() {
    let mut model = page_at(800);
    let seed = model.session().scenario().seed;
    model.update(Msg::Seed(seed));
    assert_eq!((now(&model), model.session().run().step()), (SimTime::ZERO, Step(0)));
}

#[test]
fn reset_brings_back_the_run_as_it_was_opened_and_can_be_undone() {
    let mut model = page_at(400);
    model.update(crash(0));
    let changed = link(&model);
    model.update(Msg::Reset);
    assert!(model.session().run().script().is_empty());
    assert_eq!(now(&model), SimTime::ZERO);
    model.update(Msg::Undo);
    assert_eq!(link(&model), changed);
}

#[test]
fn a_parameter_begins_the_run_again_and_a_value_out_of_range_is_refused() {
    let mut model = page_at(600);
    let about = model.session().run().about();
    let switch = about.params.iter().find_map(|param| match param.kind {
        ParamKind::Switch { default } => Some((param.name, !default)),
        _ => None,
    });
    let (name, on) = switch.expect("the first protocol has a switch");
    model.update(Msg::Param(name, netsplit_sim::describe::ParamValue::Switch(on)));
    assert_eq!(now(&model), SimTime::ZERO);
    assert!(model.session().modified());

    seek(&mut model, 600);
    let before = digest(&model);
    model.update(Msg::Param(name, netsplit_sim::describe::ParamValue::Number(7)));
    assert_eq!(digest(&model), before);
    assert!(model.ui().notices.last().unwrap().text.contains(name));
}

#[test]
fn a_link_whose_digest_differs_says_between_which_steps() {
    let model = page_at(800);
    let mut position = model.session().position();
    position.micros = None;
    let step = model.session().run().step();
    position.fingerprint = Some(model.session().fingerprint(step).unwrap());
    let honest = model.session().fragment(&position);
    assert!(page(&honest).ui().notices.is_empty());

    let lie = honest.rfind("h=").map(|at| format!("{}h=0000{}", &honest[..at], &honest[at + 6..])).unwrap();
    let liar = page(&lie);
    let told = &liar.ui().notices;
    assert!(told[0].text.contains("differs from what the author of its link saw"), "{}", told[0].text);
}

#[test]
fn sharing_rests_the_run_and_takes_its_link_once() {
    let mut model = page("");
    for _ in 0..200 {
        model.tick(16.7, &|| 0.0);
    }
    model.update(Msg::OpenDialog(Dialog::Share));
    assert_eq!(model.playback().drive, Drive::Rest);
    let shared = model.ui().shared.clone();
    assert!(shared.contains("&step=") && shared.contains("&h="), "{shared}");
    let copy = page(&shared);
    assert_eq!((digest(&copy), now(&copy)), (digest(&model), now(&model)));
}

#[test]
fn keys_that_come_before_the_cursor_has_arrived_go_on_from_where_it_is_bound() {
    let mut model = page_at(100);
    for _ in 0..20 {
        model.update(Msg::SeekBy(10_000_000));
    }
    model.update(Msg::SeekBy(-50_000_000));
    assert_eq!(model.bound_for(), SimTime(250_000_999));
    settle(&mut model);
    assert_eq!(now(&model), model.bound_for());
}

#[test]
fn every_scenario_of_the_gallery_opens_and_runs() {
    for item in gallery() {
        let mut model = page(&fragment_of(item));
        assert!(model.ui().notices.is_empty(), "{}: {:?}", item.path, model.ui().notices);
        let end = model.session().run().until();
        model.update(Msg::Seek(end));
        settle(&mut model);
        assert!(model.session().run().step().0 > 10, "{}", item.path);
    }
}

#[test]
fn unknown_items_of_a_link_are_kept() {
    let model = page(&format!("#scenario={FIRST}&lecture=3"));
    assert!(link(&model).contains("lecture=3"), "{}", link(&model));
}

#[test]
fn opening_from_inside_makes_an_entry_to_go_back_to_and_the_cursor_does_not() {
    let mut model = page_at(300);
    let open = |model: &mut Model, origin| model.update(Msg::Open(format!("#scenario={FIRST}"), origin));
    assert_eq!(open(&mut model, Origin::Inside).address, Address::Push);
    assert_eq!(open(&mut model, Origin::Address).address, Address::Keep);
    assert_eq!(model.update(Msg::StepForward).address, Address::Replace);
}

#[test]
fn the_revision_grows_when_the_picture_changes_and_only_then() {
    let mut model = page_at(300);
    let revision = model.revision();
    model.update(Msg::Panel(Panel::Events));
    model.update(Msg::Select(Some(Selection::Wall(WallId(1)))));
    model.update(Msg::Speed(Speed(5_000)));
    assert_eq!(model.revision(), revision);
    model.update(Msg::StepForward);
    assert!(model.revision() > revision);
}

#[test]
fn the_inspector_compares_with_the_node_before_it_last_changed() {
    let mut model = page("");
    model.update(Msg::Pause);
    model.update(Msg::Select(Some(Selection::Node(NodeId::server(0)))));
    assert!(model.seen_before().is_none());
    let first = model.session().run().node(NodeId::server(0));
    while model.session().run().node(NodeId::server(0)) == first {
        model.update(Msg::StepForward);
    }
    assert_eq!(model.seen_before(), Some(&first));
}
