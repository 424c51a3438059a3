//! Random fault schedules, swarm style: each seed enables a random subset of the faults, so that some
//! runs see one fault only and others see many together (Groce et al., Swarm Testing, 2012).

use std::collections::BTreeSet;

use netsplit_sim::history::{Operation, Value};
use netsplit_sim::id::{Link, NodeId, Topology, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention, Scheduled};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::{LinkModel, UnderWay};
use netsplit_sim::random::{Draw, Purpose, Stream};
use netsplit_sim::setup::Setup;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::{ClientSpec, Mix, Workload};

/// Faults happen between these times.
const FAULTS_FROM: SimTime = SimTime::from_millis(200);
/// At this time walls, loss and drift are cleared, and everybody is up.
pub const CALM: SimTime = SimTime::from_millis(10_000);
/// Shortly after, this value is written to a key that nobody else writes.
pub const LAST_WRITE: (u32, i64) = (9, 999);
/// The end of the run: twenty election timeouts of 300 ms later.
pub const END: SimTime = SimTime::from_millis(16_000);

/// A kind of fault that a swarm may enable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Crash,
    LoseUnsynced,
    Pause,
    Loss,
    Duplication,
    Reordering,
    Delay,
    Cut,
    OneWayCut,
    Drift,
}

const FAULTS: [Fault; 10] = [
    Fault::Crash,
    Fault::LoseUnsynced,
    Fault::Pause,
    Fault::Loss,
    Fault::Duplication,
    Fault::Reordering,
    Fault::Delay,
    Fault::Cut,
    Fault::OneWayCut,
    Fault::Drift,
];

/// One random schedule.
pub struct Swarm {
    /// The world it happens in.
    pub setup: Setup,
    /// What happens.
    pub script: Vec<Scheduled>,
    /// More luck, for the protocol's own options.
    pub options: Draw,
}

/// The schedule of this seed, on 3, 5 or 7 servers.
pub fn swarm(seed: u64) -> Swarm {
    let mut draw = Draw::keyed(seed, Stream::Node(NodeId::server(0)), Purpose::Protocol(200), 0);
    let servers = [3, 5, 7][draw.below(3) as usize];
    let setup = setup(seed, servers, &mut draw);
    let enabled: Vec<Fault> = FAULTS.into_iter().filter(|_| draw.chance(400_000)).collect();
    let mut schedule = Schedule { topology: setup.topology(), draw, script: Vec::new(), walls: 0 };
    for _ in 0..=schedule.draw.below(16) {
        if let Some(&fault) = enabled.get(schedule.draw.below(enabled.len().max(1) as u64) as usize) {
            schedule.add(fault);
        }
    }
    schedule.calm_down();
    Swarm { setup, script: schedule.script, options: schedule.draw }
}

fn setup(seed: u64, servers: u16, draw: &mut Draw) -> Setup {
    let client = |home: u16, workload| ClientSpec { home: Some(NodeId::server(home % servers)), workload };
    let busy = || Workload::Closed {
        start: SimTime::from_millis(150),
        think: Delay::Uniform { min: SimDuration::from_millis(20), max: SimDuration::from_millis(400) },
        mix: Mix { keys: 2, reads_ppm: 300_000 },
        count: 100,
    };
    let (key, value) = LAST_WRITE;
    let last = Operation { value: Value::Number(value), ..Operation::write(key, 0) };
    let last = Workload::Script(vec![(CALM + SimDuration::from_millis(1), last)]);
    Setup {
        seed,
        until: END,
        servers,
        clients: vec![client(0, busy()), client(1, busy()), client(2, last)],
        link: LinkModel {
            delay: Delay::Uniform { min: SimDuration::from_millis(1), max: SimDuration::from_millis(10) },
            ..LinkModel::default()
        },
        links: Vec::new(),
        under_way: [UnderWay::Drop, UnderWay::Deliver, UnderWay::Hold][draw.below(3) as usize],
        disk: Delay::Uniform { min: SimDuration::from_micros(100), max: SimDuration::from_millis(8) },
        clocks: Vec::new(),
    }
}

struct Schedule {
    topology: Topology,
    draw: Draw,
    script: Vec<Scheduled>,
    walls: u32,
}

