//! `netsplit run`: a link, a file or a name becomes a run, its exports and a report.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use netsplit_formats::{ExportError, mermaid, shiviz, trace};
use netsplit_scenarios::fingerprint::{Departure, Fingerprint};
use netsplit_scenarios::link::{Opened, Position};
use netsplit_scenarios::open::open;
use netsplit_sim::id::Step;
use netsplit_sim::run::{Run, Stopped};

use crate::arguments::RunArguments;
use crate::exit::Exit;
use crate::expected::{self, Checked};
use crate::progress::Progress;
use crate::report::{self, Report};
use crate::source;
use crate::target::Target;

pub(super) fn run(arguments: &RunArguments, out: &mut dyn Write) -> Result<Exit> {
    let mut opened = source::open(&arguments.what)?;
    let target = Target::settle(arguments.seed, arguments.until, &mut opened);
    let mut run = open(&opened.record)?;
    let mut progress = Progress::begin();
    target.reach(&mut *run, &mut progress)?;
    let departure = departure(&target, &*run)?;
    export(arguments, &opened, &*run, &mut progress)?;
    // Checked in a run of its own, since that moves the cursor.
    let expected = if target == Target::End { &opened.record.expect[..] } else { &[] };
    let checked = expected::check(&mut *run.fork(), &opened.record.scenario, expected)?;
    drop(progress);
    let report = Report { opened: &opened, run: &*run, checked: &checked, departure };
    if arguments.digest {
        report.digest(out)?;
    } else {
        report.whole(out)?;
    }
    Ok(match departure {
        Some(_) => Exit::Differs,
        None => Exit::of_run(!run.violations().is_empty(), checked.iter().all(Checked::is_met)),
    })
}

/// Where this run leaves what the author of the link saw, if the link says what that was.
fn departure(target: &Target, run: &dyn Run) -> Result<Option<Departure>, Stopped> {
    let Target::Link(Position { step: Some(step), fingerprint: Some(seen), .. }) = target else {
        return Ok(None);
    };
    let here = Fingerprint::take(&mut *run.fork(), Step(*step))?;
    Ok(seen.departure(&here, Step(*step)))
}

fn export(arguments: &RunArguments, opened: &Opened, run: &dyn Run, progress: &mut Progress) -> Result<()> {
    if let Some(path) = &arguments.trace {
        write(path, progress, |out| trace::write(&opened.record, run, report::tell, out))?;
    }
    if let Some(path) = &arguments.shiviz {
        write(path, progress, |out| shiviz::write(run, report::tell, out))?;
    }
    if let Some(path) = &arguments.mermaid {
        write(path, progress, |out| mermaid::write(run, report::tell, out))?;
    }
    Ok(())
}

fn write(
    path: &Path,
    progress: &mut Progress,
    write: impl FnOnce(&mut dyn Write) -> Result<(), ExportError>,
) -> Result<()> {
    let name = path.display().to_string();
    let mut file = BufWriter::new(File::create(path).with_context(|| name.clone())?);
    write(&mut progress.writing(&name, &mut file)).with_context(|| name.clone())?;
    file.flush().with_context(|| name.clone())
}
