//! Data types that merge: no update is lost, and that is no invariant.

use netsplit_sim::history::{Operation, Outcome};

use super::lab::{C1, C2, ap, many, ms, n, ok};

fn read() -> Operation {
    Operation::read(0)
}

#[test]
fn the_last_ticket_is_sold_on_both_sides_and_the_count_converges_to_minus_one() {
    let mut lab = ap("crdt", "counter", 3).start();
    lab.done(C1, n(1), Operation::add(0, 1)).wall(&[n(1)]);
    lab.done(C1, n(1), read()).done(C2, n(3), read());
    assert_eq!(lab.outcomes()[1..], [ok(1), ok(1)], "one ticket is left, as both sides see it");
    lab.done(C1, n(1), Operation::add(0, -1)).done(C2, n(3), Operation::add(0, -1));
    assert_eq!(lab.held(), [vec![0], vec![0], vec![0]]);
    lab.heal().pass(ms(2_000));
    assert_eq!(lab.held(), vec![vec![-1]; 3]);
    assert!(lab.agree() && lab.broken().is_empty());
}

#[test]
fn no_increment_is_lost_or_counted_twice_however_often_it_is_told() {
    let mut plan = ap("crdt", "counter", 5);
    plan.setup.link.duplicate_ppm = 300_000;
    plan.setup.link.loss_ppm = 200_000;
    let mut lab = plan.start();
    for step in 0..40u16 {
        lab.ask(C1, n(1 + step % 5), Operation::add(0, 1)).pass(ms(1_100));
    }
    lab.pass(ms(10_000));
    let taken = lab.said("take-add").len() as i64;
    assert!((20..=40).contains(&taken), "some requests were lost on the way: {taken}");
    assert_eq!(lab.held(), vec![vec![taken]; 5]);
    assert!(lab.broken().is_empty());
}

#[test]
fn an_addition_on_one_side_wins_over_a_removal_on_the_other() {
    let mut lab = ap("crdt", "set", 3).start();
    lab.done(C1, n(1), Operation::add(0, 7)).done(C1, n(1), Operation::add(0, 8)).wall(&[n(1)]);
    lab.done(C1, n(1), Operation::remove(0, 7)).done(C1, n(1), Operation::remove(0, 8));
    lab.done(C2, n(3), Operation::add(0, 7)).heal().pass(ms(2_000)).done(C1, n(2), read());
    assert_eq!(lab.last(), many(&[7]), "8 was removed by somebody who had seen it");
    assert!(lab.agree() && lab.broken().is_empty());
}

#[test]
fn an_empty_set_is_read_as_nothing_at_all() {
    let mut lab = ap("crdt", "set", 3).start();
    lab.done(C1, n(1), read());
    assert_eq!(lab.last(), many(&[]));
}

#[test]
fn what_a_data_type_cannot_do_is_refused() {
    let mut counter = ap("crdt", "counter", 3).start();
    counter.done(C1, n(1), Operation::write(0, 4)).done(C1, n(1), Operation::remove(0, 4));
    assert_eq!(counter.outcomes(), [Some(Outcome::Fail), Some(Outcome::Fail)]);
    let mut register = ap("crdt", "register", 3).start();
    register.done(C1, n(1), Operation::add(0, 4)).done(C1, n(1), Operation::write(0, 4));
    assert_eq!(register.outcomes(), [Some(Outcome::Fail), ok(4)]);
}

#[test]
fn counters_that_are_added_up_count_twice_and_are_caught() {
    let mut lab = ap("crdt", "counter", 3).flaw("merge-by-sum").start();
    lab.done(C1, n(1), Operation::add(0, 1)).done(C2, n(2), Operation::add(0, 1)).pass(ms(1_000));
    assert_eq!(lab.broken(), ["nothing-invented"].into());
    assert_ne!(lab.held()[0], [2]);
}
