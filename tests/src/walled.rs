//! Small stores with clients on both sides of a wall that may fall, at random: what CAP is about.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_protocols::register::{self, Register};
use netsplit_sim::describe::{Describe, ParamValue};
use netsplit_sim::history::{OpRow, Operation, Outcome};
use netsplit_sim::id::{Link, NodeId, Topology, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention, Scheduled};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::{LinkModel, UnderWay};
use netsplit_sim::random::{Draw, Purpose, Stream};
use netsplit_sim::run::Run;
use netsplit_sim::setup::Setup;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::{ClientSpec, KeyChoice, Mix, Update, Workload};

/// Clients, half of them at home on either side.
const CLIENTS: u16 = 4;
/// The end of the run: long after the last operation and the heal.
const END: SimTime = SimTime::from_millis(12_000);

/// What may happen besides delays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weather {
    /// A wall stands for a while.
    pub wall: bool,
    /// Messages get lost and doubled.
    pub rough: bool,
    /// A server crashes with what it had not synced, and comes back.
    pub crash: bool,
}

/// A store of one design, before it runs.
#[derive(Clone, Debug)]
pub struct Walled {
    setup: Setup,
    params: BTreeMap<String, ParamValue>,
    flaws: BTreeSet<String>,
    weather: Weather,
    /// The servers behind the wall: never a majority.
    minority: BTreeSet<NodeId>,
    /// When the wall falls, and when it goes.
    stands: (SimTime, SimTime),
    victim: NodeId,
}

/// The store of this seed on three or five servers.
pub fn walled(seed: u64, weather: Weather) -> Walled {
    let mut draw = Draw::keyed(seed, Stream::Node(NodeId::server(0)), Purpose::Protocol(201), 0);
    let servers = [3, 5][draw.below(2) as usize];
    let first = draw.below(u64::from(servers)) as u16;
    let behind = 1 + draw.below(u64::from(servers / 2)) as u16;
    let minority: BTreeSet<_> = (0..behind).map(|step| NodeId::server((first + step) % servers)).collect();
    let majority = (0..servers).map(NodeId::server).filter(|id| !minority.contains(id));
    let homes = [minority.iter().copied().collect::<Vec<_>>(), majority.collect()];
    let client = |index: u16| {
        let side = &homes[usize::from(index % 2)];
        let home = side[usize::from(index / 2) % side.len()];
        ClientSpec { home: Some(home), roaming: false, workload: busy() }
    };
    let falls = SimTime::from_millis(draw.between(300, 900));
    let stands = (falls, falls + SimDuration::from_millis(draw.between(800, 2_500)));
    let victim = NodeId::server(draw.below(u64::from(servers)) as u16);
    let setup = Setup {
        seed,
        until: END,
        servers,
        clients: (0..CLIENTS).map(client).collect(),
        link: link(weather, &mut draw),
        links: Vec::new(),
        kinds: Vec::new(),
        under_way: [UnderWay::Drop, UnderWay::Deliver, UnderWay::Hold][draw.below(3) as usize],
        disk: Delay::Uniform { min: SimDuration::from_micros(100), max: SimDuration::from_millis(4) },
        clocks: Vec::new(),
    };
    let (params, flaws) = (BTreeMap::new(), BTreeSet::new());
    Walled { setup, params, flaws, weather, minority, stands, victim }
}

fn busy() -> Workload {
    let think = Delay::Uniform { min: SimDuration::from_millis(10), max: SimDuration::from_millis(150) };
    let mix = Mix { keys: 2, choice: KeyChoice::Uniform, reads_ppm: 500_000, update: Update::Write };
    Workload::Closed { start: SimTime::from_millis(50), think, mix, count: 25 }
}

fn link(weather: Weather, draw: &mut Draw) -> LinkModel {
    let max = SimDuration::from_millis(draw.between(2, 40));
    let delay = Delay::Uniform { min: SimDuration::from_millis(1), max };
    let rough = if weather.rough { 50_000 } else { 0 };
    LinkModel { delay, loss_ppm: rough, duplicate_ppm: rough, ..LinkModel::default() }
}

impl Walled {
    /// With this choice made.
    #[must_use]
    pub fn choice(mut self, name: &str, option: &str) -> Self {
        self.params.insert(name.to_owned(), ParamValue::Name(option.to_owned()));
        self
    }

    /// With this switched on.
    #[must_use]
    pub fn on(mut self, name: &str) -> Self {
        self.params.insert(name.to_owned(), ParamValue::Switch(true));
        self
    }

