//! Reading a trace back: the run in its first line, the events as they were recorded.

use std::io::{self, BufRead};

use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::encode::Digest;
use netsplit_sim::id::Step;
use netsplit_sim::run::Stopped;
use netsplit_sim::time::SimTime;
use serde_json::Value;
use thiserror::Error;

use super::VERSION;

/// Why a trace cannot be read, or not be replayed.
#[derive(Debug, Error)]
pub enum TraceError {
    /// The file cannot be read.
    #[error("it cannot be read: {0}")]
    Io(#[from] io::Error),
    /// A line is not what stands in a trace.
    #[error("line {line}: {problem}")]
    BadLine {
        /// From one.
        line: u64,
        /// What is wrong with it, and what is allowed.
        problem: String,
    },
    /// The run in the first line cannot be opened.
    #[error("line 1: {0}")]
    Document(#[from] OpenError),
    /// The run cannot go on where the recorded one did.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// A trace whose first line was read; the events are still to come.
pub struct Recorded<R> {
    /// The run.
    pub record: RunRecord,
    /// How many events it holds.
    pub steps: Step,
    /// Where the cursor stood.
    pub time: SimTime,
    /// The digest there.
    pub digest: Digest,
    lines: io::Lines<R>,
    line: u64,
}

/// Reads the first line.
pub fn read<R: BufRead>(input: R) -> Result<Recorded<R>, TraceError> {
    let mut lines = input.lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let head = object(&first, 1)?;
    let bad = |problem: &str| TraceError::BadLine { line: 1, problem: problem.to_owned() };
    let number = |name: &str| head.get(name).and_then(Value::as_u64);
    match number("trace") {
        Some(VERSION) => {}
        Some(newer) => {
            return Err(bad(&format!("this trace has version {newer}; this program reads {VERSION}")));
        }
        None => {
            return Err(bad("a trace begins with a line {\"trace\":1,…}; `netsplit run --trace` writes one"));
        }
    }
    let digest =
        head.get("digest").and_then(Value::as_str).and_then(|text| u64::from_str_radix(text, 16).ok());
    let document = head.get("run").ok_or_else(|| bad("`run`, the recorded run, is missing"))?;
    Ok(Recorded {
        record: RunRecord::from_json(&document.to_string())?,
        steps: Step(number("steps").ok_or_else(|| bad("`steps` must be a whole number"))?),
        time: SimTime(number("time").ok_or_else(|| bad("`time` must be a whole number of nanoseconds"))?),
        digest: Digest(digest.ok_or_else(|| bad("`digest` must be 16 hex digits in quotes"))?),
        lines,
        line: 1,
    })
}

impl<R: BufRead> Recorded<R> {
    /// The next line that holds anything, as it stands; `None` at the end.
    pub(super) fn next_line(&mut self) -> Result<Option<String>, TraceError> {
        for line in self.lines.by_ref() {
            self.line += 1;
            let line = line?;
            if !line.trim().is_empty() {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    /// A line of this trace as an object.
    pub(super) fn object(&self, text: &str) -> Result<Value, TraceError> {
        object(text, self.line)
    }
}

fn object(text: &str, line: u64) -> Result<Value, TraceError> {
    let parsed: Option<Value> = serde_json::from_str(text).ok();
    parsed.filter(Value::is_object).ok_or_else(|| TraceError::BadLine {
        line,
        problem: "this is no JSON object, and every line of a trace is one".to_owned(),
    })
}
