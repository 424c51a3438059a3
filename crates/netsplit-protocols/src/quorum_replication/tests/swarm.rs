//! Random faults on random configurations: the properties hold, and replicas that repair themselves come
//! to hold the same once all is well.

use std::collections::BTreeSet;

use netsplit_sim::describe::Describe;
use netsplit_sim::id::NodeId;
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::latency::Delay;
use netsplit_sim::random::{Draw, Purpose, Stream};
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_sim::workload::{ClientSpec, Mix, Workload};

use super::lab::{Lab, Plan, ms, plan};
use crate::quorum_replication::QuorumReplication;
use crate::quorum_replication::about::order;

const SERVERS: u16 = 5;

fn random_plan(draw: &mut Draw) -> Plan {
    let n = draw.between(1, 4);
    let (r, w) = (draw.between(1, n), draw.between(1, n));
    let choose = |draw: &mut Draw, options: [&'static str; 2]| options[draw.below(2) as usize];
    let mut plan = plan(SERVERS).nrw(n, r, w).number("virtual_nodes", draw.between(1, 5));
    plan = plan.choice("quorum", choose(draw, ["strict", "sloppy"]));
    plan = plan.choice("reconciliation", choose(draw, ["siblings", "last_writer_wins"]));
    plan = plan.switch("read_repair", draw.below(2) == 0).switch("anti_entropy", true);
    plan.setup.link.delay = Delay::Uniform { min: ms(1), max: ms(30) };
    plan.setup.link.loss_ppm = 50_000;
    plan.setup.link.duplicate_ppm = 50_000;
    let gap = Delay::Uniform { min: ms(5), max: ms(60) };
    let client = |home| ClientSpec {
        home: Some(NodeId::server(home)),
        roaming: true,
        workload: Workload::Closed {
            start: SimTime(0),
            think: gap.clone(),
            mix: Mix::uniform(4, 400_000),
            count: 50,
        },
    };
    plan.setup.clients = (0..3).map(client).collect();
    plan
}

fn act_at_random(lab: &mut Lab, draw: &mut Draw) {
    let id = NodeId::server(draw.below(u64::from(SERVERS)) as u16);
    match draw.below(8) {
        0 => drop(lab.crash(id, [CrashKind::KeepWritten, CrashKind::LoseUnsynced][draw.below(2) as usize])),
        1 | 2 => drop(lab.restart(id)),
        3 => drop(lab.wall(&[id, NodeId::server(draw.below(u64::from(SERVERS)) as u16)])),
        4 => drop(lab.heal()),
        5 => drop(lab.act(Intervention::ClockOffset(id, draw.below(400_000_000) as i64 - 200_000_000))),
        6 => drop(lab.order(id, if draw.below(3) == 0 { order::LEAVE } else { order::JOIN })),
        _ => {}
    }
    lab.pass(ms(draw.between(1, 300)));
}

fn run(seed: u64) -> Lab {
    let mut draw = Draw::keyed(seed, Stream::Node(NodeId::server(0)), Purpose::Choice, 77);
    let mut lab = random_plan(&mut draw).seed(seed).start();
    for _ in 0..20 {
        act_at_random(&mut lab, &mut draw);
    }
    lab.heal();
    for id in (0..SERVERS).map(NodeId::server) {
        lab.restart(id).order(id, order::JOIN);
    }
    lab.pass(ms(40_000));
    lab
}

#[test]
fn properties_hold_under_random_faults_and_replicas_converge_after_them() {
    for seed in 0..150 {
        let lab = run(seed);
        assert_eq!(lab.broken(), BTreeSet::new(), "seed {seed}");
        for (key, homes) in QuorumReplication::replicas(lab.run.world()) {
            let held: BTreeSet<_> = homes.values().collect();
            assert!(held.len() <= 1, "seed {seed}, key {key}: {homes:?}");
        }
    }
}

#[test]
fn the_same_seed_is_the_same_run() {
    assert_eq!(run(7).run.digest(), run(7).run.digest());
}
