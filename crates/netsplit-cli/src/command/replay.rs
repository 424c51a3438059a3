//! `netsplit replay`: a recorded trace, run again and compared.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;

use anyhow::{Context, Result};
use netsplit_formats::trace::{self, Replayed};
use netsplit_sim::encode::Digest;
use netsplit_view::format;

use crate::exit::Exit;
use crate::progress::Progress;
use crate::report;

pub(super) fn replay(path: &Path, out: &mut dyn Write) -> Result<Exit> {
    let name = || path.display().to_string();
    let input = BufReader::new(File::open(path).with_context(name)?);
    let recorded = trace::read(input).with_context(name)?;
    let (title, digest) = (report::title(&recorded.record).to_owned(), recorded.digest);
    let mut progress = Progress::begin();
    let found = trace::replay(recorded, report::tell, |run| progress.moved(run)).with_context(name)?;
    drop(progress);
    told(&title, digest, &found, out)?;
    Ok(if found.differs.is_some() { Exit::Differs } else { Exit::Fine })
}

fn told(title: &str, digest: Digest, found: &Replayed, out: &mut dyn Write) -> Result<()> {
    let events = format::count(found.events, "event", "events");
    match &found.differs {
        Some(difference) => writeln!(out, "{title}: this replay differs.\n{difference}")?,
        None => writeln!(out, "{title}: the same run, {events}, digest {digest}")?,
    }
    if let (None, Some(reworded)) = (&found.differs, &found.reworded) {
        writeln!(out, "Told in other words from there on: {reworded}")?;
    }
    Ok(())
}
