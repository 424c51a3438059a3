//! §5.4.2 and Figure 8: what is committed, and what only looks so.

use std::collections::BTreeSet;

use netsplit_sim::history::Operation;
use netsplit_sim::intervention::CrashKind;

use super::lab::{Lab, Plan, ms, n, still};

/// Figure 8, (a) to (c): n1 led term 2 and replicated entry 2 to n2 only; n5 led term 3 and stored
/// another entry 2; n1 leads term 4 and has just brought its entry 2 to n3.
fn figure_8_c(plan: Plan) -> Lab {
    let mut lab = plan.number("max_entries_per_append", 1).start();
    lab.stand(n(1)).write(n(1), 1);
    lab.crash(n(1), CrashKind::KeepWritten).restart(n(1)).stand(n(1));
    lab.wall(&[n(1), n(2)]).write(n(1), 2);
    lab.crash(n(1), CrashKind::KeepWritten).heal().stand(n(5));
    lab.wall(&[n(5)]).write(n(5), 3);
    lab.crash(n(5), CrashKind::KeepWritten).heal().restart(n(1)).stand(n(1)).stand(n(1));
    lab.wall(&[n(1), n(2), n(3)]).pass(ms(200));
    assert_eq!(lab.log(n(5)), "13");
    lab
}

/// n1 crashes; n5 returns and stands until it leads or has tried three terms.
fn n5_returns(lab: &mut Lab) {
    lab.crash(n(1), CrashKind::KeepWritten).heal().restart(n(5)).stand(n(5)).stand(n(5)).stand(n(5));
}

#[test]
fn leader_does_not_commit_entries_of_older_terms() {
    let lab = figure_8_c(still(5));
    assert_eq!([1, 2, 3].map(|id| lab.log(n(id))), ["12", "12", "12"]);
    assert_eq!(lab.term(n(1)), 4);
    assert_eq!(lab.commit_index(n(1)), 0);
    let said = lab.said("older-term-not-committed");
    assert_eq!(
        said.last().map(String::as_str),
        Some("n1 does not commit index 2, though a majority has it: its term 2 is older than 4.")
    );
}

#[test]
fn an_entry_of_an_older_term_on_a_majority_may_yet_be_overwritten() {
    let mut lab = figure_8_c(still(5));
    n5_returns(&mut lab);
    lab.write(n(5), 5).restart(n(1)).write(n(5), 6);
    assert_eq!(lab.log(n(5)), "1355");
    assert!((1..=4).all(|id| lab.log(n(id)) == "1355"));
    assert!(lab.broken().is_empty());
}

#[test]
fn once_an_entry_of_its_own_term_is_on_the_majority_the_older_one_is_safe_too() {
    let mut lab = figure_8_c(still(5));
    lab.write(n(1), 4);
    assert_eq!(lab.commit_index(n(1)), 3);
    n5_returns(&mut lab);
    assert_eq!(lab.leaders(), []);
    lab.stand(n(3)).pass(ms(200));
    assert_eq!(lab.log(n(5)), "124");
    assert!(lab.broken().is_empty());
}

#[test]
fn counting_copies_of_older_entries_loses_what_was_taken_for_committed() {
    let mut lab = figure_8_c(still(5).flaw("commit-old-terms"));
    assert_eq!(lab.commit_index(n(1)), 2);
    assert!(lab.broken().contains("commit-index-true"));
    n5_returns(&mut lab);
    lab.write(n(5), 5);
    assert!(lab.broken().contains("state-machine-safety"));
}

#[test]
fn an_entry_that_no_disk_but_the_leaders_has_commits_nothing_before_it() {
    let mut lab = figure_8_c(still(5));
    // n2 and n3 receive entry 3, of term 4, and lose power before their disks have it.
    lab.ask(n(1), Operation::write(0, 4)).pass(ms(6));
    assert_eq!(lab.log(n(3)), "124");
    for id in [2, 3] {
        lab.crash(n(id), CrashKind::LoseUnsynced).restart(n(id));
    }
    n5_returns(&mut lab);
    lab.write(n(5), 5);
    assert_eq!((lab.log(n(3)).as_str(), lab.commit_index(n(5))), ("135", 3));
    assert!(lab.broken().is_empty());
}

#[test]
fn an_entry_that_a_later_leader_spreads_is_not_committed_by_its_own_leader() {
    let mut lab = still(5).number("max_entries_per_append", 1).start();
    lab.stand(n(1)).write(n(1), 1).wall(&[n(1), n(2)]).write(n(1), 2);
    // n1 leads term 1 on, cut off for the rest of the story. n5 stores another entry 2 in term 2.
    lab.wall(&[n(1)]).stand(n(5));
    let around_n5 = lab.across(&[n(5)]);
    lab.cut(2, around_n5);
    lab.write(n(5), 3).crash(n(5), CrashKind::KeepWritten);
    // n2 leads term 3 and brings entry 2 of term 1 to n3 and n4.
    lab.stand(n(2)).pass(ms(200));
    assert_eq!((lab.leads(n(1)), lab.log(n(1)), lab.log(n(4))), (true, "11".into(), "11".into()));
    lab.crash(n(2), CrashKind::KeepWritten).restart(n(5)).cut(2, BTreeSet::new());
    lab.stand(n(5)).stand(n(5)).pass(ms(200)).write(n(5), 4);
    assert_eq!(lab.log(n(4)), "124");
    assert!(lab.broken().is_empty());
}

/// n3 has an entry of term 1 that only it and the crashed n1 know; n2 leads term 2, commits another
/// entry in its place, and the message that would tell n3 of it is lost; a heartbeat comes through.
fn a_heartbeat_with_a_high_leader_commit(plan: Plan) -> Lab {
    let mut lab = plan.start();
    lab.stand(n(1)).write(n(1), 1);
    lab.wall(&[n(1), n(3)]).write(n(1), 2);
    lab.crash(n(1), CrashKind::KeepWritten).stand(n(2));
    // The wall falls right after the entry was sent, long before the next heartbeat.
    lab.wall(&[n(3)]).ask(n(2), Operation::write(0, 3)).pass(ms(4)).heal().pass(ms(50));
    lab
}

#[test]
fn a_heartbeat_commits_no_more_than_it_confirms() {
    let lab = a_heartbeat_with_a_high_leader_commit(still(5));
    assert_eq!((lab.log(n(2)).as_str(), lab.commit_index(n(2))), ("12", 2));
    assert!(lab.broken().is_empty());
}

#[test]
fn taking_the_whole_log_for_committed_commits_a_stale_tail() {
    let lab = a_heartbeat_with_a_high_leader_commit(still(5).flaw("commit-last-index"));
    assert!(lab.broken().contains("commit-index-true"));
    assert!(lab.broken().contains("state-machine-safety"));
}
