//! Each rule that can be broken on purpose is missed: the property that catches its absence, by name.
//! `commitment` tells of commit-old-terms and commit-last-index.

use netsplit_sim::id::Link;
use netsplit_sim::intervention::CrashKind;

use super::lab::{Lab, Plan, ms, n, plan, still};
use super::swarm::{self, TOLERATED};
use crate::raft::server::ELECTION;

/// n2 votes for n1 and restarts; then n3 stands in the same term.
fn a_voter_restarts(plan: Plan) -> Lab {
    let mut lab = plan.start();
    lab.wall(&[n(3)]).stand(n(1)).crash(n(2), CrashKind::KeepWritten).restart(n(2)).pass(ms(5));
    lab.wall(&[n(1)]).stand(n(3));
    lab
}

#[test]
fn a_vote_that_a_restart_forgets_elects_two_leaders_of_one_term() {
    assert!(a_voter_restarts(still(3)).broken().is_empty());
    let lab = a_voter_restarts(still(3).flaw("vote-not-persisted"));
    assert_eq!(lab.leaders(), [n(1), n(3)]);
    assert!(lab.broken().contains("election-safety"));
    assert!(lab.broken().contains("one-vote-per-term"));
}

/// n2's vote for n1 in term 1 is slow; meanwhile it votes for n3 in term 2, for which n1 stands too.
fn a_vote_arrives_late(plan: Plan) -> Lab {
    let mut lab = plan.start();
    lab.cut(1, [Link::new(n(1), n(3)), Link::new(n(3), n(1))].into());
    lab.slow(n(2), n(1), ms(100)).stand(n(1)).stand(n(3)).stand(n(3)).stand(n(1)).pass(ms(100));
    lab
}

#[test]
fn a_vote_of_an_older_term_that_counts_elects_two_leaders_of_one_term() {
    let sound = a_vote_arrives_late(still(3));
    assert_eq!((sound.leaders(), sound.said("ignore-stale-reply").len()), (vec![n(3)], 1));
    let mut lab = a_vote_arrives_late(still(3).flaw("count-stale-votes"));
    assert_eq!((lab.term(n(1)), lab.term(n(3))), (2, 2));
    assert!(lab.broken().contains("election-safety"));
    // They hear of each other and neither gives in: a leader never takes another's entries.
    assert_eq!(lab.heal().pass(ms(200)).leaders(), [n(1), n(3)]);
    lab.write(n(1), 1).write(n(3), 3);
    assert!(lab.broken().contains("log-matching"));
}

/// Everyone acknowledges an entry, and the power fails before the slow disks have it.
fn the_power_fails(plan: Plan) -> Lab {
    let mut lab = plan.disk(ms(30)).start();
    lab.fire(n(1), ELECTION).pass(ms(100)).write(n(1), 1);
    lab.ask(n(1), netsplit_sim::history::Operation::write(0, 2)).pass(ms(20));
    for id in (1..=3).map(n) {
        lab.crash(id, CrashKind::LoseUnsynced);
    }
    for id in (1..=3).map(n) {
        lab.restart(id);
    }
    lab.fire(n(2), ELECTION).pass(ms(100)).write(n(2), 3).write(n(2), 4);
    lab
}

#[test]
fn an_answer_before_the_disk_has_it_loses_what_a_client_was_told() {
    assert!(the_power_fails(still(3)).broken().is_empty());
    let lab = the_power_fails(still(3).flaw("reply-before-durable"));
    assert!(lab.broken().contains("commit-index-true"));
    assert!(lab.broken().contains("state-machine-safety"));
}

#[test]
fn a_majority_of_those_alive_commits_on_both_sides_of_a_wall() {
    let story = |plan: Plan| {
        let mut lab = plan.start();
        let leader = lab.pass(ms(500)).leaders()[0];
        lab.wall(&[leader]).pass(ms(2_000)).write(leader, 1).write(leader, 2);
        let other = lab.leaders().into_iter().find(|id| *id != leader).expect("the others elect one");
        lab.write(other, 3).write(other, 4);
        lab
    };
    assert!(story(plan(5)).broken().is_empty());
    let lab = story(plan(5).flaw("majority-of-live"));
    assert!(lab.broken().contains("commit-index-true"));
    assert!(lab.broken().contains("state-machine-safety"));
}

#[test]
fn a_leader_of_those_alive_lacks_what_an_older_leader_commits_by_a_true_majority() {
    let mut lab = plan(5).flaw("majority-of-live").start();
    let leader = lab.pass(ms(500)).leaders()[0];
    let lonely = n(if leader == n(5) { 1 } else { 5 });
    lab.wall(&[lonely]).pass(ms(2_000));
    assert!(lab.leads(lonely) && lab.leads(leader));
    assert!(!lab.broken().contains("leader-completeness"));
    lab.write(leader, 1);
    assert!(lab.broken().contains("leader-completeness"));
}

#[test]
fn random_schedules_find_the_flaws_that_are_not_rare() {
    let finds = |flaw: &str, property: &str| {
        let broken = swarm::breaks(property, 60, TOLERATED, |plan| plan.flaw(flaw));
        assert!(broken, "no schedule of {flaw} breaks {property}");
    };
    finds("commit-old-terms", "commit-index-true");
    finds("reply-before-durable", "commit-index-true");
    finds("majority-of-live", "state-machine-safety");
    finds("majority-of-live", "leader-completeness");
    finds("majority-of-live", "election-safety");
}
