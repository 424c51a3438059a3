//! §4.5: W acknowledge, R answer, and what a coordinator says when they do not.

use netsplit_sim::history::{Operation, Outcome};
use netsplit_sim::intervention::CrashKind;

use super::lab::{C1, C2, ms, n, ok, plan};

#[test]
fn a_write_reaches_all_homes_and_a_read_through_any_server_sees_it() {
    let mut lab = plan(5).start();
    lab.write(n(5), 4).read(n(4));
    assert_eq!(lab.held(), [vec![4], vec![4], vec![4], vec![], vec![]]);
    assert_eq!(lab.outcomes(), [ok(4), ok(4)]);
    assert!(lab.broken().is_empty());
}

#[test]
fn a_write_is_answered_after_w_and_its_stragglers_arrive_all_the_same() {
    let mut lab = plan(3).nrw(3, 1, 2).start();
    lab.slow(n(1), n(3), ms(50)).ask(C1, n(1), Operation::write(0, 4)).pass(ms(20));
    assert_eq!((lab.last(), lab.held()), (ok(4), vec![vec![4], vec![4], vec![]]));
    lab.pass(ms(60));
    assert_eq!(lab.held(), [[4], [4], [4]]);
}

#[test]
fn an_operation_may_say_how_many_replicas_answer_it() {
    let mut lab = plan(3).nrw(3, 2, 2).start();
    lab.wall(&[n(1)]).ask(C1, n(1), Operation::write(0, 4).by_replicas(1)).pass(ms(60));
    assert_eq!(lab.last(), ok(4));
    lab.ask(C1, n(1), Operation::read(0).by_replicas(1)).pass(ms(60));
    assert_eq!(lab.last(), ok(4));
    lab.ask(C1, n(1), Operation::read(0).by_replicas(4)).pass(ms(60));
    assert_eq!(lab.last(), Some(Outcome::Fail), "there are only three replicas");
}

#[test]
fn a_coordinator_without_w_says_unknown_once_it_has_asked_and_fail_once_it_knows_better() {
    let mut lab = plan(3).nrw(3, 2, 2).start();
    lab.wall(&[n(1)]).ask(C1, n(1), Operation::write(0, 4)).pass(ms(450));
    assert_eq!(lab.last(), Some(Outcome::Info), "n1 has stored it: it may come true");
    lab.ask(C1, n(1), Operation::write(0, 5)).pass(ms(60));
    assert_eq!(lab.last(), Some(Outcome::Fail), "n1 takes n2 and n3 for down, and asks nobody");
    assert_eq!(lab.held(), [vec![4], vec![], vec![]]);
    // After the heal n1 hears its probes answered, and goes on as before. The write that nobody knew of
    // comes true beside the new one: who wrote 6 had not seen 4.
    lab.heal().pass(ms(600)).ask(C1, n(1), Operation::write(0, 6)).pass(ms(60));
    assert_eq!((lab.last(), lab.held()), (ok(6), vec![vec![4, 6]; 3]));
}

#[test]
fn a_read_without_r_fails_and_says_so() {
    let mut lab = plan(3).nrw(3, 3, 1).start();
    lab.crash(n(2), CrashKind::KeepWritten).read(n(1)).pass(ms(500));
    assert_eq!(lab.last(), Some(Outcome::Fail));
    assert_eq!(
        lab.said("give-up-read"),
        ["n1 has only 2 of 3 answers about x and gives up: it cannot read."]
    );
}

#[test]
fn a_client_whose_coordinator_is_gone_does_not_know() {
    let mut lab = plan(3).start();
    lab.crash(n(1), CrashKind::KeepWritten).write(n(1), 4).pass(ms(1_000));
    assert_eq!(lab.last(), Some(Outcome::Info));
}

#[test]
fn a_request_that_the_network_doubles_is_one_write() {
    let mut plan = plan(3);
    plan.setup.link.duplicate_ppm = 1_000_000;
    let mut lab = plan.start();
    lab.write(n(1), 4).read(n(2));
    assert_eq!((lab.last(), lab.held()), (ok(4), vec![vec![4]; 3]));
}

#[test]
fn a_server_that_owns_nothing_coordinates_all_the_same() {
    let mut lab = plan(4).number("members", 3).start();
    lab.write(n(4), 4).ask(C2, n(4), Operation::read(0)).pass(ms(60));
    assert_eq!((lab.last(), lab.held()), (ok(4), vec![vec![4], vec![4], vec![4], vec![]]));
    assert!(lab.broken().is_empty());
}

#[test]
fn what_only_memory_holds_is_gone_after_a_crash() {
    let mut lab = plan(3).nrw(3, 1, 1).switch("sync_writes", false).start();
    lab.write(n(1), 4).read(n(2));
    assert_eq!(lab.last(), ok(4));
    lab.crash(n(2), CrashKind::KeepWritten).restart(n(2)).ask(C1, n(2), Operation::read(0).by_replicas(1));
    lab.pass(ms(1));
    assert_eq!(lab.server(n(2)).memory.store.keys(), 0);
}
