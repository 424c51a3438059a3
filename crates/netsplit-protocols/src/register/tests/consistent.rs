//! Design `cp`: two round trips to a majority, and honest words where there is none.

use std::collections::BTreeSet;

use netsplit_sim::history::{Operation, Outcome, Value};
use netsplit_sim::run::Run;

use super::lab::{C1, C2, ms, n, ok, plan};

const REFUSED: Option<Outcome> = Some(Outcome::Fail);
const UNKNOWN: Option<Outcome> = Some(Outcome::Info);

fn read() -> Operation {
    Operation::read(0)
}

fn write(number: i64) -> Operation {
    Operation::write(0, number)
}

#[test]
fn a_write_takes_two_round_trips_between_servers_and_the_disks_at_both_ends() {
    let mut lab = plan("cp", 5).start();
    lab.done(C1, n(1), write(4));
    assert_eq!((lab.last(), lab.took()), (ok(4), Some(ms(3 + 6 + 1 + 3 + 1 + 3 + 3))));
    assert_eq!(lab.held(), vec![vec![4]; 5]);
    assert_eq!(lab.said("choose-tag"), ["n1 knows what 3 replicas have and gives c1's write the number 1."]);
}

#[test]
fn a_read_takes_two_round_trips_too_and_sees_what_another_server_wrote() {
    let mut lab = plan("cp", 5).start();
    lab.done(C1, n(1), write(4)).done(C2, n(5), read());
    assert_eq!((lab.last(), lab.took()), (ok(4), Some(ms(3 + 6 + 6 + 3))), "what it read is durable already");
}

#[test]
fn a_read_before_any_write_finds_nothing() {
    let mut lab = plan("cp", 3).start();
    lab.done(C1, n(1), read());
    assert_eq!(lab.last(), Some(Outcome::Ok(Value::Absent)));
}

#[test]
fn a_side_without_a_majority_refuses_and_stores_nothing() {
    let mut lab = plan("cp", 5).start();
    lab.done(C1, n(1), write(4)).wall(&[n(1), n(2)]);
    lab.ask(C1, n(1), write(5)).ask(C2, n(2), read()).pass(ms(400));
    assert_eq!(lab.outcomes()[1..], [REFUSED, REFUSED]);
    assert_eq!(lab.held(), vec![vec![4]; 5]);
    assert_eq!(
        lab.said("refuse-too-few"),
        [
            "n1 hears from 2 replicas where it needs 3 and refuses c1: nothing was stored.",
            "n2 hears from 2 replicas where it needs 3 and refuses c2: nothing was stored.",
        ]
    );
}

#[test]
fn the_side_with_a_majority_goes_on() {
    let mut lab = plan("cp", 5).start();
    lab.wall(&[n(1), n(2)]).done(C2, n(5), write(4)).done(C2, n(3), read());
    assert_eq!(lab.outcomes(), [ok(4), ok(4)]);
}

#[test]
fn a_write_cut_between_its_round_trips_is_unknown_and_comes_true_after_the_heal() {
    let mut lab = plan("cp", 5).start();
    // At 3 ms it reaches n1, at 9 ms a majority has told what it has, and n1 tells all to store.
    lab.ask(C1, n(1), write(4)).pass(ms(10)).wall(&[n(1), n(2)]).pass(ms(500));
    assert_eq!(lab.last(), UNKNOWN);
    assert_eq!(lab.held(), [vec![4], vec![4], vec![], vec![], vec![]]);
    lab.done(C2, n(5), read());
    assert_eq!(lab.last(), Some(Outcome::Ok(Value::Absent)), "the other side has not heard of it");
    // n5 reads through n1 too, and has a majority store what it found.
    lab.heal().slow(n(3), n(5), ms(50)).slow(n(4), n(5), ms(50));
    lab.done(C2, n(5), read());
    assert_eq!(lab.last(), ok(4));
    assert_eq!(lab.held(), vec![vec![4]; 5]);
    assert!(lab.broken().is_empty());
}

#[test]
fn a_late_majority_still_counts() {
    let mut lab = plan("cp", 3).start();
    lab.wall(&[n(1)]).ask(C1, n(1), write(4)).pass(ms(100)).heal().pass(ms(100));
    assert_eq!(lab.last(), ok(4));
    assert!(!lab.said("ask-again").is_empty());
}

#[test]
fn of_two_writes_at_once_the_client_breaks_the_tie_everywhere() {
    let mut lab = plan("cp", 5).start();
    lab.ask(C1, n(1), write(4)).ask(C2, n(5), write(5)).pass(ms(40));
    assert_eq!(lab.outcomes(), [ok(4), ok(5)]);
    assert_eq!(lab.held(), vec![vec![5]; 5]);
    let tags: BTreeSet<String> = lab.tags().iter().map(ToString::to_string).collect();
    assert_eq!(tags, ["(1, c2)".to_owned()].into());
}

