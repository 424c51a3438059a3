//! §4.4, §5: siblings and who resolves them, timestamps and what they eat, read repair.

use netsplit_sim::history::{Operation, Outcome, Value};
use netsplit_sim::intervention::{CrashKind, Intervention};

use super::lab::{C1, C2, many, ms, n, ok, plan};

#[test]
fn concurrent_writes_stay_side_by_side_until_a_client_that_read_both_writes() {
    let mut lab = plan(3).start();
    lab.ask(C1, n(1), Operation::write(0, 4)).ask(C2, n(2), Operation::write(0, 5)).pass(ms(60));
    assert_eq!(lab.held(), vec![vec![4, 5]; 3]);
    lab.read(n(3));
    assert_eq!(lab.last(), many(&[4, 5]));
    lab.ask(C2, n(1), Operation::write(0, 6)).pass(ms(60));
    assert_eq!((lab.last(), lab.held()), (ok(6), vec![vec![6]; 3]));
    assert!(lab.broken().is_empty());
}

#[test]
fn two_blind_writes_through_one_coordinator_are_both_kept() {
    let mut lab = plan(4).number("members", 3).start();
    lab.ask(C1, n(4), Operation::write(0, 4)).pass(ms(60));
    lab.ask(C2, n(4), Operation::write(0, 5)).pass(ms(60));
    assert_eq!(lab.held(), [vec![4, 5], vec![4, 5], vec![4, 5], vec![]]);
}

#[test]
fn a_client_that_writes_again_replaces_what_it_wrote() {
    let mut lab = plan(3).start();
    lab.write(n(1), 4).write(n(2), 5);
    assert_eq!(lab.held(), [[5]; 3]);
}

#[test]
fn a_resolved_conflict_does_not_come_back_from_a_replica_that_missed_it() {
    let mut lab = plan(3).switch("read_repair", true).nrw(3, 3, 2).start();
    lab.ask(C1, n(1), Operation::write(0, 4)).ask(C2, n(2), Operation::write(0, 5)).pass(ms(60));
    lab.read(n(1)).wall(&[n(3)]).ask(C2, n(1), Operation::write(0, 6)).pass(ms(150));
    assert_eq!(lab.held(), [vec![6], vec![6], vec![4, 5]]);
    lab.heal().pass(ms(600)).read(n(3)).pass(ms(60));
    assert_eq!((lab.last(), lab.held()), (ok(6), vec![vec![6]; 3]));
}

#[test]
fn read_repair_updates_the_replica_that_answered_with_an_older_version() {
    let mut lab = plan(3).nrw(3, 2, 2).switch("read_repair", true).start();
    lab.wall(&[n(3)]).write(n(1), 4).pass(ms(60)).heal();
    assert_eq!(lab.held(), [vec![4], vec![4], vec![]]);
    lab.pass(ms(600)).read(n(1)).pass(ms(60));
    assert_eq!(lab.held(), [[4]; 3]);
    assert_eq!(
        lab.said("read-repair"),
        ["n1 sends the newest version of x to n3, which has answered with an older one."]
    );
}

#[test]
fn a_coordinator_whose_clock_is_ahead_makes_a_later_write_disappear() {
    let mut lab = plan(3).choice("reconciliation", "last_writer_wins").start();
    lab.act(Intervention::ClockOffset(n(1), 5_000_000_000));
    lab.write(n(1), 4).ask(C2, n(2), Operation::write(0, 5)).pass(ms(60));
    assert_eq!(lab.outcomes(), [ok(4), ok(5)], "both are acknowledged");
    assert_eq!(lab.held(), [[4]; 3], "and the later one is gone");
    assert_eq!(
        lab.said("store-older-clock")[0],
        "n2 throws away what n2 sends, E: by its timestamp it is older than D, which it has."
    );
    assert!(lab.broken().is_empty(), "by timestamps nothing went wrong");
}

#[test]
fn what_was_read_is_not_taken_back_by_a_crash() {
    let mut plan = plan(3).nrw(3, 3, 1);
    plan.setup.disk = netsplit_sim::latency::Delay::Constant(ms(50));
    let mut lab = plan.start();
    lab.ask(C1, n(1), Operation::write(0, 4)).pass(ms(20)).ask(C2, n(2), Operation::read(0)).pass(ms(25));
    assert_eq!(lab.last(), Some(Outcome::Ok(Value::Absent)), "no disk has it yet");
    for server in [1, 2, 3] {
        lab.crash(n(server), CrashKind::LoseUnsynced).restart(n(server));
    }
    lab.read(n(2));
    assert_eq!(lab.last(), Some(Outcome::Ok(Value::Absent)));
}

#[test]
fn of_two_concurrent_writes_the_later_timestamp_wins_everywhere() {
    let mut lab = plan(3).choice("reconciliation", "last_writer_wins").start();
    lab.ask(C1, n(1), Operation::write(0, 4)).pass(ms(1)).ask(C2, n(2), Operation::write(0, 5)).pass(ms(60));
    assert_eq!((lab.outcomes(), lab.held()), (vec![ok(4), ok(5)], vec![vec![5]; 3]));
}

#[test]
fn a_write_that_only_w_get_reaches_nobody_else_ever() {
    let mut lab = plan(5).number("members", 4).nrw(3, 1, 1).choice("propagation", "only_w").start();
    lab.write(n(5), 4).pass(ms(2_000));
    assert_eq!(lab.held().concat(), [4]);
}
