//! Logs as the figures of the Raft paper draw them, reached by steps: elections, requests and cuts.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_protocols::raft::{LogIndex, Raft, RaftProperties, Server, Term};
use netsplit_sim::describe::{Describe, ParamValue};
use netsplit_sim::execution::Execution;
use netsplit_sim::history::Operation;
use netsplit_sim::id::{Link, NodeId, TimerName, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::LinkModel;
use netsplit_sim::run::Run;
use netsplit_sim::setup::Setup;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::{ClientSpec, Workload};

/// A cluster that does nothing by itself: timers fall due when they are fired, entries come from
/// requests, and only the links that a step needs are open.
pub struct Figure {
    run: Execution<Raft, RaftProperties>,
    values: i64,
}

const ELECTION: TimerName = TimerName(0);
const HEARTBEAT: TimerName = TimerName(1);
const WALL: WallId = WallId(1);
const CLIENT: NodeId = NodeId::client(0);

/// Long enough for two round trips and their disks, shorter than anybody's patience.
const A_WHILE: SimDuration = SimDuration::from_millis(40);

impl Figure {
    /// That many servers with empty logs; flaws by name.
    pub fn new(servers: u16, flaws: &[&str]) -> Self {
        let params = BTreeMap::from([
            ("election_timeout_min", ParamValue::Number(50_000_000_000)),
            ("election_timeout_max", ParamValue::Number(50_000_000_000)),
            ("heartbeat_interval", ParamValue::Number(40_000_000_000)),
            ("client_timeout", ParamValue::Number(30_000_000)),
            ("max_entries_per_append", ParamValue::Number(1)),
            ("leader_noop", ParamValue::Switch(false)),
        ]);
        let params = params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let flaws: BTreeSet<String> = flaws.iter().map(|&flaw| flaw.to_owned()).collect();
        let settings = Raft::about().settings(&params, &flaws).expect("they are described");
        let setup = Setup {
            seed: 1,
            until: SimTime::from_millis(30_000),
            servers,
            clients: vec![ClientSpec { home: None, roaming: false, workload: Workload::Script(Vec::new()) }],
            link: LinkModel::default(),
            links: Vec::new(),
            kinds: Vec::new(),
            under_way: Default::default(),
            disk: Delay::Constant(SimDuration::from_micros(100)),
            clocks: Vec::new(),
        };
        let config = Raft::configure(&settings, setup.topology()).expect("they make sense together");
        Self { run: Execution::new(setup, config, Vec::new()).expect("nothing is scripted"), values: 0 }
    }

    /// Steps to these logs, given as digits: each the term of one entry. `leaders` says who leads each
    /// term, from term 1 on; it must have voters among all, and everything before its own entries.
    pub fn reach(&mut self, logs: &[&str], leaders: &[u16]) {
        for (term, &leader) in (1..).zip(leaders) {
            let leader = NodeId::server(leader - 1);
            self.elect(leader, term);
            for index in first_to_last_of(term, logs[usize::from(leader.index())]) {
                let holds = |log: &&str| index <= log.len() && term_at(log, index) == term;
                let holders = (0..).zip(logs).filter(|(_, log)| holds(log)).map(|(at, _)| NodeId::server(at));
                self.write(leader, &holders.collect());
            }
        }
        assert_eq!(self.logs(), logs);
    }

    /// This server wins the next term among everybody, and is cut off at once: a leader that goes on
    /// talking repairs logs.
    fn elect(&mut self, candidate: NodeId, term: u64) {
        assert!(self.stand(candidate, &self.everyone()), "{candidate} cannot win term {term}");
        assert_eq!(self.run.world().disk(candidate).current_term, Term(term), "terms follow each other");
    }

    /// This server stands for election among these, and is cut off as soon as it has won. Returns
    /// whether it does. A leader stands only after it has crashed and come back.
    pub fn stand(&mut self, candidate: NodeId, among: &BTreeSet<NodeId>) -> bool {
        if self.leads(candidate) {
            self.act(Intervention::Crash(candidate, CrashKind::KeepWritten));
            self.act(Intervention::Restart(candidate));
        }
        self.open_only(candidate, among);
        self.act(Intervention::FireTimer(candidate, ELECTION));
        let patience = self.run.now() + A_WHILE;
        while self.run.next_at().is_some_and(|at| at <= patience) && !self.leads(candidate) {
            self.run.step_forward().expect("no livelock");
        }
        self.open_only(candidate, &BTreeSet::new());
        self.leads(candidate)
    }

    /// A client writes at the leader, which can talk to these only.
    pub fn write(&mut self, leader: NodeId, among: &BTreeSet<NodeId>) {
        self.open_only(leader, among);
        self.values += 1;
        let operation = Operation::write(0, self.values);
        self.act(Intervention::Request { client: CLIENT, operation, via: Some(leader) });
        self.pass();
    }

    /// The leader sends its heartbeat to these.
    pub fn heartbeat(&mut self, leader: NodeId, among: &BTreeSet<NodeId>) {
        self.open_only(leader, among);
        self.act(Intervention::FireTimer(leader, HEARTBEAT));
        self.pass();
    }

    /// Every server.
    pub fn everyone(&self) -> BTreeSet<NodeId> {
        self.run.topology().servers().collect()
    }

    /// The logs as digits.
    pub fn logs(&self) -> Vec<String> {
        self.run.topology().servers().map(|id| self.log(id)).collect()
    }

    /// The log of one server as digits.
    pub fn log(&self, id: NodeId) -> String {
        let log = &self.run.world().disk(id).log;
        let terms = (1..=log.last_index().0).filter_map(|index| log.term_at(LogIndex(index)));
        terms.map(|term| term.0.to_string()).collect()
    }

    /// Up to where a server knows its log to be committed.
    pub fn commit_index(&self, id: NodeId) -> u64 {
        let view = self.run.node(id);
        let field = view.fields.into_iter().find(|field| field.name == "commit_index");
        field.and_then(|field| field.value.parse().ok()).unwrap_or(0)
    }

    /// The names of the properties that were broken.
    pub fn broken(&self) -> BTreeSet<&'static str> {
        let broken = self.run.violations().iter();
        broken.map(|(_, violation)| Raft::about().properties[usize::from(violation.property)].name).collect()
    }

    /// Who refused a vote in this term because the candidate's log was behind its own.
    pub fn refused_votes(&self, term: u64) -> BTreeSet<NodeId> {
        let about = Raft::about();
        let steps = (1..=self.run.step().0).map(netsplit_sim::id::Step);
        let notes = steps.flat_map(|step| self.run.notes(step).iter());
        let refusals = notes.filter(|note| {
            about.rules[usize::from(note.rule)].name == "refuse-vote-log" && note.args[2] == term
        });
        refusals.map(|note| NodeId::from_raw(note.args[0] as u16)).collect()
    }

    fn leads(&self, id: NodeId) -> bool {
        self.run.world().server(id).is_some_and(Server::is_leader)
    }

    /// Cuts every link between servers but those between `centre` and `among`, and the client off all
    /// but `centre`.
    fn open_only(&mut self, centre: NodeId, among: &BTreeSet<NodeId>) {
        let is_open = |a: NodeId, b: NodeId| a == centre && (among.contains(&b) || b.is_client());
        let everyone: Vec<_> = self.run.topology().everyone().collect();
        let pairs = everyone.iter().flat_map(|&from| everyone.iter().map(move |&to| Link::new(from, to)));
        let cuts = pairs
            .filter(|link| link.from != link.to)
            .filter(|link| !is_open(link.from, link.to) && !is_open(link.to, link.from));
        self.act(Intervention::SetWall(WALL, cuts.collect()));
    }

    fn act(&mut self, what: Intervention) {
        self.run.intervene(what).expect("everybody named takes part");
    }

    fn pass(&mut self) {
        let target = self.run.now() + A_WHILE;
        self.run.run_until(target, u32::MAX).expect("no livelock");
    }
}

fn term_at(log: &str, index: usize) -> u64 {
    u64::from(log.as_bytes()[index - 1] - b'0')
}

/// The positions of a log that hold entries of this term.
fn first_to_last_of(term: u64, log: &str) -> impl Iterator<Item = usize> + '_ {
    (1..=log.len()).filter(move |&index| term_at(log, index) == term)
}
