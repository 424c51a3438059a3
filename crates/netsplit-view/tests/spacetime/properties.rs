//! What must hold of every window of every story.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_scenarios::gallery::gallery;
use netsplit_sim::event::{EventKind, Fate};
use netsplit_sim::history::Moment;
use netsplit_sim::id::{MessageId, NodeId, Step};
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_view::spacetime::course::End;
use netsplit_view::spacetime::{Reach, SpaceTime, Spacing, View};
use netsplit_view::timeline::Window;

use crate::told::{Told, cut_late, gallery_story, troubled, window};

const SPACINGS: [Spacing; 3] = [Spacing::Even, Spacing::Quiet, Spacing::Causal];

fn stories() -> impl Iterator<Item = (&'static str, Told)> {
    let told = gallery().iter().map(|item| (item.path, gallery_story(item.path, 900)));
    told.chain([("troubled", troubled()), ("cut late", cut_late())])
}

/// Wide and narrow ones: a message may be under way for all of a narrow one.
fn windows(run: &dyn Run) -> impl Iterator<Item = Window> + use<> {
    let until = run.until().0 / 1_000_000;
    (0..until).step_by(370).flat_map(|from| [window(from, from + 260), window(from + 113, from + 118)])
}

/// Of every message: when it was sent, and when it arrived first, was lost at once, or would arrive.
fn journeys(run: &dyn Run) -> BTreeMap<MessageId, (SimTime, SimTime, bool)> {
    let mut journeys = BTreeMap::new();
    for step in (0..=run.known().step.0).map(Step) {
        let time = run.event(step).map_or(SimTime::ZERO, |event| event.time);
        for row in run.sent(step) {
            journeys.insert(row.id, (time, row.deliver_at, false));
        }
        for row in run.changed(step).iter().filter(|row| row.fate != Fate::Held) {
            let journey = journeys.get_mut(&row.id).expect("it was sent before");
            journey.1 = journey.1.max(row.deliver_at);
        }
        if let Some(EventKind::Deliver { message, .. }) = run.event(step).map(|event| event.kind) {
            let journey = journeys.get_mut(&message).expect("it was sent before");
            if !journey.2 {
                *journey = (journey.0, time, true);
            }
        }
    }
    journeys
}

#[test]
fn every_message_of_a_window_is_drawn_exactly_once() {
    for (path, told) in stories() {
        let journeys = journeys(&*told.run);
        for window in windows(&*told.run) {
            let picture = told.picture(&View::new(window));
            let drawn: BTreeSet<MessageId> = picture.arrows.iter().map(|arrow| arrow.id).collect();
            assert_eq!(drawn.len(), picture.arrows.len(), "{path} {window:?}: one is drawn twice");
            for (id, &(sent, ended, arrived)) in &journeys {
                let meets = sent <= window.to && ended >= window.from;
                assert!(meets || !drawn.contains(id), "{path} {window:?}: {id} is not under way");
                // What was lost may have died before the window.
                let must = meets && (arrived || sent >= window.from);
                assert!(!must || drawn.contains(id), "{path} {window:?}: {id} is missing");
            }
        }
    }
}

#[test]
fn arrows_begin_and_end_where_their_events_lie() {
    for (path, told) in stories() {
        for window in windows(&*told.run) {
            for spacing in SPACINGS {
                let picture = told.picture(&View { spacing, ..View::new(window) });
                check_arrows(path, &*told.run, &picture);
            }
        }
    }
}

fn check_arrows(path: &str, run: &dyn Run, picture: &SpaceTime) {
    let lane =
        |id: NodeId| picture.lanes.iter().position(|lane| lane.id == id).expect("nobody is hidden") as f64;
    for arrow in &picture.arrows {
        let (from, to) = (lane(arrow.id.link.from), lane(arrow.id.link.to));
        if arrow.id.copy < 2 {
            assert!((arrow.from.y - from).abs() < 1e-9, "{path} {}", arrow.id);
            assert!((arrow.from.x - picture.scale.x_of(arrow.sent)).abs() < 1e-6, "{path} {}", arrow.id);
        }
        assert_eq!(arrow.end.is_arrival(), (arrow.to.y - to).abs() < 1e-9, "{path} {}", arrow.id);
        assert!(arrow.to.x >= arrow.from.x, "{path} {} goes back", arrow.id);
        let points = [arrow.from].into_iter().chain(arrow.bends.iter().copied()).chain([arrow.to]);
        let way: Vec<f64> = points.map(|point| (point.y - from) / (to - from)).collect();
        assert!(way.is_sorted(), "{path} {} turns back: {way:?}", arrow.id);
        if let Some(step) = arrow.arrived {
            let time = run.event(step).expect("it is kept").time;
            let x = picture.scale.x_of(Moment { step, time });
            assert!((arrow.to.x - x).abs() < 1e-6, "{path} {}", arrow.id);
        }
    }
}

#[test]
fn what_is_earlier_never_lies_farther_right() {
    for (path, told) in stories() {
        for window in windows(&*told.run) {
            for spacing in SPACINGS {
                let scale = told.picture(&View { spacing, ..View::new(window) }).scale;
                let times = (0..=400).map(|k| SimTime((window.from.0 * (400 - k) + window.to.0 * k) / 400));
                let places: Vec<f64> = times.map(|time| scale.x(time)).collect();
                assert!(places.is_sorted(), "{path} {window:?} {spacing:?}");
                assert!(places[0] > -1e-6 && places[400] < 1_000.0 + 1e-6, "{path} {window:?} {spacing:?}");
            }
        }
    }
}

