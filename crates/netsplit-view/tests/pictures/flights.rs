//! Messages under way, from real runs.

use netsplit_sim::describe::Mark;
use netsplit_sim::event::Fate;
use netsplit_sim::id::MessageId;
use netsplit_sim::intervention::Intervention;
use netsplit_sim::run::{FlightView, Run};
use netsplit_sim::time::SimTime;
use netsplit_view::flights::{Dot, DotLook, Flights, Motion, dot_at};
use netsplit_view::geometry::Point;
use netsplit_view::retiming::{Retiming, retiming};
use netsplit_view::wall;

use crate::stories::{self, Story};

fn under_way(run: &dyn Run) -> Vec<FlightView> {
    let mut flights = Vec::new();
    run.flights(&mut flights);
    flights
}

fn dots(story: &Story, now: SimTime, motion: Motion) -> Vec<Dot> {
    let mut dots = Vec::new();
    Flights::new(&*story.run, &story.scene).dots(&*story.run, &story.scene, now, motion, &mut dots);
    dots
}

/// Half-way through what is under way after the leader's first messages.
fn busy() -> Story {
    let mut story = stories::first(Mark::Election);
    while under_way(&*story.run).len() < 3 {
        story.run.step_forward().expect("it steps");
    }
    story
}

#[test]
fn every_message_is_a_dot_between_its_ends() {
    let story = busy();
    let (flights, dots) = (under_way(&*story.run), dots(&story, story.run.now(), Motion::Glide));
    assert_eq!(dots.len(), flights.len());
    for dot in &dots {
        let (from, to) = (story.scene.layout.at(dot.id.link.from), story.scene.layout.at(dot.id.link.to));
        assert!((dot.at.distance(from) + dot.at.distance(to) - from.distance(to)).abs() < 1e-6);
        assert_ne!(dot.letter, '?');
    }
}

#[test]
fn dots_move_forward_as_time_goes_on() {
    let story = busy();
    let flight = under_way(&*story.run)[0];
    let place = |now| {
        let dots = dots(&story, now, Motion::Glide);
        let dot = dots.iter().find(|dot| dot.id == flight.id).expect("it is under way");
        dot.at.distance(story.scene.layout.at(flight.id.link.to))
    };
    let middle = SimTime(story.run.now().0 / 2 + flight.deliver_at.0 / 2);
    assert!(place(story.run.now()) > place(middle));
    assert!(place(middle) > place(flight.deliver_at));
}

#[test]
fn a_message_cut_off_dies_where_its_link_meets_the_wall() {
    let story = stories::walled_off();
    let lost = |flight: &&FlightView| matches!(flight.fate, Fate::Lost(_));
    let mut story = story;
    while !under_way(&*story.run).iter().any(|flight| lost(&flight)) {
        story.run.step_forward().expect("the wall stops something");
    }
    let flight = *under_way(&*story.run).iter().find(lost).expect("just seen");
    let end = dots(&story, SimTime(flight.deliver_at.0 - 1), Motion::Glide);
    let dot = end.iter().find(|dot| dot.id == flight.id).expect("lost ones are shown to their end");
    assert_eq!(dot.look, DotLook::Dying);
    assert!(dot.fade < 0.2, "faded by the time it would arrive: {}", dot.fade);
    let sketch = story.scene.sketches.values().next().expect("a wall stands");
    let beside = netsplit_view::geometry::distance_to_path(dot.at, &wall::drawn_path(sketch));
    assert!(beside < 1e-6, "{beside} beside the wall");
}

#[test]
fn without_motion_messages_sit_in_slots() {
    let story = busy();
    let at = |now| dots(&story, now, Motion::Slots).iter().map(|dot| dot.at).collect::<Vec<_>>();
    let later =
        under_way(&*story.run).iter().map(|flight| flight.deliver_at).min().expect("some are under way");
    assert_eq!(at(story.run.now()), at(SimTime(later.0 - 1)));
}

#[test]
fn a_pointer_finds_the_message_within_a_target_of_24_pixels() {
    let story = busy();
    let dots = dots(&story, story.run.now(), Motion::Glide);
    let size = story.scene.size;
    let mut beside = size.to_px(dots[0].at);
    beside.x += 11.0;
    let nearest = |p: netsplit_view::geometry::Point| {
        let all = dots.iter().map(|dot| (size.to_px(dot.at).distance(p), dot.id));
        all.min_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, id)| id)
    };
    assert_eq!(dot_at(&dots, beside, size, 4.0), nearest(beside));
    assert_eq!(dot_at(&dots, netsplit_view::geometry::Point::new(-50.0, -50.0), size, 4.0), None);
}

/// A message dragged to this share of its link, counted from its sender.
fn dragged(story: &Story, id: MessageId, along: f64) -> Retiming {
    let (from, to) = (story.scene.layout.at(id.link.from), story.scene.layout.at(id.link.to));
    retiming(&*story.run, &story.scene, id, from.towards(to, along)).expect("it is under way")
}

#[test]
fn a_message_put_back_where_it_is_arrives_when_it_would() {
    let story = busy();
    let dots = dots(&story, story.run.now(), Motion::Glide);
    for flight in under_way(&*story.run) {
        let dot = dots.iter().find(|dot| dot.id == flight.id).expect("it is drawn");
        let found = retiming(&*story.run, &story.scene, flight.id, dot.at).expect("it is under way");
        assert!(found.at.0.abs_diff(flight.deliver_at.0) < 1_000, "{found:?} {flight:?}");
    }
}

#[test]
fn the_farther_back_a_message_is_put_the_later_it_arrives_and_at_its_destination_at_once() {
    let story = busy();
    let flight = under_way(&*story.run)[0];
    assert_eq!(dragged(&story, flight.id, 1.0).at, story.run.now());
    let times = [0.9, 0.5, 0.0, -1.0, -3.0].map(|along| dragged(&story, flight.id, along).at);
    assert!(times.is_sorted() && times[0] < times[4], "{times:?}");
    assert!(dragged(&story, flight.id, -1.0).label.ends_with("later"));
}

#[test]
fn a_lost_message_is_not_re_timed() {
    let mut story = busy();
    let id = under_way(&*story.run)[0].id;
    story.run.intervene(Intervention::Drop(id)).expect("it can be dropped");
    assert_eq!(retiming(&*story.run, &story.scene, id, Point::default()), None);
}
