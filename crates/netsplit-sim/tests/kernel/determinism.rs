//! The same run is the same run, however its cursor got there.

use crate::toy::{ToyRun, all_events, at, c, link, n, run, setup};
use netsplit_sim::id::{Step, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention, Scheduled};
use netsplit_sim::network::LinkModel;
use netsplit_sim::run::{Progress, Run, Status};
use netsplit_sim::time::SimTime;

/// A script that touches most of the kernel.
fn eventful() -> Vec<Scheduled> {
    let lossy = LinkModel { loss_ppm: 300_000, duplicate_ppm: 300_000, ..LinkModel::default() };
    vec![
        at(130, Intervention::SetWall(WallId(1), [link(n(1), n(2)), link(n(2), n(1))].into())),
        at(200, Intervention::Pause(n(3))),
        at(260, Intervention::SetLink(link(n(3), n(1)), lossy)),
        at(330, Intervention::Resume(n(3))),
        at(400, Intervention::Crash(n(1), CrashKind::LoseUnsynced)),
        at(450, Intervention::RemoveWall(WallId(1))),
        at(700, Intervention::Restart(n(1))),
        at(750, Intervention::ClockDrift(n(2), 200_000)),
    ]
}

const END: SimTime = SimTime::from_millis(2_000);

fn finished() -> ToyRun {
    let mut whole = run(setup(), eventful());
    assert_eq!(whole.run_until(END, u32::MAX), Ok(Progress::Ended));
    whole
}

#[test]
fn single_steps_and_small_slices_and_one_leap_end_in_the_same_digest() {
    let leap = finished().digest();

    let mut stepped = run(setup(), eventful());
    while stepped.step_forward() == Ok(Progress::Arrived) {}
    assert_eq!(stepped.digest(), leap);

    let mut sliced = run(setup(), eventful());
    while sliced.run_until(END, 3) == Ok(Progress::Underway) {}
    assert_eq!(sliced.digest(), leap);
}

#[test]
fn going_back_and_forth_changes_nothing() {
    let mut wandering = finished();
    let end = wandering.digest();
    let (events, history) = (all_events(&wandering), wandering.history().to_vec());
    for millis in [900, 130, 1_999, 0, 401, 400, 1_200] {
        wandering.seek(SimTime::from_millis(millis)).unwrap();
        assert_eq!(wandering.now(), SimTime::from_millis(millis));
        let here = wandering.digest();
        let step = wandering.step();
        wandering.seek_step(Step(step.0 / 2)).unwrap();
        wandering.seek_step(step).unwrap();
        assert_eq!(wandering.digest(), here, "at {millis} ms");
    }
    wandering.seek(END).unwrap();
    assert_eq!(wandering.digest(), end);
    assert_eq!((all_events(&wandering), wandering.history()), (events, &*history));
}

#[test]
fn another_seed_is_another_run() {
    let mut other = run(netsplit_sim::setup::Setup { seed: 8, ..setup() }, eventful());
    other.seek(END).unwrap();
    assert_ne!(other.digest(), finished().digest());
}

#[test]
fn intervening_live_equals_the_recorded_script() {
    let mut live = run(setup(), Vec::new());
    for Scheduled { at, what, .. } in eventful() {
        live.seek(at).unwrap();
        assert_eq!(live.intervene(what), Ok(Vec::new()));
    }
    live.seek(END).unwrap();
    let recorded = live.script().to_vec();
    let mut replayed = run(setup(), recorded);
    replayed.seek(END).unwrap();
    assert_eq!(replayed.digest(), live.digest());
}

#[test]
fn an_intervention_between_two_events_of_one_instant_finds_its_place_again() {
    let mut constant = setup();
    constant.link = LinkModel::default();
    let mut live = run(constant.clone(), Vec::new());
    // With constant delays the three greetings of one instant fall due together.
    live.seek(SimTime::from_millis(49)).unwrap();
    live.step_forward().unwrap();
    assert_eq!(live.next_at(), Some(live.now()), "more is to happen at this instant");
    live.intervene(Intervention::Crash(n(2), CrashKind::KeepWritten)).unwrap();
    assert_eq!(live.script()[0].rank, 1);
    live.seek(END).unwrap();

    let mut replayed = run(constant, live.script().to_vec());
    replayed.seek(END).unwrap();
    assert_eq!(replayed.digest(), live.digest());
    let mut ranked_otherwise = live.script().to_vec();
    ranked_otherwise[0].rank = 0;
    let mut other = run(live.world().setup().clone(), ranked_otherwise);
    other.seek(END).unwrap();
    assert_ne!(other.digest(), live.digest(), "the rank matters");
}

