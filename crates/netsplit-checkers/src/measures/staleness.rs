//! How stale reads were, in versions and in time, in the words of Bailis et al. (VLDB 2012).

use std::collections::BTreeMap;

use hdrhistogram::Histogram;

use super::Span;
use crate::history::{History, Key, Operation, Outcome, Request, Row, Time, Value};

/// How stale one read was. Where the order of two writes is not known, because they overlapped, none of them
/// counts as newer: a read is at least that stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The read.
    pub read: Row,
    /// k: how many newer versions had been acknowledged before the read began.
    pub versions: u64,
    /// t: for how long, when the read began, what it returned had been superseded by an acknowledged write.
    pub time: Span,
}

/// How stale many reads were.
#[derive(Clone, Debug, PartialEq)]
pub struct Staleness {
    versions: BTreeMap<u64, u64>,
    times: Histogram<u64>,
}

/// A write that may be what a read returned.
struct Version<'a> {
    value: &'a Value,
    called: Time,
    acknowledged: Option<Time>,
}

impl Stale {
    /// Every read that returned something known, in the order of the rows. A read of a value that nobody
    /// wrote is left out: it is no staleness but a violation of every consistency model.
    pub fn reads(history: &History) -> Vec<Self> {
        let versions = versions_of(history);
        let reads = history.operations().iter().enumerate();
        reads.filter_map(|(row, operation)| of_read(row, operation, versions.get(&operation.key))).collect()
    }
}

/// The writes of each key, each with the value that it leaves.
fn versions_of(history: &History) -> BTreeMap<Key, Vec<Version<'_>>> {
    let mut versions = BTreeMap::<Key, Vec<Version<'_>>>::new();
    for operation in history.operations() {
        let (Request::Write(value) | Request::Cas { new: value, .. }) = &operation.request else { continue };
        let acknowledged = match &operation.returned {
            Some((_, Outcome::Fail)) => continue,
            Some((at, Outcome::Ok(_))) => Some(*at),
            _ => None,
        };
        versions.entry(operation.key).or_default().push(Version {
            value,
            called: operation.called,
            acknowledged,
        });
    }
    versions
}

fn of_read(row: Row, read: &Operation, versions: Option<&Vec<Version<'_>>>) -> Option<Stale> {
    let (Request::Read, Some((returned, Outcome::Ok(Some(value))))) = (&read.request, &read.returned) else {
        return None;
    };
    let versions = versions.map_or(&[][..], Vec::as_slice);
    // Of siblings the freshest counts, and of several writes of one value too.
    let stale = candidates(value, versions, *returned)
        .into_iter()
        .map(|acknowledged| staleness(read.called, acknowledged, versions))
        .min()?;
    Some(Stale { read: row, versions: stale.0, time: stale.1 })
}

/// Since when each version that the read may have returned was acknowledged; `Some(None)` is the initial
/// value, which is older than anything.
fn candidates(value: &Value, versions: &[Version<'_>], returned: Time) -> Vec<Acknowledged> {
    let written = |value: &Value| {
        let writers = versions.iter().filter(|version| version.value == value && version.called <= returned);
        writers.map(|version| version.acknowledged.map_or(Acknowledged::Never, Acknowledged::At)).collect()
    };
    match value {
        Value::Absent => {
            let mut all: Vec<_> = written(value);
            all.push(Acknowledged::Initially);
            all
        }
        Value::Many(siblings) if siblings.is_empty() => vec![Acknowledged::Initially],
        Value::Many(siblings) => {
            siblings.iter().flat_map(|sibling| written(&Value::Number(*sibling))).collect::<Vec<_>>()
        }
        value => written(value),
    }
}

/// Since when a version counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Acknowledged {
    Initially,
    At(Time),
    Never,
}

/// (k, t) of a version that a read called at `called` returned.
fn staleness(called: Time, version: Acknowledged, versions: &[Version<'_>]) -> (u64, Span) {
    let newer = |other: &&Version<'_>| match version {
        Acknowledged::Initially => true,
        Acknowledged::At(at) => other.called > at,
        Acknowledged::Never => false,
    };
    let superseded = versions.iter().filter(newer).filter_map(|other| other.acknowledged);
    let superseded: Vec<Time> = superseded.filter(|at| *at < called).collect();
    let since = superseded.iter().min().map_or(called, |first| *first);
    (superseded.len() as u64, Span(called.0 - since.0))
}

impl Default for Staleness {
    fn default() -> Self {
        let times = Histogram::new(3).expect("three significant digits are allowed");
        Self { versions: BTreeMap::new(), times }
    }
}

impl Staleness {
    /// The staleness of all reads of a history.
    pub fn of(history: &History) -> Self {
        let mut staleness = Self::default();
        Stale::reads(history).iter().for_each(|read| staleness.count(read));
        staleness
    }

    /// Counts one read.
    pub fn count(&mut self, read: &Stale) {
        *self.versions.entry(read.versions).or_default() += 1;
        self.times.record(read.time.0).expect("a histogram that resizes holds any number");
    }

    /// Adds what another run counted.
    pub fn merge(&mut self, other: &Self) {
        for (versions, reads) in &other.versions {
            *self.versions.entry(*versions).or_default() += reads;
        }
        self.times.add(&other.times).expect("a histogram that resizes holds any number");
    }

    /// How many reads.
    pub fn reads(&self) -> u64 {
        self.times.len()
    }

    /// (k, how many reads were k versions stale), ascending; k = 0 is fresh.
    pub fn by_versions(&self) -> impl Iterator<Item = (u64, u64)> {
        self.versions.iter().map(|(versions, reads)| (*versions, *reads))
    }

    /// How many reads returned one of the latest `k` versions: the latest itself is k = 1.
    pub fn within_versions(&self, k: u64) -> u64 {
        self.versions.range(..k).map(|(_, reads)| reads).sum()
    }

    /// How many reads returned what had been superseded for at most `time`, within a thousandth.
    pub fn within_time(&self, time: Span) -> u64 {
        self.times.count_between(0, time.0)
    }

    /// For how long, at most, what this share of the reads returned had been superseded; `None` without
    /// reads.
    pub fn percentile(&self, quantile: super::Quantile) -> Option<Span> {
        let share = f64::from(quantile.0) / 1_000_000.0;
        (self.reads() > 0).then(|| Span(self.times.value_at_quantile(share)))
    }
}
