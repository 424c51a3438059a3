//! Design `ca`: all is well until a wall falls.

use netsplit_sim::history::{Operation, Outcome, Value};

use super::lab::{C1, C2, Plan, ms, n, ok, plan};

const UNKNOWN: Option<Outcome> = Some(Outcome::Info);

fn read() -> Operation {
    Operation::read(0)
}

fn write(number: i64) -> Operation {
    Operation::write(0, number)
}

fn failover(servers: u16) -> Plan {
    plan("ca", servers).switch("failover", true)
}

#[test]
fn a_write_is_answered_once_every_backup_has_stored_it() {
    let mut lab = plan("ca", 3).start();
    lab.done(C1, n(1), write(4));
    assert_eq!((lab.last(), lab.took()), (ok(4), Some(ms(3 + 1 + 3 + 1 + 3 + 3))));
    assert_eq!(lab.held(), vec![vec![4]; 3]);
    assert_eq!(lab.are("primary"), [n(1)]);
}

#[test]
fn whoever_is_asked_sends_the_request_on_to_the_primary() {
    let mut lab = plan("ca", 3).start();
    lab.done(C2, n(3), write(4)).done(C2, n(2), read());
    assert_eq!(lab.outcomes(), [ok(4), ok(4)]);
    assert_eq!(lab.said("forward").len(), 2);
}

#[test]
fn the_primary_decides_alone_and_can_compare_and_set() {
    let mut lab = plan("ca", 3).start();
    lab.done(C1, n(1), Operation::cas(0, Value::Absent, 4));
    lab.done(C2, n(3), Operation::cas(0, Value::Absent, 5));
    assert_eq!(lab.outcomes(), [ok(4), Some(Outcome::Fail)]);
}

#[test]
fn without_failover_both_sides_block_at_the_wall() {
    let mut lab = plan("ca", 5).start();
    lab.done(C1, n(1), write(4)).wall(&[n(1), n(2)]);
    lab.ask(C1, n(1), write(5)).ask(C2, n(5), read()).pass(ms(1_100));
    assert_eq!(lab.outcomes()[1..], [UNKNOWN, UNKNOWN]);
    assert_eq!(lab.said("blocked").len(), 1);
    lab.heal().done(C2, n(5), write(6)).done(C1, n(1), read());
    assert_eq!(lab.outcomes()[3..], [ok(6), ok(6)], "it goes on where it stood");
    assert!(lab.broken().is_empty() && lab.agree());
}

#[test]
fn one_dead_backup_stops_all_writes_without_failover() {
    let mut lab = plan("ca", 3).start();
    lab.crash(n(3)).ask(C1, n(1), write(4)).pass(ms(400));
    assert_eq!(lab.last(), UNKNOWN);
    lab.restart(n(3)).done(C1, n(1), write(5));
    assert_eq!(lab.last(), ok(5));
}

#[test]
fn requests_wait_their_turn() {
    let mut lab = plan("ca", 3).start();
    lab.wall(&[n(1)]).ask(C1, n(1), write(4)).pass(ms(10)).ask(C2, n(1), read()).pass(ms(100));
    assert_eq!(lab.outcomes(), [None, None]);
    lab.heal().pass(ms(100));
    assert_eq!(lab.outcomes(), [ok(4), ok(4)]);
    assert_eq!(lab.said("queue").len(), 1);
}

#[test]
fn a_dead_backup_is_dropped_and_comes_back_with_all_it_missed() {
    let mut lab = failover(3).start();
    lab.done(C1, n(1), write(4)).crash(n(3)).ask(C1, n(1), write(5)).pass(ms(400));
    assert_eq!(lab.last(), ok(5));
    assert_eq!(lab.said("drop-backup").len(), 1);
    lab.restart(n(3)).pass(ms(300));
    assert_eq!(lab.said("backup-back").len(), 1);
    assert!(lab.agree() && lab.broken().is_empty());
}

#[test]
fn a_dead_primary_is_replaced_by_the_next_in_line_and_nothing_is_lost() {
    let mut lab = failover(3).start();
    lab.done(C1, n(1), write(4)).crash(n(1)).pass(ms(700));
    assert_eq!(lab.are("primary"), [n(2)]);
    lab.done(C2, n(3), read()).done(C2, n(3), write(5));
    assert_eq!(lab.outcomes()[1..], [ok(4), ok(5)]);
    lab.restart(n(1)).pass(ms(500));
    assert_eq!(lab.are("primary"), [n(2)], "who was down waits to hear how things are");
    assert!(lab.agree() && lab.broken().is_empty());
}

#[test]
fn with_failover_a_wall_splits_the_brain_and_acknowledged_writes_are_lost() {
    let mut lab = failover(5).start();
    lab.done(C1, n(1), write(4)).wall(&[n(1), n(2)]).pass(ms(1_000));
    assert_eq!(lab.are("primary"), [n(1), n(3)]);
    assert_eq!(lab.broken(), ["one-primary"].into());
    lab.ask(C1, n(1), write(5)).pass(ms(400)).ask(C2, n(5), write(6)).pass(ms(400));
    assert_eq!(lab.outcomes(), [ok(4), ok(5), ok(6)], "both sides acknowledge");
    lab.heal().pass(ms(1_000));
    assert_eq!(lab.are("primary"), [n(3)]);
    assert_eq!(lab.held(), vec![vec![6]; 5], "what n1 acknowledged behind the wall is gone");
    assert_eq!(lab.said("step-down").len(), 1);
}

#[test]
fn the_side_without_the_old_primary_loses_what_only_it_wrote_even_under_other_keys() {
    let mut lab = failover(3).start();
    lab.wall(&[n(1)]).pass(ms(700)).ask(C1, n(1), Operation::write(1, 5)).pass(ms(400));
    assert_eq!(lab.last(), ok(5));
    lab.heal().pass(ms(1_000)).done(C1, n(1), Operation::read(1));
    assert_eq!(lab.last(), Some(Outcome::Ok(Value::Absent)));
}

#[test]
fn a_slow_network_is_taken_for_a_dead_primary() {
    let mut lab = failover(3).start();
    lab.slow(n(1), n(2), ms(500)).pass(ms(202));
    assert_eq!(lab.are("primary"), [n(1), n(2)], "no wall, no crash: only slow");
    assert_eq!(lab.broken(), ["one-primary"].into());
}

#[test]
fn a_request_that_arrives_twice_counts_once_even_if_the_primary_changes_in_between() {
    let mut lab = failover(3).start();
    lab.done(C1, n(1), write(4)).done(C2, n(2), write(5));
    let taken = lab.run.world().disk(n(2)).taken.len();
    assert_eq!(taken, 2, "backups know what was taken");
}