#[test]
fn a_place_leads_back_to_its_time() {
    let told = gallery_story("raft/minority-leader", 900);
    for window in windows(&*told.run) {
        for spacing in [Spacing::Even, Spacing::Quiet] {
            let scale = told.picture(&View { spacing, ..View::new(window) }).scale;
            for share in 0..=50 {
                let time = SimTime(window.from.0 + (window.to.0 - window.from.0) / 50 * share);
                let off = scale.at(scale.x(time)).0.abs_diff(time.0);
                assert!(off <= 2, "{window:?} {spacing:?} {time}: {off} ns off");
            }
        }
    }
}

#[test]
fn quiet_stretches_are_narrow_and_say_how_long_they_are() {
    let told = gallery_story("raft/minority-leader", 900);
    let view = View { spacing: Spacing::Quiet, ..View::new(window(1_000, 1_250)) };
    let picture = told.picture(&view);
    assert!(!picture.breaks.is_empty());
    for quiet in &picture.breaks {
        let inside = |event: &&netsplit_sim::event::Event| quiet.from < event.time && event.time < quiet.to;
        assert_eq!(told.run.known_events().find(inside), None, "something happens in {}", quiet.label);
        assert!(
            picture.scale.x(quiet.to) - picture.scale.x(quiet.from)
                < view.window.x(quiet.to) - view.window.x(quiet.from)
        );
    }
}

#[test]
fn what_is_not_known_yet_is_not_drawn_narrow() {
    let told = gallery_story("raft/minority-leader", 1_100);
    let view = View { spacing: Spacing::Quiet, reach: Reach::Cursor, ..View::new(window(1_000, 1_400)) };
    let picture = told.picture(&view);
    assert!(picture.breaks.iter().all(|quiet| quiet.to <= told.run.now()), "{:?}", picture.breaks);
}

#[test]
fn under_causal_spacing_causes_lie_left_of_what_they_lead_to() {
    for (path, told) in stories() {
        for window in windows(&*told.run) {
            let picture = told.picture(&View { spacing: Spacing::Causal, ..View::new(window) });
            let arrived =
                picture.arrows.iter().filter(|arrow| arrow.arrived.is_some() && arrow.to.x < 1_000.0);
            let mut arrived = arrived.filter(|arrow| arrow.sent.time >= window.from);
            assert!(arrived.all(|arrow| arrow.from.x < arrow.to.x), "{path} {window:?}");
        }
    }
}

#[test]
fn what_is_drawn_together_is_counted() {
    for (path, told) in stories() {
        let view = View::new(Window::whole(&*told.run));
        let total = |view: &View| -> (u32, u32, usize) {
            let picture = told.picture(view);
            let arrows = picture.arrows.iter().map(|arrow| arrow.count).sum();
            let dots = picture.dots.iter().map(|dot| dot.count).sum();
            (arrows, dots, picture.arrows.len())
        };
        let (all, single) =
            (total(&View { room: 100_000, ..view.clone() }), total(&View { room: 300, ..view }));
        assert_eq!((all.0, all.1), (single.0, single.1), "{path}");
        assert!(single.2 <= 600, "{path}: {} arrows", single.2);
    }
}

#[test]
fn up_to_the_cursor_nothing_later_is_told() {
    for (path, told) in stories() {
        let now = told.run.now();
        let near = Window { from: SimTime(now.0 - 150_000_000), to: SimTime(now.0 + 150_000_000) };
        let picture = told.picture(&View { reach: Reach::Cursor, ..View::new(near) });
        let x = picture.scale.x(now) + 1e-6;
        assert!(picture.arrows.iter().all(|arrow| arrow.to.x <= x && arrow.ended <= now), "{path}");
        assert!(picture.dots.iter().all(|dot| dot.at.x <= x), "{path}");
        assert!(picture.marks.iter().all(|mark| mark.moment.time <= now), "{path}");
        assert!(picture.lanes.iter().flat_map(|lane| &lane.roles).all(|role| role.to_x <= x), "{path}");
        assert!(picture.bands.iter().all(|band| band.to_x <= x), "{path}");
        let mut flights = Vec::new();
        told.run.flights(&mut flights);
        let dashed = |end: End| matches!(end, End::UnderWay | End::Held);
        let arriving: BTreeSet<MessageId> = flights
            .iter()
            .filter(|flight| !matches!(flight.fate, Fate::Lost(_)))
            .map(|flight| flight.id)
            .collect();
        let shown: BTreeSet<MessageId> =
            picture.arrows.iter().filter(|arrow| dashed(arrow.end)).map(|arrow| arrow.id).collect();
        assert!(arriving.is_subset(&shown), "{path}: {arriving:?} {shown:?}");
    }
}

#[test]
fn a_hidden_lane_leaves_stubs() {
    let told = gallery_story("raft/minority-leader", 900);
    let hidden = BTreeSet::from([NodeId::server(3), NodeId::client(1)]);
    let all = told.picture(&View::new(window(900, 1_000)));
    let some = told.picture(&View { hidden: hidden.clone(), ..View::new(window(900, 1_000)) });
    assert_eq!(some.hidden.as_deref(), Some("n4 and c2 are hidden"));
    assert_eq!(some.lanes.len(), all.lanes.len() - 2);
    let touches = |id: MessageId| hidden.contains(&id.link.from) || hidden.contains(&id.link.to);
    assert!(some.arrows.iter().all(|arrow| arrow.stub == touches(arrow.id)));
    assert_eq!(some.arrows.len(), all.arrows.len(), "no message runs between the two that are hidden");
}
