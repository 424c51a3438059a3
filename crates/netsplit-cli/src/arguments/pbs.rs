//! What `netsplit pbs` can be asked.

use clap::Args;
use netsplit_explore::pbs::legs::Legs;
use netsplit_explore::typed;
use netsplit_sim::time::SimDuration;

/// A replicated store, and how often it is tried.
#[derive(Args, Debug)]
pub struct PbsArguments {
    /// How long a write, its acknowledgement, a read and its reply take; without it, both tables of the paper
    #[arg(long, value_name = "DELAYS", value_parser = typed::legs)]
    pub legs: Option<Legs>,
    /// On how many replicas a key lives
    #[arg(short = 'N', long, value_name = "N", default_value_t = 3, requires = "legs")]
    pub replicas: u8,
    /// How many replicas have to answer a read
    #[arg(short = 'R', long, value_name = "R", default_value_t = 1, requires = "legs")]
    pub read: u8,
    /// How many replicas have to acknowledge a write
    #[arg(short = 'W', long, value_name = "W", default_value_t = 1, requires = "legs")]
    pub write: u8,
    /// How far the replicas are, one way, one after the other: 0ms,75ms,75ms
    #[arg(long, value_name = "TIMES", value_delimiter = ',', value_parser = typed::duration, requires = "legs")]
    pub offsets: Vec<SimDuration>,
    /// How long after a write to read, one or several: 0ms,5ms,10ms
    #[arg(long, value_name = "TIMES", value_delimiter = ',', value_parser = typed::duration, requires = "legs")]
    pub t: Vec<SimDuration>,
    /// Through the real protocol, message by message, instead of drawing the legs alone; then each t is an
    /// experiment of its own
    #[arg(long)]
    pub protocol: bool,
    /// How many trials, of each row; rounded up to hundreds
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(100..=1_000_000_000))]
    pub trials: u64,
    /// The seed of every draw
    #[arg(long, value_name = "NUMBER", default_value_t = 7)]
    pub seed: u64,
}

pub(super) const HELP: &str = "\
One write, W acknowledgements, then, a time t after the write returned, a read of the first R of N replies:
the trials of Bailis et al. (VLDB 2012). Without --legs both tables of the paper are measured and compared.

Delays are typed as 3ms, uniform(1ms, 4ms), exp(5ms) or exp(.2/ms), lognormal(20ms, .5),
pareto(1.05ms, 1.51), or as a mixture of them. One delay is for all four legs; a name (LNKD-SSD, LNKD-DISK,
YMMR) or one delay first and others after it change some of them.

Examples:
  netsplit pbs
  netsplit pbs --legs LNKD-DISK -R 1 -W 2 --t 0ms,10ms,50ms
  netsplit pbs --legs 'LNKD-SSD; W = 38% pareto(1.05ms, 1.51) + 62% exp(.183/ms)'
  netsplit pbs --legs 'A R S = exp(2ms); W = 90% 1ms + 10% uniform(5ms, 50ms)' -N 5 -R 2 -W 2
  netsplit pbs --protocol --trials 100000
  netsplit pbs --legs LNKD-DISK --offsets 0ms,75ms,75ms

Exit codes: 0 fine, 2 bad usage, 3 a number of the tables is off.";
