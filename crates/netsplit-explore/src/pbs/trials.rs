//! The same trials through the real protocol: every leg a message, every answer an event.

use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::open::open;
use netsplit_sim::history::{OpRow, Outcome, Value};
use netsplit_sim::run::{Progress as Moved, Run, Stopped};
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::Workload;
use thiserror::Error;

use super::setting::{BadSetting, Setting};
use crate::tally::Tally;

/// Trials of one world, each of a key of its own.
pub const WORLD: u64 = 1_000;

/// Trials of a setting at one t, world after world. The k-th world is a function of (seed, k).
pub struct Trials {
    setting: Setting,
    t: SimDuration,
    seed: u64,
    /// The first of its worlds.
    world: u64,
    /// How many trials are wanted.
    wanted: u64,
    run: Option<Box<dyn Run>>,
    witnessed: Witnessed,
}

/// What the clients of all worlds have seen so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Witnessed {
    /// Latencies of reads.
    pub reads: Tally,
    /// Latencies of writes.
    pub writes: Tally,
    /// How many reads saw their write.
    pub consistent: u64,
    /// Trials that a leg longer than an hour ended: they count as trials only.
    pub given_up: u64,
    /// All trials.
    pub trials: u64,
}

/// Why there are no trials.
#[derive(Debug, Error)]
pub enum NoTrials {
    /// The setting means nothing.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// The store does not open.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// A run did not go on.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl Trials {
    /// So many trials in which the read begins t after the write returned.
    pub fn new(setting: &Setting, t: SimDuration, seed: u64, wanted: u64) -> Result<Self, BadSetting> {
        setting.check()?;
        let witnessed = Witnessed::default();
        Ok(Self { setting: setting.clone(), t, seed, world: 0, wanted, run: None, witnessed })
    }

    /// The same from the k-th world of the seed on, so that several cores share an experiment.
    pub fn beginning_at(self, world: u64) -> Self {
        Self { world, ..self }
    }

    /// Goes on for about so many events. Says whether something is left.
    pub fn go_on(&mut self, events: u32) -> Result<bool, NoTrials> {
        let asked = self.world_size();
        match &mut self.run {
            None if self.witnessed.trials >= self.wanted => return Ok(false),
            None => self.run = Some(self.boot()?),
            Some(run) => {
                if run.run_until(run.until(), events)? != Moved::Underway {
                    self.witnessed.count(run.history(), asked);
                    self.run = None;
                }
            }
        }
        Ok(true)
    }

    /// What was seen in the worlds that are finished.
    pub fn witnessed(&self) -> &Witnessed {
        &self.witnessed
    }

    /// How many trials the world under way has.
    fn world_size(&self) -> u64 {
        WORLD.min(self.wanted - self.witnessed.trials)
    }

    fn boot(&self) -> Result<Box<dyn Run>, OpenError> {
        let count = self.world_size() as u32;
        let (start, lag, gap) = (SimTime::ZERO, self.t, SimDuration::ZERO);
        let mut record = self.setting.record(Workload::Pairs { start, lag, gap, count })?;
        // Neighbouring seeds must have no world in common.
        let world = self.world + self.witnessed.trials / WORLD;
        record.set_seed(self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(world));
        open(&record)
    }
}

impl Witnessed {
    /// The share of reads that saw their write.
    pub fn consistent_share(&self) -> f64 {
        self.consistent as f64 / (self.trials - self.given_up).max(1) as f64
    }

    /// Adds what other worlds have shown.
    pub fn merge(&mut self, other: &Self) {
        self.reads.merge(&other.reads);
        self.writes.merge(&other.writes);
        self.consistent += other.consistent;
        self.given_up += other.given_up;
        self.trials += other.trials;
    }

    /// Counts the pairs of a world's history.
    fn count(&mut self, history: &[OpRow], asked: u64) {
        let mut whole = 0;
        for pair in history.chunks_exact(2) {
            let [write, read] = pair else { continue };
            let (Some(write_took), Some(read_took)) = (took(write), took(read)) else { continue };
            self.writes.add(write_took);
            self.reads.add(read_took);
            let saw = matches!(&read.returned, Some((_, Outcome::Ok(Value::Number(_)))));
            self.consistent += u64::from(saw);
            whole += 1;
        }
        self.trials += asked;
        self.given_up += asked - whole;
    }
}

/// How long an operation that happened took, in nanoseconds.
fn took(row: &OpRow) -> Option<f64> {
    let (returned, Outcome::Ok(_)) = row.returned.as_ref()? else { return None };
    Some(returned.time.since(row.invoked.time).0 as f64)
}
