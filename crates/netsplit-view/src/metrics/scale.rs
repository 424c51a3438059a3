//! A logarithmic scale of durations, on which a microsecond and a minute have room.

use netsplit_sim::time::SimDuration;

use crate::timeline::Tick;

/// From one duration to a longer one, both of the series 1, 2, 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DurationScale {
    from: u64,
    to: u64,
}

/// What is shorter than a microsecond stands where a microsecond does.
const SHORTEST: u64 = 1_000;

impl DurationScale {
    /// The shortest round scale that holds all of these; `None` if there are none.
    pub fn over(values: impl IntoIterator<Item = SimDuration>) -> Option<Self> {
        let mut ends: Option<(u64, u64)> = None;
        for SimDuration(value) in values {
            let value = value.max(SHORTEST);
            let (low, high) = ends.unwrap_or((value, value));
            ends = Some((low.min(value), high.max(value)));
        }
        let (low, high) = ends?;
        let from = round_down(low);
        Some(Self { from, to: round_up(high).max(next(next(from))) })
    }

    /// The place of a duration: per-mille of the width.
    pub fn x(self, value: SimDuration) -> f64 {
        let value = value.0.clamp(self.from, self.to);
        let place = |nanos: u64| (nanos as f64).ln();
        1_000.0 * (place(value) - place(self.from)) / (place(self.to) - place(self.from))
    }

    /// The ends of so many bins of equal width, one more than there are bins.
    pub fn edges(self, bins: u32) -> Vec<SimDuration> {
        let ratio = self.to as f64 / self.from as f64;
        let edge = |bin: u32| self.from as f64 * ratio.powf(f64::from(bin) / f64::from(bins));
        (0..=bins).map(|bin| SimDuration(edge(bin).round() as u64)).collect()
    }

    /// Labelled durations: powers of ten, or all of the series where there are few.
    pub fn ticks(self) -> Vec<Tick> {
        let wide = self.to / self.from >= 50;
        let mut marks = std::iter::successors(Some(self.from), |mark| Some(next(*mark)));
        let marks: Vec<u64> = marks.by_ref().take_while(|mark| *mark <= self.to).collect();
        let shown = marks.into_iter().filter(|mark| !wide || round_power(*mark) == *mark);
        shown.map(|mark| Tick { x: self.x(SimDuration(mark)), label: brief(SimDuration(mark)) }).collect()
    }
}

/// A duration of the series, without digits that say nothing.
pub(super) fn brief(duration: SimDuration) -> String {
    let (unit, name) = match duration.0 {
        0..1_000_000 => (1_000, "µs"),
        1_000_000..1_000_000_000 => (1_000_000, "ms"),
        _ => (1_000_000_000, "s"),
    };
    format!("{} {name}", duration.0 / unit)
}

/// The highest power of ten that is not above.
fn round_power(value: u64) -> u64 {
    10_u64.pow(value.max(1).ilog10())
}

fn round_down(value: u64) -> u64 {
    let power = round_power(value);
    [5, 2].into_iter().map(|factor| factor * power).find(|mark| *mark <= value).unwrap_or(power)
}

/// The next of the series that is not below.
pub(super) fn round_up(value: u64) -> u64 {
    let down = round_down(value);
    if down == value { value } else { next(down) }
}

/// The next of the series.
fn next(mark: u64) -> u64 {
    let power = round_power(mark);
    match mark / power {
        1 => 2 * power,
        2 => 5 * power,
        _ => power.saturating_mul(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(values: &[u64]) -> DurationScale {
        DurationScale::over(values.iter().map(|micros| SimDuration::from_micros(*micros)))
            .expect("some values")
    }

    fn labels(values: &[u64]) -> Vec<String> {
        scale(values).ticks().into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn few_decades_show_the_series_and_many_only_powers_of_ten() {
        assert_eq!(labels(&[3_000, 7_000]), ["2 ms", "5 ms", "10 ms"]);
        assert_eq!(labels(&[40, 3_000_000]), ["100 µs", "1 ms", "10 ms", "100 ms", "1 s"]);
    }

    #[test]
    fn one_value_alone_has_room_on_both_sides() {
        let one = scale(&[4_000]);
        assert_eq!(labels(&[4_000]), ["2 ms", "5 ms", "10 ms"]);
        let x = one.x(SimDuration::from_millis(4));
        assert!(300.0 < x && x < 700.0, "{x}");
    }

    #[test]
    fn places_are_within_the_scale_and_edges_tile_it() {
        let scale = scale(&[1, 250_000]);
        assert_eq!(scale.x(SimDuration::ZERO), 0.0);
        assert_eq!(scale.x(SimDuration::from_secs(60)), 1_000.0);
        let edges = scale.edges(10);
        assert_eq!(edges.first(), Some(&SimDuration::from_micros(1)));
        assert_eq!(edges.last(), Some(&SimDuration::from_millis(500)));
        assert!(edges.is_sorted());
    }

    #[test]
    fn nothing_has_no_scale() {
        assert_eq!(DurationScale::over([]), None);
    }
}
