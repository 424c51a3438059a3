//! Figure 3 under whatever the network, the disks and the servers do; and that its properties bite.

use netsplit_sim::intervention::CrashKind;
use netsplit_sim::run::Run;

use super::lab::ms;
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
fn every_flaw_breaks_a_property_somewhere() {
    for flaw in crate::raft::params::FLAWS {
        let mut hist = std::collections::BTreeMap::new();
        for seed in 0..100 {
            let lab = swarm::run(seed, TOLERATED, ms(4_000), |plan| plan.flaw(flaw.name));
            for p in lab.broken() {
                *hist.entry(p).or_insert(0) += 1;
            }
        }
        println!("{} {:?}", flaw.name, hist);
    }
    let mut hist = std::collections::BTreeMap::new();
    for seed in 0..100 {
        let lab = swarm::run(seed, &[Fault::Crash(CrashKind::LoseDisk)], ms(4_000), |plan| plan);
        for p in lab.broken() {
            *hist.entry(p).or_insert(0) += 1;
        }
    }
    println!("{:?}", hist);
}
