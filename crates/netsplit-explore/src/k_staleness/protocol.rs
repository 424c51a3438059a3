//! The same through the protocol, in the mode in which a write goes to W replicas drawn at random and is never
//! propagated.

use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::describe::ParamValue;
use netsplit_sim::history::{Function, OpRow, Operation, Outcome, Value};
use netsplit_sim::latency::Delay;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::Workload;

use super::Quorums;
use crate::pbs::legs::Legs;
use crate::pbs::setting::Setting;
use crate::pbs::trials::NoTrials;

/// Operations of a client's script, at most.
const SCRIPT: u32 = 9_000;
/// Keys of a world, at most.
const KEYS: u32 = 900;
/// From one operation to the next; none takes as long.
const APART: SimDuration = SimDuration::from_millis(1);

impl Quorums {
    /// Like [`trials`](Self::trials), with a key for each: `depth` writes and a read are clients' operations.
    /// Answers to a read take random times, so that the R that are first are R at random. The number of
    /// trials is rounded up to whole worlds, and returned.
    pub fn through_the_protocol(
        self,
        trials: u64,
        depth: u32,
        seed: u64,
    ) -> Result<(u64, Vec<u64>), NoTrials> {
        let keys = KEYS.min(SCRIPT / (depth + 1)).max(1);
        let worlds = trials.div_ceil(u64::from(keys));
        let mut within = vec![0; depth as usize];
        for world in 0..worlds {
            let mut record = self.record(keys, depth)?;
            record.set_seed(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(world));
            let mut run = open(&record)?;
            run.seek(run.until())?;
            for back in run.history().iter().filter_map(|row| versions_back(row, depth)) {
                within[back as usize..].iter_mut().for_each(|count| *count += 1);
            }
        }
        Ok((worlds * u64::from(keys), within))
    }

    fn record(self, keys: u32, depth: u32) -> Result<RunRecord, OpenError> {
        let leg = Delay::Uniform { min: SimDuration::from_micros(1), max: SimDuration::from_micros(100) };
        let Self { replicas, read, write } = self;
        let setting = Setting { replicas, read, write, legs: Legs::all(leg), offsets: Vec::new() };
        let operations = (0..keys).flat_map(|key| {
            let writes = (1..=depth).map(move |version| Operation::write(key, i64::from(version)));
            writes.chain([Operation::read(key)])
        });
        let times = (1..).map(|index| SimTime(index * APART.0));
        let mut record = setting.record(Workload::Script(times.zip(operations).collect()))?;
        let only_w = ParamValue::Name("only_w".to_owned());
        record.scenario.params.insert("propagation".to_owned(), only_w);
        Ok(record)
    }
}

/// How many versions back the one is that a read returned; `None` if it returned none, or is no read.
fn versions_back(row: &OpRow, depth: u32) -> Option<u32> {
    match (row.operation.function, &row.returned) {
        (Function::Read, Some((_, Outcome::Ok(Value::Number(version))))) => {
            depth.checked_sub(u32::try_from(*version).ok()?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Quorums;

    #[test]
    fn the_protocol_follows_the_closed_form_within_the_binomial_error() {
        for (replicas, read, write) in [(3, 1, 1), (3, 2, 1), (3, 1, 2)] {
            let quorums = Quorums { replicas, read, write };
            let (trials, within) = quorums.through_the_protocol(9_000, 5, 3).expect("the store opens");
            for (k, count) in (1..).zip(within) {
                let (seen, expected) = (count as f64 / trials as f64, quorums.within(k));
                let tolerance = 4.0 * (expected * (1.0 - expected) / trials as f64).sqrt();
                assert!((seen - expected).abs() <= tolerance, "{quorums:?} k = {k}: {seen}, {expected}");
            }
        }
    }

    #[test]
    fn every_read_finds_the_latest_where_quorums_meet() {
        let quorums = Quorums { replicas: 3, read: 2, write: 2 };
        let (trials, within) = quorums.through_the_protocol(1_000, 1, 1).expect("the store opens");
        assert_eq!(within, [trials]);
    }
}
