//! Writing a trace.

use std::io::Write;

use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::run::{Run, Stopped};
use netsplit_words::in_english;

use super::state::Shown;
use super::{event, head};
use crate::walk::Walk;
use crate::{ExportError, Tell};

/// Writes what lies behind the cursor of `run`, which `record` opens.
pub fn write(record: &RunRecord, run: &dyn Run, tell: Tell, out: &mut dyn Write) -> Result<(), ExportError> {
    writeln!(out, "{}", head::line(record, run))?;
    let mut lines = Lines::behind(run, tell)?;
    while let Some(line) = lines.advance()? {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The lines of the events behind a cursor.
pub(super) struct Lines {
    walk: Walk,
    shown: Shown,
    tell: Tell,
}

impl Lines {
    pub(super) fn behind(run: &dyn Run, tell: Tell) -> Result<Self, Stopped> {
        let walk = Walk::behind(run)?;
        let shown = in_english(|| Shown::of(walk.run()));
        Ok(Self { walk, shown, tell })
    }

    /// The next line, without its end; `None` after the last. In English, whatever the reader speaks: traces
    /// are compared with those of others.
    pub(super) fn advance(&mut self) -> Result<Option<String>, Stopped> {
        in_english(|| self.advance_by_one())
    }

    fn advance_by_one(&mut self) -> Result<Option<String>, Stopped> {
        let Some(event) = self.walk.advance()? else { return Ok(None) };
        let changed = self.shown.follow(self.walk.run(), event.step);
        Ok(Some(event::line(self.walk.run(), &event, &changed, self.tell)))
    }
}
