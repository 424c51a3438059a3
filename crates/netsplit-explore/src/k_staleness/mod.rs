//! How many versions behind a read may be when a write goes to W random replicas and nowhere else: the closed
//! form of Bailis et al. (VLDB 2012, §3.1), trials of the model, and trials of the protocol.

mod protocol;

use netsplit_sim::id::NodeId;
use netsplit_sim::random::{Draw, Purpose, Stream};

use crate::pbs::setting::{BadSetting, REPLICAS};

/// N, R and W of a store that never propagates a write beyond the W replicas it was given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quorums {
    /// N: on how many replicas a key lives.
    pub replicas: u8,
    /// R: how many random ones a read asks.
    pub read: u8,
    /// W: how many random ones a write reaches.
    pub write: u8,
}

impl Quorums {
    /// Whether these can be.
    pub fn check(self) -> Result<Self, BadSetting> {
        let Self { replicas, read, write } = self;
        if !(1..=REPLICAS).contains(&replicas) {
            return Err(BadSetting::Replicas(replicas));
        }
        for (name, asked) in [('R', read), ('W', write)] {
            if !(1..=replicas).contains(&asked) {
                return Err(BadSetting::Quorum { name, replicas, asked });
            }
        }
        Ok(self)
    }

    /// §3.1: the probability that a read returns one of the last k versions:
    /// 1 − (C(N−W, R) / C(N, R))^k.
    pub fn within(self, k: u32) -> f64 {
        let misses_all = (0..k).fold(1.0, |product, _| product * self.misses_one());
        1.0 - misses_all
    }

    /// The probability that a read meets none of the W replicas of one write: each of its R replicas is one
    /// of the N − W others.
    fn misses_one(self) -> f64 {
        let others = f64::from(self.replicas) - f64::from(self.write);
        let one = |asked: u8| {
            let asked = f64::from(asked);
            ((others - asked) / (f64::from(self.replicas) - asked)).max(0.0)
        };
        (0..self.read).map(one).product()
    }

    /// How many of so many trials returned one of the last 1, 2, … `depth` versions. In each, `depth`
    /// versions are written one after the other, then one read is made.
    pub fn trials(self, trials: u64, depth: u32, seed: u64) -> Vec<u64> {
        let mut within = vec![0; depth as usize];
        for trial in 0..trials {
            let mut draw = Draw::keyed(seed, Stream::Node(NodeId::server(0)), Purpose::Choice, trial);
            if let Some(found) = self.versions_back(depth, &mut draw) {
                within[found as usize..].iter_mut().for_each(|count| *count += 1);
            }
        }
        within
    }

    /// How many versions back the freshest one that a read finds is; `None` if it is older than `depth`.
    fn versions_back(self, depth: u32, draw: &mut Draw) -> Option<u32> {
        let read = self.some(self.read, draw);
        (0..depth).find(|_| self.some(self.write, draw) & read != 0)
    }

    /// So many of the replicas at random, as bits.
    fn some(self, count: u8, draw: &mut Draw) -> u16 {
        let (mut chosen, mut wanted) = (0, u64::from(count));
        for replica in 0..self.replicas {
            if draw.below(u64::from(self.replicas - replica)) < wanted {
                chosen |= 1 << replica;
                wanted -= 1;
            }
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::Quorums;

    const TRIALS: u64 = 200_000;

    fn quorums(replicas: u8, read: u8, write: u8) -> Quorums {
        Quorums { replicas, read, write }.check().expect("they can be")
    }

    #[test]
    fn the_closed_form_gives_the_numbers_of_the_paper() {
        let one_one = [(1, 0.3333), (2, 0.5556), (3, 0.7037), (5, 0.8683), (10, 0.98266)];
        let two_one = [(1, 0.6667), (2, 0.8889), (3, 0.9630), (5, 0.99588), (10, 0.99998)];
        for (quorums, table) in
            [(quorums(3, 1, 1), one_one), (quorums(3, 2, 1), two_one), (quorums(3, 1, 2), two_one)]
        {
            for (k, printed) in table {
                assert!((quorums.within(k) - printed).abs() < 0.000_06, "{quorums:?} k = {k}");
            }
        }
    }

    #[test]
    fn trials_follow_the_closed_form_within_the_binomial_error() {
        for quorums in
            [quorums(3, 1, 1), quorums(3, 2, 1), quorums(3, 1, 2), quorums(5, 2, 2), quorums(10, 1, 3)]
        {
            for (k, count) in (1..).zip(quorums.trials(TRIALS, 5, 7)) {
                let (seen, expected) = (count as f64 / TRIALS as f64, quorums.within(k));
                let tolerance = 4.0 * (expected * (1.0 - expected) / TRIALS as f64).sqrt();
                assert!((seen - expected).abs() <= tolerance, "{quorums:?} k = {k}: {seen}, {expected}");
            }
        }
    }

    #[test]
    fn quorums_that_meet_are_never_behind() {
        for quorums in [quorums(3, 2, 2), quorums(5, 1, 5), quorums(1, 1, 1)] {
            assert_eq!((quorums.within(1), quorums.trials(1_000, 1, 1)), (1.0, vec![1_000]));
        }
    }

    #[test]
    fn quorums_that_cannot_be_are_refused() {
        for (replicas, read, write) in [(0, 1, 1), (11, 1, 1), (3, 4, 1), (3, 1, 0)] {
            assert!(Quorums { replicas, read, write }.check().is_err());
        }
    }
}
