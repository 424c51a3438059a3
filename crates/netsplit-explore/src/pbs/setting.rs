//! What is asked: how many replicas, how many of them have to answer, and how long messages take.

use netsplit_sim::latency::Delay;
use netsplit_sim::time::SimDuration;
use thiserror::Error;

use super::legs::Legs;

/// The most replicas that a key may have.
pub const REPLICAS: u8 = 10;

/// A replicated store in which operations go to all N replicas of a key and wait for some of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// N: on how many replicas a key lives.
    pub replicas: u8,
    /// R: how many have to answer a read.
    pub read: u8,
    /// W: how many have to acknowledge a write.
    pub write: u8,
    /// How long the four messages of a trial take.
    pub legs: Legs,
    /// How far each replica is from the coordinator, one way, on top of the legs; replicas without an entry
    /// are local.
    pub offsets: Vec<SimDuration>,
}

/// A setting that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadSetting {
    /// No replicas, or too many.
    #[error("N is the number of replicas: 1 to {REPLICAS}, not {0}")]
    Replicas(u8),
    /// More answers wanted than there are replicas, or none.
    #[error("{name} is a number of replicas that answer: 1 to N = {replicas}, not {asked}")]
    Quorum {
        /// R or W.
        name: char,
        /// N.
        replicas: u8,
        /// What was asked for.
        asked: u8,
    },
    /// More offsets than replicas.
    #[error("there are offsets for {offsets} replicas, but only N = {replicas} replicas")]
    Offsets {
        /// How many offsets there are.
        offsets: usize,
        /// N.
        replicas: u8,
    },
    /// A model that cannot be drawn from.
    #[error("leg {0} is a mixture without a part that has a weight, or measured delays without points")]
    Empty(char),
}

impl Setting {
    /// Three replicas, and all of them near.
    pub fn of_three(read: u8, write: u8, legs: Legs) -> Self {
        Self { replicas: 3, read, write, legs, offsets: Vec::new() }
    }

    /// Whether this can be run.
    pub fn check(&self) -> Result<(), BadSetting> {
        let replicas = self.replicas;
        if !(1..=REPLICAS).contains(&replicas) {
            return Err(BadSetting::Replicas(replicas));
        }
        for (name, asked) in [('R', self.read), ('W', self.write)] {
            if !(1..=replicas).contains(&asked) {
                return Err(BadSetting::Quorum { name, replicas, asked });
            }
        }
        if self.offsets.len() > usize::from(replicas) {
            return Err(BadSetting::Offsets { offsets: self.offsets.len(), replicas });
        }
        self.legs
            .named()
            .into_iter()
            .find(|(_, leg)| !can_be_drawn(leg))
            .map_or(Ok(()), |(name, _)| Err(BadSetting::Empty(name)))
    }

    /// How far a replica is from the coordinator.
    pub fn offset(&self, replica: u8) -> SimDuration {
        self.offsets.get(usize::from(replica)).copied().unwrap_or(SimDuration::ZERO)
    }
}

fn can_be_drawn(leg: &Delay) -> bool {
    match leg {
        Delay::Mixture(parts) => {
            parts.iter().any(|(weight, _)| *weight > 0) && parts.iter().all(|(_, part)| can_be_drawn(part))
        }
        Delay::Empirical(points) => !points.is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{BadSetting, Delay, Legs, Setting, SimDuration};

    fn refused(setting: Setting) -> BadSetting {
        setting.check().expect_err("it means nothing")
    }

    #[test]
    fn what_means_nothing_is_refused_with_what_is_allowed() {
        let fine = Setting::of_three(1, 2, Legs::lnkd_ssd());
        assert_eq!(fine.check(), Ok(()));
        let told = refused(Setting { replicas: 11, ..fine.clone() }).to_string();
        assert_eq!(told, "N is the number of replicas: 1 to 10, not 11");
        let told = refused(Setting { read: 4, ..fine.clone() }).to_string();
        assert_eq!(told, "R is a number of replicas that answer: 1 to N = 3, not 4");
        assert!(matches!(
            refused(Setting { write: 0, ..fine.clone() }),
            BadSetting::Quorum { name: 'W', .. }
        ));
        let offsets = vec![SimDuration::ZERO; 4];
        assert!(matches!(refused(Setting { offsets, ..fine.clone() }), BadSetting::Offsets { .. }));
        let legs = Legs { a: Delay::Mixture(Vec::new()), ..Legs::lnkd_ssd() };
        assert_eq!(refused(Setting { legs, ..fine }), BadSetting::Empty('A'));
    }
}
