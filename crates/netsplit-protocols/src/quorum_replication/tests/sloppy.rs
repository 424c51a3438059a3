//! §4.6: stand-ins, hints and their way home.

use netsplit_sim::history::{Operation, Outcome, Value};
use netsplit_sim::intervention::CrashKind;

use super::lab::{C1, Lab, ms, n, ok, plan};

/// Homes n1, n2 and n3, stand-in n4, and a wall between n1, n2 and n3, n4.
fn walled() -> Lab {
    let mut lab = plan(4).choice("quorum", "sloppy").start();
    lab.wall(&[n(1), n(2)]).ask(C1, n(3), Operation::write(0, 4)).pass(ms(160));
    lab
}

#[test]
fn a_stand_in_takes_a_write_in_place_of_a_home_and_it_counts() {
    let mut lab = walled();
    assert_eq!((lab.last(), lab.hints()), (ok(4), vec![0, 0, 0, 1]));
    assert_eq!(lab.said("stand-in"), ["n3 turns to n4, which stands in for n1 with x."]);
    lab.read(n(4)).pass(ms(160));
    assert_eq!(lab.last(), ok(4), "whoever reaches the stand-in sees the write");
}

#[test]
fn a_sloppy_read_on_the_other_side_misses_a_write_that_was_acknowledged() {
    let mut lab = walled();
    lab.read(n(1)).pass(ms(160));
    assert_eq!(lab.last(), Some(Outcome::Ok(Value::Absent)));
}

#[test]
fn a_strict_quorum_on_the_wrong_side_answers_nobody() {
    let mut lab = plan(4).start();
    lab.wall(&[n(1), n(2)]).ask(C1, n(3), Operation::write(0, 4)).pass(ms(450));
    assert_eq!(lab.last(), Some(Outcome::Info));
    assert_eq!(lab.hints(), [0; 4]);
}

#[test]
fn a_stand_in_hands_over_once_the_home_is_back_and_forgets() {
    let mut lab = walled();
    lab.pass(ms(600));
    assert!(!lab.said("handoff").is_empty(), "it tries while the wall stands");
    lab.heal().pass(ms(600));
    assert_eq!((lab.hints(), lab.held()[0].clone()), (vec![0; 4], vec![4]));
    assert_eq!(lab.said("handoff-done").len(), 1);
    assert!(lab.broken().is_empty());
}

#[test]
fn a_stand_in_that_restarts_still_has_its_hints() {
    let mut lab = walled();
    lab.crash(n(4), CrashKind::LoseUnsynced).restart(n(4)).heal().pass(ms(600));
    assert_eq!((lab.hints(), lab.held()[0].clone()), (vec![0; 4], vec![4]));
}

#[test]
fn a_suspected_home_is_skipped_at_once_the_next_time() {
    let mut lab = walled();
    lab.ask(C1, n(3), Operation::write(0, 5)).pass(ms(20));
    assert_eq!(lab.last(), ok(5), "without another wait");
}

#[test]
fn with_nobody_left_to_stand_in_a_sloppy_write_is_refused() {
    let mut lab = plan(4).choice("quorum", "sloppy").start();
    lab.wall(&[n(3)]).ask(C1, n(3), Operation::write(0, 4)).pass(ms(450));
    assert_eq!(lab.last(), Some(Outcome::Info), "it has asked n1, n2 and n4");
    lab.ask(C1, n(3), Operation::write(0, 5)).pass(ms(20));
    assert_eq!(lab.last(), Some(Outcome::Fail), "now it knows that it is alone");
}
