//! §8: clients find the leader, and each command takes effect at most once.

use netsplit_sim::history::{Operation, Outcome, Value};
use netsplit_sim::id::Link;
use netsplit_sim::intervention::CrashKind;
use netsplit_sim::run::Run;

use super::lab::{C1, ms, n, plan, still};

const DONE: Option<Outcome> = Some(Outcome::Ok(Value::Number(4)));

#[test]
fn a_client_is_sent_on_to_the_leader() {
    let mut lab = still(3).start();
    lab.stand(n(2)).pass(ms(100)).ask(n(1), Operation::write(0, 4)).pass(ms(30));
    assert_eq!(lab.outcomes(), [DONE]);
    assert_eq!(lab.said("redirect"), ["n1 does not lead and sends c1 on to n2."]);
}

#[test]
fn a_client_follows_a_redirect_that_arrives_twice_once() {
    let mut plan = still(3);
    plan.setup.link.duplicate_ppm = 1_000_000;
    let mut lab = plan.start();
    lab.stand(n(2)).pass(ms(100)).ask(n(1), Operation::write(0, 4)).pass(ms(30));
    assert_eq!(lab.outcomes(), [DONE]);
    assert_eq!(lab.said("client-follow"), ["c1 is sent on by n1 and asks n2."]);
    assert_eq!(lab.log(n(2)), "1");
}

#[test]
fn a_client_that_hears_nothing_asks_the_next_server() {
    let mut lab = still(3).number("client_timeout", 1_000_000_000).start();
    lab.stand(n(2)).crash(n(1), CrashKind::KeepWritten);
    lab.ask(n(1), Operation::write(0, 4)).pass(ms(150));
    assert_eq!(lab.outcomes(), [DONE]);
    assert_eq!(lab.said("client-retry"), ["c1 has had no answer from n1 and asks n2."]);
}

#[test]
fn a_command_whose_answer_was_lost_is_answered_again_and_not_applied_again() {
    let mut lab = still(3).number("client_timeout", 2_000_000_000).start();
    lab.stand(n(1)).cut(2, [Link::new(n(1), C1)].into());
    lab.ask(n(1), Operation::cas(0, Value::Absent, 4)).pass(ms(15));
    assert_eq!(lab.commit_index(n(1)), 1);
    // n1 has applied it and cannot tell. When the client tries again another server leads, which has
    // the entry and does not know yet that it is committed.
    lab.crash(n(1), CrashKind::KeepWritten).stand(n(2)).pass(ms(400));
    assert_eq!(lab.outcomes(), [DONE]);
    assert_eq!(lab.log(n(2)), "12", "the retry is an entry of its own");
    assert_eq!(lab.said("apply-repeated").len(), 2);
    assert_eq!(lab.server(n(2)).state_machine.value(0), Value::Number(4));
}

#[test]
fn a_retry_at_the_same_leader_is_not_appended_again() {
    let mut lab = still(3).number("client_timeout", 2_000_000_000).start();
    lab.stand(n(1)).wall(&[n(1)]).ask(n(1), Operation::write(0, 4)).pass(ms(900));
    assert!(!lab.said("request-known").is_empty());
    assert_eq!(lab.log(n(1)), "1");
    lab.heal().pass(ms(200));
    assert_eq!(lab.outcomes(), [DONE]);
}

#[test]
fn a_client_on_a_side_without_a_majority_never_learns_what_became_of_its_write() {
    let mut lab = plan(5).start();
    let leader = lab.pass(ms(500)).leaders()[0];
    let friend = n(if leader == n(5) { 1 } else { 5 });
    lab.wall(&[leader, friend]);
    let others = (1..=5).map(n).filter(|id| ![leader, friend].contains(id));
    let reachable_only = others.flat_map(|id| [Link::new(C1, id), Link::new(id, C1)]);
    lab.cut(2, reachable_only.collect());
    lab.ask(leader, Operation::write(0, 4)).pass(ms(1_500));
    assert_eq!(lab.outcomes(), [Some(Outcome::Info)]);
    let first = lab.run.history()[0].process;
    lab.ask(leader, Operation::write(0, 5)).pass(ms(10));
    assert_ne!(lab.run.history()[1].process, first, "an unknown outcome retires the process");
}

#[test]
fn a_leader_that_steps_down_answers_nothing_of_what_may_yet_be_committed() {
    let mut lab = still(3).number("client_timeout", 900_000_000).start();
    // n1's entry reaches everybody, but no answer reaches n1 until another leads.
    lab.stand(n(1)).cut(1, [Link::new(n(2), n(1)), Link::new(n(3), n(1))].into());
    lab.ask(n(1), Operation::write(0, 4)).pass(ms(10)).stand(n(2)).heal().pass(ms(400));
    assert_eq!(
        lab.said("step-down"),
        ["n1 no longer leads term 1; of 1 requests it does not know what becomes."]
    );
    assert_eq!(lab.outcomes(), [DONE], "the next leader commits it when the client asks again");
}

#[test]
fn only_a_command_that_was_applied_to_no_effect_fails() {
    let mut lab = still(3).start();
    lab.stand(n(1)).write(n(1), 1).ask(n(1), Operation::cas(0, Value::Number(9), 2)).pass(ms(30));
    assert_eq!(lab.outcomes().last(), Some(&Some(Outcome::Fail)));
    lab.ask(n(1), Operation::cas(0, Value::Number(1), 4)).pass(ms(30));
    assert_eq!(lab.outcomes().last(), Some(&DONE));
}

#[test]
fn a_client_waits_between_servers_that_know_no_leader() {
    let mut lab = still(3).number("client_timeout", 350_000_000).start();
    lab.ask(n(2), Operation::write(0, 4)).pass(ms(400));
    assert_eq!(lab.outcomes(), [Some(Outcome::Info)]);
    assert_eq!(lab.said("redirect-unknown").len(), 4, "one request for each client_retry");
}
