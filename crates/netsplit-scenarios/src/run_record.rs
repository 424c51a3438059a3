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
    /// Whether it is left out of the run, to be taken in again later.
    pub muted: bool,
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
        Self { at: scheduled.at, rank: scheduled.rank, what: scheduled.what, sketch: None, muted: false }
    }
}

impl RunRecord {
    /// The script as the kernel wants it: without what is muted.
    pub fn scheduled(&self) -> Vec<Scheduled> {
        self.script.iter().filter(|entry| !entry.muted).map(Entry::scheduled).collect()
    }

    /// Where in this script the kernel's entry of that number stands.
    pub fn position_of(&self, scheduled: usize) -> Option<usize> {
        let mut heard = (0..self.script.len()).filter(|index| !self.script[*index].muted);
        heard.nth(scheduled)
    }

    /// The number under which the kernel knows the entry at this position; `None` if it is muted.
    pub fn number_of(&self, position: usize) -> Option<usize> {
        let muted = self.script.get(position)?.muted;
        (!muted).then(|| self.script[..position].iter().filter(|entry| !entry.muted).count())
    }

    /// The same experiment with other luck. What was expected of another seed is no longer expected.
    pub fn set_seed(&mut self, seed: u64) {
        if self.scenario.seed != seed {
            self.scenario.seed = seed;
            self.expect.clear();
        }
    }

    /// Puts an entry where it belongs in time, after those of the same instant; says where.
    pub fn insert(&mut self, entry: Entry) -> usize {
        let after = (entry.at, entry.rank);
        let place = self.script.partition_point(|other| (other.at, other.rank) <= after);
        self.script.insert(place, entry);
        self.expect.clear();
        place
    }

    /// Takes over the script of a live run. Entries that stay keep their sketches, and what is muted
    /// stays; `sketch` belongs to the first entry that is new. What was expected of another script is
    /// no longer expected.
    pub fn follow(&mut self, script: &[Scheduled], sketch: Option<Sketch>) {
        let heard = self.script.iter().filter(|entry| !entry.muted);
        let kept = heard.zip(script).take_while(|(entry, scheduled)| entry.is(scheduled)).count();
        if kept == script.len() && self.number_of_heard() == kept {
            return;
        }
        let mut number = 0;
        self.script.retain(|entry| {
            number += usize::from(!entry.muted);
            entry.muted || number <= kept
        });
        let mut sketch = sketch;
        for scheduled in &script[kept..] {
            self.insert(Entry { sketch: sketch.take(), ..scheduled.clone().into() });
        }
        self.expect.clear();
    }

    fn number_of_heard(&self) -> usize {
        self.script.iter().filter(|entry| !entry.muted).count()
    }
}
