//! Random fault profiles: a few choices and a seed, expanded into entries of the fault script, so that
//! what luck brought can be moved, muted, deleted and shared like anything else done to the system.

mod fault;

use std::collections::BTreeSet;

use netsplit_sim::id::{Topology, WallId};
use netsplit_sim::intervention::Intervention;
use netsplit_sim::random::{Draw, Purpose, Stream};
use netsplit_sim::time::{SimDuration, SimTime};

use crate::document::Network;
use crate::run_record::{Entry, RunRecord};
use crate::validate;

use fault::Fault;
use netsplit_words::word;

/// Faults of one kind at most; with all kinds on the largest network the script stays within its limits.
pub const MOST_OF_A_KIND: u16 = 20;

/// What may go wrong, how often, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultProfile {
    /// The seed of its draws. They have nothing to do with those of the run.
    pub seed: u64,
    /// What may go wrong.
    pub kinds: BTreeSet<FaultKind>,
    /// How many faults of each kind begin, at most [`MOST_OF_A_KIND`].
    pub of_each: u16,
    /// The first moment at which a fault begins.
    pub from: SimTime,
    /// The last moment of all of them.
    pub to: SimTime,
    /// How long one fault lasts at most.
    pub longest: SimDuration,
    /// Whether everything that is still wrong at `to` ends there. If not, it stays.
    pub heals: bool,
}

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// A server's process dies and is started again.
    Crash,
    /// A server dies with what it had not yet on its disk.
    LoseUnsynced,
    /// A server dies with its disk.
    LoseDisk,
    /// A server freezes for a while.
    Pause,
    /// A wall parts the participants into two sides.
    Cut,
    /// A wall that stops one direction only.
    OneWayCut,
    /// Links that lose some messages.
    Loss,
    /// Links that deliver some messages twice.
    Duplication,
    /// Links on which messages overtake each other.
    Reordering,
    /// Slow links.
    Delay,
    /// A clock that is set wrong.
    ClockOffset,
    /// A clock that runs fast or slow.
    ClockDrift,
}

impl FaultKind {
    /// All of them, in the order of a form.
    pub const ALL: [Self; 12] = [
        Self::Crash,
        Self::LoseUnsynced,
        Self::LoseDisk,
        Self::Pause,
        Self::Cut,
        Self::OneWayCut,
        Self::Loss,
        Self::Duplication,
        Self::Reordering,
        Self::Delay,
        Self::ClockOffset,
        Self::ClockDrift,
    ];

    /// In a few words, for a form.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Crash => word!("crashes"),
            Self::LoseUnsynced => word!("crashes that lose unsynced writes"),
            Self::LoseDisk => word!("crashes that lose the disk"),
            Self::Pause => word!("pauses"),
            Self::Cut => word!("walls"),
            Self::OneWayCut => word!("one-way walls"),
            Self::Loss => word!("links that lose messages"),
            Self::Duplication => word!("links that double messages"),
            Self::Reordering => word!("links that reorder messages"),
            Self::Delay => word!("slow links"),
            Self::ClockOffset => word!("clocks set wrong"),
            Self::ClockDrift => word!("clocks that drift"),
        }
    }
}

/// Where faults happen.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Who takes part.
    pub topology: Topology,
    /// How links behave when nothing is wrong with them.
    pub network: Network,
    /// The first number for a wall that no other wall has.
    pub free_wall: WallId,
}

impl Ground {
    /// A run as it stands, with the walls of its script.
    pub fn of(record: &RunRecord) -> Self {
        let walls = record.script.iter().filter_map(|entry| match entry.what {
            Intervention::SetWall(wall, _) | Intervention::RemoveWall(wall) => Some(wall.0),
            _ => None,
        });
        let free_wall = WallId(walls.max().map_or(1, |last| last.saturating_add(1)));
        let scenario = &record.scenario;
        Self { topology: validate::topology(scenario), network: scenario.network.clone(), free_wall }
    }
}

/// The entries of a profile, in order of time. The same profile on the same ground gives the same
/// entries, and another kind or another fault of each changes none of those that were there.
pub fn expand(profile: &FaultProfile, ground: &Ground) -> Vec<Entry> {
    let mut script = Vec::new();
    let (from, to) = fault::stretch(profile);
    if from >= to {
        return script;
    }
    let mut wall = ground.free_wall;
    for &kind in &profile.kinds {
        for index in 0..profile.of_each.min(MOST_OF_A_KIND) {
            let key = (kind as u64) << 32 | u64::from(index);
            let draw = Draw::keyed(profile.seed, Stream::Profile, Purpose::Fault, key);
            Fault::drawn(kind, draw, profile).add(ground, wall, &mut script);
            wall.0 = wall.0.saturating_add(1);
        }
    }
    in_order(script)
}

/// By time; of one instant, what was added first.
fn in_order(script: Vec<Entry>) -> Vec<Entry> {
    let mut ordered: Vec<Entry> = Vec::with_capacity(script.len());
    for entry in script {
        let after = ordered.partition_point(|other| other.at <= entry.at);
        ordered.insert(after, entry);
    }
    ordered
}
