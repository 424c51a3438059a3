//! The space-time diagram is presentation: it selects, goes and lights, and changes no run.
#![cfg(not(target_arch = "wasm32"))]

use netsplit_scenarios::gallery::gallery;
use netsplit_sim::event::EventKind;
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::time::SimTime;
use netsplit_view::cone::Influence;
use netsplit_web::model::{Model, cold_start};
use netsplit_web::msg::{Msg, Origin, Panel, Selection};
use netsplit_web::options::Options;
use netsplit_web::spacetime::{Change, Sight};

/// A page at rest at this time.
fn page_at(millis: u64) -> Model {
    let mut model = cold_start("", Options::default(), false);
    model.update(Msg::Seek(SimTime::from_millis(millis)));
    for _ in 0..10_000 {
        if !model.tick(16.0, &|| 0.0).frames {
            return model;
        }
    }
    panic!("the cursor never comes to rest");
}

fn digest(model: &Model) -> String {
    model.session().run().digest().to_string()
}

fn last_arrival(model: &Model) -> Step {
    let arrives = |kind: &EventKind| matches!(kind, EventKind::Deliver { .. });
    let found = model.session().run().past().rfind(|event| arrives(&event.kind));
    found.expect("something arrived").step
}

fn sight(model: &Model) -> Option<Sight> {
    Sight::of(model.session().run(), &model.ui().diagram, model.ui().selection)
}

#[test]
fn looking_around_changes_neither_run_nor_cursor() {
    let mut model = page_at(700);
    let (before, at) = (digest(&model), model.session().run().now());
    let zoom = Change::Zoom(SimTime::from_millis(400), 0.5);
    for change in [zoom, Change::Pan(50_000_000), Change::Whole, Change::Causal(true), Change::Fold(false)] {
        model.update(Msg::Diagram(change));
    }
    assert_eq!((digest(&model), model.session().run().now()), (before, at));
}

#[test]
fn a_selected_event_lights_its_cone_and_is_shown_by_the_inspector() {
    let mut model = page_at(700);
    let step = last_arrival(&model);
    model.update(Msg::Select(Some(Selection::Event(step))));
    assert_eq!(model.ui().side, Some(Panel::Inspector));
    let lit = sight(&model).expect("a cone is lit");
    assert_eq!(lit.step(model.session().run(), step), Influence::Itself);
    model.update(Msg::Diagram(Change::Cone(false)));
    assert_eq!(sight(&model), None);
}

#[test]
fn what_the_stage_shows_is_read_again_when_the_light_changes() {
    let mut model = page_at(700);
    let before = model.revision();
    model.update(Msg::Diagram(Change::Knows(Some(NodeId::server(1)))));
    assert!(model.revision() > before);
}

#[test]
fn another_scenario_has_every_lane_and_nobodys_eyes() {
    let mut model = page_at(700);
    model.update(Msg::Diagram(Change::Hide(NodeId::server(1))));
    model.update(Msg::Diagram(Change::Knows(Some(NodeId::server(2)))));
    let other = gallery().last().expect("the gallery is not empty");
    let fragment = format!("#scenario={}@{}", other.path, other.revision);
    model.update(Msg::Open(fragment, Origin::Inside));
    assert!(model.ui().diagram.hidden.is_empty());
    assert_eq!(model.ui().diagram.knows, None);
}
