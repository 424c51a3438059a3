//! §5.1, §5.2, §5.4.1: terms, votes and leaders; and the cures for servers that disturb them.

use netsplit_sim::history::{Operation, Outcome, Value};
use netsplit_sim::id::{Link, TamperName};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::run::{FlightView, Run};

use super::lab::{ms, n, plan, still};
use crate::raft::server::{ELECTION, LEADER_IS_NEAR};

#[test]
fn a_leader_is_elected_and_what_a_client_writes_reaches_every_server() {
    let mut lab = plan(5).start();
    lab.pass(ms(500));
    assert_eq!(lab.leaders().len(), 1);
    lab.ask(n(1), Operation::write(0, 4)).pass(ms(100));
    assert_eq!(lab.outcomes(), [Some(Outcome::Ok(Value::Number(4)))]);
    for id in (1..=5).map(n) {
        assert_eq!((lab.log(id).as_str(), lab.commit_index(id)), ("11", 2), "{id}");
    }
    assert!(lab.broken().is_empty());
}

/// The model card says “not forged”; this is what the assumption is for.
#[test]
fn one_reply_with_a_forged_term_deposes_a_leader_that_everybody_follows() {
    let mut lab = still(3).start();
    lab.stand(n(1));
    assert_eq!(lab.leaders(), [n(1)]);
    let mut flights = Vec::new();
    let reply = loop {
        lab.pass(ms(1)).run.flights(&mut flights);
        let sent = |flight: &&FlightView| flight.id.link == Link::new(n(2), n(1));
        if let Some(flight) = flights.iter().find(sent) {
            break flight.id;
        }
    };
    lab.act(Intervention::Tamper(reply, TamperName(0))).pass(ms(10));
    assert_eq!((lab.leaders(), lab.term(n(1)), lab.term(n(2))), (vec![], 11, 1));
    assert!(lab.broken().is_empty());
}

#[test]
fn a_cluster_of_one_elects_itself_and_commits_alone() {
    let mut lab = plan(1).start();
    lab.pass(ms(400)).ask(n(1), Operation::write(0, 4)).pass(ms(20));
    assert_eq!(lab.outcomes(), [Some(Outcome::Ok(Value::Number(4)))]);
    assert_eq!(lab.commit_index(n(1)), 2);
}

#[test]
fn a_candidate_asks_and_counts_itself_only_once_its_vote_is_on_its_disk() {
    let mut lab = still(1).disk(ms(30)).start();
    lab.fire(n(1), ELECTION).pass(ms(29));
    assert!(!lab.leads(n(1)));
    lab.pass(ms(2));
    assert!(lab.leads(n(1)));

    // The sync that ends first has the vote of term 1 only.
    let mut lab = still(1).disk(ms(30)).start();
    lab.fire(n(1), ELECTION).pass(ms(10)).fire(n(1), ELECTION).pass(ms(25));
    assert!(!lab.leads(n(1)));
    lab.pass(ms(30));
    assert_eq!((lab.leads(n(1)), lab.term(n(1))), (true, 2));

    let mut lab = still(3).disk(ms(30)).start();
    lab.fire(n(1), ELECTION).pass(ms(29));
    lab.crash(n(1), CrashKind::LoseUnsynced).pass(ms(100));
    assert_eq!((lab.term(n(1)), lab.term(n(2))), (0, 0), "nobody heard of term 1");
}

#[test]
fn servers_vote_once_per_term_so_that_two_candidates_of_four_split_the_vote() {
    let mut lab = still(4).start();
    // n4's request reaches n3 before n1's does.
    lab.slow(n(1), n(3), ms(5)).fire(n(1), ELECTION).fire(n(4), ELECTION).pass(ms(20));
    assert_eq!(lab.leaders(), []);
    assert_eq!(lab.said("refuse-vote-given").len(), 4);
    // The next to time out enters another term and wins it.
    lab.stand(n(4));
    assert_eq!((lab.leaders(), lab.term(n(1))), (vec![n(4)], 2));
}

