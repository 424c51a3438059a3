//! How probable it is that a read sees a write, by how long after the write it begins.

use netsplit_sim::time::SimDuration;
use netsplit_words::say;

use super::scale::{brief, round_up};
use crate::format;
use crate::timeline::Tick;

/// The curve, with what was measured beside it. Places are per-mille, heights from the bottom.
#[derive(Clone, Debug, PartialEq)]
pub struct CurvePicture {
    /// Labelled lengths of time.
    pub ticks: Vec<Tick>,
    /// Labelled probabilities; their places are heights.
    pub levels: Vec<Tick>,
    /// The curve.
    pub line: Vec<(f64, f64)>,
    /// What was measured in another way, if anything was.
    pub dots: Vec<(f64, f64)>,
    /// The time from which on 99.9 % of the reads see the write, if it lies within the picture.
    pub mark: Option<f64>,
    /// The curve as a sentence.
    pub told: String,
}

/// A probability by time.
pub type Probability<'a> = &'a dyn Fn(SimDuration) -> f64;

/// Points of the curve.
const POINTS: u64 = 60;
/// Probabilities at which the picture may begin.
const FLOORS: [(f64, &str); 8] = [
    (0.0, "0 %"),
    (0.2, "20 %"),
    (0.4, "40 %"),
    (0.5, "50 %"),
    (0.8, "80 %"),
    (0.9, "90 %"),
    (0.98, "98 %"),
    (0.998, "99.8 %"),
];

/// The curve up to a time, with what was measured at some times; `mark` is the time from which on 99.9 % of the
/// reads see the write.
pub fn curve(
    until: SimDuration,
    sampled: Probability<'_>,
    measured: &[(SimDuration, f64)],
    mark: SimDuration,
) -> CurvePicture {
    let lowest = measured.iter().map(|(_, share)| *share).fold(sampled(SimDuration::ZERO), f64::min);
    let (floor, floor_label) =
        FLOORS.into_iter().rev().find(|(floor, _)| *floor <= lowest).unwrap_or(FLOORS[0]);
    let height = |probability: f64| 1_000.0 * ((probability - floor) / (1.0 - floor)).clamp(0.0, 1.0);
    let place = |t: SimDuration| 1_000.0 * t.0 as f64 / until.0.max(1) as f64;
    let times = (0..=POINTS).map(|k| SimDuration(until.0 * k / POINTS));
    let level = |probability: f64, label: &str| Tick { x: height(probability), label: label.to_owned() };
    let middle = (1.0 + floor) / 2.0;
    CurvePicture {
        ticks: ticks(until),
        levels: vec![
            level(floor, floor_label),
            level(middle, &format!("{} %", format::decimal((middle * 10_000.0).round() / 100.0))),
            level(1.0, "100 %"),
        ],
        line: times.map(|t| (place(t), height(sampled(t)))).collect(),
        dots: measured.iter().map(|(t, share)| (place(*t), height(*share))).collect(),
        mark: (mark <= until).then(|| place(mark)),
        told: told(until, sampled, mark),
    }
}

/// A round time that shows where the curve rises: somewhat after the time at which 99.9 % is reached.
pub fn reach(mark: SimDuration) -> SimDuration {
    const LEAST: u64 = 1_000_000;
    let wanted = (mark.0 / 20 * 23).max(LEAST);
    // Two digits are round enough.
    let unit = 10_u64.pow(wanted.ilog10() - 1);
    SimDuration(wanted.div_ceil(unit) * unit)
}

fn ticks(until: SimDuration) -> Vec<Tick> {
    const PARTS: u64 = 5;
    let step = round_up((until.0 / PARTS).max(1));
    let marks = (0..=until.0 / step).map(|k| k * step);
    marks
        .map(|nanos| Tick {
            x: 1_000.0 * nanos as f64 / until.0.max(1) as f64,
            label: if nanos == 0 { "0".to_owned() } else { brief(SimDuration(nanos)) },
        })
        .collect()
}

fn told(until: SimDuration, sampled: Probability<'_>, mark: SimDuration) -> String {
    let percent =
        |t: SimDuration| format!("{} %", format::decimal((sampled(t) * 100_000.0).round() / 1_000.0));
    let half = SimDuration(until.0 / 2);
    say!(
        "A read that begins at once sees the write with a probability of {first}, after {half} with {middle}, after {until} with {last}; {most} from {mark} on.",
        first = percent(SimDuration::ZERO),
        half,
        middle = percent(half),
        until,
        last = percent(until),
        most = format::percent(999_000),
        mark
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: u64 = 1_000_000;

    /// A straight line from 62.5 % to 100 % within ten milliseconds.
    fn rising(t: SimDuration) -> f64 {
        (0.625 + 0.375 * t.0 as f64 / (10 * MS) as f64).min(1.0)
    }

    fn drawn(mark: u64) -> CurvePicture {
        curve(SimDuration(10 * MS), &rising, &[], SimDuration(mark))
    }

    #[test]
    fn the_picture_begins_at_the_highest_floor_below_the_curve() {
        let picture = drawn(0);
        let labels: Vec<&str> = picture.levels.iter().map(|level| level.label.as_str()).collect();
        assert_eq!(labels, ["50 %", "75 %", "100 %"]);
        assert_eq!(picture.line.first(), Some(&(0.0, 250.0)));
        assert_eq!(picture.line.last(), Some(&(1_000.0, 1_000.0)));
    }

    #[test]
    fn what_was_measured_may_lower_the_floor_and_has_dots() {
        let measured = [(SimDuration::ZERO, 0.125), (SimDuration(5 * MS), 0.75)];
        let picture = curve(SimDuration(10 * MS), &rising, &measured, SimDuration(0));
        assert_eq!(picture.levels[0].label, "0 %");
        assert_eq!(picture.dots, [(0.0, 125.0), (500.0, 750.0)]);
    }

    #[test]
    fn the_mark_stands_at_its_time_if_that_is_shown() {
        assert_eq!(drawn(5 * MS).mark, Some(500.0));
        assert_eq!(drawn(20 * MS).mark, None);
    }

    #[test]
    fn the_reach_is_round_and_beyond_the_mark() {
        let reached = [0, 1_970_000, 45_500_000].map(|nanos| reach(SimDuration(nanos)).0);
        assert_eq!(reached, [MS, 2_300_000, 53 * MS]);
    }

    #[test]
    fn the_curve_can_be_read_aloud() {
        assert_eq!(
            drawn(5 * MS).told,
            "A read that begins at once sees the write with a probability of 62.5 %, after 5.0 ms with 81.25 %, after 10 ms with 100 %; 99.9 % from 5.0 ms on."
        );
    }
}
