//! Each flaw breaks one rule, and the property that says so finds it.

use netsplit_sim::history::Operation;
use netsplit_sim::intervention::CrashKind;

use super::lab::{C1, C2, Plan, ms, n, plan};

fn check(plan: Plan, flaw: &str, property: &str, story: impl Fn(Plan) -> super::lab::Lab) {
    let broken = story(plan.flaw(flaw)).broken();
    assert!(broken.contains(property), "{flaw} breaks {broken:?}");
}

#[test]
fn blind_repair_takes_a_version_away() {
    let story = |plan: Plan| {
        let mut lab = plan.start();
        lab.wall(&[n(1)]).ask(C1, n(2), Operation::write(0, 4)).pass(ms(200)).heal().pass(ms(700));
        lab.ask(C2, n(1), Operation::read(0)).pass(ms(200));
        lab
    };
    let plan = || plan(3).nrw(3, 2, 2).switch("read_repair", true);
    check(plan(), "blind-repair", "versions-advance", story);
    assert!(story(plan()).broken().is_empty());
}

#[test]
fn a_stand_in_that_forgets_its_hints_is_found_out() {
    let story = |plan: Plan| {
        let mut lab = plan.start();
        lab.wall(&[n(1), n(2)]).ask(C1, n(3), Operation::write(0, 4)).pass(ms(160));
        lab.crash(n(4), CrashKind::KeepWritten).restart(n(4)).pass(ms(10));
        lab.ask(C1, n(4), Operation::read(0)).pass(ms(10));
        lab
    };
    let plan = || plan(4).choice("quorum", "sloppy");
    check(plan(), "hints-dropped", "hints-kept", story);
    assert!(story(plan()).broken().is_empty());
}

#[test]
fn names_used_twice_let_a_new_write_pass_for_an_old_one() {
    let story = |plan: Plan| {
        let mut lab = plan.start();
        lab.wall(&[n(3)]).ask(C1, n(4), Operation::write(0, 4)).pass(ms(150));
        lab.crash(n(4), CrashKind::KeepWritten).restart(n(4)).heal().pass(ms(100));
        lab.ask(C2, n(4), Operation::write(0, 5)).pass(ms(150));
        lab
    };
    let plan = || plan(4).number("members", 3);
    check(plan(), "dots-reused", "names-unique", story);
    let honest = story(plan());
    assert!(honest.broken().is_empty());
    assert_eq!(honest.held()[0], [4, 5]);
}

#[test]
fn an_acknowledgement_before_the_disk_is_found_out() {
    let story = |plan: Plan| {
        let mut lab = plan.start();
        lab.ask(C1, n(4), Operation::write(0, 4)).pass(ms(10));
        lab
    };
    let plan = || {
        let mut plan = plan(4).number("members", 3);
        plan.setup.disk = netsplit_sim::latency::Delay::Constant(ms(20));
        plan
    };
    check(plan(), "ack-before-durable", "acknowledged-stored", story);
    assert!(story(plan()).broken().is_empty());
}