#[test]
fn a_server_votes_as_it_did_before_it_crashed() {
    let mut lab = still(3).start();
    lab.wall(&[n(3)]).stand(n(1));
    lab.crash(n(2), CrashKind::LoseUnsynced).restart(n(2));
    lab.wall(&[n(1)]).stand(n(3));
    assert_eq!(lab.leaders(), [n(1)]);
    assert_eq!(lab.said("refuse-vote-given"), ["n2 refuses n3 its vote: in term 1 it has voted for n1."]);
}

#[test]
fn a_candidate_with_a_less_up_to_date_log_is_refused() {
    let mut lab = still(3).start();
    lab.stand(n(1)).wall(&[n(3)]).write(n(1), 1);
    lab.crash(n(1), CrashKind::KeepWritten).heal().stand(n(3));
    assert_eq!(lab.leaders(), []);
    assert_eq!(lab.said("refuse-vote-log").len(), 1);
    lab.stand(n(2)).stand(n(2));
    assert_eq!(lab.leaders(), [n(2)]);
}

#[test]
fn a_candidate_returns_to_follower_when_another_leads_its_term() {
    let mut lab = still(5).start();
    lab.fire(n(2), ELECTION).pass(ms(1)).fire(n(5), ELECTION).pass(ms(30));
    assert_eq!(lab.leaders(), [n(2)]);
    assert_eq!(lab.said("give-up-candidacy"), ["n5 gives up its candidacy for term 1."]);
}

#[test]
fn a_server_that_was_cut_off_deposes_a_healthy_leader_when_it_returns() {
    let mut lab = plan(5).number("client_timeout", 100_000_000).start();
    let leader = lab.pass(ms(500)).leaders()[0];
    let lonely = n(if leader == n(5) { 1 } else { 5 });
    lab.wall(&[lonely]).pass(ms(2_000));
    assert!(lab.term(lonely) > 3, "its term climbs while it stands for election alone");
    lab.heal().pass(ms(60));
    assert!(lab.term(leader) > 3);
    assert!(!lab.said("step-down").is_empty());
}

#[test]
fn a_leader_that_steps_down_waits_for_another_and_sends_no_more_heartbeats() {
    let mut lab = still(3).start();
    lab.stand(n(1)).stand(n(2));
    let timers: Vec<_> = lab.run.timers(n(1)).iter().map(|timer| timer.timer).collect();
    assert_eq!(timers, [ELECTION]);
}

#[test]
fn with_pre_vote_a_server_that_was_cut_off_returns_quietly() {
    let mut lab = plan(5).switch("pre_vote", true).start();
    let leader = lab.pass(ms(500)).leaders()[0];
    let lonely = n(if leader == n(5) { 1 } else { 5 });
    lab.wall(&[lonely]).pass(ms(2_000));
    assert_eq!(lab.term(lonely), 1);
    lab.heal().pass(ms(600));
    assert_eq!((lab.leaders(), lab.term(lonely)), (vec![leader], 1));
    assert!(lab.said("step-down").is_empty());
}

#[test]
fn with_pre_vote_a_server_cut_off_from_the_leader_only_wins_nobody_over() {
    let story = |pre_vote: bool| {
        let mut lab = plan(3).switch("pre_vote", pre_vote).start();
        let leader = lab.pass(ms(600)).leaders()[0];
        let lonely = n(if leader == n(3) { 1 } else { 3 });
        lab.cut(1, [Link::new(leader, lonely), Link::new(lonely, leader)].into()).pass(ms(2_000));
        (lab.term(leader) == 1, !lab.said("pre-vote-refuse-leader").is_empty())
    };
    assert_eq!(story(true), (true, true));
    assert_eq!(story(false), (false, false));
}

#[test]
fn with_pre_vote_a_server_that_could_not_win_enters_no_term() {
    let mut lab = still(3).switch("pre_vote", true).start();
    lab.stand(n(1)).pass(ms(20)).wall(&[n(3)]).write(n(1), 1);
    // Nobody is near a leader any more when n3 asks.
    lab.crash(n(1), CrashKind::KeepWritten).fire(n(2), LEADER_IS_NEAR).heal().stand(n(3));
    assert_eq!(lab.said("pre-vote-refuse-log").len(), 1);
    assert_eq!(lab.term(n(3)), 1);
}

