//! What is being found out about a setting: the model is sampled for the curve and, if asked for, the protocol
//! itself is tried at some points of it. Both go on in pieces.

use netsplit_explore::pbs::sampler::Sampler;
use netsplit_explore::pbs::seen::Seen;
use netsplit_explore::pbs::setting::BadSetting;
use netsplit_sim::time::SimDuration;
use netsplit_view::metrics::curve::{self, CurvePicture};

use super::form::Asked;
use super::points::Points;
use crate::frame::Again;

/// So many are sampled: enough that the curve no longer moves visibly.
const SAMPLES: u64 = 200_000;
/// A piece takes a fraction of a millisecond.
const PIECE: u64 = 1_000;
/// The same at every opening, so that two people see the same.
const SEED: u64 = 1;
/// 99.9 %.
const NEARLY_ALL: u32 = 999_000;

/// What is being found out about a setting.
pub struct Study {
    asked: Asked,
    sampler: Sampler,
    points: Option<Points>,
}

impl Study {
    /// Begins to sample.
    pub fn new(asked: Asked) -> Result<Self, BadSetting> {
        let sampler = Sampler::new(&asked.setting, SEED)?;
        Ok(Self { asked, sampler, points: None })
    }

    /// What is studied.
    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    /// What sampling has shown so far.
    pub fn sampled(&self) -> &Seen {
        self.sampler.seen()
    }

    /// The points of the protocol itself, if they were asked for.
    pub fn points(&self) -> Option<&Points> {
        self.points.as_ref()
    }

    /// Begins to try the protocol itself at some points of the curve.
    pub fn try_protocol(&mut self) {
        self.points = Some(Points::new(self.asked.setting.clone(), self.until()));
    }

    /// Tries no more; the points that are there stay.
    pub fn stop(&mut self) {
        if let Some(points) = &mut self.points {
            points.stop();
        }
    }

    /// Does a little, the curve first.
    pub fn piece(&mut self) -> Again {
        if self.sampler.seen().trials() < SAMPLES {
            self.sampler.run(PIECE);
            return Again::Yes;
        }
        self.points.as_mut().map_or(Again::No, Points::piece)
    }

    fn until(&self) -> SimDuration {
        let mark = self.sampled().t_visible(NEARLY_ALL).value;
        self.asked.until.unwrap_or_else(|| curve::reach(mark))
    }

    /// The curve so far, and the points on it.
    pub fn picture(&self) -> CurvePicture {
        let seen = self.sampled();
        let sampled = |t: SimDuration| seen.consistent(t);
        let measured = self.points.as_ref().map_or(&[][..], Points::measured);
        curve::curve(self.until(), &sampled, measured, seen.t_visible(NEARLY_ALL).value)
    }
}

#[cfg(test)]
mod tests {
    use super::super::form::Form;
    use super::*;

    #[test]
    fn sampling_comes_to_an_end_and_to_what_the_paper_found() {
        let asked = Form::default().asked().expect("the form can be read");
        let mut study = Study::new(asked).expect("it can be sampled");
        let mut pieces = 1;
        while study.piece() == Again::Yes {
            pieces += 1;
        }
        assert_eq!(pieces, SAMPLES / PIECE + 1);
        let at_once = study.sampled().consistent(SimDuration::ZERO);
        assert!((at_once - 0.439).abs() < 0.005, "{at_once}");
        let picture = study.picture();
        assert_eq!(picture.levels[0].label, "40 %");
        assert!(picture.dots.is_empty());
        assert!(picture.mark.is_some_and(|mark| 300.0 < mark && mark < 1_000.0), "{:?}", picture.mark);
    }
}
