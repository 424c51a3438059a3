//! How a command ends: what the shell is told.

use std::error::Error;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use netsplit_checkers::verdict::Verdict;
use netsplit_formats::ExportError;
use netsplit_formats::trace::TraceError;
use netsplit_sim::run::Stopped;

/// What came of a command. The numbers are part of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing is wrong.
    Fine = 0,
    /// A property of the protocol, or what was claimed of a history, was violated.
    Violated = 1,
    /// What was asked for means nothing.
    BadUsage = 2,
    /// The run did not come to its end, or not to what was expected of it, or a search not to its answer.
    NotAsExpected = 3,
    /// A replay is not the run that was recorded.
    Differs = 4,
}

impl Exit {
    /// What came of a claim.
    pub(crate) fn of_verdict(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Ok(_) => Self::Fine,
            Verdict::Violation(_) => Self::Violated,
            Verdict::Unknown(_) => Self::NotAsExpected,
        }
    }

    /// Both; a violation says the most.
    pub(crate) fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Violated, _) | (_, Self::Violated) => Self::Violated,
            (Self::Fine, other) => other,
            (this, _) => this,
        }
    }

    /// What a run says of itself; a violation says the most.
    pub(crate) fn of_run(violated: bool, as_expected: bool) -> Self {
        match (violated, as_expected) {
            (true, _) => Self::Violated,
            (false, true) => Self::Fine,
            (false, false) => Self::NotAsExpected,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Tells an error, with all that led to it.
pub(crate) fn told(done: anyhow::Result<Exit>, err: &mut dyn Write) -> Exit {
    match done {
        Ok(exit) => exit,
        // Whoever read this has seen enough, as `head` has.
        Err(error) if is_closed(&error) => Exit::Fine,
        Err(error) => {
            // With nobody listening there is nobody to tell.
            let _ = writeln!(err, "netsplit: {error:#}");
            of_error(&error)
        }
    }
}

fn is_closed(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

fn of_error(error: &anyhow::Error) -> Exit {
    match error.chain().find_map(stopped) {
        // A link that points beyond the end of its run.
        None | Some(Stopped::NoSuchStep { .. }) => Exit::BadUsage,
        Some(_) => Exit::NotAsExpected,
    }
}

/// The reason why a run did not go on, if this is one.
fn stopped<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a Stopped> {
    if let Some(ExportError::Stopped(reason)) = cause.downcast_ref() {
        return Some(reason);
    }
    if let Some(TraceError::Stopped(reason)) = cause.downcast_ref() {
        return Some(reason);
    }
    cause.downcast_ref()
}

/// Help that was asked for is an answer; everything else is bad usage.
pub(crate) fn refused(refused: &clap::Error, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let text = refused.render();
    if refused.use_stderr() {
        let _ = write!(err, "{text}");
        Exit::BadUsage
    } else {
        let _ = write!(out, "{text}");
        Exit::Fine
    }
}