impl Schedule {
    fn at(&mut self, at: SimTime, what: Intervention) {
        self.script.push(Scheduled { at, rank: 0, what });
    }

    /// A fault of this kind at a random time, and its end a while later.
    fn add(&mut self, fault: Fault) {
        let begin = SimTime(self.draw.between(FAULTS_FROM.0, CALM.0 - 1));
        let lasts = SimDuration(self.draw.between(1_000_000, 3_000_000_000));
        let end = (begin + lasts).min(CALM);
        let node = NodeId::server(self.draw.below(u64::from(self.topology.servers)) as u16);
        let (first, last) = match fault {
            Fault::Crash => (Intervention::Crash(node, CrashKind::KeepWritten), Intervention::Restart(node)),
            Fault::LoseUnsynced => {
                (Intervention::Crash(node, CrashKind::LoseUnsynced), Intervention::Restart(node))
            }
            Fault::Pause => (Intervention::Pause(node), Intervention::Resume(node)),
            Fault::Drift => {
                let ppm = self.draw.between(0, 20_000) as i32 - 10_000;
                (Intervention::ClockDrift(node, ppm), Intervention::ClockDrift(node, 0))
            }
            Fault::Cut | Fault::OneWayCut => {
                self.walls += 1;
                let wall = WallId(self.walls);
                (
                    Intervention::SetWall(wall, self.cuts(fault == Fault::OneWayCut)),
                    Intervention::RemoveWall(wall),
                )
            }
            Fault::Loss | Fault::Duplication | Fault::Reordering | Fault::Delay => {
                return self.disturb_links(fault, begin, end);
            }
        };
        self.at(begin, first);
        self.at(end, last);
    }

    /// The links between two random sides, clients among them, in both directions or in one.
    fn cuts(&mut self, one_way: bool) -> BTreeSet<Link> {
        let side: BTreeSet<NodeId> = self.topology.everyone().filter(|_| self.draw.chance(500_000)).collect();
        let everyone = self.topology.everyone();
        let links = everyone.clone().flat_map(|from| everyone.clone().map(move |to| Link::new(from, to)));
        links
            .filter(|link| !(link.from.is_client() && link.to.is_client()))
            .filter(|link| side.contains(&link.from) != side.contains(&link.to))
            .filter(|link| !one_way || side.contains(&link.from))
            .collect()
    }

    /// About a third of the links behave badly for a while.
    fn disturb_links(&mut self, fault: Fault, begin: SimTime, end: SimTime) {
        let mut model = LinkModel {
            delay: Delay::Uniform { min: SimDuration::from_millis(1), max: SimDuration::from_millis(10) },
            ..LinkModel::default()
        };
        match fault {
            Fault::Loss => model.loss_ppm = self.draw.between(10_000, 600_000) as u32,
            Fault::Duplication => model.duplicate_ppm = self.draw.between(100_000, 1_000_000) as u32,
            Fault::Reordering => {
                model.reorder_ppm = 300_000;
                model.reorder_by = SimDuration(self.draw.between(5_000_000, 500_000_000));
            }
            _ => {
                let mean = SimDuration(self.draw.between(5_000_000, 200_000_000));
                model.delay = Delay::ShiftedExponential { min: SimDuration::from_millis(1), mean };
            }
        }
        let everyone: Vec<_> = self.topology.everyone().collect();
        for &from in &everyone {
            for &to in everyone.iter().filter(|&&to| to != from) {
                if self.draw.chance(333_333) {
                    self.at(begin, Intervention::SetLink(Link::new(from, to), model.clone()));
                    self.at(end, Intervention::ResetLink(Link::new(from, to)));
                }
            }
        }
    }

    /// Walls, loss and drift are cleared, all nodes are up. What was cleared before stays a visible
    /// no-op; schedules overlap, so that nothing less would be sure.
    fn calm_down(&mut self) {
        let walls: Vec<_> = (1..=self.walls).map(WallId).collect();
        for wall in walls {
            self.at(CALM, Intervention::RemoveWall(wall));
        }
        for node in self.topology.servers() {
            self.at(CALM, Intervention::Resume(node));
            self.at(CALM, Intervention::Restart(node));
            self.at(CALM, Intervention::ClockDrift(node, 0));
        }
        self.script.sort_by_key(|line| line.at);
    }
}
