//! `netsplit sweep`: one scenario under many seeds, on all cores, and shards put together.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use netsplit_checkers::search::Budget;
use netsplit_explore::sweep::{self, Ended, Form, Outliers, Plan, Row, Seeds, Underway};
use netsplit_scenarios::error::OpenError;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use crate::arguments::{Instead, SweepArguments};
use crate::exit::Exit;
use crate::progress::Progress;
use crate::source;
use crate::standing_out;

/// Seeds that a core gets at a time. Rows wait for those before them, so that they come in order.
const EACH: u64 = 32;

pub(super) fn run(arguments: &SweepArguments, out: &mut dyn Write) -> Result<Exit> {
    match (&arguments.instead, &arguments.what) {
        (Some(Instead::Merge { shards, out: file }), _) => merge(shards, file.as_deref(), out),
        (None, Some(what)) => swept(what, arguments, out),
        (None, None) => unreachable!("a scenario is required where nothing else is to be done"),
    }
}

fn swept(what: &str, arguments: &SweepArguments, out: &mut dyn Write) -> Result<Exit> {
    let opened = source::open(what)?;
    let claims: Vec<_> = arguments.judge.iter().copied().flatten().collect();
    let plan = Plan::new(&opened.record, &claims, Budget(arguments.steps))?;
    let seeds = arguments.seeds.clone().of_shard(arguments.shard);
    let Some(path) = &arguments.out else {
        return Ok(exit(&rows(&plan, &seeds, Form::Csv, out)?));
    };
    let name = || path.display().to_string();
    let form =
        if path.extension().is_some_and(|ending| ending == "csv") { Form::Csv } else { Form::JsonLines };
    let mut file = BufWriter::new(File::create(path).with_context(name)?);
    let found = rows(&plan, &seeds, form, &mut file).with_context(name)?;
    file.flush().with_context(name)?;
    standing_out::tell(&plan, seeds.count(), &found.outliers, out)?;
    Ok(exit(&found))
}

/// What a sweep found besides its rows.
#[derive(Default)]
struct Found {
    violated: bool,
    unfinished: bool,
    outliers: Outliers,
}

impl Found {
    fn add(&mut self, plan: &Plan, row: &Row) {
        self.violated |= !row.violated.is_empty();
        self.unfinished |= row.ended == Ended::Livelock;
        self.outliers.add(plan, row);
    }
}

fn exit(found: &Found) -> Exit {
    Exit::of_run(found.violated, !found.unfinished)
}

/// Writes all rows, in the order of the seeds.
fn rows(plan: &Plan, seeds: &Seeds, form: Form, out: &mut dyn Write) -> Result<Found> {
    let mut progress = Progress::begin();
    let mut found = Found::default();
    out.write_all(form.head(plan).as_bytes())?;
    let (count, at_once) = (seeds.count(), EACH * rayon::current_num_threads() as u64);
    for first in (0..count).step_by(at_once as usize) {
        let some = (first..count.min(first + at_once)).into_par_iter();
        // A run is one thread's: it is booted where it runs.
        let some = some.filter_map(|n| seeds.nth(n)).map(|seed| Underway::whole(plan, seed));
        for row in some.collect::<Result<Vec<Row>, OpenError>>()? {
            out.write_all(form.line(plan, &row).as_bytes())?;
            found.add(plan, &row);
        }
        progress.counted(count.min(first + at_once), count, "seeds");
    }
    Ok(found)
}

fn merge(shards: &[PathBuf], file: Option<&Path>, out: &mut dyn Write) -> Result<Exit> {
    let mut texts = Vec::new();
    for path in shards {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).with_context(|| name.clone())?;
        texts.push((name, text));
    }
    let whole = sweep::merge(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
    match file {
        Some(path) => fs::write(path, whole).with_context(|| path.display().to_string())?,
        None => out.write_all(whole.as_bytes())?,
    }
    Ok(Exit::Fine)
}
