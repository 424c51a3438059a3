//! §4.8, §4.9: servers join and leave, and keys move with their part of the ring.

use netsplit_sim::history::Operation;
use netsplit_sim::intervention::CrashKind;

use super::lab::{C1, Lab, ms, n, plan};
use crate::quorum_replication::about::order;

/// Forty keys on the first three of four servers, or on all, two homes each.
fn filled(members: u64) -> Lab {
    let plan = plan(4).number("members", members).number("virtual_nodes", 4).number("ring", 0);
    let mut lab = plan.nrw(2, 1, 2).start();
    for key in 0..40 {
        lab.ask(C1, n(1), Operation::write(key, i64::from(key) + 1)).pass(ms(15));
    }
    lab
}

/// Keys that each server holds; and that each has exactly its homes, as every server sees them.
fn counts(lab: &Lab) -> Vec<u32> {
    let world = lab.run.world();
    for key in 0..40 {
        for id in world.topology().servers() {
            let homes = lab.server(n(1)).ring.homes(key, 2);
            assert_eq!(lab.server(id).ring.homes(key, 2), homes, "{id} sees another ring");
            let held = !lab.held_of(key)[usize::from(id.index())].is_empty();
            assert_eq!(held, homes.contains(id), "{id} and key {key}");
        }
    }
    world.topology().servers().map(|id| world.disk(id).store.keys()).collect()
}

#[test]
fn a_server_that_joins_takes_its_keys_over_and_the_old_homes_forget_them() {
    let mut lab = filled(3);
    assert_eq!(counts(&lab)[3], 0);
    lab.order(n(4), order::JOIN).pass(ms(1_200));
    let after = counts(&lab);
    assert_eq!(after.iter().sum::<u32>(), 80);
    assert!((10..=35).contains(&after[3]), "{after:?}");
    assert!(lab.broken().is_empty());
}

#[test]
fn a_server_that_leaves_passes_all_its_keys_on() {
    let mut lab = filled(4);
    lab.order(n(2), order::LEAVE).pass(ms(1_200));
    let after = counts(&lab);
    assert_eq!((after[1], after.iter().sum::<u32>()), (0, 80));
    assert!(lab.broken().is_empty());
}

#[test]
fn news_of_the_ring_wait_for_a_server_that_is_cut_off() {
    let mut lab = filled(3);
    lab.wall(&[n(2)]).order(n(4), order::JOIN).pass(ms(1_200));
    assert!(!lab.server(n(2)).membership().of(n(4)).member);
    lab.heal().pass(ms(1_200));
    counts(&lab);
    assert_eq!(lab.said("learn-ring").len(), 3);
}

#[test]
fn keys_are_passed_on_after_a_crash_in_between() {
    let mut lab = filled(4);
    lab.wall(&[n(2)]).order(n(2), order::LEAVE).pass(ms(100));
    lab.crash(n(2), CrashKind::LoseUnsynced).restart(n(2)).pass(ms(100)).heal().pass(ms(2_000));
    assert_eq!(counts(&lab)[1], 0);
}

#[test]
fn an_order_to_do_what_is_done_changes_nothing() {
    let mut lab = filled(3);
    lab.order(n(1), order::JOIN).order(n(4), order::LEAVE).pass(ms(100));
    assert_eq!(lab.said("order-idle").len(), 2);
    assert!(lab.said("learn-ring").is_empty());
}
