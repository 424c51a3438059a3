//! How stale reads were: by how many versions, and for how long what they returned had been overwritten.

use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_words::say;

use super::over_time::TimeAxis;
use crate::format;

/// What is known of one answered read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// When it was asked for.
    pub at: SimTime,
    /// How many later versions had been acknowledged by then: none if it was fresh.
    pub versions: u64,
    /// How long ago the version that it returned had been overwritten.
    pub behind: SimDuration,
}

/// The staleness of one run or two.
#[derive(Clone, Debug, PartialEq)]
pub struct StalenessPicture {
    /// How long the top of the picture is behind: `40 ms`; empty if no read was stale.
    pub top: String,
    /// A row a run.
    pub rows: Vec<StalenessRow>,
}

/// The staleness of one run.
#[derive(Clone, Debug, PartialEq)]
pub struct StalenessRow {
    /// Which run.
    pub name: String,
    /// Stale reads by their time; the higher the longer behind.
    pub dots: Vec<Dot>,
    /// How many reads were so many versions behind, fresh ones first.
    pub versions: Vec<Versions>,
    /// All of it as a sentence.
    pub told: String,
}

/// A stale read. Places are per-mille, the height from the bottom.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// When.
    pub x: f64,
    /// For how long it was behind.
    pub height: f64,
    /// `2 versions, 40 ms behind at 1.284 s`.
    pub label: String,
}

/// Reads that were equally many versions behind.
#[derive(Clone, Debug, PartialEq)]
pub struct Versions {
    /// `fresh`, `1 behind`, `4 or more`.
    pub label: String,
    /// How many there are.
    pub count: u64,
    /// Their share, per-mille.
    pub share: f64,
}

/// Reads this many versions behind or more stand in one row.
const MANY: u64 = 4;
/// More dots than this hide one another; the stalest are shown.
const MOST_DOTS: usize = 400;

/// The staleness of one or two runs; `None` if nobody read anything.
pub fn staleness(axis: &TimeAxis, runs: &[(&str, &[Read])]) -> Option<StalenessPicture> {
    if runs.iter().all(|(_, reads)| reads.is_empty()) {
        return None;
    }
    let longest = runs.iter().flat_map(|(_, reads)| *reads).map(|read| read.behind).max().unwrap_or_default();
    let top = if longest == SimDuration::ZERO { String::new() } else { format::duration(longest) };
    let rows = runs.iter().map(|(name, reads)| StalenessRow {
        name: (*name).to_owned(),
        dots: dots(axis, reads, longest),
        versions: versions(reads),
        told: told(reads),
    });
    Some(StalenessPicture { top, rows: rows.collect() })
}

fn dots(axis: &TimeAxis, reads: &[Read], longest: SimDuration) -> Vec<Dot> {
    let mut stale: Vec<&Read> = reads.iter().filter(|read| read.versions > 0).collect();
    if stale.len() > MOST_DOTS {
        stale.sort_unstable_by_key(|read| std::cmp::Reverse(read.behind));
        stale.truncate(MOST_DOTS);
    }
    let dot = |read: &Read| Dot {
        x: axis.window.x(read.at),
        height: 1_000.0 * read.behind.0 as f64 / longest.0.max(1) as f64,
        label: say!(
            "{count, plural, one {# version} other {# versions}}, {behind} behind at {time}",
            count = format::grouped(read.versions),
            behind = format::duration(read.behind),
            time = read.at
        ),
    };
    stale.into_iter().map(dot).collect()
}

fn versions(reads: &[Read]) -> Vec<Versions> {
    let mut counts = [0_u64; MANY as usize + 1];
    for read in reads {
        counts[read.versions.min(MANY) as usize] += 1;
    }
    let all = reads.len().max(1) as f64;
    let row = |(behind, count): (usize, u64)| Versions {
        label: match behind as u64 {
            0 => say!("fresh").to_owned(),
            MANY => say!("{count} or more", count = MANY),
            behind => say!("{behind} behind", behind),
        },
        count,
        share: 1_000.0 * count as f64 / all,
    };
    let rows = counts.into_iter().enumerate().filter(|(behind, count)| *behind == 0 || *count > 0);
    rows.map(row).collect()
}

fn told(reads: &[Read]) -> String {
    let all = format::grouped(reads.len() as u64);
    let stale = reads.iter().filter(|read| read.versions > 0);
    let Some(most) = stale.clone().map(|read| read.versions).max() else {
        return say!("{all, plural, one {# read} other {# reads}}, none stale.", all);
    };
    let longest = stale.clone().map(|read| read.behind).max().unwrap_or_default();
    let share = super::share(stale.clone().count() as u64, reads.len() as u64);
    say!(
        "{stale} of {all, plural, one {# read} other {# reads}} stale ({share}); at most {most, plural, one {# version} other {# versions}} behind, and {longest}.",
        stale = format::grouped(stale.count() as u64),
        all,
        share,
        most = format::grouped(most),
        longest = format::duration(longest)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Window;

    fn read(millis: u64, versions: u64, behind: u64) -> Read {
        Read { at: SimTime::from_millis(millis), versions, behind: SimDuration::from_millis(behind) }
    }

    fn row(reads: &[Read]) -> StalenessRow {
        let axis =
            TimeAxis::over(Window { from: SimTime::ZERO, to: SimTime::from_millis(1_000) }, Vec::new());
        staleness(&axis, &[("", reads)]).expect("somebody read").rows.remove(0)
    }

    #[test]
    fn a_stale_read_stands_at_its_time_and_as_high_as_it_is_behind() {
        let row = row(&[read(100, 0, 0), read(250, 1, 20), read(500, 2, 40)]);
        let places: Vec<(f64, f64)> = row.dots.iter().map(|dot| (dot.x, dot.height)).collect();
        assert_eq!(places, [(250.0, 500.0), (500.0, 1_000.0)]);
        assert_eq!(row.dots[1].label, "2 versions, 40 ms behind at 0.500 s");
        assert_eq!(row.told, "2 of 3 reads stale (66.6 %); at most 2 versions behind, and 40 ms.");
    }

    #[test]
    fn reads_far_behind_share_a_row() {
        let row = row(&[read(1, 0, 0), read(2, 4, 1), read(3, 90, 2), read(4, 1, 1)]);
        let shown: Vec<(&str, u64)> =
            row.versions.iter().map(|row| (row.label.as_str(), row.count)).collect();
        assert_eq!(shown, [("fresh", 1), ("1 behind", 1), ("4 or more", 2)]);
    }

    #[test]
    fn fresh_reads_alone_are_no_dots_and_one_sentence() {
        let row = row(&[read(1, 0, 0), read(2, 0, 0)]);
        assert!(row.dots.is_empty());
        assert_eq!(row.told, "2 reads, none stale.");
    }
}
