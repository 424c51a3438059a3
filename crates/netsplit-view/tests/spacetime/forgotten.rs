//! What was forgotten is said to be forgotten, and nothing is made up in its place.

use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::intervention::{CrashKind, Intervention, Scheduled};
use netsplit_sim::run::{Limits, Run};
use netsplit_sim::time::SimTime;
use netsplit_view::cone::Cone;
use netsplit_view::divergence::{Comparison, Named, compare};
use netsplit_view::spacetime::course::End;
use netsplit_view::spacetime::{Spacing, View};
use netsplit_view::timeline::Window;

use crate::told::forgetful;

/// The first stretch after the cursor that was forgotten, and the next event kept.
fn hole(run: &dyn Run) -> (Step, Step) {
    let kept = |step: u64| run.event(Step(step)).is_some();
    let known = run.known().step.0;
    let first = (run.step().0 + 1..=known).find(|step| !kept(*step)).expect("something was forgotten");
    let end = (first..=known).find(|step| kept(*step)).expect("something later is kept");
    (Step(first), Step(end))
}

#[test]
fn a_window_over_a_forgotten_stretch_says_so_and_draws_the_rest() {
    let told = forgetful(60_000, 30_000);
    let (_, end) = hole(&*told.run);
    let time = told.run.event(end).expect("it is kept").time.0;
    let near = Window { from: SimTime(time - 100_000_000), to: SimTime(time + 100_000_000) };
    let (before, _) = hole(&*told.run);
    let gone = told.run.event(Step(before.0 - 1)).expect("it is kept").time.0;
    let edge =
        told.picture(&View::new(Window { from: SimTime(gone - 5_000_000), to: SimTime(gone + 100_000_000) }));
    // What arrived in the stretch that was forgotten is known to have arrived from its sending.
    assert!(edge.arrows.iter().any(|arrow| arrow.end == End::Arrived && arrow.arrived.is_none()));
    for spacing in [Spacing::Even, Spacing::Quiet, Spacing::Causal] {
        let picture = told.picture(&View { spacing, ..View::new(near) });
        assert!(picture.remarks.iter().any(|remark| remark.contains("forgotten")), "{:?}", picture.remarks);
        assert!(picture.arrows.iter().any(|arrow| arrow.end == End::Arrived));
        // All of this is long past: whatever is not known to have arrived is at least not under way.
        assert!(picture.arrows.iter().all(|arrow| arrow.end != End::UnderWay), "{spacing:?}");
    }
    let time = |step: u64| told.run.event(Step(step)).expect("it is kept").time;
    let kept = Window { from: time(before.0 - 60), to: time(before.0 - 10) };
    let kept = told.picture(&View::new(kept));
    assert_eq!(kept.remarks, Vec::<String>::new());
}

#[test]
fn a_cone_through_a_forgotten_stretch_says_so() {
    let told = forgetful(60_000, 30_000);
    let (_, end) = hole(&*told.run);
    let late = Cone::of(&*told.run, end).expect("it is kept");
    assert!(late.past_is_cut_short());
    assert!(late.words(&*told.run)[0].ends_with("It was not followed any farther."));
}

fn compared(one: &dyn Run, other: &dyn Run) -> Comparison {
    compare(Named { run: one, name: "one" }, Named { run: other, name: "other" }, SimTime::ZERO)
}

#[test]
fn runs_with_different_gaps_part_where_they_part() {
    let told = forgetful(60_000, 59_000);
    let mut whole = told.run.fork();
    whole.limit(Limits::default());
    whole.seek(SimTime::ZERO).expect("it was there");
    whole.seek(SimTime::from_millis(59_000)).expect("it was there");
    let found = compared(&*told.run, &*whole);
    assert_eq!((found.event, found.forgot), (None, true));
    assert!(found.sentence.ends_with("Stretches that one of them forgot were not compared."));

    let servers = whole.topology().servers();
    for id in servers.take(2) {
        whole.intervene(Intervention::Crash(id, CrashKind::KeepWritten)).expect("it can be done");
    }
    whole.seek(whole.until()).expect("it runs");
    let found = compared(&*told.run, &*whole);
    let event = found.event.expect("two servers are gone");
    assert!(event.at > SimTime::from_millis(59_000), "{}", event.sentence);
}

#[test]
fn a_forgotten_end_is_no_difference() {
    let told = forgetful(60_000, 0);
    let mut short = told.run.fork();
    let what = Intervention::Crash(NodeId::server(0), CrashKind::KeepWritten);
    short.edit(vec![Scheduled { at: SimTime::from_millis(40_000), rank: 0, what }]).expect("it can be done");
    let mut whole = told.run.fork();
    whole.limit(Limits::default());
    whole.seek(whole.until()).expect("it runs");
    assert!(short.event(short.known().step).is_none(), "its end is kept");
    let found = compared(&*short, &*whole);
    assert_eq!((found.event, found.forgot), (None, true), "{}", found.sentence);
}
