//! What clients ask, and when: workloads as data, drawn from keyed randomness.

use crate::history::Operation;
use crate::id::NodeId;
use crate::latency::Delay;
use crate::random::{Draw, Purpose, Stream};
use crate::time::{SimDuration, SimTime};
use crate::zipf::zipf;

/// One client of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientSpec {
    /// The server it turns to first; without one it begins with `n1`.
    pub home: Option<NodeId>,
    /// Whether it turns to a server drawn anew for each operation of its workload.
    pub roaming: bool,
    /// What it asks.
    pub workload: Workload,
}

/// When a client's operations come and what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Workload {
    /// Operations at given times; one that finds the client busy waits its turn.
    Script(Vec<(SimTime, Operation)>),
    /// Arrivals that do not wait for answers: gaps are drawn, and those that find the client busy queue.
    Open {
        /// When the first gap begins.
        start: SimTime,
        /// The gap between arrivals.
        gap: Delay,
        /// What is asked.
        mix: Mix,
        /// How many operations at most.
        count: u32,
    },
    /// The next operation comes a while after the last answer.
    Closed {
        /// When the first operation comes.
        start: SimTime,
        /// From an answer to the next operation.
        think: Delay,
        /// What is asked.
        mix: Mix,
        /// How many operations at most.
        count: u32,
    },
    /// Writes to a fresh key and, a while after the answer, reads it: one trial after the other of how
    /// stale a read is (Bailis et al. 2012, §5.1).
    Pairs {
        /// When the first write comes.
        start: SimTime,
        /// From the answer to a write to its read: the paper's *t*.
        lag: SimDuration,
        /// From the answer to a read to the next write.
        gap: SimDuration,
        /// How many pairs at most.
        count: u32,
    },
}

/// Which operations a generated workload makes. Written values are distinct across all clients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mix {
    /// Number of keys, at least one.
    pub keys: u32,
    /// How a key is chosen.
    pub choice: KeyChoice,
    /// Share of reads in parts per million; the rest are updates.
    pub reads_ppm: u32,
    /// What an update is.
    pub update: Update,
}

/// How a workload chooses among its keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyChoice {
    /// Each as often as any other.
    #[default]
    Uniform,
    /// By Zipf's law: the k-th with a probability proportional to `1 / k^s`.
    Zipf {
        /// The exponent s, in thousandths.
        exponent_milli: u32,
    },
}

/// What an update of a generated workload is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Update {
    /// A write of a fresh value.
    #[default]
    Write,
    /// Adds one, to a counter.
    Increment,
    /// Adds a fresh element, to a set.
    Insert,
}

impl Mix {
    /// Reads and writes of keys chosen evenly.
    pub const fn uniform(keys: u32, reads_ppm: u32) -> Self {
        Self { keys, choice: KeyChoice::Uniform, reads_ppm, update: Update::Write }
    }

    /// The `index`-th operation of `client`, one of `clients`. Clients take turns with the values they
    /// write, so that small clusters write small numbers.
    pub fn operation(&self, seed: u64, client: NodeId, clients: u16, index: u32) -> Operation {
        let mut draw = Draw::keyed(seed, Stream::Node(client), Purpose::Choice, u64::from(index));
        let key = self.choice.key(self.keys.max(1), &mut draw);
        if draw.chance(self.reads_ppm) {
            return Operation::read(key);
        }
        let fresh = fresh_value(client, clients, index);
        match self.update {
            Update::Write => Operation::write(key, fresh),
            Update::Increment => Operation::add(key, 1),
            Update::Insert => Operation::add(key, fresh),
        }
    }
}

impl KeyChoice {
    fn key(self, keys: u32, draw: &mut Draw) -> u32 {
        match self {
            Self::Uniform => draw.below(u64::from(keys)) as u32,
            Self::Zipf { exponent_milli } => zipf(keys, exponent_milli, draw),
        }
    }
}

/// A value that no other operation writes.
fn fresh_value(client: NodeId, clients: u16, index: u32) -> i64 {
    i64::from(index) * i64::from(clients) + i64::from(client.index()) + 1
}

