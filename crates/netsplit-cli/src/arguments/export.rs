//! What `netsplit export` can be asked.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use netsplit_checkers::model::Model;
use netsplit_sim::time::SimTime;

use super::check;
use crate::duration;

/// What to export, and as what.
#[derive(Args, Debug)]
pub struct ExportArguments {
    /// What `netsplit run` takes; for edn and porcupine also a file with a history
    pub what: String,
    /// As what
    #[arg(long, value_enum)]
    pub format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What is stored under a key; guessed by the operations of a file, known of a scenario
    #[arg(long, value_name = "MODEL", value_parser = check::model())]
    pub model: Option<Model>,
    /// Another seed than the scenario's
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,
    /// Only what happened up to this virtual time, such as 1.5s
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    pub until: Option<SimTime>,
}

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The client history, for Jepsen and Knossos
    Edn,
    /// The client history with the order that explains it, for Porcupine's visualisation
    Porcupine,
    /// A log with vector clocks, for ShiViz
    Shiviz,
    /// A sequence diagram, for Mermaid
    Mermaid,
    /// What happened, as JSON lines that `netsplit replay` reads
    Trace,
}

pub(super) const HELP: &str = "\
Examples:
  netsplit export raft/minority-leader --format edn > history.edn
  netsplit export raft/minority-leader --format porcupine -o history.json
  netsplit export '#scenario=raft/minority-leader&step=120' --format mermaid
  netsplit export old-jepsen.log --format edn

Exit codes: 0 written, 2 bad usage, 3 the run did not come to its end.";
