//! The election experiments of the Raft papers (§9.3 of the extended paper, chapter 9 of the
//! dissertation), with every parameter open: cluster, timeouts, latency, number alive, logs.

use std::collections::BTreeMap;

use netsplit_protocols::raft::{Raft, Server};
use netsplit_sim::describe::{Describe, Mark, ParamValue};
use netsplit_sim::execution::Execution;
use netsplit_sim::history::Operation;
use netsplit_sim::id::{Link, NodeId, TimerName, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::LinkModel;
use netsplit_sim::random::{Draw, Purpose, Stream};
use netsplit_sim::run::Run;
use netsplit_sim::setup::Setup;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::{ClientSpec, Workload};

/// A cluster whose leader is about to die.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// Number of servers.
    pub servers: u16,
    /// How many of them are alive once the leader is dead.
    pub alive: u16,
    /// How many of those have logs too short to win.
    pub behind: u16,
    /// Least and greatest election timeout.
    pub timeout: (SimDuration, SimDuration),
    /// Latency of a message, one way.
    pub one_way: Delay,
}

const ELECTION: TimerName = TimerName(0);
const HEARTBEAT: TimerName = TimerName(1);

type RaftRun = Execution<Raft, ()>;

impl Cluster {
    fn majority(&self) -> u16 {
        self.servers / 2 + 1
    }

    /// The first servers live on; the last of those have short logs; the rest are dead from the start.
    fn survivors(&self) -> impl Iterator<Item = NodeId> + Clone {
        (1..=self.alive).map(NodeId::server)
    }

    fn behind(&self) -> impl Iterator<Item = NodeId> + Clone {
        self.survivors().skip(usize::from(self.alive - self.behind))
    }

    fn boot(&self, seed: u64) -> RaftRun {
        let heartbeat = self.timeout.0.0 / 2;
        let params = BTreeMap::from([
            ("election_timeout_min", ParamValue::Number(self.timeout.0.0)),
            ("election_timeout_max", ParamValue::Number(self.timeout.1.0)),
            ("heartbeat_interval", ParamValue::Number(heartbeat)),
            ("leader_noop", ParamValue::Switch(false)),
            ("client_retry", ParamValue::Number(60_000_000_000)),
            ("client_timeout", ParamValue::Number(60_000_000_000)),
        ]);
        let params = params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let setup = self.setup(seed);
        let settings = Raft::about().settings(&params, &Default::default()).expect("in range");
        let config = Raft::configure(&settings, setup.topology()).expect("they make sense together");
        Execution::new(setup, config, Vec::new()).expect("nothing is scripted")
    }

    fn setup(&self, seed: u64) -> Setup {
        let silent =
            ClientSpec { home: Some(LEADER), roaming: false, workload: Workload::Script(Vec::new()) };
        Setup {
            seed,
            until: SimTime::from_millis(60_000),
            servers: self.servers,
            clients: vec![silent],
            link: LinkModel { delay: self.one_way.clone(), ..LinkModel::default() },
            links: Vec::new(),
            kinds: Vec::new(),
            under_way: Default::default(),
            // "No disk delay": a sync takes a nanosecond.
            disk: Delay::Constant(SimDuration(1)),
            clocks: Vec::new(),
        }
    }

    /// A run in which the leader has just sent the second broadcast of its term to everybody alive,
    /// and those who should be behind are.
    fn prepared(&self, seed: u64) -> RaftRun {
        let mut run = self.boot(seed);
        for node in run.topology().servers().skip(usize::from(self.alive) + 1) {
            act(&mut run, Intervention::Crash(node, CrashKind::KeepWritten));
        }
        if self.behind > 0 {
            self.write_behind_their_backs(&mut run);
        }
        act(&mut run, Intervention::FireTimer(LEADER, ELECTION));
        step_until(&mut run, |run| is_leader(run, LEADER));
        let elected_at = run.now();
        step_until(&mut run, |run| {
            run.timers(LEADER).iter().any(|timer| timer.timer == HEARTBEAT && timer.set_at > elected_at)
        });
        run
    }

