//! The metrics of a run at its cursor, or of two runs side by side, as pictures: latency, throughput,
//! availability, staleness, cost.
//!
//! | picture | room |
//! |---|---|
//! | what clients asked for | [`asked`] |
//! | percentiles, and the distribution that they are of | [`latency`], [`scale`] |
//! | answers a second; answered of asked, by [`sides`] of the wall | [`over_time`] |
//! | how stale reads were | [`staleness`] |
//! | messages and bytes per answered operation | [`cost`] |
//!
//! Places are per-mille of the width or height of a plot.

pub mod asked;
pub mod cost;
pub mod latency;
pub mod over_time;
pub mod scale;
pub mod sides;
pub mod staleness;

use asked::Asked;

/// What the clients of one run asked for.
#[derive(Clone, Copy, Debug)]
pub struct Series<'a> {
    /// How the run is called where there are two; else empty.
    pub name: &'a str,
    /// Its operations.
    pub asked: &'a [Asked],
}

/// A share of a number with at most one digit: `97.5 %`, never rounded up to all nor down to nothing.
fn share(part: u64, of: u64) -> String {
    let tenths = (part as f64 * 1_000.0 / of.max(1) as f64).round() as u64;
    let tenths = match part {
        0 => 0,
        _ if part >= of => 1_000,
        _ => tenths.clamp(1, 999),
    };
    match tenths % 10 {
        0 => format!("{} %", tenths / 10),
        digit => format!("{}.{digit} %", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_share_is_all_or_nothing_only_if_it_is() {
        let shown = [(0, 7), (1, 100_000), (2, 3), (99_999, 100_000), (7, 7), (0, 0)]
            .map(|(part, of)| share(part, of));
        assert_eq!(shown, ["0 %", "0.1 %", "66.7 %", "99.9 %", "100 %", "0 %"]);
    }
}
