//! A laboratory for the tests of this folder: clusters described in a few words, driven by what can
//! be done to a real system, and asked what they look like.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_sim::describe::{Describe, ParamValue};
use netsplit_sim::execution::Execution;
use netsplit_sim::history::{Operation, Outcome, Value};
use netsplit_sim::id::{Link, NodeId, OrderName, Step, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::{LinkModel, UnderWay};
use netsplit_sim::run::{Progress, Run};
use netsplit_sim::setup::Setup;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::{ClientSpec, Workload};

use crate::quorum_replication::object::numbers;
use crate::quorum_replication::{QuorumProperties, QuorumReplication, Server};

/// What a cluster is made of, before it runs.
pub(in crate::quorum_replication) struct Plan {
    pub(in crate::quorum_replication) setup: Setup,
    params: BTreeMap<String, ParamValue>,
    flaws: BTreeSet<String>,
}

/// A cluster that runs.
pub(in crate::quorum_replication) struct Lab {
    pub(in crate::quorum_replication) run: Execution<QuorumReplication, QuorumProperties>,
}

/// The `number`-th server, from one, as every text counts them.
pub(in crate::quorum_replication) fn n(number: u16) -> NodeId {
    NodeId::server(number - 1)
}

/// The first client, and the second.
pub(in crate::quorum_replication) const C1: NodeId = NodeId::client(0);
pub(in crate::quorum_replication) const C2: NodeId = NodeId::client(1);

/// That many milliseconds.
pub(in crate::quorum_replication) fn ms(millis: u64) -> SimDuration {
    SimDuration::from_millis(millis)
}

/// An answer with this value.
pub(in crate::quorum_replication) fn ok(number: i64) -> Option<Outcome> {
    Some(Outcome::Ok(Value::Number(number)))
}

/// An answer with these values side by side.
pub(in crate::quorum_replication) fn many(numbers: &[i64]) -> Option<Outcome> {
    Some(Outcome::Many(numbers.into()))
}

/// Servers on a network of 3 ms a link with disks of 1 ms, and two idle clients; one position each on
/// a ring on which the homes of x are n1, n2 and n3, in this order. Nothing is repaired by itself.
pub(in crate::quorum_replication) fn plan(servers: u16) -> Plan {
    let idle = ClientSpec { home: None, roaming: false, workload: Workload::Script(Vec::new()) };
    let link = LinkModel { delay: Delay::Constant(ms(3)), ..LinkModel::default() };
    let setup = Setup {
        seed: 1,
        until: SimTime::from_millis(60_000),
        servers,
        clients: vec![idle.clone(), idle],
        link,
        links: Vec::new(),
        kinds: Vec::new(),
        under_way: UnderWay::Drop,
        disk: Delay::Constant(ms(1)),
        clocks: Vec::new(),
    };
    let plan = Plan { setup, params: BTreeMap::new(), flaws: BTreeSet::new() };
    plan.number("virtual_nodes", 1).number("ring", ring_for(servers)).switch("read_repair", false)
}

/// The first ring on which the preference list of x begins n1, n2, n3, n4.
fn ring_for(servers: u16) -> u64 {
    use crate::quorum_replication::ring::Ring;
    let members = (0..servers).map(NodeId::server).collect();
    let first = servers.min(4);
    let listed = |ring: &u64| {
        let ring = Ring::new(*ring, members, 1);
        let wanted = (0..first).map(NodeId::server);
        ring.preference_list(0).take(usize::from(first)).eq(wanted)
    };
    (0..1_000_000).find(listed).expect("one of a million rings")
}

impl Plan {
    pub(in crate::quorum_replication) fn seed(mut self, seed: u64) -> Self {
        self.setup.seed = seed;
        self
    }

    pub(in crate::quorum_replication) fn param(mut self, name: &str, value: ParamValue) -> Self {
        self.params.insert(name.to_owned(), value);
        self
    }

    pub(in crate::quorum_replication) fn number(self, name: &str, value: u64) -> Self {
        self.param(name, ParamValue::Number(value))
    }

    pub(in crate::quorum_replication) fn switch(self, name: &str, on: bool) -> Self {
        self.param(name, ParamValue::Switch(on))
    }

    pub(in crate::quorum_replication) fn choice(self, name: &str, option: &str) -> Self {
        self.param(name, ParamValue::Name(option.to_owned()))
    }

    /// N, R and W.
    pub(in crate::quorum_replication) fn nrw(self, n: u64, r: u64, w: u64) -> Self {
        self.number("n", n).number("r", r).number("w", w)
    }

    pub(in crate::quorum_replication) fn flaw(mut self, name: &str) -> Self {
        self.flaws.insert(name.to_owned());
        self
    }

    pub(in crate::quorum_replication) fn start(self) -> Lab {
        let settings =
            QuorumReplication::about().settings(&self.params, &self.flaws).expect("known settings");
        let config =
            QuorumReplication::configure(&settings, self.setup.topology()).expect("sensible settings");
        Lab { run: Execution::new(self.setup, config, Vec::new()).expect("an empty script") }
    }
}

impl Lab {
    /// Lets that much time pass.
    pub(in crate::quorum_replication) fn pass(&mut self, time: SimDuration) -> &mut Self {
        let target = self.run.now() + time;
        while self.run.run_until(target, 10_000).expect("no livelock") == Progress::Underway {}
        self
    }

    pub(in crate::quorum_replication) fn act(&mut self, what: Intervention) -> &mut Self {
        self.run.intervene(what).expect("an intervention on these servers");
        self
    }

    /// A client asks a server.
    pub(in crate::quorum_replication) fn ask(
        &mut self,
        client: NodeId,
        server: NodeId,
        operation: Operation,
    ) -> &mut Self {
        self.act(Intervention::Request { client, operation, via: Some(server) })
    }

    /// The first client writes x through this server, and there is time for it.
    pub(in crate::quorum_replication) fn write(&mut self, server: NodeId, number: i64) -> &mut Self {
        self.ask(C1, server, Operation::write(0, number)).pass(ms(60))
    }

    /// The second client reads x through this server, and there is time for it.
    pub(in crate::quorum_replication) fn read(&mut self, server: NodeId) -> &mut Self {
        self.ask(C2, server, Operation::read(0)).pass(ms(60))
    }

    pub(in crate::quorum_replication) fn crash(&mut self, server: NodeId, kind: CrashKind) -> &mut Self {
        self.act(Intervention::Crash(server, kind))
    }

    pub(in crate::quorum_replication) fn restart(&mut self, server: NodeId) -> &mut Self {
        self.act(Intervention::Restart(server))
    }

    pub(in crate::quorum_replication) fn order(&mut self, server: NodeId, order: OrderName) -> &mut Self {
        self.act(Intervention::Order(server, order))
    }

    /// Raises or moves the wall: it cuts every link between these servers and all others. Clients reach
    /// everyone.
    pub(in crate::quorum_replication) fn wall(&mut self, side: &[NodeId]) -> &mut Self {
        let servers = self.run.world().topology().servers();
        let across = |(from, to): &(NodeId, NodeId)| side.contains(from) != side.contains(to);
        let pairs = servers.clone().flat_map(|from| servers.clone().map(move |to| (from, to)));
        let cuts = pairs.filter(across).map(|(from, to)| Link::new(from, to)).collect();
        self.act(Intervention::SetWall(WallId(1), cuts))
    }

    pub(in crate::quorum_replication) fn heal(&mut self) -> &mut Self {
        self.act(Intervention::RemoveWall(WallId(1)))
    }

    /// Gives the link this delay.
    pub(in crate::quorum_replication) fn slow(
        &mut self,
        from: NodeId,
        to: NodeId,
        delay: SimDuration,
    ) -> &mut Self {
        let model = LinkModel { delay: Delay::Constant(delay), ..LinkModel::default() };
        self.act(Intervention::SetLink(Link::new(from, to), model))
    }

    pub(in crate::quorum_replication) fn server(&self, id: NodeId) -> &Server {
        self.run.world().server(id).expect("the server is up")
    }

    /// The versions of x at each server, from n1 on.
    pub(in crate::quorum_replication) fn held(&self) -> Vec<Vec<i64>> {
        self.held_of(0)
    }

    pub(in crate::quorum_replication) fn held_of(&self, key: u32) -> Vec<Vec<i64>> {
        let world = self.run.world();
        let disks = world.topology().servers().map(|id| world.disk(id));
        disks.map(|disk| numbers(&disk.store.get(key))).collect()
    }

    /// How many hints each server keeps.
    pub(in crate::quorum_replication) fn hints(&self) -> Vec<usize> {
        let world = self.run.world();
        world.topology().servers().map(|id| world.disk(id).hints.len()).collect()
    }

    /// How the operations ended so far, in the order in which they began.
    pub(in crate::quorum_replication) fn outcomes(&self) -> Vec<Option<Outcome>> {
        self.run.history().iter().map(|row| row.returned.clone().map(|(_, outcome)| outcome)).collect()
    }

    /// How the last operation ended.
    pub(in crate::quorum_replication) fn last(&self) -> Option<Outcome> {
        self.outcomes().pop().flatten()
    }

    /// The names of properties found broken, each once.
    pub(in crate::quorum_replication) fn broken(&self) -> BTreeSet<&'static str> {
        let properties = QuorumReplication::about().properties;
        self.run.violations().iter().map(|(_, found)| properties[usize::from(found.property)].name).collect()
    }

    /// All sentences so far that belong to this rule.
    pub(in crate::quorum_replication) fn said(&self, rule: &str) -> Vec<String> {
        let about = QuorumReplication::about();
        let steps = 0..=self.run.step().0;
        let notes = steps.flat_map(|step| self.run.notes(Step(step)));
        let of_rule = notes.filter(|note| about.rules[usize::from(note.rule)].name == rule);
        of_rule.map(|note| about.sentence(note)).collect()
    }
}
