//! Windows, zooming and ticks.

use netsplit_sim::time::SimDuration;

use super::*;

fn window(from_ms: u64, to_ms: u64) -> Window {
    Window { from: SimTime::from_millis(from_ms), to: SimTime::from_millis(to_ms) }
}

#[test]
fn places_and_times_are_each_others_inverse() {
    let shown = window(400, 1_700);
    for millis in [400, 912, 1_284, 1_700] {
        let at = SimTime::from_millis(millis);
        assert!(shown.at(shown.x(at)).0.abs_diff(at.0) <= 1, "{at}");
    }
}

#[test]
fn zooming_keeps_what_is_under_the_pointer() {
    let until = SimTime::from_millis(10_000);
    let shown = window(2_000, 6_000);
    let under = shown.at(250.0);
    let zoomed = shown.zoomed(250.0, 0.5, until);
    assert!(zoomed.at(250.0).0.abs_diff(under.0) <= 2);
    assert_eq!(zoomed.to.since(zoomed.from), SimDuration::from_millis(2_000));
}

#[test]
fn zooming_never_leaves_the_run_nor_vanishes() {
    let until = SimTime::from_millis(10_000);
    assert_eq!(window(0, 10_000).zoomed(900.0, 50.0, until), window(0, 10_000));
    let close = window(0, 10_000).zoomed(900.0, 1e-12, until);
    assert!(close.to.since(close.from) >= SimDuration(999_999));
    assert!(close.to <= until);
    let short = SimTime(10);
    assert!(window(0, 1).zoomed(0.0, 0.1, short).to > SimTime::ZERO);
}

#[test]
fn the_window_follows_the_cursor_only_when_it_leaves() {
    let until = SimTime::from_millis(10_000);
    assert_eq!(window(0, 2_000).following(SimTime::from_millis(1_999), until), window(0, 2_000));
    assert_eq!(window(0, 2_000).following(SimTime::from_millis(3_000), until), window(2_600, 4_600));
    assert_eq!(window(0, 2_000).following(until, until), window(8_000, 10_000));
}

#[test]
fn ticks_are_round_and_few() {
    let labels = |w: Window| ticks(w).into_iter().map(|tick| tick.label).collect::<Vec<_>>();
    assert_eq!(labels(window(0, 3_000)), ["0.0 s", "0.5 s", "1.0 s", "1.5 s", "2.0 s", "2.5 s", "3.0 s"]);
    assert_eq!(
        labels(window(1_280, 1_285)),
        ["1.280 s", "1.281 s", "1.282 s", "1.283 s", "1.284 s", "1.285 s"]
    );
    for length in [1, 7, 33, 1_500, 60_000, 7_200_000] {
        let count = ticks(window(0, length)).len();
        assert!((3..=10).contains(&count), "{count} ticks in {length} ms");
    }
}