#[test]
fn a_later_write_always_has_a_higher_number() {
    let mut lab = plan("cp", 5).start();
    lab.done(C2, n(5), write(5)).done(C1, n(1), write(4));
    assert_eq!(lab.tags()[0].to_string(), "(2, c1)");
    assert_eq!(lab.held(), vec![vec![4]; 5]);
}

#[test]
fn a_compare_and_set_is_refused_with_the_reason() {
    let mut lab = plan("cp", 3).start();
    lab.done(C1, n(1), Operation::cas(0, Value::Absent, 4));
    assert_eq!(lab.last(), REFUSED);
    let why = "n1 refuses c1: a compare-and-set on x needs consensus, which no register can give.";
    assert_eq!(lab.said("refuse-cas"), [why]);
}

#[test]
fn a_request_that_arrives_twice_is_written_once() {
    let mut plan = plan("cp", 3);
    plan.setup.link.duplicate_ppm = 1_000_000;
    let mut lab = plan.start();
    lab.done(C1, n(1), write(4)).done(C2, n(3), write(5));
    assert_eq!(lab.outcomes(), [ok(4), ok(5)]);
    assert_eq!(lab.said("choose-tag").len(), 2);
    assert!(lab.said("known-request").len() >= 2);
}

#[test]
fn what_was_acknowledged_survives_the_crash_of_everybody() {
    let mut lab = plan("cp", 3).start();
    lab.done(C1, n(1), write(4));
    lab.crash(n(1)).crash(n(2)).crash(n(3)).restart(n(1)).restart(n(2)).restart(n(3));
    lab.done(C2, n(3), read());
    assert_eq!(lab.last(), ok(4));
}

#[test]
fn a_crashed_coordinator_leaves_its_client_without_an_answer() {
    let mut lab = plan("cp", 3).start();
    lab.ask(C1, n(1), write(4)).pass(ms(5)).crash(n(1)).pass(ms(1_100));
    assert_eq!(lab.last(), UNKNOWN);
}

#[test]
fn a_read_of_one_replica_is_local_and_may_be_stale() {
    let mut lab = plan("cp", 3).start();
    lab.wall(&[n(3)]).done(C1, n(1), write(4)).done(C2, n(3), read().by_replicas(1));
    assert_eq!(lab.last(), Some(Outcome::Ok(Value::Absent)));
    assert_eq!(lab.took(), Some(ms(6)), "there and back");
    assert!(lab.broken().is_empty(), "it asked for no more");
}

#[test]
fn a_write_to_one_replica_is_answered_at_once_and_reaches_the_others_later() {
    let mut lab = plan("cp", 3).start();
    lab.done(C1, n(1), write(4).by_replicas(1));
    assert_eq!((lab.last(), lab.took()), (ok(4), Some(ms(3 + 1 + 3))));
    assert_eq!(lab.held(), vec![vec![4]; 3]);
}

#[test]
fn a_read_that_does_not_write_back_is_caught() {
    let mut lab = plan("cp", 3).flaw("read-without-write-back").start();
    lab.done(C1, n(1), write(4));
    lab.ask(C1, n(1), write(5)).pass(ms(10)).wall(&[n(1)]).pass(ms(1));
    assert_eq!(lab.held(), [vec![5], vec![4], vec![4]]);
    lab.heal().pass(ms(2)).done(C2, n(1), read());
    assert_eq!(lab.last(), ok(5));
    assert_eq!(lab.broken(), ["acknowledged-on-majority"].into());
}

#[test]
fn without_the_client_in_the_tag_one_tag_means_two_values() {
    let mut lab = plan("cp", 5).flaw("tag-without-client").start();
    lab.ask(C1, n(1), write(4)).ask(C2, n(5), write(5)).pass(ms(60));
    assert_eq!(lab.outcomes(), [ok(4), ok(5)]);
    assert_eq!(lab.broken(), ["one-value-per-tag"].into());
}

#[test]
fn a_timeout_that_is_called_a_failure_is_caught() {
    let mut lab = plan("cp", 5).flaw("timeout-is-failure").start();
    lab.ask(C1, n(1), write(4)).pass(ms(10)).wall(&[n(1), n(2)]).pass(ms(500));
    assert_eq!(lab.last(), REFUSED);
    assert_eq!(lab.broken(), ["failed-nowhere-stored"].into());
}

#[test]
fn replicas_differ_behind_a_wall_and_that_breaks_nothing() {
    let mut lab = plan("cp", 5).start();
    lab.wall(&[n(1), n(2)]).done(C2, n(5), write(4)).heal().pass(ms(100));
    assert!(!lab.agree() && lab.broken().is_empty());
    assert_eq!(lab.run.replicas()[&0].len(), 5);
}
