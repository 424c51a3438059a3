//! Properties that no flaw and no fault of this model can break: shown to bite by telling the watcher
//! another past than the one that was.

use netsplit_sim::encode::Digest;
use netsplit_sim::property::Properties;

use super::RaftProperties;
use super::summary::Summary;
use crate::raft::about::ABOUT;
use crate::raft::tests::lab::{Lab, ms, n, still};
use crate::raft::types::LogIndex;

/// n1 leads and has committed one entry.
fn a_leader() -> Lab {
    let mut lab = still(3).start();
    lab.stand(n(1)).write(n(1), 1).pass(ms(60));
    lab
}

/// What is found at n1 if `lie` had been its state before.
fn found_after(lab: &Lab, lie: impl Fn(&mut Summary)) -> Vec<&'static str> {
    let world = lab.run.world();
    let mut watch = RaftProperties::new(world.config(), world.topology());
    let mut found = Vec::new();
    for id in world.topology().servers() {
        watch.after_step(world, Some(id), &mut found);
    }
    found.clear();
    lie(&mut watch.servers[0]);
    watch.after_step(world, Some(n(1)), &mut found);
    found.iter().map(|violation| ABOUT.properties[usize::from(violation.property)].name).collect()
}

#[test]
fn a_leader_that_changed_its_own_log_is_caught() {
    let lab = a_leader();
    assert_eq!(found_after(&lab, |before| before.log.hash = Digest(7)), ["leader-append-only"]);
    assert_eq!(found_after(&lab, |before| before.log.index = LogIndex(2)), ["leader-append-only"]);
    let a_follower_before = |before: &mut Summary| (before.leads, before.log.hash) = (false, Digest(7));
    assert!(found_after(&lab, a_follower_before).is_empty());
}

#[test]
fn a_commit_index_that_falls_is_caught_unless_a_crash_explains_it() {
    let lab = a_leader();
    assert_eq!(found_after(&lab, |before| before.commit_index = LogIndex(9)), ["commit-index-monotone"]);
    let crashed = |before: &mut Summary| (before.commit_index, before.runs) = (LogIndex(9), false);
    assert!(found_after(&lab, crashed).is_empty());
}

#[test]
fn an_unchanged_server_is_not_looked_at() {
    let lab = a_leader();
    assert!(found_after(&lab, |_| ()).is_empty());
}
