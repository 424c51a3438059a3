//! §8 and dissertation §6.4: what a read must know before it is answered.

use netsplit_sim::history::{Operation, Outcome, Value};
use netsplit_sim::id::{Link, NodeId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::run::Run;

use super::lab::{C1, Lab, ms, n, plan, still};

const C2: NodeId = NodeId::client(1);

const fn answered(number: i64) -> Option<Outcome> {
    Some(Outcome::Ok(Value::Number(number)))
}

/// n1 leads and has written 1; a wall cuts it off; n2 leads the others, and the second client writes
/// 2 there. Then the first client, which reaches n1 only, reads: what is it told?
fn read_at_the_walled_off_leader(read_mode: &str) -> Option<Outcome> {
    let mut lab = still(5).choice("read_mode", read_mode).start();
    lab.stand(n(1)).write(n(1), 1).wall(&[n(1)]).stand(n(2));
    lab.act(Intervention::Request { client: C2, operation: Operation::write(0, 2), via: Some(n(2)) });
    lab.pass(ms(30)).cut(2, (2..=5).map(|id| Link::new(C1, n(id))).collect());
    lab.ask(n(1), Operation::read(0)).pass(ms(100));
    assert_eq!(lab.outcomes()[1], answered(2), "the others have moved on");
    lab.outcomes()[2].clone()
}

#[test]
fn a_local_read_at_a_walled_off_leader_is_stale() {
    assert_eq!(read_at_the_walled_off_leader("local"), answered(1));
}

#[test]
fn read_index_and_log_reads_at_a_walled_off_leader_are_not_answered() {
    assert_eq!(read_at_the_walled_off_leader("read_index"), Some(Outcome::Info));
    assert_eq!(read_at_the_walled_off_leader("log"), Some(Outcome::Info));
}

#[test]
fn every_read_mode_answers_reads_at_a_healthy_leader() {
    for read_mode in ["log", "read_index", "lease", "local"] {
        let mut lab = plan(3).choice("read_mode", read_mode).start();
        let leader = lab.pass(ms(600)).leaders()[0];
        lab.write(leader, 7).ask(leader, Operation::read(0)).pass(ms(30));
        assert_eq!(lab.outcomes()[1], answered(7), "{read_mode}");
        let entries = if read_mode == "log" { "111" } else { "11" };
        assert_eq!(lab.log(leader), entries, "{read_mode}");
    }
}

#[test]
fn a_read_waits_for_heartbeats_that_begin_after_it_came() {
    let mut lab = still(3).choice("read_mode", "read_index").start();
    lab.stand(n(1)).write(n(1), 1);
    // A heartbeat is answered by everyone while the read is on its way; that proves nothing for it.
    lab.ask(n(1), Operation::read(0)).pass(ms(3)).wall(&[n(1)]).pass(ms(100));
    assert_eq!(lab.outcomes()[1], Some(Outcome::Info));

    let mut lab = still(3).choice("read_mode", "read_index").start();
    lab.stand(n(1)).write(n(1), 1).ask(n(1), Operation::read(0)).pass(ms(3 + 3 + 2));
    assert_eq!(lab.said("read-confirmed").len(), 0);
    lab.pass(ms(1));
    assert_eq!(lab.said("read-confirmed"), ["n1 led after c1's read came, and answers it: x is A."]);
}

#[test]
fn a_read_waits_until_the_leader_has_committed_an_entry_of_its_own_term() {
    let story = |noop: bool| {
        let mut lab = still(3).choice("read_mode", "read_index").switch("leader_noop", noop).start();
        lab.stand(n(1)).write(n(1), 1).stand(n(2)).pass(ms(60));
        lab.ask(n(2), Operation::read(0)).pass(ms(60));
        lab.outcomes()[1].clone()
    };
    assert_eq!(story(false), Some(Outcome::Info), "n2 does not know yet what is committed");
    assert_eq!(story(true), answered(1));
}

#[test]
fn under_its_lease_a_leader_answers_at_once_and_after_it_asks() {
    let mut lab = plan(3).choice("read_mode", "lease").start();
    let leader = lab.pass(ms(800)).leaders()[0];
    lab.write(leader, 1).ask(leader, Operation::read(0)).pass(ms(6));
    assert_eq!(lab.outcomes()[1], answered(1));
    assert_eq!(lab.said("read-lease").len(), 1);
    // Behind a wall the lease runs out: the next read waits for a proof that does not come.
    lab.wall(&[leader]).pass(ms(160)).ask(leader, Operation::read(0)).pass(ms(6));
    assert_eq!(lab.said("read-lease").len(), 1);
    assert_eq!(lab.outcomes()[2], None);
}

#[test]
fn a_clock_beyond_the_bound_makes_a_lease_read_stale() {
    let story = |bound_ppm: u64| {
        let mut lab = plan(3)
            .choice("read_mode", "lease")
            .number("election_timeout_max", 60_000_000_000)
            .number("clock_drift_bound", bound_ppm)
            .start();
        lab.pass(ms(200)).stand(n(1)).write(n(1), 1);
        lab.act(Intervention::ClockDrift(n(1), -400_000)).pass(ms(100));
        lab.wall(&[n(1)]).pass(ms(150)).stand(n(2));
        lab.act(Intervention::Request { client: C2, operation: Operation::write(0, 2), via: Some(n(2)) });
        lab.pass(ms(20)).ask(n(1), Operation::read(0)).pass(ms(6));
        assert_eq!(lab.outcomes()[1], answered(2));
        lab.outcomes()[2].clone()
    };
    assert_eq!(story(10_000), answered(1), "the lease of the slow clock outlasts the others' patience");
    assert_eq!(story(400_000), None);
}

/// n1 leads by lease; n3 has not heard from it for long, n2 has a moment ago. Then n1 is cut off, and
/// n3 stands: does n2 help to depose a leader whose lease still runs?
fn n3_stands_while_the_lease_runs(between: impl Fn(&mut Lab)) -> bool {
    let mut lab = plan(3).choice("read_mode", "lease").number("election_timeout_max", 60_000_000_000).start();
    lab.pass(ms(200)).stand(n(1)).write(n(1), 1).wall(&[n(3)]).pass(ms(200));
    between(&mut lab);
    lab.wall(&[n(1)]).stand(n(3));
    let deposed = lab.leads(n(3));
    lab.ask(n(1), Operation::read(0)).pass(ms(6));
    assert_eq!(lab.said("read-lease").len(), 1, "the lease runs");
    deposed
}

#[test]
fn nobody_elects_another_leader_while_a_lease_runs() {
    assert!(!n3_stands_while_the_lease_runs(|_| ()));
}

#[test]
fn a_server_that_restarts_keeps_the_promise_behind_a_lease() {
    assert!(!n3_stands_while_the_lease_runs(|lab| {
        lab.crash(n(2), CrashKind::LoseUnsynced).restart(n(2));
    }));
}

#[test]
fn a_read_that_waits_is_forgotten_by_a_leader_that_steps_down() {
    let mut lab = still(3).choice("read_mode", "read_index").number("client_timeout", 800_000_000).start();
    lab.stand(n(1)).write(n(1), 1).wall(&[n(1)]).ask(n(1), Operation::read(0)).pass(ms(20));
    lab.stand(n(2)).heal().pass(ms(900));
    assert!(!lab.leads(n(1)));
    assert_eq!(lab.run.history().len(), 2);
    assert_eq!(lab.outcomes()[1], Some(Outcome::Info), "n2 has not committed in its term either");
}
