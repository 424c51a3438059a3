//! Design `ap`: every replica answers, and replicas that can talk become the same.

use netsplit_sim::history::{Operation, Outcome, Value};
use netsplit_sim::id::NodeId;
use netsplit_sim::intervention::Intervention;

use super::lab::{C1, C2, Lab, ap, many, ms, n, ok};

fn read() -> Operation {
    Operation::read(0)
}

fn write(number: i64) -> Operation {
    Operation::write(0, number)
}

#[test]
fn an_update_is_answered_by_one_replica_and_told_to_the_others_later() {
    let mut lab = ap("lww", "register", 5).start();
    lab.ask(C1, n(1), write(4)).pass(ms(5));
    assert_eq!(lab.held(), [vec![4], vec![], vec![], vec![], vec![]]);
    lab.pass(ms(5));
    assert_eq!((lab.last(), lab.took()), (ok(4), Some(ms(3 + 1 + 3))));
    assert_eq!(lab.held(), vec![vec![4]; 5]);
}

#[test]
fn a_read_overtakes_replication_even_without_a_wall() {
    let mut lab = ap("lww", "register", 3).start();
    lab.slow(n(1), n(3), ms(100)).done(C1, n(1), write(4)).done(C2, n(3), read());
    assert_eq!(lab.last(), Some(Outcome::Ok(Value::Absent)), "c1 was told before c2 asked");
}

#[test]
fn both_sides_of_a_wall_answer_and_agree_again_after_it() {
    for reconcile in ["lww", "siblings"] {
        let mut lab = ap(reconcile, "register", 5).start();
        lab.wall(&[n(1), n(2)]).done(C1, n(1), write(4)).done(C2, n(5), write(5));
        lab.done(C1, n(2), read()).done(C2, n(3), read());
        assert_eq!(lab.outcomes(), [ok(4), ok(5), ok(4), ok(5)], "{reconcile}");
        assert!(!lab.agree());
        lab.heal().pass(ms(2_500));
        assert!(lab.agree(), "{reconcile}");
        assert!(lab.broken().is_empty());
    }
}

#[test]
fn of_two_concurrent_writes_the_last_by_the_clock_stays_and_the_other_is_lost() {
    let mut lab = ap("lww", "register", 3).start();
    lab.wall(&[n(1)]).done(C1, n(1), write(4)).done(C2, n(3), write(5)).heal().pass(ms(2_000));
    assert_eq!(lab.outcomes(), [ok(4), ok(5)], "both were acknowledged");
    assert_eq!(lab.held(), vec![vec![5]; 3]);
    assert!(lab.said("last-writer-wins").iter().any(|line| line.ends_with("D is dropped.")));
}

#[test]
fn a_clock_that_runs_ahead_lets_a_later_write_vanish() {
    let mut plan = ap("lww", "register", 3);
    plan.setup.clocks = vec![(n(1), 500_000_000, 0)];
    let mut lab = plan.start();
    lab.done(C1, n(1), write(4)).done(C2, n(3), write(5)).done(C2, n(3), read());
    assert_eq!(lab.outcomes(), [ok(4), ok(5), ok(4)], "c2 does not even read its own write");
    assert_eq!(lab.said("drop-older-own").len(), 1);
}

#[test]
fn two_writes_of_one_server_at_one_instant_have_two_stamps() {
    let mut lab = ap("lww", "register", 3).start();
    lab.ask(C1, n(1), write(4)).ask(C2, n(1), write(5)).pass(ms(20));
    assert_eq!(lab.held(), vec![vec![5]; 3]);
    lab.pass(ms(2_000));
    assert!(lab.agree());
}

#[test]
fn siblings_keep_both_and_a_write_that_has_seen_both_replaces_them() {
    let mut lab = ap("siblings", "register", 3).start();
    lab.wall(&[n(1)]).done(C1, n(1), write(4)).done(C2, n(3), write(5)).heal().pass(ms(2_000));
    lab.done(C1, n(2), read());
    assert_eq!(lab.last(), many(&[4, 5]));
    lab.done(C1, n(2), write(6)).done(C2, n(3), read());
    assert_eq!(lab.last(), ok(6));
    assert!(lab.agree());
}

