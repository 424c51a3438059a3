//! What is being found out about a setting: the model is sampled, piece by piece.

use netsplit_explore::pbs::sampler::Sampler;
use netsplit_explore::pbs::seen::Seen;
use netsplit_explore::pbs::setting::BadSetting;
use netsplit_sim::time::SimDuration;
use netsplit_view::metrics::curve::{self, CurvePicture};

use super::form::Asked;
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
}

impl Study {
    /// Begins to sample.
    pub fn new(asked: Asked) -> Result<Self, BadSetting> {
        let sampler = Sampler::new(&asked.setting, SEED)?;
        Ok(Self { asked, sampler })
    }

    /// What is studied.
    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    /// What sampling has shown so far.
    pub fn sampled(&self) -> &Seen {
        self.sampler.seen()
    }

    /// Does a little.
    pub fn piece(&mut self) -> Again {
        if self.sampler.seen().trials() < SAMPLES {
            self.sampler.run(PIECE);
            return Again::Yes;
        }
        Again::No
    }

    /// The curve so far.
    pub fn picture(&self) -> CurvePicture {
        let seen = self.sampled();
        let mark = seen.t_visible(NEARLY_ALL).value;
        let until = self.asked.until.unwrap_or_else(|| curve::reach(mark));
        let sampled = |t: SimDuration| seen.consistent(t);
        curve::curve(until, &sampled, None, mark)
    }
}
