//! The seeds worth a look, each with the reason.

use std::collections::BTreeMap;

use netsplit_checkers::measures::Quantile;
use netsplit_scenarios::expectation::Answer;

use super::plan::Plan;
use super::row::{Ended, Row};

/// Seeds worth a look for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlier {
    /// Why: `election-safety is violated`, `p99 of latency 812.000 ms`.
    pub reason: String,
    /// How many seeds there are for this reason.
    pub count: u64,
    /// The first of them.
    pub seeds: Vec<u64>,
}

/// How many seeds are named for one reason.
const NAMED: usize = 3;

/// What stands out of the rows so far.
#[derive(Clone, Debug, Default)]
pub struct Outliers {
    /// What is wrong with a run, whatever the others are like.
    wrong: BTreeMap<String, (u64, Vec<u64>)>,
    /// The most of something, and whose it is.
    most: [Option<(u64, u64)>; 3],
}

impl Outliers {
    /// Looks at one row, in the order of the seeds.
    pub fn add(&mut self, plan: &Plan, row: &Row) {
        let violated = row.violated.iter().map(|name| format!("{name} is violated"));
        let verdicts = plan.judged().iter().zip(&row.verdicts);
        let broken = verdicts.filter(|(_, answer)| **answer == Answer::Violation);
        let broken = broken.map(|(claim, _)| format!("not {}", claim.name()));
        let stuck = (row.ended == Ended::Livelock).then(|| "a livelock".to_owned());
        for reason in violated.chain(broken).chain(stuck) {
            let (count, seeds) = self.wrong.entry(reason).or_default();
            *count += 1;
            if seeds.len() < NAMED {
                seeds.push(row.seed);
            }
        }
        for (most, number) in self.most.iter_mut().zip(extremes(row)) {
            if number > most.map_or(0, |(number, _)| number) {
                *most = Some((number, row.seed));
            }
        }
    }

    /// All of them, what is wrong first.
    pub fn list(&self) -> Vec<Outlier> {
        let wrong = self.wrong.iter().map(|(reason, (count, seeds))| Outlier {
            reason: reason.clone(),
            count: *count,
            seeds: seeds.clone(),
        });
        let most = self.most.iter().enumerate().filter_map(|(which, most)| {
            let (number, seed) = (*most)?;
            Some(Outlier { reason: told(which, number), count: 1, seeds: vec![seed] })
        });
        wrong.chain(most).collect()
    }
}

/// Of what a run may have the most.
fn extremes(row: &Row) -> [u64; 3] {
    let slow = row.latency_at(Quantile(990_000)).unwrap_or(0);
    [slow, row.unanswered + row.info, row.stalest.versions]
}

fn told(which: usize, number: u64) -> String {
    match which {
        0 => format!("the slowest: p99 of latency is {:.3} ms", number as f64 / 1e6),
        1 => format!("the least available: {number} operations not answered"),
        _ => format!("the stalest: a read {number} versions behind"),
    }
}
