//! Which protocols there are: one line each. To add one, add its line.

use netsplit_checkers::model::Model;
use netsplit_protocols::quorum_replication::{self, QuorumReplication};
use netsplit_protocols::raft::{self, Raft};
use netsplit_protocols::register::{self, Register};
use netsplit_sim::describe::{About, BadSetting, Describe, Settings};
use netsplit_sim::execution::Refused;
use netsplit_sim::id::Topology;
use netsplit_sim::intervention::Scheduled;
use netsplit_sim::run::Run;
use netsplit_sim::setup::Setup;

/// In the order in which a page offers them.
static PROTOCOLS: &[Registered] = &[
    Registered::new::<Raft>(1, |_| Model::CasRegister, raft::boot),
    Registered::new::<Register>(1, of_register, register::boot),
    Registered::new::<QuorumReplication>(1, |_| Model::Register, quorum_replication::boot),
];

/// A protocol with everything that is needed to run it.
pub(crate) struct Registered {
    /// What it tells of itself.
    pub(crate) about: fn() -> &'static About,
    /// The version of its behaviour, raised when a change moves the digest of any of its runs.
    pub(crate) behaviour: u32,
    /// Whether settings make sense together, in a run of this size.
    pub(crate) check: fn(&Settings, Topology) -> Result<(), BadSetting>,
    /// What it stores under a key, as its clients' histories are judged.
    pub(crate) model: fn(&Settings) -> Model,
    /// Boots a run.
    pub(crate) boot: Boot,
}

type Boot = fn(Setup, &Settings, Vec<Scheduled>) -> Result<Box<dyn Run>, Refused>;

impl Registered {
    const fn new<P: Describe>(behaviour: u32, model: fn(&Settings) -> Model, boot: Boot) -> Self {
        Self { about: P::about, behaviour, check: check::<P>, model, boot }
    }
}

/// What a replicated register holds: only a primary can compare and set, only merged data types count or
/// collect.
fn of_register(settings: &Settings) -> Model {
    let merged = settings.choice("design") == "ap" && settings.choice("reconcile") == "crdt";
    match settings.choice("data_type") {
        "counter" if merged => Model::Counter,
        "set" if merged => Model::Set,
        _ if settings.choice("design") == "ca" => Model::CasRegister,
        _ => Model::Register,
    }
}

fn check<P: Describe>(settings: &Settings, topology: Topology) -> Result<(), BadSetting> {
    P::configure(settings, topology).map(drop)
}

/// The protocol of this name.
pub(crate) fn find(name: &str) -> Option<&'static Registered> {
    PROTOCOLS.iter().find(|protocol| (protocol.about)().name == name)
}

/// What the protocol of this name tells of itself, in the language of the reader.
pub fn about(name: &str) -> Option<&'static About> {
    find(name).map(|protocol| (protocol.about)().spoken())
}

/// The version of the behaviour of the protocol of this name.
pub fn behaviour(name: &str) -> Option<u32> {
    find(name).map(|protocol| protocol.behaviour)
}

/// All protocols, in the order in which a page offers them.
pub fn protocols() -> impl Iterator<Item = &'static About> {
    PROTOCOLS.iter().map(|protocol| (protocol.about)().spoken())
}
