//! Random fault schedules, swarm style: each seed enables a random subset of the faults, so that some
//! runs see one fault only and others see many together (Groce et al., Swarm Testing, 2012).

use netsplit_scenarios::document::Network;
use netsplit_scenarios::profile::{FaultKind, FaultProfile, Ground, expand};
use netsplit_scenarios::run_record::Entry;
use netsplit_sim::history::{Operation, Value};
use netsplit_sim::id::{NodeId, WallId};
use netsplit_sim::intervention::Scheduled;
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

/// The kinds of faults that a swarm may enable: those that Raft tolerates. A lost disk breaks its
/// promises, and a clock that is set breaks those of leases.
const FAULTS: [FaultKind; 10] = [
    FaultKind::Crash,
    FaultKind::LoseUnsynced,
    FaultKind::Pause,
    FaultKind::Loss,
    FaultKind::Duplication,
    FaultKind::Reordering,
    FaultKind::Delay,
    FaultKind::Cut,
    FaultKind::OneWayCut,
    FaultKind::ClockDrift,
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
    let profile = FaultProfile {
        seed,
        kinds: FAULTS.into_iter().filter(|_| draw.chance(400_000)).collect(),
        of_each: draw.between(1, 4) as u16,
        from: FAULTS_FROM,
        to: CALM,
        longest: SimDuration::from_millis(3_000),
        heals: true,
    };
    let network = Network {
        link: setup.link.clone(),
        links: Vec::new(),
        kinds: Vec::new(),
        under_way: setup.under_way,
    };
    let ground = Ground { topology: setup.topology(), network, free_wall: WallId(1) };
    let script = expand(&profile, &ground).iter().map(Entry::scheduled).collect();
    Swarm { setup, script, options: draw }
}

fn setup(seed: u64, servers: u16, draw: &mut Draw) -> Setup {
    let client = |home: u16, workload| ClientSpec {
        home: Some(NodeId::server(home % servers)),
        roaming: false,
        workload,
    };
    let busy = || Workload::Closed {
        start: SimTime::from_millis(150),
        think: Delay::Uniform { min: SimDuration::from_millis(20), max: SimDuration::from_millis(400) },
        mix: Mix::uniform(2, 300_000),
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
        kinds: Vec::new(),
        under_way: [UnderWay::Drop, UnderWay::Deliver, UnderWay::Hold][draw.below(3) as usize],
        disk: Delay::Uniform { min: SimDuration::from_micros(100), max: SimDuration::from_millis(8) },
        clocks: Vec::new(),
    }
}
