//! `netsplit pbs`: bounded staleness, as the paper's tables or of any store.

use std::io::Write;

use anyhow::Result;
use netsplit_explore::pbs::paper::{TABLES, Table};
use netsplit_explore::pbs::sampler::Sampler;
use netsplit_explore::pbs::seen::Seen;
use netsplit_explore::pbs::setting::{BadSetting, Setting};
use netsplit_explore::pbs::trials::{NoTrials, Trials, WORLD, Witnessed};
use netsplit_sim::time::SimDuration;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use crate::arguments::PbsArguments;
use crate::exit::Exit;
use crate::progress::Progress;
use crate::staleness;

/// Trials that a core draws at a time; a whole number of hundreds, which are what a seed determines.
const PART: u64 = 100_000;
/// Worlds that a core runs at a time, and events that it runs before it looks up.
const WORLDS: u64 = 10;
const EVENTS: u32 = 1_000_000;

pub(super) fn run(arguments: &PbsArguments, out: &mut dyn Write) -> Result<Exit> {
    let Some(legs) = &arguments.legs else { return tables(arguments, out) };
    let setting = Setting {
        replicas: arguments.replicas,
        read: arguments.read,
        write: arguments.write,
        legs: legs.clone(),
        offsets: arguments.offsets.clone(),
    };
    let at = if arguments.t.is_empty() { &[SimDuration::ZERO] } else { &arguments.t[..] };
    if arguments.protocol {
        let one = |t: &SimDuration| Ok((*t, witnessed(&setting, *t, arguments)?));
        staleness::protocol_store(&setting, &at.iter().map(one).collect::<Result<Vec<_>>>()?, out)?;
    } else {
        staleness::store(&setting, at, &sampled(&setting, arguments)?, out)?;
    }
    Ok(Exit::Fine)
}

/// Both tables of the paper.
fn tables(arguments: &PbsArguments, out: &mut dyn Write) -> Result<Exit> {
    let mut progress = Progress::begin();
    let all: usize = TABLES.iter().map(|table| table.rows.len()).sum();
    let (mut done, mut fits) = (0, true);
    for table in &TABLES {
        let mut row_done = || {
            done += 1;
            progress.counted(done, all as u64, "rows of the tables");
        };
        fits &= match arguments.protocol {
            false => sampled_table(table, arguments, &mut row_done, out)?,
            true => protocol_table(table, arguments, &mut row_done, out)?,
        };
    }
    drop(progress);
    if !arguments.protocol {
        staleness::notes(out)?;
    }
    Ok(if fits { Exit::Fine } else { Exit::NotAsExpected })
}

fn sampled_table(
    table: &Table,
    arguments: &PbsArguments,
    row_done: &mut dyn FnMut(),
    out: &mut dyn Write,
) -> Result<bool> {
    let mut rows = Vec::new();
    for row in table.rows {
        rows.push(sampled(&row.setting((table.legs)()), arguments)?);
        row_done();
    }
    Ok(staleness::table(table, &rows, out)?)
}

fn protocol_table(
    table: &Table,
    arguments: &PbsArguments,
    row_done: &mut dyn FnMut(),
    out: &mut dyn Write,
) -> Result<bool> {
    let mut rows = Vec::new();
    for row in table.rows {
        rows.push(witnessed(&row.setting((table.legs)()), SimDuration::ZERO, arguments)?);
        row_done();
    }
    let one_one = Setting::of_three(1, 1, (table.legs)());
    let probabilities = table.probabilities.iter();
    let probabilities = probabilities.map(|probability| witnessed(&one_one, probability.t(), arguments));
    let probabilities = probabilities.collect::<Result<Vec<_>, _>>()?;
    Ok(staleness::protocol_table(table, &rows, &probabilities, out)?)
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

/// The same through the protocol.
fn witnessed(setting: &Setting, t: SimDuration, arguments: &PbsArguments) -> Result<Witnessed, NoTrials> {
    let size = WORLD * WORLDS;
    let part = |number: u64| {
        let wanted = size.min(arguments.trials - number * size);
        let mut trials = Trials::new(setting, t, arguments.seed, wanted)?.beginning_at(number * WORLDS);
        while trials.go_on(EVENTS)? {}
        Ok(trials.witnessed().clone())
    };
    let merged = |mut all: Witnessed, part: Witnessed| {
        all.merge(&part);
        Ok(all)
    };
    (0..arguments.trials.div_ceil(size)).into_par_iter().map(part).try_reduce(Witnessed::default, merged)
}
