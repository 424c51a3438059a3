//! Random fault schedules, swarm style: each seed enables a random subset of what can go wrong, so
//! that rare combinations get their turn.

use std::collections::BTreeSet;

use netsplit_sim::id::{Link, NodeId, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention, Scheduled};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::LinkModel;
use netsplit_sim::random::{Draw, Purpose, Stream};
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::{ClientSpec, Mix, Workload};

use super::lab::{Lab, Plan, ms, plan};

/// What a schedule may contain.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Crash(CrashKind),
    Pause,
    Wall,
    Drift,
    Timer,
}

/// Everything that Raft tolerates.
pub(super) const TOLERATED: &[Fault] = &[
    Fault::Crash(CrashKind::KeepWritten),
    Fault::Crash(CrashKind::LoseUnsynced),
    Fault::Pause,
    Fault::Wall,
    Fault::Drift,
    Fault::Timer,
];

/// Three to seven servers with two busy clients on a network and disks of a random temper.
pub(super) fn cluster(seed: u64) -> Plan {
    let mut draw = drawn(seed, 0);
    let mut plan = plan([3, 5, 7][draw.below(3) as usize]).seed(seed);
    let busy = Workload::Closed {
        start: SimTime::from_millis(200),
        think: Delay::Uniform { min: ms(1), max: ms(60) },
        mix: Mix::uniform(2, 300_000),
        count: 10_000,
    };
    let client =
        |home: u16| ClientSpec { home: Some(NodeId::server(home)), roaming: false, workload: busy.clone() };
    plan.setup.clients = vec![client(0), client(1)];
    plan.setup.link.delay = Delay::Uniform { min: ms(1), max: ms(1 + draw.below(40)) };
    plan.setup.link.loss_ppm = pick(&mut draw, &[0, 0, 20_000, 200_000]);
    plan.setup.link.duplicate_ppm = pick(&mut draw, &[0, 0, 50_000]);
    plan.setup.link.reorder_ppm = pick(&mut draw, &[0, 0, 100_000]);
    plan.setup.link.reorder_by = ms(200);
    plan.setup.disk = Delay::Uniform { min: SimDuration(1), max: ms(1 + draw.below(60)) };
    let read_mode = ["log", "read_index", "lease", "local"][draw.below(4) as usize];
    let backtracking = ["one", "conflict_term"][draw.below(2) as usize];
    plan.choice("read_mode", read_mode)
        .choice("backtracking", backtracking)
        .number("max_entries_per_append", 1 + draw.below(4))
        .switch("leader_noop", draw.below(2) == 0)
        .switch("pre_vote", draw.below(3) == 0)
        .switch("check_quorum", draw.below(3) == 0)
        .switch("disregard_request_vote", draw.below(3) == 0)
}

/// Faults from among `faults` for `length`, each undone after a while.
pub(super) fn schedule(seed: u64, servers: u16, faults: &[Fault], length: SimDuration) -> Vec<Scheduled> {
    let mut draw = drawn(seed, 1);
    let enabled: Vec<Fault> = faults.iter().copied().filter(|_| draw.below(2) == 0).collect();
    let mut script = Vec::new();
    let mut at = SimTime::from_millis(300);
    while !enabled.is_empty() && at < SimTime::ZERO + length {
        let victim = NodeId::server(draw.below(u64::from(servers)) as u16);
        let (what, undo) = one_fault(pick(&mut draw, &enabled), victim, servers, &mut draw);
        script.push(Scheduled { at, rank: 0, what });
        let until = at + ms(20 + draw.below(900));
        script.extend(undo.map(|what| Scheduled { at: until, rank: 0, what }));
        at += ms(5 + draw.below(300));
    }
    script
}

fn one_fault(
    fault: Fault,
    victim: NodeId,
    servers: u16,
    draw: &mut Draw,
) -> (Intervention, Option<Intervention>) {
    match fault {
        Fault::Crash(kind) => (Intervention::Crash(victim, kind), Some(Intervention::Restart(victim))),
        Fault::Pause => (Intervention::Pause(victim), Some(Intervention::Resume(victim))),
        Fault::Wall => {
            let wall = WallId(draw.below(2) as u32);
            (Intervention::SetWall(wall, some_links(servers, draw)), Some(Intervention::RemoveWall(wall)))
        }
        Fault::Drift => {
            let ppm = draw.below(20_000) as i32 - 10_000;
            (Intervention::ClockDrift(victim, ppm), None)
        }
        Fault::Timer => (Intervention::FireTimer(victim, crate::raft::server::ELECTION), None),
    }
}

/// The links between two random sides; in one direction half of the time.
fn some_links(servers: u16, draw: &mut Draw) -> BTreeSet<Link> {
    let inside: Vec<bool> = (0..servers).map(|_| draw.below(2) == 0).collect();
    let one_way = draw.below(2) == 0;
    let mut cuts = BTreeSet::new();
    for from in 0..servers {
        for to in (0..servers).filter(|to| *to != from) {
            let (left, right) = (inside[usize::from(from)], inside[usize::from(to)]);
            if left != right && (left || !one_way) {
                cuts.insert(Link::new(NodeId::server(from), NodeId::server(to)));
            }
        }
    }
    cuts
}

fn pick<T: Copy>(draw: &mut Draw, options: &[T]) -> T {
    options[draw.below(options.len() as u64) as usize]
}

fn drawn(seed: u64, index: u64) -> Draw {
    Draw::keyed(seed, Stream::Node(NodeId::client(9)), Purpose::Choice, index)
}

/// Runs one seed's cluster under its schedule; `change` has the last word on the cluster.
pub(super) fn run(seed: u64, faults: &[Fault], length: SimDuration, change: impl Fn(Plan) -> Plan) -> Lab {
    let plan = change(cluster(seed));
    let script = schedule(seed, plan.setup.servers, faults, length);
    let mut lab = plan.script(script);
    lab.pass(length);
    lab
}

/// Ends every fault and makes the network quiet. What the schedule would still undo is discarded.
pub(super) fn mend(lab: &mut Lab) {
    let topology = lab.run.world().topology();
    for id in topology.servers() {
        lab.act(Intervention::Restart(id)).act(Intervention::Resume(id));
        lab.act(Intervention::ClockDrift(id, 0));
    }
    for wall in [WallId(0), WallId(1)] {
        lab.act(Intervention::RemoveWall(wall));
    }
    for from in topology.everyone() {
        for to in topology.everyone().filter(|to| *to != from) {
            lab.act(Intervention::SetLink(Link::new(from, to), LinkModel::default()));
        }
    }
}

/// Whether some seed below `seeds` breaks this property.
pub(super) fn breaks(
    property: &str,
    seeds: u64,
    faults: &[Fault],
    change: impl Fn(Plan) -> Plan + Copy,
) -> bool {
    (0..seeds).any(|seed| run(seed, faults, ms(4_000), change).broken().contains(property))
}
