//! What `netsplit sweep` can be asked.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use netsplit_explore::sweep::{Seeds, Shard};
use netsplit_scenarios::expectation::Claim;

/// Which scenario, which seeds, and where the rows go.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct SweepArguments {
    /// Something else to do than to sweep.
    #[command(subcommand)]
    pub instead: Option<Instead>,
    /// A link, a file with a scenario (- for standard input), or a name such as raft/minority-leader
    #[arg(required = true)]
    pub what: Option<String>,
    /// Which seeds: a range whose end is left out
    #[arg(long, value_name = "RANGE", default_value = "0..1000")]
    pub seeds: Seeds,
    /// Only every n-th of these seeds: part i of n, counted from 0
    #[arg(long, value_name = "I/N", default_value = "0/1")]
    pub shard: Shard,
    /// Write the rows there, as comma-separated values (.csv) or JSON lines (.jsonl), and say here what stands out
    #[arg(long, value_name = "FILE", value_parser = table_file)]
    pub out: Option<PathBuf>,
    /// By what the clients' histories are judged, a column each; nothing, to be faster: --judge=
    #[arg(long, value_name = "MODELS", value_delimiter = ',', default_value = "linearizable", value_parser = claim)]
    pub judge: Vec<Option<Claim>>,
    /// How many steps each judgement may take before it is unknown
    #[arg(long, value_name = "NUMBER", default_value_t = 5_000_000)]
    pub steps: u64,
}

/// Something else than a sweep.
#[derive(Debug, Subcommand)]
pub enum Instead {
    /// Put the shards of a sweep together
    Merge {
        /// Files that shards have written, in any order
        #[arg(required = true)]
        shards: Vec<PathBuf>,
        /// Write the whole there
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

fn table_file(text: &str) -> Result<PathBuf, &'static str> {
    let path = PathBuf::from(text);
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("csv" | "jsonl") => Ok(path),
        _ => Err("the file's name ends with .csv or .jsonl, which says how rows are written"),
    }
}

/// A consistency model; an empty text is none.
fn claim(text: &str) -> Result<Option<Claim>, String> {
    let found = Claim::names().find(|name| *name == text);
    let known = || Claim::names().collect::<Vec<_>>().join(", ");
    match found {
        Some(name) => Ok(Some(Claim(name))),
        None if text.is_empty() => Ok(None),
        None => Err(format!("histories are judged by {}", known())),
    }
}

pub(super) const HELP: &str = "\
A row a seed: how its run ended, its digest, which properties were violated, what the checkers say of its
history, operations by outcome, latencies (in nanoseconds; who still waits counts with his age), staleness of
reads, messages and bytes. The same seeds give the same bytes, on any machine and in any number of shards.

Examples:
  netsplit sweep raft/minority-leader --seeds 0..10000 --out leader.csv
  netsplit sweep my-scenario.json --judge linearizable,causal --seeds 0..1000 | head
  netsplit sweep raft/minority-leader --seeds 0..100000 --shard 3/8 --out part-3.csv
  netsplit sweep merge part-*.csv --out leader.csv

On a cluster each task does one shard: crates/netsplit-cli/CLUSTERS.md has a Slurm array and a Kubernetes job.

Exit codes: 0 fine, 1 a property was violated under some seed, 2 bad usage, or no shards of one sweep,
3 a run did not come to its end.";
