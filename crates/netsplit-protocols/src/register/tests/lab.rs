//! A laboratory for the tests of this folder: clusters described in a few words, driven by what can be
//! done to a real system, and asked what they look like.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_sim::describe::{Describe, ParamValue};
use netsplit_sim::execution::Execution;
use netsplit_sim::history::{Operation, Outcome, Value};
use netsplit_sim::id::{Link, NodeId, Step, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::{LinkModel, UnderWay};
use netsplit_sim::run::{Progress, Run};
use netsplit_sim::setup::Setup;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::{ClientSpec, Workload};

use crate::register::message::Store;
use crate::register::state::State;
use crate::register::types::Tag;
use crate::register::{Register, RegisterProperties};

/// What a cluster is made of, before it runs.
pub(in crate::register) struct Plan {
    pub(in crate::register) setup: Setup,
    params: BTreeMap<String, ParamValue>,
    flaws: BTreeSet<String>,
}

/// A cluster that runs.
pub(in crate::register) struct Lab {
    pub(in crate::register) run: Execution<Register, RegisterProperties>,
}

/// The `number`-th server, from one, as every text counts them.
pub(in crate::register) fn n(number: u16) -> NodeId {
    NodeId::server(number - 1)
}

/// The first client.
pub(in crate::register) const C1: NodeId = NodeId::client(0);
/// The second client.
pub(in crate::register) const C2: NodeId = NodeId::client(1);

/// That many milliseconds.
pub(in crate::register) fn ms(millis: u64) -> SimDuration {
    SimDuration::from_millis(millis)
}

/// An outcome with a number.
pub(in crate::register) fn ok(number: i64) -> Option<Outcome> {
    Some(Outcome::Ok(Value::Number(number)))
}

/// An outcome with several.
pub(in crate::register) fn many(numbers: &[i64]) -> Option<Outcome> {
    Some(Outcome::Many(numbers.into()))
}

/// Servers of this design on a quiet network of 3 ms a link with disks of 1 ms, and two idle clients. An
/// operation at a majority takes 20 ms, a local one 7.
pub(in crate::register) fn plan(design: &str, servers: u16) -> Plan {
    let idle =
        |home| ClientSpec { home: Some(n(home)), roaming: false, workload: Workload::Script(Vec::new()) };
    let setup = Setup {
        seed: 1,
        until: SimTime::from_millis(60_000),
        servers,
        clients: vec![idle(1), idle(servers)],
        link: LinkModel::default(),
        links: Vec::new(),
        kinds: Vec::new(),
        under_way: UnderWay::Drop,
        disk: Delay::Constant(ms(1)),
        clocks: Vec::new(),
    };
    let plan = Plan { setup, params: BTreeMap::new(), flaws: BTreeSet::new() };
    plan.choice("design", design)
}

/// Available replicas that reconcile in this way.
pub(in crate::register) fn ap(reconcile: &str, data_type: &str, servers: u16) -> Plan {
    plan("ap", servers).choice("reconcile", reconcile).choice("data_type", data_type)
}

impl Plan {
    fn param(mut self, name: &str, value: ParamValue) -> Self {
        self.params.insert(name.to_owned(), value);
        self
    }

    pub(in crate::register) fn switch(self, name: &str, on: bool) -> Self {
        self.param(name, ParamValue::Switch(on))
    }

    pub(in crate::register) fn choice(self, name: &str, option: &str) -> Self {
        self.param(name, ParamValue::Name(option.to_owned()))
    }

    pub(in crate::register) fn flaw(mut self, name: &str) -> Self {
        self.flaws.insert(name.to_owned());
        self
    }

    pub(in crate::register) fn start(self) -> Lab {
        let settings = Register::about().settings(&self.params, &self.flaws).expect("known settings");
        let config = Register::configure(&settings, self.setup.topology()).expect("sensible settings");
        Lab { run: Execution::new(self.setup, config, Vec::new()).expect("an empty script") }
    }
}

impl Lab {
    /// Lets that much time pass.
    pub(in crate::register) fn pass(&mut self, time: SimDuration) -> &mut Self {
        let target = self.run.now() + time;
        while self.run.run_until(target, 10_000).expect("no livelock") == Progress::Underway {}
        self
    }

    pub(in crate::register) fn act(&mut self, what: Intervention) -> &mut Self {
        self.run.intervene(what).expect("an intervention on these servers");
        self
    }

    /// A client asks this server.
    pub(in crate::register) fn ask(
        &mut self,
        client: NodeId,
        server: NodeId,
        operation: Operation,
    ) -> &mut Self {
        self.act(Intervention::Request { client, operation, via: Some(server) })
    }

    /// A client asks this server, and there is time for two round trips.
    pub(in crate::register) fn done(
        &mut self,
        client: NodeId,
        server: NodeId,
        operation: Operation,
    ) -> &mut Self {
        self.ask(client, server, operation).pass(ms(30))
    }

    pub(in crate::register) fn crash(&mut self, server: NodeId) -> &mut Self {
        self.act(Intervention::Crash(server, CrashKind::LoseUnsynced))
    }

    pub(in crate::register) fn restart(&mut self, server: NodeId) -> &mut Self {
        self.act(Intervention::Restart(server))
    }

    /// Raises or moves the wall: it cuts every link between these servers and all other servers. Clients
    /// reach everyone.
    pub(in crate::register) fn wall(&mut self, side: &[NodeId]) -> &mut Self {
        let servers = self.run.world().topology().servers();
        let across = |(from, to): &(NodeId, NodeId)| side.contains(from) != side.contains(to);
        let pairs = servers.clone().flat_map(|from| servers.clone().map(move |to| (from, to)));
        let cuts = pairs.filter(across).map(|(from, to)| Link::new(from, to)).collect();
        self.act(Intervention::SetWall(WallId(1), cuts))
    }

    pub(in crate::register) fn heal(&mut self) -> &mut Self {
        self.act(Intervention::RemoveWall(WallId(1)))
    }

    /// Gives the link this delay.
    pub(in crate::register) fn slow(&mut self, from: NodeId, to: NodeId, delay: SimDuration) -> &mut Self {
        let model = LinkModel { delay: Delay::Constant(delay), ..LinkModel::default() };
        self.act(Intervention::SetLink(Link::new(from, to), model))
    }

    /// What a server keeps under the first key.
    pub(in crate::register) fn state(&self, id: NodeId) -> State {
        let world = self.run.world();
        world.disk(id).state(0, world.config().kind)
    }

    /// What a reader would see under the first key of each server.
    pub(in crate::register) fn held(&self) -> Vec<Vec<i64>> {
        self.run.world().topology().servers().map(|id| self.state(id).numbers()).collect()
    }

    /// Whether all servers keep the same under every key.
    pub(in crate::register) fn agree(&self) -> bool {
        let world = self.run.world();
        let mut stores = world.topology().servers().map(|id| &*world.disk(id).store);
        let first: &Store = stores.next().expect("there are servers");
        stores.all(|store| store == first)
    }

    /// The tags of the first key, server by server.
    pub(in crate::register) fn tags(&self) -> Vec<Tag> {
        let tag = |id| self.state(id).tag().expect("tagged values");
        self.run.world().topology().servers().map(tag).collect()
    }

    /// The servers of this role, by its name.
    pub(in crate::register) fn are(&self, role: &str) -> Vec<NodeId> {
        let is = |id: &NodeId| Register::about().roles[usize::from(self.run.node(*id).role)].name == role;
        self.run.world().topology().servers().filter(is).collect()
    }

    /// How operations ended so far, in order of their beginning.
    pub(in crate::register) fn outcomes(&self) -> Vec<Option<Outcome>> {
        self.run.history().iter().map(|row| row.returned.clone().map(|(_, outcome)| outcome)).collect()
    }

    /// How the latest operation ended.
    pub(in crate::register) fn last(&self) -> Option<Outcome> {
        self.outcomes().pop().flatten()
    }

    /// How long the latest operation took.
    pub(in crate::register) fn took(&self) -> Option<SimDuration> {
        let row = self.run.history().last()?;
        row.returned.as_ref().map(|(moment, _)| moment.time.since(row.invoked.time))
    }

    /// The names of properties found broken, each once.
    pub(in crate::register) fn broken(&self) -> BTreeSet<&'static str> {
        let properties = Register::about().properties;
        self.run.violations().iter().map(|(_, found)| properties[usize::from(found.property)].name).collect()
    }

    /// All sentences so far that belong to this rule.
    pub(in crate::register) fn said(&self, rule: &str) -> Vec<String> {
        let about = Register::about();
        let notes = (0..=self.run.step().0).flat_map(|step| self.run.notes(Step(step)));
        let of_rule = notes.filter(|note| about.rules[usize::from(note.rule)].name == rule);
        of_rule.map(|note| about.sentence(note)).collect()
    }
}
