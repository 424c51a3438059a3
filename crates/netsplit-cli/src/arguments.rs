//! What can be asked for, read into one checked value before anything runs.

mod check;
mod check_solution;
mod export;
mod pbs;
mod picture;
mod sweep;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use netsplit_sim::time::SimTime;

use crate::duration;
pub use check::CheckArguments;
pub use check_solution::SolutionArguments;
pub use export::{ExportArguments, Format};
pub use pbs::PbsArguments;
pub use picture::PictureArguments;
pub use sweep::{Instead, SweepArguments};

/// Runs distributed systems, deterministically: the runs of the page, in a terminal.
#[derive(Debug, Parser)]
#[command(name = "netsplit", version, after_long_help = HELP)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// One of the commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a link, a file or a scenario of the gallery, and say what came of it
    #[command(after_long_help = RUN_HELP)]
    Run(RunArguments),
    /// Run a recorded trace again, and show the first difference
    #[command(after_long_help = REPLAY_HELP)]
    Replay {
        /// A trace that `netsplit run --trace` wrote
        trace: PathBuf,
    },
    /// Judge what clients saw: a history of Jepsen's or another tool's, or of a run
    #[command(after_long_help = check::HELP)]
    Check(CheckArguments),
    /// Check whether links meet the goals of lessons
    #[command(after_long_help = check_solution::HELP)]
    CheckSolution(SolutionArguments),
    /// Write a run, or a history, for another tool
    #[command(after_long_help = export::HELP)]
    Export(ExportArguments),
    /// Draw a moment of a run as a standalone SVG
    #[command(after_long_help = picture::HELP)]
    Picture(PictureArguments),
    /// Run a scenario under many seeds, on all cores: a row each
    #[command(after_long_help = sweep::HELP)]
    Sweep(SweepArguments),
    /// Measure how soon a read sees a write when not all replicas are waited for
    #[command(after_long_help = pbs::HELP)]
    Pbs(PbsArguments),
    /// List the scenarios of the gallery
    Gallery,
    /// Print the completions of a shell
    #[command(after_long_help = COMPLETIONS_HELP)]
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Print the manual page, of everything or of one command
    #[command(after_long_help = MAN_HELP)]
    Man {
        /// One of the commands
        command: Option<String>,
    },
}

/// What to run, how far, and what to write.
#[derive(Args, Debug)]
pub struct RunArguments {
    /// A link or its part after the #, a file with a scenario (- for standard input), or a name such as raft/minority-leader
    pub what: String,
    /// Another seed than the scenario's; the run then goes to its end, wherever the link points
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,
    /// Run up to this virtual time, such as 1.5s, 300ms or 2m; later than the scenario's end makes it longer
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    pub until: Option<SimTime>,
    /// Print the digest and nothing else
    #[arg(long)]
    pub digest: bool,
    /// Write what happened as JSON lines, one event a line
    #[arg(long, value_name = "FILE")]
    pub trace: Option<PathBuf>,
    /// Write a log with vector clocks, for ShiViz
    #[arg(long, value_name = "FILE")]
    pub shiviz: Option<PathBuf>,
    /// Write a sequence diagram, for Mermaid
    #[arg(long, value_name = "FILE")]
    pub mermaid: Option<PathBuf>,
}

const HELP: &str = "\
Examples:
  netsplit gallery
  netsplit run raft/minority-leader
  netsplit run 'https://example.org/netsplit/#scenario=raft/minority-leader@1&seed=7&step=120' --digest
  netsplit run my-scenario.json --seed 8 --trace trace.jsonl
  netsplit replay trace.jsonl
  netsplit check history.edn --model cas-register
  netsplit picture raft/minority-leader --out stage.svg

Exit codes:
  0  fine
  1  a property of the protocol, or what was claimed of a history, was violated, expected or not
  2  bad usage: an option, link, file, history or name that means nothing
  3  the run did not come to its end (a livelock, too many events), a search not to its answer, or an
     expectation was not met
  4  a replay differs from its trace, or from what the author of the link saw";

const RUN_HELP: &str = "\
A link runs up to the moment it points to, and the digest is the one that the page shows there.
Anything else runs to its end, and what its scenario expects is checked.

Examples:
  netsplit run raft/figure-8-overwritten
  netsplit run '#scenario=raft/minority-leader&step=120' --digest
  netsplit run raft/minority-leader --seed 3 --until 2.5s --mermaid diagram.mmd
  curl -s https://example.org/scenario.json | netsplit run - --shiviz log.txt

Exit codes: 0 fine, 1 property violated, 2 bad usage, 3 no end or expectation not met, 4 differs from
what the author of the link saw.";

const REPLAY_HELP: &str = "\
Every event is compared, then the digest. Sentences are no part of a run: other words are told, and
are no difference.

Example:
  netsplit run raft/minority-leader --trace trace.jsonl && netsplit replay trace.jsonl

Exit codes: 0 the same run, 2 no trace, 3 the run did not come to its end, 4 it differs.";

const COMPLETIONS_HELP: &str = "\
Examples:
  netsplit completions bash > ~/.local/share/bash-completion/completions/netsplit
  netsplit completions zsh > ~/.zfunc/_netsplit
  netsplit completions fish > ~/.config/fish/completions/netsplit.fish";

const MAN_HELP: &str = "\
Examples:
  netsplit man | man -l -
  netsplit man run > ~/.local/share/man/man1/netsplit-run.1";
