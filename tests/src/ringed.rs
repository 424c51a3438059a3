//! Small rings of servers that replicate by quorums, described in a few words.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_protocols::quorum_replication::{self, QuorumReplication};
use netsplit_sim::describe::{Describe, ParamValue};
use netsplit_sim::history::{OpRow, Operation, Outcome, Value};
use netsplit_sim::id::{Link, NodeId, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention, Scheduled};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::{LinkModel, UnderWay};
use netsplit_sim::run::Run;
use netsplit_sim::setup::Setup;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::{ClientSpec, Workload};

/// A ring before it runs.
#[derive(Clone, Debug)]
pub struct Ringed {
    /// What the world is made of.
    pub setup: Setup,
    params: BTreeMap<String, ParamValue>,
    script: Vec<Scheduled>,
}

/// So many servers with links of 5 to 15 ms, on a ring on which the homes of x are n1, n2 and n3. Nothing is
/// repaired unless somebody switches it on.
pub fn ringed(seed: u64, servers: u16) -> Ringed {
    let ring = match servers {
        3 => 24,
        4 => 42,
        _ => 278,
    };
    let setup = Setup {
        seed,
        until: SimTime::from_millis(20_000),
        servers,
        clients: Vec::new(),
        link: LinkModel { delay: millis(5, 15), ..LinkModel::default() },
        links: Vec::new(),
        kinds: Vec::new(),
        under_way: UnderWay::Drop,
        disk: Delay::Uniform { min: SimDuration::from_micros(100), max: SimDuration::from_millis(3) },
        clocks: Vec::new(),
    };
    let ringed = Ringed { setup, params: BTreeMap::new(), script: Vec::new() };
    ringed.number("ring", ring).number("virtual_nodes", 1).switch("read_repair", false)
}

/// Evenly between so many milliseconds.
pub fn millis(min: u64, max: u64) -> Delay {
    Delay::Uniform { min: SimDuration::from_millis(min), max: SimDuration::from_millis(max) }
}

/// The `number`-th server, from one.
pub fn n(number: u16) -> NodeId {
    NodeId::server(number - 1)
}

impl Ringed {
    /// With this parameter.
    #[must_use]
    pub fn number(mut self, name: &str, value: u64) -> Self {
        self.params.insert(name.to_owned(), ParamValue::Number(value));
        self
    }

    /// With this switched on or off.
    #[must_use]
    pub fn switch(mut self, name: &str, on: bool) -> Self {
        self.params.insert(name.to_owned(), ParamValue::Switch(on));
        self
    }

    /// With this choice made.
    #[must_use]
    pub fn choice(mut self, name: &str, option: &str) -> Self {
        self.params.insert(name.to_owned(), ParamValue::Name(option.to_owned()));
        self
    }

    /// With these N, R and W.
    #[must_use]
    pub fn nrw(self, (n, r, w): (u64, u64, u64)) -> Self {
        self.number("n", n).number("r", r).number("w", w)
    }

    /// With one more client that asks this server.
    #[must_use]
    pub fn client(mut self, home: NodeId, workload: Workload) -> Self {
        self.setup.clients.push(ClientSpec { home: Some(home), roaming: false, workload });
        self
    }

    /// With one more client that asks this server for these operations, each at its millisecond.
    #[must_use]
    pub fn asks(self, home: NodeId, operations: &[(u64, Operation)]) -> Self {
        let timed = operations.iter().map(|(at, operation)| (SimTime::from_millis(*at), *operation));
        self.client(home, Workload::Script(timed.collect()))
    }

    /// With a slow link.
    #[must_use]
    pub fn slow(mut self, from: NodeId, to: NodeId, delay: Delay) -> Self {
        self.setup.links.push((Link::new(from, to), LinkModel { delay, ..LinkModel::default() }));
        self
    }

    /// With a wall around these servers, for some milliseconds. Clients reach everyone.
    #[must_use]
    pub fn wall(self, side: &BTreeSet<NodeId>, from: u64, to: u64) -> Self {
        let servers = || (0..self.setup.servers).map(NodeId::server);
        let across = |(a, b): &(NodeId, NodeId)| side.contains(a) != side.contains(b);
        let cuts = servers().flat_map(|a| servers().map(move |b| (a, b))).filter(across);
        let cuts = cuts.map(|(a, b)| Link::new(a, b)).collect();
        self.at(from, Intervention::SetWall(WallId(1), cuts)).at(to, Intervention::RemoveWall(WallId(1)))
    }

    /// With a crash that loses what was not synced, and a restart.
    #[must_use]
    pub fn crash(self, victim: NodeId, from: u64, to: u64) -> Self {
        let crash = Intervention::Crash(victim, CrashKind::LoseUnsynced);
        self.at(from, crash).at(to, Intervention::Restart(victim))
    }

    fn at(mut self, millis: u64, what: Intervention) -> Self {
        let at = SimTime::from_millis(millis);
        let place = self.script.partition_point(|other| other.at <= at);
        self.script.insert(place, Scheduled { at, rank: 0, what });
        self
    }

    /// Lets it run to its end.
    pub fn run(&self) -> Box<dyn Run> {
        self.run_to(self.setup.until)
    }

    /// Lets it run so far.
    pub fn run_to(&self, time: SimTime) -> Box<dyn Run> {
        let settings =
            QuorumReplication::about().settings(&self.params, &BTreeSet::new()).expect("known settings");
        let script = self.script.clone();
        let mut run =
            quorum_replication::boot(self.setup.clone(), &settings, script).expect("a sensible ring");
        run.seek(time).expect("no livelock");
        run
    }
}

/// The numbers that an operation was answered with: none if nothing was there; `None` if it was not
/// answered, or not with ok.
pub fn answered(row: &OpRow) -> Option<Vec<i64>> {
    match &row.returned.as_ref()?.1 {
        Outcome::Ok(Value::Absent) => Some(Vec::new()),
        Outcome::Ok(Value::Number(number)) => Some(vec![*number]),
        Outcome::Many(numbers) => Some(numbers.to_vec()),
        Outcome::Fail | Outcome::Info => None,
    }
}