#[test]
fn intervening_in_the_past_discards_the_future_and_can_be_undone() {
    let mut edited = finished();
    let end = edited.digest();
    edited.seek(SimTime::from_millis(300)).unwrap();
    let discarded = edited.intervene(Intervention::Crash(n(2), CrashKind::KeepWritten)).unwrap();
    assert_eq!(discarded.len(), 5, "what lay after 300 ms");
    edited.seek(END).unwrap();
    assert_ne!(edited.digest(), end);

    edited.seek(SimTime::from_millis(299)).unwrap();
    let before = edited.script()[..edited.applied()].to_vec();
    edited.edit([before, discarded].concat()).unwrap();
    edited.seek(END).unwrap();
    assert_eq!(edited.digest(), end);
}

#[test]
fn an_edit_right_after_a_line_takes_it_back_and_keeps_what_came_before() {
    let crash = at(402, Intervention::Crash(n(1), CrashKind::KeepWritten));
    let mut edited = run(setup(), vec![crash]);
    edited.seek(SimTime::from_millis(402)).unwrap();
    assert_eq!((edited.applied(), edited.status(n(1))), (1, Status::Crashed));
    let before = Step(edited.step().0 - 1);
    edited.edit(Vec::new()).unwrap();
    assert!(edited.event(before).is_some(), "what does not depend on the line stays known");
    edited.seek(END).unwrap();
    let mut never = run(setup(), Vec::new());
    never.seek(END).unwrap();
    assert_eq!(edited.digest(), never.digest());
}

#[test]
fn a_line_put_in_before_the_cursor_takes_it_back_to_before_that_line() {
    let mut edited = run(setup(), Vec::new());
    edited.seek(SimTime::from_millis(49)).unwrap();
    let pause = at(48, Intervention::Pause(n(1)));
    edited.edit(vec![pause.clone()]).unwrap();
    assert!(edited.now() < pause.at && edited.applied() == 0, "nothing has happened since the start");
}

#[test]
fn what_is_done_after_a_line_that_asked_to_come_last_comes_after_it_in_a_replay_too() {
    let instant = SimTime::from_millis(300);
    let last = Scheduled { at: instant, rank: 7, what: Intervention::Crash(n(2), CrashKind::KeepWritten) };
    let mut live = run(setup(), vec![last]);
    live.seek(instant).unwrap();
    live.intervene(Intervention::Restart(n(2))).unwrap();
    assert_eq!(live.outcome(1).map(|applied| applied.refused), Some(None), "there was something to restart");
    live.seek(END).unwrap();
    let mut replayed = run(setup(), live.script().to_vec());
    replayed.seek(END).unwrap();
    assert_eq!(replayed.digest(), live.digest());
}

#[test]
fn every_event_names_a_cause_before_it() {
    let whole = finished();
    let events = all_events(&whole);
    for event in &events {
        assert!(event.cause.is_none_or(|cause| cause < event.step), "{event:?}");
    }
    let caused = events.iter().filter(|event| event.cause.is_some()).count();
    assert!(caused * 10 > events.len() * 9, "{caused} of {}", events.len());
}

#[test]
fn a_run_pinned_to_the_bit() {
    assert_eq!(finished().digest().to_string(), "d314afe6e6a04f47");
}

#[test]
fn who_is_not_there_cannot_be_harmed() {
    let mut small = run(setup(), Vec::new());
    let refused = small.intervene(Intervention::Crash(n(9), CrashKind::KeepWritten)).unwrap_err();
    assert_eq!(refused.to_string(), "n9 is not in this run");
    let refused = small.intervene(Intervention::Pause(c(1))).unwrap_err();
    assert!(refused.to_string().contains("c1 is a client"));
    assert_eq!(small.script(), []);
}
