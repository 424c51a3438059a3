//! Figure 3 under whatever the network, the disks and the servers do, and linearizable reads with it.

use netsplit_sim::history::{Function, OpRow, Outcome, Value};
use netsplit_sim::intervention::CrashKind;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;

use super::lab::{Lab, ms};
use super::swarm::{self, Fault, TOLERATED};

#[test]
fn no_property_breaks_under_random_schedules_of_everything_raft_tolerates() {
    let mut answered = 0;
    for seed in 0..200 {
        let lab = swarm::run(seed, TOLERATED, ms(6_000), |plan| plan);
        assert!(lab.broken().is_empty(), "seed {seed}: {:?}", lab.run.violations());
        answered += lab.outcomes().iter().flatten().count();
    }
    assert!(answered > 10_000, "only {answered} operations ended: the schedules smother the cluster");
}

#[test]
fn once_everything_is_mended_new_writes_reach_every_server_within_twenty_election_timeouts() {
    for seed in 0..60 {
        let mut lab = swarm::run(seed, TOLERATED, ms(4_000), |plan| plan);
        swarm::mend(&mut lab);
        let servers = lab.run.world().topology().servers();
        let before = servers.clone().map(|id| lab.commit_index(id)).max().unwrap_or_default();
        lab.pass(ms(20 * 300));
        for id in servers {
            assert!(lab.commit_index(id) > before, "seed {seed}: {id} has not moved beyond {before}");
        }
        assert!(lab.broken().is_empty());
    }
}

#[test]
fn a_disk_that_is_lost_breaks_what_disks_are_there_for() {
    let lost = &[Fault::Crash(CrashKind::LoseDisk)];
    for property in ["election-safety", "one-vote-per-term", "leader-completeness", "state-machine-safety"] {
        assert!(swarm::breaks(property, 60, lost, |plan| plan), "{property}");
    }
}

#[test]
fn reads_are_stale_only_where_they_ask_nobody() {
    // Timers are not fired by hand here: a lease rests on them.
    let faults: Vec<Fault> = TOLERATED.iter().copied().filter(|fault| *fault != Fault::Timer).collect();
    let stale = |read_mode: &str| {
        let runs = 0..60u64;
        let run = |seed| swarm::run(seed, &faults, ms(6_000), |plan| plan.choice("read_mode", read_mode));
        runs.map(run).map(|lab| stale_reads(&lab)).sum::<usize>()
    };
    assert_eq!(stale("log"), 0);
    assert_eq!(stale("read_index"), 0);
    assert_eq!(stale("lease"), 0);
    assert!(stale("local") > 0, "a check that finds nothing anywhere checks nothing");
}

/// How many reads missed a write that had ended before they began: a necessary condition of
/// linearizability that needs no search. Written values are distinct.
fn stale_reads(lab: &Lab) -> usize {
    let rows = lab.run.history();
    let is_stale = |read: &&OpRow| match returned(read) {
        Some((_, Value::Number(number))) => {
            let writer = rows.iter().find(|row| writes(row, read.operation.key) == Some(number));
            writer.and_then(returned).is_some_and(|(ended, _)| overwritten(rows, ended, read))
        }
        Some((_, Value::Absent)) => overwritten(rows, SimTime::ZERO, read),
        None => false,
    };
    rows.iter().filter(|row| row.operation.function == Function::Read).filter(is_stale).count()
}

/// Whether some write to the key began after `since` and ended before the read began.
fn overwritten(rows: &[OpRow], since: SimTime, read: &OpRow) -> bool {
    rows.iter()
        .filter(|row| writes(row, read.operation.key).is_some())
        .any(|row| row.invoked.time > since && returned(row).is_some_and(|(at, _)| at < read.invoked.time))
}

fn writes(row: &OpRow, key: u32) -> Option<i64> {
    match row.operation.value {
        Value::Number(number) if row.operation.key == key => Some(number),
        _ => None,
    }
}

fn returned(row: &OpRow) -> Option<(SimTime, Value)> {
    match &row.returned {
        Some((moment, Outcome::Ok(value))) => Some((moment.time, *value)),
        _ => None,
    }
}
