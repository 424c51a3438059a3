//! §5.3: logs grow, conflicts go, and nothing that was acknowledged is lost.

use netsplit_sim::intervention::CrashKind;
use netsplit_sim::latency::Delay;
use netsplit_sim::network::LinkModel;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimDuration;

use super::lab::{Lab, ms, n, plan, still};

/// n1 leads term 1 and has written one entry everywhere; n5 then led term 2 alone, with `extra`
/// entries that nobody else has; n1 leads again, in a later term.
fn after_a_lonely_leader(extra: i64, backtracking: &str) -> Lab {
    let mut lab = still(5).choice("backtracking", backtracking).start();
    lab.stand(n(1)).write(n(1), 1);
    lab.crash(n(1), CrashKind::KeepWritten).restart(n(1));
    lab.stand(n(5)).wall(&[n(5)]);
    (2..2 + extra).for_each(|number| {
        lab.write(n(5), number);
    });
    // n5 crashes, or it would answer a vote with its own term as soon as the wall falls.
    lab.crash(n(5), CrashKind::KeepWritten).stand(n(1)).stand(n(1));
    lab
}

#[test]
fn follower_keeps_extra_entries_on_heartbeat() {
    let mut lab = after_a_lonely_leader(2, "one");
    lab.heal().restart(n(5)).pass(ms(200));
    assert_eq!(lab.leaders(), [n(1)]);
    assert_eq!((lab.log(n(1)).as_str(), lab.log(n(5)).as_str()), ("1", "122"));
    assert!(lab.commit_index(n(5)) <= 1, "it takes nothing for committed that the leader has not got");
}

#[test]
fn follower_deletes_what_conflicts_with_a_new_entry_and_all_that_follows() {
    let mut lab = after_a_lonely_leader(3, "one");
    lab.heal().restart(n(5)).pass(ms(100)).write(n(1), 9);
    assert_eq!(lab.log(n(5)), lab.log(n(1)));
    assert_eq!(lab.said("delete-conflict").len(), 1);
    assert!(lab.broken().is_empty());
}

#[test]
fn an_entry_that_comes_late_or_twice_deletes_nothing() {
    let mut lab = still(3).start();
    lab.stand(n(1)).slow(n(1), n(3), ms(200)).write(n(1), 1);
    // The first entry is on its way slowly, and repeated by heartbeats; the second overtakes it.
    lab.slow(n(1), n(3), ms(3)).pass(ms(150)).write(n(1), 2).pass(ms(300));
    assert_eq!(lab.log(n(3)), "11");
    assert!(lab.said("delete-conflict").is_empty());
    assert!(lab.broken().is_empty());
}

#[test]
fn duplicated_and_reordered_messages_do_no_harm() {
    let mut plan = plan(5)
        .number("election_timeout_min", 1_000_000_000)
        .number("election_timeout_max", 2_000_000_000)
        .number("client_timeout", 5_000_000_000);
    plan.setup.link = LinkModel {
        delay: Delay::Uniform { min: ms(1), max: ms(30) },
        duplicate_ppm: 500_000,
        reorder_ppm: 300_000,
        reorder_by: ms(300),
        ..LinkModel::default()
    };
    let mut lab = plan.start();
    lab.pass(ms(2_000));
    (1..=20).for_each(|number| {
        lab.write(n(1), number);
    });
    lab.pass(ms(5_000));
    assert!((2..=5).map(n).all(|id| lab.log(id) == lab.log(n(1))));
    assert_eq!(lab.outcomes().iter().flatten().count(), 20);
    assert!(lab.broken().is_empty());
}

#[test]
fn backtracking_by_conflict_term_takes_one_refusal_per_term() {
    let steps_back = |backtracking| {
        let mut lab = still(3).choice("backtracking", backtracking).start();
        lab.stand(n(1)).wall(&[n(3)]);
        (1..=12).for_each(|number| {
            lab.write(n(1), number);
        });
        // A new leader begins right after its own last entry; n3 has none of the twelve.
        lab.crash(n(1), CrashKind::KeepWritten).restart(n(1)).stand(n(1)).heal().pass(ms(400));
        assert_eq!(lab.log(n(3)), lab.log(n(1)), "{backtracking}");
        lab.said("backtrack").len()
    };
    assert_eq!(steps_back("one"), 12);
    assert_eq!(steps_back("conflict_term"), 1);
}

#[test]
fn a_follower_with_another_terms_entries_is_repaired_by_either_backtracking() {
    for backtracking in ["one", "conflict_term"] {
        let mut lab = after_a_lonely_leader(6, backtracking);
        (10..14).for_each(|number| {
            lab.write(n(1), number);
        });
        lab.crash(n(1), CrashKind::KeepWritten).restart(n(1)).stand(n(1));
        lab.heal().restart(n(5)).pass(ms(300));
        assert_eq!(lab.log(n(5)), lab.log(n(1)), "{backtracking}");
        assert!(lab.broken().is_empty());
    }
}

#[test]
fn a_follower_acknowledges_only_what_is_on_its_disk() {
    let mut lab = still(3).disk(ms(20)).start();
    lab.stand(n(1)).pass(ms(100));
    lab.write(n(1), 1);
    let committed = lab.run.known_marks().iter().rev().find(|marked| marked.mark.name() == "commit");
    let taken = lab.run.history()[0].invoked.time;
    let waited = committed.expect("it was committed").moment.time.since(taken);
    // The request, the entry, the follower's disk, its answer.
    assert_eq!(waited, SimDuration::from_millis(3 + 3 + 20 + 3));
}

#[test]
fn a_lost_entry_is_sent_again_and_heartbeats_between_are_empty() {
    let mut lab = still(3).start();
    lab.stand(n(1)).wall(&[n(3)]).write(n(1), 1).heal();
    assert_eq!((lab.log(n(2)).as_str(), lab.log(n(3)).as_str()), ("1", ""));
    lab.pass(ms(150));
    assert_eq!(lab.log(n(3)), "1");
    assert_eq!(lab.commit_index(n(3)), 1);
}

#[test]
fn a_server_whose_disk_was_lost_is_filled_again_even_one_entry_at_a_time() {
    let mut lab = still(3).number("max_entries_per_append", 1).start();
    lab.stand(n(1));
    (1..=5).for_each(|number| {
        lab.write(n(1), number);
    });
    lab.crash(n(3), CrashKind::LoseDisk).restart(n(3)).pass(ms(500));
    assert_eq!(lab.log(n(3)), "11111");
    assert_eq!(lab.broken().into_iter().collect::<Vec<_>>(), ["terms-monotone"]);
}
