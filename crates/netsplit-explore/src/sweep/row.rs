//! What one seed came to.

use netsplit_checkers::history::{History, Outcome, Time};
use netsplit_checkers::measures::{Latencies, Quantile, Span, Stale};
use netsplit_scenarios::expectation::Answer;
use netsplit_scenarios::judge;
use netsplit_sim::encode::Digest;
use netsplit_sim::run::Run;

/// What one seed came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The seed.
    pub seed: u64,
    /// How its run ended.
    pub ended: Ended,
    /// The digest of the run at its end.
    pub digest: Digest,
    /// Events and interventions.
    pub events: u64,
    /// Names of the properties that were violated, each once, in the order of the protocol's list.
    pub violated: Vec<&'static str>,
    /// The checkers' answers, in the order of the plan's claims.
    pub verdicts: Vec<Answer>,
    /// Operations that happened.
    pub ok: u64,
    /// Operations that did not happen.
    pub fail: u64,
    /// Operations whose clients gave up: they may have happened.
    pub info: u64,
    /// Operations that nobody had answered in the end.
    pub unanswered: u64,
    /// Operations that were answered, of a million asked; `None` if nothing was asked.
    pub answered_ppm: Option<u32>,
    /// Latencies at [`Quantile::REPORTED`]; none without operations. Unanswered operations count with
    /// their age.
    pub latency: Vec<Latency>,
    /// Reads that returned something known.
    pub reads: u64,
    /// Those of them that returned what had been superseded.
    pub stale_reads: u64,
    /// The stalest.
    pub stalest: Stalest,
    /// Messages sent.
    pub messages: u64,
    /// Their bytes on the wire.
    pub bytes: u64,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// At its end.
    Complete,
    /// Too much happened at one instant.
    Livelock,
    /// It had more operations than are kept, so that they are not counted.
    TooMany,
}

/// A latency that a share of the operations did not exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latency {
    /// Which share.
    pub quantile: Quantile,
    /// Nanoseconds.
    pub nanos: u64,
    /// Whether it may still grow, since operations that wait are counted below it.
    pub at_least: bool,
}

/// How stale reads were at worst.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stalest {
    /// k: newer versions that had been acknowledged before the read began.
    pub versions: u64,
    /// t: for how long what was returned had been superseded.
    pub time: Span,
}

impl Ended {
    /// As the table has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Livelock => "livelock",
            Self::TooMany => "too-many-operations",
        }
    }
}

impl Row {
    /// What a run shows at its cursor, without verdicts; and its history, if all of it is kept.
    pub(super) fn of(run: &dyn Run, seed: u64, ended: Ended) -> (Self, Option<History>) {
        let traffic = run.traffic();
        let mut row = Self {
            seed,
            ended,
            digest: run.digest(),
            events: run.step().0,
            violated: violated(run),
            verdicts: Vec::new(),
            ok: 0,
            fail: 0,
            info: 0,
            unanswered: 0,
            answered_ppm: None,
            latency: Vec::new(),
            reads: 0,
            stale_reads: 0,
            stalest: Stalest::default(),
            messages: traffic.iter().map(|kind| u64::from(kind.messages)).sum(),
            bytes: traffic.iter().map(|kind| kind.bytes).sum(),
        };
        let history = judge::history(run, run.step());
        match &history {
            Some(history) => row.measure(history, Time(run.now().0)),
            None => row.ended = Ended::TooMany,
        }
        (row, history)
    }

    fn measure(&mut self, history: &History, by: Time) {
        for operation in history.operations() {
            *match &operation.returned {
                Some((_, Outcome::Ok(_))) => &mut self.ok,
                Some((_, Outcome::Fail)) => &mut self.fail,
                Some((_, Outcome::Info)) => &mut self.info,
                None => &mut self.unanswered,
            } += 1;
        }
        let latencies = Latencies::of(history.operations(), by);
        self.answered_ppm = latencies.answered_share().map(|share| (share * 1e6).round() as u32);
        let reported = Quantile::REPORTED.into_iter().filter_map(|quantile| {
            let percentile = latencies.percentile(quantile)?;
            Some(Latency { quantile, nanos: percentile.span.0, at_least: percentile.at_least })
        });
        self.latency = reported.collect();
        for read in Stale::reads(history) {
            self.reads += 1;
            self.stale_reads += u64::from(read.versions > 0);
            self.stalest.versions = self.stalest.versions.max(read.versions);
            self.stalest.time = self.stalest.time.max(read.time);
        }
    }

    /// The latency at a quantile, in nanoseconds.
    pub fn latency_at(&self, quantile: Quantile) -> Option<u64> {
        self.latency.iter().find(|latency| latency.quantile == quantile).map(|latency| latency.nanos)
    }
}

fn violated(run: &dyn Run) -> Vec<&'static str> {
    let properties = run.about().properties;
    let mut found: Vec<u16> = run.violations().iter().map(|(_, violation)| violation.property).collect();
    found.sort_unstable();
    found.dedup();
    found
        .into_iter()
        .filter_map(|index| properties.get(usize::from(index)))
        .map(|property| property.name)
        .collect()
}
