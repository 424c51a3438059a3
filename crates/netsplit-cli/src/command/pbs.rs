//! `netsplit pbs`: bounded staleness, as the paper's tables or of any store.

use std::io::Write;

use anyhow::Result;
use netsplit_explore::pbs::paper::TABLES;
use netsplit_explore::pbs::sampler::Sampler;
use netsplit_explore::pbs::seen::Seen;
use netsplit_explore::pbs::setting::{BadSetting, Setting};
use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use crate::arguments::PbsArguments;
use crate::exit::Exit;
use crate::progress::Progress;
use crate::staleness;

/// Trials that a core draws at a time; a whole number of hundreds, which are what a seed determines.
const PART: u64 = 100_000;

pub(super) fn run(arguments: &PbsArguments, out: &mut dyn Write) -> Result<Exit> {
    match &arguments.legs {
        None => tables(arguments, out),
        Some(legs) => {
            let setting = Setting {
                replicas: arguments.replicas,
                read: arguments.read,
                write: arguments.write,
                legs: legs.clone(),
                offsets: arguments.offsets.clone(),
            };
            let seen = sampled(&setting, arguments)?;
            staleness::store(&setting, &arguments.t, &seen, out)?;
            Ok(Exit::Fine)
        }
    }
}

/// Both tables of the paper.
fn tables(arguments: &PbsArguments, out: &mut dyn Write) -> Result<Exit> {
    let mut progress = Progress::begin();
    let all: usize = TABLES.iter().map(|table| table.rows.len()).sum();
    let (mut done, mut fits) = (0, true);
    for table in &TABLES {
        let mut rows = Vec::new();
        for row in table.rows {
            rows.push(sampled(&row.setting((table.legs)()), arguments)?);
            done += 1;
            progress.counted(done, all as u64, "rows of the tables");
        }
        fits &= staleness::table(table, &rows, out)?;
    }
    drop(progress);
    staleness::notes(out)?;
    Ok(if fits { Exit::Fine } else { Exit::NotAsExpected })
}

/// All trials, spread over the cores. However many there are, the result is the same.
fn sampled(setting: &Setting, arguments: &PbsArguments) -> Result<Seen, BadSetting> {
    let parts = arguments.trials.div_ceil(PART);
    let part = |number: u64| {
        let mut sampler = Sampler::beginning_at(setting, arguments.seed, number * PART / 100)?;
        sampler.run(PART.min(arguments.trials - number * PART));
        Ok(sampler.seen().clone())
    };
    let merged = |mut all: Seen, part: Seen| {
        all.merge(&part);
        Ok(all)
    };
    (0..parts).into_par_iter().map(part).try_reduce(Seen::default, merged)
}
