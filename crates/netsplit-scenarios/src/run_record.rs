//! A run as data: a scenario and everything that was done to the system, in order.

use netsplit_sim::intervention::{Intervention, Scheduled};
use netsplit_sim::time::SimTime;

use crate::document::Scenario;
use crate::expectation::Expectation;
use crate::sketch::Sketch;

/// A run: the same record gives the same run, bit for bit, on every machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRecord {
    /// The experiment.
    pub scenario: Scenario,
    /// What was done to the system, in order of (time, rank).
    pub script: Vec<Entry>,
    /// What the run, as it stands here, is expected to show.
    pub expect: Vec<Expectation>,
}

/// One intervention of the script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: SimTime,
    /// How many events of that very instant come before it; beyond the last means after all of them.
    pub rank: u32,
    /// What.
    pub what: Intervention,
    /// How a wall was drawn. Only for show: what it cuts stands in `what`.
    pub sketch: Option<Sketch>,
}

impl Entry {
    /// As the kernel wants it.
    pub fn scheduled(&self) -> Scheduled {
        Scheduled { at: self.at, rank: self.rank, what: self.what.clone() }
    }

    fn is(&self, scheduled: &Scheduled) -> bool {
        self.at == scheduled.at && self.rank == scheduled.rank && self.what == scheduled.what
    }
}

impl From<Scheduled> for Entry {
    fn from(scheduled: Scheduled) -> Self {
        Self { at: scheduled.at, rank: scheduled.rank, what: scheduled.what, sketch: None }
    }
}

impl RunRecord {
    /// The script as the kernel wants it.
    pub fn scheduled(&self) -> Vec<Scheduled> {
        self.script.iter().map(Entry::scheduled).collect()
    }

    /// The same experiment with other luck. What was expected of another seed is no longer expected.
    pub fn set_seed(&mut self, seed: u64) {
        if self.scenario.seed != seed {
            self.scenario.seed = seed;
            self.expect.clear();
        }
    }

    /// Takes over the script of a live run. Entries that stay keep their sketches; `sketch` belongs to
    /// the last one if that is new. What was expected of another script is no longer expected.
    pub fn follow(&mut self, script: &[Scheduled], sketch: Option<Sketch>) {
        let kept =
            self.script.iter().zip(script).take_while(|(entry, scheduled)| entry.is(scheduled)).count();
        if kept == self.script.len() && kept == script.len() {
            return;
        }
        self.script.truncate(kept);
        self.script.extend(script[kept..].iter().cloned().map(Entry::from));
        if kept < script.len() {
            self.script.last_mut().expect("just extended").sketch = sketch;
        }
        self.expect.clear();
    }
}
