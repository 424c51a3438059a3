//! Trials of the protocol itself at some points of the curve, in pieces.

use netsplit_explore::pbs::setting::Setting;
use netsplit_explore::pbs::trials::Trials;
use netsplit_sim::time::SimDuration;
use netsplit_view::format;
use netsplit_words::say;

use crate::frame::Again;
use crate::slices::Progress;

/// Points of the curve.
const POINTS: u64 = 10;
/// Trials of each.
const EACH: u64 = 10_000;
/// Events of a piece: a fraction of a millisecond.
const PIECE: u32 = 512;
/// The same at every opening, so that two people see the same.
const SEED: u64 = 1;

/// All trials.
pub const TRIALS: u64 = POINTS * EACH;

/// Trials under way, and what the finished points have shown.
pub struct Points {
    setting: Setting,
    until: SimDuration,
    underway: Option<Trials>,
    measured: Vec<(SimDuration, f64)>,
    wrong: Option<String>,
    stopped: bool,
}

impl Points {
    /// Points up to this t, the first at zero.
    pub fn new(setting: Setting, until: SimDuration) -> Self {
        Self { setting, until, underway: None, measured: Vec::new(), wrong: None, stopped: false }
    }

    /// What the finished points have shown.
    pub fn measured(&self) -> &[(SimDuration, f64)] {
        &self.measured
    }

    /// Why there are no more points, if something went wrong.
    pub fn wrong(&self) -> Option<&str> {
        self.wrong.as_deref()
    }

    /// How many trials are done.
    pub fn progress(&self) -> Progress {
        let here = self.underway.as_ref().map_or(0, |trials| trials.witnessed().trials);
        Progress { done: self.measured.len() as u64 * EACH + here, of: TRIALS }
    }

    /// Whether it goes on.
    pub fn goes_on(&self) -> bool {
        !self.stopped && self.wrong.is_none() && self.measured.len() < POINTS as usize
    }

    /// Tries no more.
    pub fn stop(&mut self) {
        self.stopped = true;
        self.underway = None;
    }

    /// Does a little.
    pub fn piece(&mut self) -> Again {
        if !self.goes_on() {
            return Again::No;
        }
        if let Err(wrong) = self.go_on() {
            self.wrong = Some(say!("{error}.", error = format::capital(&wrong)));
        }
        Again::Yes
    }

    fn go_on(&mut self) -> Result<(), String> {
        let t = SimDuration(self.until.0 * self.measured.len() as u64 / POINTS);
        let Some(trials) = &mut self.underway else {
            let seed = SEED + self.measured.len() as u64;
            let begun = Trials::new(&self.setting, t, seed, EACH).map_err(|error| error.to_string())?;
            self.underway = Some(begun);
            return Ok(());
        };
        if !trials.go_on(PIECE).map_err(|error| error.to_string())? {
            self.measured.push((t, trials.witnessed().consistent_share()));
            self.underway = None;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use netsplit_explore::pbs::legs::Legs;

    use super::*;

    fn points() -> Points {
        Points::new(Setting::of_three(1, 1, Legs::lnkd_ssd()), SimDuration::from_millis(5))
    }

    #[test]
    fn the_first_point_is_what_the_paper_found_at_once() {
        let mut points = points();
        while points.measured().is_empty() {
            assert_eq!(points.piece(), Again::Yes, "{:?}", points.wrong());
        }
        let (t, share) = points.measured()[0];
        assert_eq!(t, SimDuration::ZERO);
        assert!((share - 0.974).abs() < 0.006, "{share}");
        assert_eq!(points.progress(), Progress { done: EACH, of: TRIALS });
    }

    #[test]
    fn what_is_stopped_keeps_its_points_and_does_no_more() {
        let mut points = points();
        for _ in 0..20 {
            points.piece();
        }
        points.stop();
        assert_eq!((points.piece(), points.goes_on()), (Again::No, false));
    }
}