/// An arrival: when the `index`-th operation of a workload comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// At this time, whatever happens.
    At(SimTime),
    /// That long after the previous answer.
    AfterAnswer(SimDuration),
}

impl Workload {
    /// When operation `index` arrives, given when the one before it arrived; `None` after the last.
    pub fn arrival(&self, seed: u64, client: NodeId, index: u32, previous: SimTime) -> Option<Arrival> {
        let gap = |model: &Delay| {
            model.sample(&mut Draw::keyed(seed, Stream::Node(client), Purpose::Arrival, u64::from(index)))
        };
        match self {
            Self::Script(operations) => operations.get(index as usize).map(|(at, _)| Arrival::At(*at)),
            Self::Open { count, .. } | Self::Closed { count, .. } if index >= *count => None,
            Self::Open { start, gap: model, .. } => Some(Arrival::At(previous.max(*start) + gap(model))),
            Self::Closed { start, .. } if index == 0 => Some(Arrival::At(*start)),
            Self::Closed { think, .. } => Some(Arrival::AfterAnswer(gap(think))),
            Self::Pairs { count, .. } if index / 2 >= *count => None,
            Self::Pairs { start, .. } if index == 0 => Some(Arrival::At(*start)),
            Self::Pairs { lag, gap, .. } => {
                Some(Arrival::AfterAnswer(if index % 2 == 1 { *lag } else { *gap }))
            }
        }
    }

    /// Whether the next operation waits for the answer to the one before.
    pub fn waits_for_answers(&self) -> bool {
        matches!(self, Self::Closed { .. } | Self::Pairs { .. })
    }

    /// What operation `index` of `client`, one of `clients`, asks; `None` after the last.
    pub fn operation(&self, seed: u64, client: NodeId, clients: u16, index: u32) -> Option<Operation> {
        match self {
            Self::Script(operations) => operations.get(index as usize).map(|(_, operation)| *operation),
            Self::Open { mix, count, .. } | Self::Closed { mix, count, .. } => {
                (index < *count).then(|| mix.operation(seed, client, clients, index))
            }
            Self::Pairs { count, .. } => {
                let pair = index / 2;
                let key = pair * u32::from(clients) + u32::from(client.index());
                let write = || Operation::write(key, fresh_value(client, clients, pair));
                let operation = || if index % 2 == 1 { Operation::read(key) } else { write() };
                (pair < *count).then(operation)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Value;
    use std::collections::BTreeSet;

    #[test]
    fn generated_writes_have_distinct_values() {
        let mix = Mix::uniform(3, 400_000);
        let mut seen = BTreeSet::new();
        let mut reads = 0;
        for client in (0..4).map(NodeId::client) {
            for operation in (0..500).map(|index| mix.operation(7, client, 4, index)) {
                match operation.value {
                    Value::Absent => reads += 1,
                    value => assert!(seen.insert(value), "{value:?} written twice"),
                }
            }
        }
        assert!((700..900).contains(&reads), "{reads} reads of 2,000");
    }

    #[test]
    fn a_pair_writes_a_fresh_key_and_reads_it_after_the_lag() {
        let (lag, gap) = (SimDuration(5), SimDuration(70));
        let pairs = Workload::Pairs { start: SimTime(100), lag, gap, count: 2 };
        let client = NodeId::client(1);
        let asked: Vec<_> = (0..5).map(|index| pairs.operation(1, client, 2, index)).collect();
        let (first, second) = (Operation::write(1, 2), Operation::write(3, 4));
        let reads = [Operation::read(1), Operation::read(3)];
        assert_eq!(asked, [Some(first), Some(reads[0]), Some(second), Some(reads[1]), None]);
        let arrivals: Vec<_> = (0..5).map(|index| pairs.arrival(1, client, index, SimTime(0))).collect();
        let [then, next] = [lag, gap].map(|wait| Some(Arrival::AfterAnswer(wait)));
        assert_eq!(arrivals, [Some(Arrival::At(SimTime(100))), then, next, then, None]);
    }
}
