//! A scenario: an experiment as data, in the kernel's own words.
//!
//! The structs here hold what a document says after reading. Nothing in them is checked:
//! [`from_json`](crate::run_record::RunRecord::from_json) and [`open`](crate::open::open) do that.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_sim::describe::ParamValue;
use netsplit_sim::id::{Link, NodeId};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::{LinkModel, UnderWay};
use netsplit_sim::time::SimTime;
use netsplit_sim::workload::ClientSpec;

/// What is fixed before a run begins, and how it is presented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// The engine that the run was made with.
    pub engine: u32,
    /// The protocol's name, as [`About::name`](netsplit_sim::describe::About::name) has it.
    pub protocol: String,
    /// The version of the protocol's behaviour that the run was made with.
    pub behaviour: u32,
    /// A few words for the breadcrumb.
    pub title: String,
    /// At most two sentences: what to watch, what to try.
    pub summary: String,
    /// What it teaches, for sorting: `Elections`, `Partitions`, …
    pub topic: String,
    /// From 1, for a first look, to 3, for those who have read the paper.
    pub level: u8,
    /// The seed of every draw.
    pub seed: u64,
    /// The end of the run.
    pub until: SimTime,
    /// Number of servers.
    pub nodes: u16,
    /// The clients.
    pub clients: Vec<ClientSpec>,
    /// The links.
    pub network: Network,
    /// How long a sync of the disk takes.
    pub disk: Delay,
    /// Clocks that are off from the beginning.
    pub clocks: Vec<ClockSpec>,
    /// The protocol's parameters; those that a document leaves out have their frozen defaults here.
    pub params: BTreeMap<String, ParamValue>,
    /// Servers with parameters of their own; a later one wins.
    pub rollouts: Vec<Rollout>,
    /// Rules that are broken on purpose.
    pub flaws: BTreeSet<String>,
    /// How fast to show it at first.
    pub speed: Speed,
    /// The moment at which it opens.
    pub opens: SimTime,
    /// When its point has shown, if it has one: not long after it opens.
    pub point: Option<SimTime>,
}

/// Parameters that some servers have of their own: a change that has not reached all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rollout {
    /// Which servers.
    pub nodes: BTreeSet<NodeId>,
    /// What they have instead.
    pub params: BTreeMap<String, ParamValue>,
}

/// How links behave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// Every link, unless `links` says otherwise.
    pub link: LinkModel,
    /// Links that behave differently; a later entry wins.
    pub links: Vec<(Link, LinkModel)>,
    /// What messages of a kind, by its name, take on top of what their link takes.
    pub kinds: Vec<(String, Delay)>,
    /// What a cut does to messages under way.
    pub under_way: UnderWay,
}

/// A clock that is off from the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockSpec {
    /// Whose.
    pub node: NodeId,
    /// By how many nanoseconds it is ahead.
    pub offset: i64,
    /// By how many parts per million it runs fast.
    pub drift_ppm: i32,
}

/// Virtual time per real time, in parts per million: at 10,000 a second of the run takes a hundred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Speed(pub u32);