    /// With this rule broken.
    #[must_use]
    pub fn flaw(mut self, name: &str) -> Self {
        self.flaws.insert(name.to_owned());
        self
    }

    /// With updates of this kind.
    #[must_use]
    pub fn updates(mut self, kind: Update) -> Self {
        for client in &mut self.setup.clients {
            if let Workload::Closed { mix, .. } = &mut client.workload {
                mix.update = kind;
            }
        }
        self
    }

    /// With messages that take between so many milliseconds, and disks that take none.
    #[must_use]
    pub fn steady(mut self, min: u64, max: u64) -> Self {
        let (min, max) = (SimDuration::from_millis(min), SimDuration::from_millis(max));
        self.setup.link.delay = Delay::Uniform { min, max };
        self.setup.disk = Delay::Constant(SimDuration(1));
        self
    }

    /// With messages of which a few take much longer than most, and everybody at one key.
    #[must_use]
    pub fn tailed(mut self) -> Self {
        self.setup.link.delay = Delay::Pareto { scale: SimDuration::from_millis(1), shape_milli: 900 };
        for client in &mut self.setup.clients {
            if let Workload::Closed { mix, think, .. } = &mut client.workload {
                mix.keys = 1;
                *think = Delay::Uniform { min: SimDuration(0), max: SimDuration::from_millis(20) };
            }
        }
        self
    }

    /// With operations that name how many replicas have to answer. They come from scripts, in which the
    /// clients take turns.
    #[must_use]
    pub fn asking(mut self, replicas: Option<u8>) -> Self {
        for (turn, client) in (0..).zip(&mut self.setup.clients) {
            let at = |step: u64| SimTime::from_millis(50 + 200 * step + 50 * turn);
            let operation = |step: u64| {
                let plain = match step % 2 {
                    0 => Operation::write(0, (4 * step + turn) as i64),
                    _ => Operation::read(0),
                };
                Operation { replicas, ..plain }
            };
            client.workload = Workload::Script((0..10).map(|step| (at(step), operation(step))).collect());
        }
        self
    }

    /// Lets it run to its end.
    pub fn run(&self) -> Box<dyn Run> {
        let settings = Register::about().settings(&self.params, &self.flaws).expect("known settings");
        let mut run = register::boot(self.setup.clone(), &settings, self.script()).expect("a sensible store");
        run.seek(END).expect("no livelock");
        run
    }

    fn script(&self) -> Vec<Scheduled> {
        let at = |at, what| Scheduled { at, rank: 0, what };
        let (falls, goes) = self.stands;
        let mut script = Vec::new();
        if self.weather.wall {
            script.push(at(falls, Intervention::SetWall(WallId(1), self.cuts())));
            script.push(at(goes, Intervention::RemoveWall(WallId(1))));
        }
        if self.weather.crash {
            let crash = Intervention::Crash(self.victim, CrashKind::LoseUnsynced);
            script.push(at(falls + SimDuration::from_millis(150), crash));
            script.push(at(falls + SimDuration::from_millis(700), Intervention::Restart(self.victim)));
        }
        script
    }

    /// All links between the sides, clients' included.
    fn cuts(&self) -> BTreeSet<Link> {
        let everyone = self.topology().everyone();
        let across = |(from, to): &(NodeId, NodeId)| {
            from != to
                && self.is_behind(*from) != self.is_behind(*to)
                && !(from.is_client() && to.is_client())
        };
        let pairs = everyone.clone().flat_map(|from| everyone.clone().map(move |to| (from, to)));
        pairs.filter(across).map(|(from, to)| Link::new(from, to)).collect()
    }

    fn topology(&self) -> Topology {
        self.setup.topology()
    }

    /// Whether a participant is on the side without a majority; clients are where their home is.
    pub fn is_behind(&self, id: NodeId) -> bool {
        if !id.is_client() {
            return self.minority.contains(&id);
        }
        let home = self.setup.clients[usize::from(id.index())].home;
        home.is_some_and(|home| self.minority.contains(&home))
    }

    /// Whether an operation began and ended while the wall stood.
    pub fn is_within_wall(&self, row: &OpRow) -> bool {
        let (falls, goes) = self.stands;
        let returned = row.returned.as_ref().map(|(moment, _)| moment.time);
        self.weather.wall && row.invoked.time > falls && returned.is_some_and(|time| time < goes)
    }
}

/// Whether an operation was answered without an error.
pub fn is_ok(row: &OpRow) -> bool {
    matches!(row.returned, Some((_, Outcome::Ok(_) | Outcome::Many(_))))
}
