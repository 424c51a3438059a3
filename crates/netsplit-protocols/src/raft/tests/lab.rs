//! A laboratory for the tests of this folder: clusters described in a few words, driven by what can
//! be done to a real system, and asked what they look like.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_sim::describe::{Describe, ParamValue};
use netsplit_sim::execution::Execution;
use netsplit_sim::history::{Operation, Outcome};
use netsplit_sim::id::{Link, NodeId, TimerName, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention, Scheduled};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::{LinkModel, UnderWay};
use netsplit_sim::run::{Progress, Run};
use netsplit_sim::setup::Setup;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::{ClientSpec, Workload};

use crate::raft::disk::Disk;
use crate::raft::server::{ELECTION, Role, Server};
use crate::raft::{LogIndex, Raft, RaftProperties};

/// What a cluster is made of, before it runs.
pub(in crate::raft) struct Plan {
    pub(in crate::raft) setup: Setup,
    params: BTreeMap<String, ParamValue>,
    flaws: BTreeSet<String>,
}

/// A cluster that runs.
pub(in crate::raft) struct Lab {
    pub(in crate::raft) run: Execution<Raft, RaftProperties>,
}

/// The `number`-th server, from one, as every text counts them.
pub(in crate::raft) fn n(number: u16) -> NodeId {
    NodeId::server(number - 1)
}

/// The first client.
pub(in crate::raft) const C1: NodeId = NodeId::client(0);

/// That many milliseconds.
pub(in crate::raft) fn ms(millis: u64) -> SimDuration {
    SimDuration::from_millis(millis)
}

/// Servers on a quiet network of 3 ms a link with disks of 1 ms, and two idle clients.
pub(in crate::raft) fn plan(servers: u16) -> Plan {
    let idle = ClientSpec { home: None, roaming: false, workload: Workload::Script(Vec::new()) };
    let setup = Setup {
        seed: 1,
        until: SimTime::from_millis(60_000),
        servers,
        clients: vec![idle.clone(), idle],
        link: LinkModel::default(),
        links: Vec::new(),
        kinds: Vec::new(),
        under_way: UnderWay::Drop,
        disk: Delay::Constant(ms(1)),
        clocks: Vec::new(),
    };
    Plan { setup, params: BTreeMap::new(), flaws: BTreeSet::new() }
}

/// A cluster that does nothing by itself: no election timer falls due unless it is fired, no leader
/// adds an entry of its own, and clients give up before they ask a second server.
pub(in crate::raft) fn still(servers: u16) -> Plan {
    plan(servers)
        .number("election_timeout_min", 20_000_000_000)
        .number("election_timeout_max", 20_000_000_000)
        .switch("leader_noop", false)
        .number("client_timeout", 40_000_000)
}

impl Plan {
    pub(in crate::raft) fn seed(mut self, seed: u64) -> Self {
        self.setup.seed = seed;
        self
    }

    pub(in crate::raft) fn disk(mut self, takes: SimDuration) -> Self {
        self.setup.disk = Delay::Constant(takes);
        self
    }

    pub(in crate::raft) fn param(mut self, name: &str, value: ParamValue) -> Self {
        self.params.insert(name.to_owned(), value);
        self
    }

    pub(in crate::raft) fn number(self, name: &str, value: u64) -> Self {
        self.param(name, ParamValue::Number(value))
    }

    pub(in crate::raft) fn switch(self, name: &str, on: bool) -> Self {
        self.param(name, ParamValue::Switch(on))
    }

    pub(in crate::raft) fn choice(self, name: &str, option: &str) -> Self {
        self.param(name, ParamValue::Name(option.to_owned()))
    }

    pub(in crate::raft) fn flaw(mut self, name: &str) -> Self {
        self.flaws.insert(name.to_owned());
        self
    }

    pub(in crate::raft) fn script(self, script: Vec<Scheduled>) -> Lab {
        let settings = Raft::about().settings(&self.params, &self.flaws).expect("known settings");
        let config = Raft::configure(&settings, self.setup.topology()).expect("sensible settings");
        Lab { run: Execution::new(self.setup, config, script).expect("a script about these servers") }
    }

    pub(in crate::raft) fn start(self) -> Lab {
        self.script(Vec::new())
    }
}

impl Lab {
    /// Lets that much time pass.
    pub(in crate::raft) fn pass(&mut self, time: SimDuration) -> &mut Self {
        let target = self.run.now() + time;
        while self.run.run_until(target, 10_000).expect("no livelock") == Progress::Underway {}
        self
    }

    pub(in crate::raft) fn act(&mut self, what: Intervention) -> &mut Self {
        self.run.intervene(what).expect("an intervention on these servers");
        self
    }

