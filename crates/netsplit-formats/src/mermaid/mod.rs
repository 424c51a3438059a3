//! A sequence diagram as Mermaid draws it: an arrow a message, notes for what is worth reading, a rectangle
//! while a wall stands.
//!
//! Mermaid cannot slant an arrow, so one stands where its message arrives. If its sender did something else
//! meanwhile, the arrow would claim that it was sent after that: then a note says where it was sent.

mod endings;
mod escape;
mod rows;

use std::io::Write;

use netsplit_sim::run::Run;
use netsplit_words::in_english;

use crate::walk::Walk;
use crate::{ExportError, Tell};
use endings::Endings;
use rows::Rows;

/// Writes what lies behind the cursor, in English, whatever the reader speaks: files go to other people.
pub fn write(run: &dyn Run, tell: Tell, out: &mut dyn Write) -> Result<(), ExportError> {
    in_english(|| write_lines(run, tell, out))
}

fn write_lines(run: &dyn Run, tell: Tell, out: &mut dyn Write) -> Result<(), ExportError> {
    let endings = Endings::behind(run)?;
    writeln!(out, "sequenceDiagram")?;
    for id in run.topology().everyone() {
        writeln!(out, "  participant {id}")?;
    }
    let mut walk = Walk::behind(run)?;
    let mut rows = Rows::new(&endings, tell);
    while let Some(event) = walk.advance()? {
        rows.of(&mut walk, &event).iter().try_for_each(|row| writeln!(out, "  {row}"))?;
    }
    rows.last().map_or(Ok(()), |row| writeln!(out, "  {row}"))?;
    Ok(())
}
