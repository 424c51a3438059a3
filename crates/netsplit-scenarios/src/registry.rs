//! Which protocols there are: one line each. To add one, add its line.

use netsplit_protocols::raft::{Raft, RaftProperties};
use netsplit_sim::describe::{About, BadSetting, Describe, Settings};
use netsplit_sim::execution::Execution;
use netsplit_sim::id::Topology;
use netsplit_sim::intervention::{BadIntervention, Scheduled};
use netsplit_sim::property::Properties;
use netsplit_sim::run::Run;
use netsplit_sim::setup::Setup;

/// In the order in which a page offers them.
static PROTOCOLS: &[Registered] = &[Registered::new::<Raft, RaftProperties>(1)];

/// A protocol with everything that is needed to run it.
pub(crate) struct Registered {
    /// What it tells of itself.
    pub(crate) about: fn() -> &'static About,
    /// The version of its behaviour, raised when a change moves the digest of any of its runs.
    pub(crate) behaviour: u32,
    /// Whether settings make sense together, in a run of this size.
    pub(crate) check: fn(&Settings, Topology) -> Result<(), BadSetting>,
    /// Boots a run.
    pub(crate) boot: Boot,
}

type Boot = fn(Setup, &Settings, Vec<Scheduled>) -> Result<Box<dyn Run>, Refused>;

/// Why a run was not booted.
pub(crate) enum Refused {
    /// Because of its parameters.
    Setting(BadSetting),
    /// Because of its script.
    Intervention(BadIntervention),
}

impl Registered {
    const fn new<P: Describe, O: Properties<P>>(behaviour: u32) -> Self {
        Self { about: P::about, behaviour, check: check::<P>, boot: boot::<P, O> }
    }
}

fn check<P: Describe>(settings: &Settings, topology: Topology) -> Result<(), BadSetting> {
    P::configure(settings, topology).map(drop)
}

fn boot<P: Describe, O: Properties<P>>(
    setup: Setup,
    settings: &Settings,
    script: Vec<Scheduled>,
) -> Result<Box<dyn Run>, Refused> {
    let config = P::configure(settings, setup.topology()).map_err(Refused::Setting)?;
    let execution = Execution::<P, O>::new(setup, config, script).map_err(Refused::Intervention)?;
    Ok(execution.boxed())
}

/// The protocol of this name.
pub(crate) fn find(name: &str) -> Option<&'static Registered> {
    PROTOCOLS.iter().find(|protocol| (protocol.about)().name == name)
}

/// What the protocol of this name tells of itself.
pub fn about(name: &str) -> Option<&'static About> {
    find(name).map(|protocol| (protocol.about)())
}

/// The version of the behaviour of the protocol of this name.
pub fn behaviour(name: &str) -> Option<u32> {
    find(name).map(|protocol| protocol.behaviour)
}

/// All protocols, in the order in which a page offers them.
pub fn protocols() -> impl Iterator<Item = &'static About> {
    PROTOCOLS.iter().map(|protocol| (protocol.about)())
}