    /// Another leader writes an entry that some never get, and then they cannot tell the next leader
    /// that they miss it. Links are fast meanwhile, so that nobody's patience ends.
    fn write_behind_their_backs(&self, run: &mut RaftRun) {
        let writer = NodeId::server(1);
        let fast = LinkModel { delay: Delay::Constant(SimDuration::from_micros(1)), ..LinkModel::default() };
        let hurried = links_to_hurry(run, writer);
        for &link in &hurried {
            act(run, Intervention::SetLink(link, fast.clone()));
        }
        act(run, Intervention::FireTimer(writer, ELECTION));
        step_until(run, |run| is_leader(run, writer));
        let unsent = self.behind().map(|node| Link::new(writer, node));
        let unsaid = self.behind().map(|node| Link::new(node, LEADER));
        act(run, Intervention::SetWall(SILENCE, unsent.chain(unsaid).collect()));
        let write = Operation::write(0, 1);
        act(run, Intervention::Request { client: NodeId::client(0), operation: write, via: Some(writer) });
        let up_to_date = usize::from(self.servers - self.behind);
        step_until(run, |run| {
            let logs = run.topology().servers().map(|id| run.world().disk(id).log.last_index().0);
            logs.filter(|&last| last == 1).count() == up_to_date
        });
        for link in hurried {
            act(run, Intervention::ResetLink(link));
        }
    }

    /// From the leader's death, at a moment spread evenly over a heartbeat interval, to the moment
    /// when every survivor has heard from a new leader. `None` if that takes longer than `patience`.
    pub fn failover(&self, seed: u64, patience: SimDuration) -> Option<SimDuration> {
        assert!(self.alive >= self.majority(), "without a majority nobody can win");
        let mut run = self.prepared(seed);
        let interval = self.timeout.0.0 / 2;
        let stream = Stream::Node(LEADER);
        let lives_on = Draw::keyed(seed, stream, Purpose::Protocol(100), 0).between(1, interval - 1);
        seek(&mut run, SimDuration(lives_on));
        act(&mut run, Intervention::Crash(LEADER, CrashKind::KeepWritten));
        act(&mut run, Intervention::RemoveWall(SILENCE));
        let died_at = run.now();
        let elected = |run: &RaftRun| {
            run.known_marks()
                .iter()
                .any(|marked| marked.mark == Mark::Election && marked.moment.time > died_at)
        };
        while run.now().since(died_at) < patience {
            run.step_forward().expect("an election is no livelock");
            if elected(&run) && self.agree_on_a_leader(&run) {
                return Some(run.now().since(died_at));
            }
        }
        None
    }

    fn agree_on_a_leader(&self, run: &RaftRun) -> bool {
        let heard = |id: NodeId| {
            let server = run.world().server(id).expect("survivors live");
            (run.world().disk(id).current_term, server.leader())
        };
        let first = heard(NodeId::server(1));
        first.1.is_some_and(|leader| leader != LEADER) && self.survivors().all(|id| heard(id) == first)
    }

    /// Whether the first election after the leader's death is split: somebody has to stand again
    /// before anybody has won. Everybody's timer was started by the same broadcast.
    pub fn first_election_splits(&self, seed: u64) -> bool {
        let mut run = self.prepared(seed);
        let Delay::Constant(latency) = self.one_way else {
            panic!("the formula is for a constant latency");
        };
        seek(&mut run, latency);
        act(&mut run, Intervention::Crash(LEADER, CrashKind::KeepWritten));
        let term = run.world().disk(LEADER).current_term;
        loop {
            run.step_forward().expect("an election is no livelock");
            if self.survivors().any(|id| is_leader(&run, id)) {
                return false;
            }
            if self.survivors().any(|id| run.world().disk(id).current_term > term.next()) {
                return true;
            }
        }
    }
}

/// Keeps those whose logs are short from being repaired.
const SILENCE: WallId = WallId(1);

/// Who leads, and dies.
const LEADER: NodeId = NodeId::server(0);

fn is_leader(run: &RaftRun, id: NodeId) -> bool {
    run.world().server(id).is_some_and(Server::is_leader)
}

fn act(run: &mut RaftRun, what: Intervention) {
    run.intervene(what).expect("everybody named takes part");
}

fn step_until(run: &mut RaftRun, reached: impl Fn(&RaftRun) -> bool) {
    while !reached(run) {
        run.step_forward().expect("an election is no livelock");
    }
}

fn seek(run: &mut RaftRun, further: SimDuration) {
    let target = run.now() + further;
    run.run_until(target, u32::MAX).expect("an election is no livelock");
}

/// The links between servers, and those from clients to the one that writes.
fn links_to_hurry(run: &RaftRun, writer: NodeId) -> Vec<Link> {
    let servers: Vec<_> = run.topology().servers().collect();
    let pairs = servers.iter().flat_map(|&from| servers.iter().map(move |&to| Link::new(from, to)));
    let between = pairs.filter(|link| link.from != link.to);
    between.chain(run.topology().clients().map(|client| Link::new(client, writer))).collect()
}
