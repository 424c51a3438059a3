//! What is kept of a run, what is forgotten, and that it is said.

use std::cell::Cell;
use std::rc::Rc;

use crate::toy::{Toy, ToyConfig, ToyRun, run, setup};
use netsplit_sim::execution::Execution;
use netsplit_sim::id::Step;
use netsplit_sim::run::{Limits, Run, Stopped};
use netsplit_sim::setup::Setup;
use netsplit_sim::time::SimTime;

/// A run after this many minutes, of which each has some 11,000 steps.
fn watched(minutes: u64, limits: Limits) -> ToyRun {
    let until = SimTime::from_millis(60_000 * minutes);
    let mut run = run(Setup { until, ..setup() }, Vec::new());
    run.limit(limits);
    run.seek(until).unwrap();
    run
}

fn a_minute(limits: Limits) -> ToyRun {
    watched(1, limits)
}

#[test]
fn the_stride_doubles_when_the_budget_is_reached_and_never_exceeds_it() {
    let roomy = a_minute(Limits::default()).memory();
    assert_eq!(roomy.stride, 1_024);
    assert_eq!(roomy.keyframes as u64, 1 + a_minute(Limits::default()).step().0 / 1_024);
    let half = Limits { keyframe_bytes: roomy.keyframe_bytes / 2, ..Limits::default() };
    let tight = a_minute(half).memory();
    assert!(tight.keyframe_bytes <= half.keyframe_bytes, "{tight:?}");
    assert!(tight.stride > 1_024 && tight.stride.is_power_of_two(), "{tight:?}");
    assert_eq!(tight.slow_before, None);
}

#[test]
fn where_nothing_fits_the_oldest_keyframes_go_and_the_run_says_so() {
    let memory = watched(10, Limits { keyframe_bytes: 1, ..Limits::default() }).memory();
    assert_eq!((memory.keyframes, memory.stride), (2, 32_768), "the start and the latest");
    assert_eq!(memory.slow_before, Some(Step(2 * 32_768)));
}

#[test]
fn the_log_forgets_what_is_far_from_the_cursor_and_counts_it() {
    let whole = a_minute(Limits::default());
    assert_eq!(whole.memory().events_forgotten, 0);
    let log_bytes = whole.memory().log_bytes / 3;
    let mut short = a_minute(Limits { log_bytes, ..Limits::default() });
    let memory = short.memory();
    assert!(memory.events_forgotten > short.step().0 / 2, "{memory:?}");
    assert!(short.event(short.step()).is_some());
    assert_eq!(short.event(Step(1)), None);
    short.seek(SimTime::from_millis(1_000)).unwrap();
    assert!(short.event(Step(1)).is_some(), "a replay brings it back");
    short.seek(SimTime::from_millis(20_000)).unwrap();
    assert!(short.event(Step(1)).is_some(), "and it stays while nothing nearer needs the room");
    short.seek_step(Step(6 * 1_024)).unwrap();
    assert!(short.event(Step(6 * 1_024)).is_some(), "what led to a keyframe is known there");
    assert!(short.memory().log_bytes < log_bytes + 300_000, "one page and a half beyond the budget");
}

#[test]
fn a_replay_that_differs_is_reported() {
    let config = ToyConfig { breaks_replay: Some(Rc::new(Cell::new(0))), ..ToyConfig::default() };
    let mut broken: ToyRun = Execution::<Toy, ()>::new(setup(), config, Vec::new()).unwrap();
    broken.limit(Limits { stride: 100, ..Limits::default() });
    broken.seek_step(Step(250)).unwrap();
    broken.seek_step(Step(150)).unwrap();
    let stopped = broken.run_to_step(Step(250), u32::MAX);
    assert_eq!(stopped, Err(Stopped::NotTheSame { step: Step(200) }));
}