#[test]
fn a_client_that_writes_twice_without_reading_replaces_its_own_write() {
    let mut lab = ap("siblings", "register", 3).start();
    lab.done(C1, n(1), write(4)).done(C1, n(2), write(5));
    assert_eq!(lab.held(), vec![vec![5]; 3]);
}

#[test]
fn a_client_that_has_not_read_replaces_nothing() {
    let mut lab = ap("siblings", "register", 3).start();
    lab.done(C1, n(1), write(4)).done(C2, n(1), write(5));
    assert_eq!(lab.held(), vec![vec![4, 5]; 3]);
}

#[test]
fn a_client_never_replaces_what_it_was_not_told() {
    let mut lab = ap("siblings", "register", 3).start();
    lab.done(C1, n(1), write(4)).done(C2, n(1), write(5)).done(C2, n(1), write(6));
    assert_eq!(lab.held(), vec![vec![4, 5, 6]; 3], "the answers to its writes told c2 of nothing");
    lab.done(C2, n(2), read()).done(C2, n(2), write(7));
    assert_eq!(lab.held(), vec![vec![7]; 3]);
}

#[test]
fn a_write_may_wait_for_more_replicas_and_then_says_if_they_are_out_of_reach() {
    let mut lab = ap("lww", "register", 3).start();
    lab.done(C1, n(1), write(4).by_replicas(2));
    assert_eq!((lab.last(), lab.took()), (ok(4), Some(ms(3 + 1 + 3 + 1 + 3 + 3))));
    lab.wall(&[n(1)]).ask(C1, n(1), write(5).by_replicas(2)).pass(ms(400));
    assert_eq!(lab.last(), Some(Outcome::Info));
    lab.done(C1, n(1), write(6));
    assert_eq!(lab.last(), ok(6), "who asks for one replica is answered");
}

#[test]
fn a_read_of_more_replicas_sees_the_newest_of_them() {
    let mut lab = ap("lww", "register", 3).start();
    lab.slow(n(1), n(2), ms(100)).slow(n(1), n(3), ms(100));
    lab.done(C1, n(1), write(4)).slow(n(1), n(3), ms(3)).done(C2, n(3), read().by_replicas(3));
    assert_eq!(lab.last(), ok(4));
}

#[test]
fn what_got_lost_on_the_way_comes_with_a_comparison() {
    let mut plan = ap("lww", "register", 5);
    plan.setup.link.loss_ppm = 500_000;
    let mut lab = plan.start();
    for number in 1..=20 {
        lab.ask(C1, n(1 + number as u16 % 5), write(number)).pass(ms(1_100));
    }
    lab.pass(ms(20_000));
    assert!(lab.agree());
}

#[test]
fn equal_stores_are_compared_and_not_exchanged() {
    let mut lab = ap("lww", "register", 3).start();
    lab.done(C1, n(1), write(4)).pass(ms(3_000));
    assert!(lab.said("same-store").len() > 10 && lab.said("differing-store").is_empty());
}

#[test]
fn a_replica_that_comes_back_is_brought_up_to_date() {
    let mut lab = ap("siblings", "register", 3).start();
    lab.crash(n(3)).done(C1, n(1), write(4)).restart(n(3)).pass(ms(1_500));
    assert!(lab.agree());
}

#[test]
fn every_live_replica_answers_while_all_others_are_gone() {
    let mut lab = ap("lww", "register", 3).start();
    lab.crash(n(2)).crash(n(3)).done(C1, n(1), write(4)).done(C2, n(1), read());
    assert_eq!(lab.outcomes(), [ok(4), ok(4)]);
}

fn set_back(lab: &mut Lab, server: NodeId, by_nanos: i64) -> &mut Lab {
    lab.act(Intervention::ClockOffset(server, -by_nanos))
}

#[test]
fn a_clock_set_back_lets_a_server_drop_its_own_clients_write() {
    let mut lab = ap("lww", "register", 3).start();
    lab.done(C1, n(1), write(4));
    set_back(&mut lab, n(1), 1_000_000_000).done(C1, n(1), write(5)).done(C1, n(1), read());
    assert_eq!(lab.last(), ok(4));
    assert!(lab.agree() && lab.broken().is_empty());
}
