//! A session as a link: where its cursor stands, and how a link brings it there again.

use netsplit_scenarios::fingerprint::Fingerprint;
use netsplit_scenarios::link::{self, Position};
use netsplit_sim::id::Step;
use netsplit_sim::run::Stopped;
use netsplit_sim::time::SimTime;

use super::{Place, Session};

impl Session {
    /// Where the cursor stands, so that a link finds the same spot again.
    pub fn position(&self) -> Position {
        Position::of(self.run())
    }

    /// Puts the cursor where a link points. The step wins over the time.
    pub fn go_to(&mut self, position: &Position) -> Result<(), Stopped> {
        if let Some(micros) = position.micros {
            self.seek(Place::At(end_of_micro(SimTime(micros.saturating_mul(1_000)))))?;
        }
        match position.step.map(Step).filter(|step| *step != self.run().step() || position.micros.is_none()) {
            Some(step) => self.seek(Place::After(step)),
            None => Ok(()),
        }
    }

    /// What this run shows at a step, for its link. Taken from a fork, so that the cursor stays.
    pub fn fingerprint(&self, step: Step) -> Result<Fingerprint, Stopped> {
        Fingerprint::take(&mut *self.run().fork(), step)
    }

    /// The shortest fragment that opens this run at this position.
    pub fn fragment(&self, position: &Position) -> String {
        link::share(self.record(), position, &self.unknown).to_string()
    }

    /// What else stood in the link.
    pub fn unknown(&self) -> &[(String, Option<String>)] {
        &self.unknown
    }
}

/// The last instant of a microsecond. Links count microseconds, so a cursor that rests in time rests
/// here: its link brings back the very same instant.
pub fn end_of_micro(time: SimTime) -> SimTime {
    SimTime((time.0 / 1_000).saturating_mul(1_000).saturating_add(999))
}
