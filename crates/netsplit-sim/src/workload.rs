//! What clients ask, and when: workloads as data, drawn from keyed randomness.

use crate::history::{Operation, Value};
use crate::id::NodeId;
use crate::latency::Delay;
use crate::random::{Draw, Purpose, Stream};
use crate::time::{SimDuration, SimTime};

/// One client of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientSpec {
    /// The server it turns to first; without one it begins with `n1`.
    pub home: Option<NodeId>,
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
}

/// Which operations a generated workload makes. Written values are distinct across all clients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mix {
    /// Number of keys, chosen evenly, at least one.
    pub keys: u32,
    /// Share of reads in parts per million; the rest are writes.
    pub reads_ppm: u32,
}

impl Mix {
    /// The `index`-th operation of `client`, one of `clients`. Clients take turns with the values they
    /// write, so that small clusters write small numbers.
    pub fn operation(&self, seed: u64, client: NodeId, clients: u16, index: u32) -> Operation {
        let mut draw = Draw::keyed(seed, Stream::Node(client), Purpose::Choice, u64::from(index));
        let key = draw.below(u64::from(self.keys.max(1))) as u32;
        if draw.chance(self.reads_ppm) {
            return Operation::read(key);
        }
        let value = i64::from(index) * i64::from(clients) + i64::from(client.index()) + 1;
        Operation { value: Value::Number(value), ..Operation::write(key, 0) }
    }
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
        }
    }

    /// What operation `index` of `client`, one of `clients`, asks; `None` after the last.
    pub fn operation(&self, seed: u64, client: NodeId, clients: u16, index: u32) -> Option<Operation> {
        match self {
            Self::Script(operations) => operations.get(index as usize).map(|(_, operation)| *operation),
            Self::Open { mix, count, .. } | Self::Closed { mix, count, .. } => {
                (index < *count).then(|| mix.operation(seed, client, clients, index))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn generated_writes_have_distinct_values() {
        let mix = Mix { keys: 3, reads_ppm: 400_000 };
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
}