#[test]
fn with_pre_vote_an_answer_about_an_older_term_counts_for_nothing() {
    let mut lab = still(3).switch("pre_vote", true).start();
    lab.cut(1, [Link::new(n(1), n(3)), Link::new(n(3), n(1))].into());
    // n2's yes about term 1 is slow. Before it arrives n3 leads term 1, and n1 asks about term 2.
    lab.slow(n(2), n(1), ms(100)).stand(n(1)).stand(n(3)).pass(ms(8)).heal().pass(ms(55));
    assert_eq!(lab.term(n(1)), 1);
    lab.stand(n(1)).pass(ms(12));
    assert_eq!(lab.said("pre-vote-won"), ["n3 could win, and asks all others for their votes in term 1."]);
}

#[test]
fn with_pre_vote_a_crashed_leader_is_still_replaced() {
    let mut lab = plan(5).switch("pre_vote", true).start();
    let leader = lab.pass(ms(600)).leaders()[0];
    lab.crash(leader, CrashKind::KeepWritten).pass(ms(1_000));
    assert_eq!(lab.leaders().len(), 1);
}

#[test]
fn a_follower_that_hears_nothing_but_is_heard_is_disregarded_while_a_leader_is_near() {
    let story = |disregard: bool| {
        let mut lab = plan(3).switch("disregard_request_vote", disregard).start();
        let leader = lab.pass(ms(600)).leaders()[0];
        let deaf = n(if leader == n(3) { 1 } else { 3 });
        let cuts = (1..=3).map(n).filter(|id| *id != deaf).map(|from| Link::new(from, deaf));
        lab.cut(1, cuts.collect()).pass(ms(2_000));
        (lab.term(leader) == 1 && lab.leads(leader), !lab.said("disregard-request-vote").is_empty())
    };
    assert_eq!(story(true), (true, true));
    assert_eq!(story(false), (false, false));
}

#[test]
fn with_check_quorum_a_leader_that_hears_no_majority_steps_down() {
    let story = |check_quorum: bool| {
        let mut lab = plan(5).switch("check_quorum", check_quorum).start();
        let leader = lab.pass(ms(500)).leaders()[0];
        let friend = n(if leader == n(5) { 1 } else { 5 });
        lab.wall(&[leader, friend]).pass(ms(1_000));
        lab.leads(leader)
    };
    assert!(story(false), "without it, a leader leads on among too few");
    assert!(!story(true));
}

#[test]
fn with_check_quorum_the_votes_that_made_a_leader_do_not_keep_it() {
    let mut lab = still(3).switch("check_quorum", true).start();
    // n2's vote makes it leader; n3's would arrive after that.
    lab.slow(n(3), n(1), ms(100)).stand(n(1)).wall(&[n(1)]).pass(ms(20_000));
    assert!(!lab.leads(n(1)));
}

#[test]
fn with_check_quorum_a_leader_that_hears_a_majority_leads_on() {
    let mut lab = plan(5).switch("check_quorum", true).start();
    let leader = lab.pass(ms(500)).leaders()[0];
    let followers: Vec<_> = (1..=5).map(n).filter(|id| *id != leader).collect();
    lab.wall(&followers[..2]).pass(ms(3_000));
    assert_eq!(lab.term(leader), 1);
    assert!(lab.leads(leader));
}

#[test]
fn clocks_that_are_set_change_nothing() {
    use netsplit_sim::intervention::Intervention::ClockOffset;
    let story = |offset: i64| {
        let mut lab = plan(3).start();
        (1..=3).for_each(|id| {
            lab.act(ClockOffset(n(id), offset * i64::from(id)));
        });
        lab.pass(ms(500)).ask(n(1), Operation::write(0, 4)).pass(ms(2_000));
        (lab.said("become-leader"), lab.outcomes(), lab.log(n(2)))
    };
    assert_eq!(story(1), story(-3_600_000_000_000));
}