    /// The server's election timer falls due now, and there is time for a round of votes.
    pub(in crate::raft) fn stand(&mut self, candidate: NodeId) -> &mut Self {
        self.fire(candidate, ELECTION).pass(ms(12))
    }

    /// The first client writes at this server, and there is time to replicate it or to give up.
    pub(in crate::raft) fn write(&mut self, server: NodeId, number: i64) -> &mut Self {
        self.ask(server, Operation::write(0, number)).pass(ms(60))
    }

    pub(in crate::raft) fn fire(&mut self, server: NodeId, timer: TimerName) -> &mut Self {
        self.act(Intervention::FireTimer(server, timer))
    }

    pub(in crate::raft) fn crash(&mut self, server: NodeId, kind: CrashKind) -> &mut Self {
        self.act(Intervention::Crash(server, kind))
    }

    pub(in crate::raft) fn restart(&mut self, server: NodeId) -> &mut Self {
        self.act(Intervention::Restart(server))
    }

    /// The first client asks this server first.
    pub(in crate::raft) fn ask(&mut self, server: NodeId, operation: Operation) -> &mut Self {
        self.act(Intervention::Request { client: C1, operation, via: Some(server) })
    }

    /// Raises or moves the wall: it cuts every link between these servers and all other servers.
    pub(in crate::raft) fn wall(&mut self, side: &[NodeId]) -> &mut Self {
        let cuts = self.across(side);
        self.cut(1, cuts)
    }

    /// The links between these servers and all other servers, in both directions. Clients reach
    /// everyone.
    pub(in crate::raft) fn across(&self, side: &[NodeId]) -> BTreeSet<Link> {
        let servers = self.run.world().topology().servers();
        let across = |(from, to): &(NodeId, NodeId)| side.contains(from) != side.contains(to);
        let pairs = servers.clone().flat_map(|from| servers.clone().map(move |to| (from, to)));
        pairs.filter(across).map(|(from, to)| Link::new(from, to)).collect()
    }

    pub(in crate::raft) fn cut(&mut self, wall: u32, cuts: BTreeSet<Link>) -> &mut Self {
        self.act(Intervention::SetWall(WallId(wall), cuts))
    }

    /// Gives the link this delay.
    pub(in crate::raft) fn slow(&mut self, from: NodeId, to: NodeId, delay: SimDuration) -> &mut Self {
        let model = LinkModel { delay: Delay::Constant(delay), ..LinkModel::default() };
        self.act(Intervention::SetLink(Link::new(from, to), model))
    }

    pub(in crate::raft) fn heal(&mut self) -> &mut Self {
        self.act(Intervention::RemoveWall(WallId(1)))
    }

    pub(in crate::raft) fn server(&self, id: NodeId) -> &Server {
        self.run.world().server(id).expect("the server is up")
    }

    pub(in crate::raft) fn disk(&self, id: NodeId) -> &Disk {
        self.run.world().disk(id)
    }

    pub(in crate::raft) fn term(&self, id: NodeId) -> u64 {
        self.disk(id).current_term.0
    }

    pub(in crate::raft) fn leads(&self, id: NodeId) -> bool {
        matches!(self.server(id).role, Role::Leader(_))
    }

    pub(in crate::raft) fn leaders(&self) -> Vec<NodeId> {
        let up = |id: &NodeId| self.run.world().server(*id).is_some();
        self.run.world().topology().servers().filter(up).filter(|id| self.leads(*id)).collect()
    }

    pub(in crate::raft) fn commit_index(&self, id: NodeId) -> u64 {
        self.server(id).commit_index.0
    }

    /// The terms of a server's entries, one digit each, as Figure 7 draws them.
    pub(in crate::raft) fn log(&self, id: NodeId) -> String {
        let log = &self.disk(id).log;
        log.slice(LogIndex(1), 1_000).as_slice().iter().map(|entry| entry.term.to_string()).collect()
    }

    /// How the first client's operations ended so far.
    pub(in crate::raft) fn outcomes(&self) -> Vec<Option<Outcome>> {
        self.run.history().iter().map(|row| row.returned.clone().map(|(_, outcome)| outcome)).collect()
    }

    /// The names of properties found broken, each once.
    pub(in crate::raft) fn broken(&self) -> BTreeSet<&'static str> {
        let properties = Raft::about().properties;
        self.run.violations().iter().map(|(_, found)| properties[usize::from(found.property)].name).collect()
    }

    /// All sentences so far that belong to this rule.
    pub(in crate::raft) fn said(&self, rule: &str) -> Vec<String> {
        let about = Raft::about();
        let steps = 0..=self.run.step().0;
        let notes = steps.flat_map(|step| self.run.notes(netsplit_sim::id::Step(step)));
        let of_rule = notes.filter(|note| about.rules[usize::from(note.rule)].name == rule);
        of_rule.map(|note| about.sentence(note)).collect()
    }
}
