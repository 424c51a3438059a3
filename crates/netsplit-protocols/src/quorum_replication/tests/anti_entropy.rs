//! §4.7: Merkle trees find what differs, and only that travels.

use netsplit_sim::history::Operation;
use netsplit_sim::run::Run;

use super::lab::{C1, Lab, ms, n, plan};
use crate::quorum_replication::QuorumReplication;
use netsplit_sim::describe::Describe;

/// Fourteen keys everywhere, of which n3 has missed two later writes.
fn apart(anti_entropy: bool) -> Lab {
    let mut lab = plan(3).nrw(3, 1, 2).switch("anti_entropy", anti_entropy).start();
    for key in 0..14 {
        lab.ask(C1, n(1), Operation::write(key, 1)).pass(ms(15));
    }
    lab.wall(&[n(3)]);
    for key in [7, 11] {
        lab.ask(C1, n(1), Operation::write(key, 2)).pass(ms(15));
    }
    lab.pass(ms(100)).heal();
    lab
}

#[test]
fn replicas_that_compare_trees_come_to_hold_the_same() {
    let mut lab = apart(true);
    lab.pass(ms(3_000));
    assert_eq!([lab.held_of(7), lab.held_of(11)], [vec![vec![2]; 3], vec![vec![2]; 3]]);
    assert!(lab.broken().is_empty());
}

#[test]
fn replicas_that_never_compare_stay_apart() {
    let mut lab = apart(false);
    lab.pass(ms(3_000));
    assert_eq!(lab.held_of(7), [[2], [2], [1]]);
}

#[test]
fn only_ranges_that_differ_are_walked_down_and_exchanged() {
    let mut lab = apart(true);
    lab.pass(ms(3_000));
    let exchanged = lab.said("exchange");
    let keys =
        |sentence: &String| sentence.rsplit(' ').next().and_then(|n| n.trim_end_matches('.').parse().ok());
    let most: Option<u32> = exchanged.iter().filter_map(keys).max();
    assert!(most.is_some_and(|most| most <= 6), "{exchanged:?}");
    let trees = QuorumReplication::about().messages.iter().position(|kind| kind.name == "Merkle tree");
    let trees = trees.expect("there is such a kind");
    assert!(lab.run.sent_by_kind()[trees] > 3 && !lab.said("trees-equal").is_empty());
}
