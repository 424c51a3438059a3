//! Randomness keyed by identity: every draw is a function of (seed, stream, purpose, index).
//!
//! A shared generator would let one more message shift every later draw, so that drawing a wall
//! reshuffles the whole run. Here the k-th message of a link has its delay whatever happens to
//! the others. Only `next_u64` of the named generator is used; [`unit()`] and [`below()`] are our own
//! and pinned by test vectors, because a library's ranges may change between releases.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use crate::id::{Link, NodeId};

/// Whose randomness a draw is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// One directed link.
    Link(Link),
    /// One server or client.
    Node(NodeId),
    /// A profile of random faults, drawn before the run.
    Profile,
}

impl Stream {
    fn word(self) -> u64 {
        match self {
            Self::Link(link) => 1 << 40 | u64::from(link.from.raw()) << 16 | u64::from(link.to.raw()),
            Self::Node(id) => 2 << 40 | u64::from(id.raw()),
            Self::Profile => 3 << 40,
        }
    }
}

/// What a draw decides. The numbers are frozen: changing one changes every run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The delay of a message's n-th copy.
    Delay(u32),
    /// Whether the network loses the message.
    Loss,
    /// Whether the network duplicates it.
    Duplicate,
    /// Whether it is overtaken, and for how long it waits.
    Reorder,
    /// How long a disk takes.
    Disk,
    /// When the next operation of a workload comes.
    Arrival,
    /// Which operation it is.
    Choice,
    /// A draw by the protocol itself, numbered by the protocol.
    Protocol(u8),
    /// A fault of a profile.
    Fault,
    /// Which server a roaming client turns to.
    Route,
    /// What a message's kind adds to the delay of its n-th copy.
    Leg(u32),
}

impl Purpose {
    fn word(self) -> u64 {
        match self {
            Self::Delay(copy) => 1 << 32 | u64::from(copy),
            Self::Loss => 2 << 32,
            Self::Duplicate => 3 << 32,
            Self::Reorder => 4 << 32,
            Self::Disk => 5 << 32,
            Self::Arrival => 6 << 32,
            Self::Choice => 7 << 32,
            Self::Protocol(number) => 8 << 32 | u64::from(number),
            Self::Fault => 9 << 32,
            Self::Route => 10 << 32,
            Self::Leg(copy) => 11 << 32 | u64::from(copy),
        }
    }
}

/// SplitMix64's output function, used to fold one key word into the next.
const fn mix(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// The generator of one draw; most draws take a single number from it.
#[derive(Clone, Debug)]
pub struct Draw(SplitMix64);

impl Draw {
    /// The draw with this key. Equal keys give equal draws, on every machine, for ever.
    pub fn keyed(seed: u64, stream: Stream, purpose: Purpose, index: u64) -> Self {
        // Each word is folded before the next is added, so that keys that differ in two words
        // by amounts that cancel still part.
        let mut key = mix(seed.wrapping_add(0x9e37_79b9_7f4a_7c15));
        key = mix(key ^ stream.word());
        key = mix(key ^ purpose.word());
        key = mix(key ^ index);
        Self(SplitMix64::seed_from_u64(key))
    }

    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number in `0 .. n`; `n` must not be zero.
    pub fn below(&mut self, n: u64) -> u64 {
        below(self.next_u64(), n)
    }

    /// A number in `low ..= high`.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below((high - low).saturating_add(1))
    }

    /// A number in the open interval (0, 1).
    pub fn unit(&mut self) -> f64 {
        unit(self.next_u64())
    }

    /// True `parts` times in a million.
    pub fn chance(&mut self, parts: u32) -> bool {
        self.below(1_000_000) < u64::from(parts)
    }
}

/// Maps 64 random bits to `0 .. n` by multiplying and keeping the high word.
pub fn below(bits: u64, n: u64) -> u64 {
    assert!(n > 0, "a draw below zero has no answer");
    ((u128::from(bits) * u128::from(n)) >> 64) as u64
}

/// Maps 64 random bits to (0, 1): 52 bits and a half step, so that neither end is ever reached.
pub fn unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) * (1.0 / (1u64 << 52) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(seed: u64, stream: Stream, purpose: Purpose, index: u64) -> u64 {
        Draw::keyed(seed, stream, purpose, index).next_u64()
    }

    fn link(from: u16, to: u16) -> Stream {
        Stream::Link(Link::new(NodeId::server(from), NodeId::server(to)))
    }

    #[test]
    fn one_key_one_draw() {
        let again = first(7, link(0, 1), Purpose::Loss, 3);
        assert_eq!(first(7, link(0, 1), Purpose::Loss, 3), again);
        let others = [
            first(8, link(0, 1), Purpose::Loss, 3),
            first(7, link(1, 0), Purpose::Loss, 3),
            first(7, link(0, 1), Purpose::Duplicate, 3),
            first(7, link(0, 1), Purpose::Loss, 4),
            first(7, Stream::Node(NodeId::server(1)), Purpose::Loss, 3),
        ];
        assert!(others.iter().all(|&other| other != again));
    }

    /// A change of these numbers changes every run ever shared.
    #[test]
    fn the_draws_are_frozen() {
        let client = Stream::Node(NodeId::client(2));
        assert_eq!(first(0, link(0, 1), Purpose::Delay(0), 0), 0xf484_fe73_e755_00a8);
        assert_eq!(first(7, client, Purpose::Protocol(3), 12), 0xe713_8e98_0231_a8ad);
        assert_eq!((below(1 << 63, 1_000), below(u64::MAX, 6)), (500, 5));
        assert_eq!((unit(1 << 63) * 1e6) as u64, 500_000);
        let mut draw = Draw::keyed(7, client, Purpose::Disk, 0);
        assert_eq!([draw.between(10, 20), draw.between(0, u64::MAX)], [10, 369_410_748_496_504_496]);
    }

    #[test]
    fn the_ends_of_the_unit_interval_are_never_reached() {
        assert!(unit(0) > 0.0);
        assert!(unit(u64::MAX) < 1.0);
    }

    /// Neighbouring keys must look unrelated: each output bit flips half the time when the index,
    /// the seed or the link moves by one, and the values fill 64 cells evenly.
    #[test]
    fn neighbouring_keys_look_unrelated() {
        let keys: [fn(u64) -> u64; 3] = [
            |k| first(7, link(0, 1), Purpose::Delay(0), k),
            |k| first(k, link(0, 1), Purpose::Delay(0), 0),
            |k| first(7, link(k as u16 % 90, (k / 90) as u16), Purpose::Delay(0), 0),
        ];
        let rounds = 8_000u64;
        for key in keys {
            let mut flips = [0u64; 64];
            let mut cells = [0u64; 64];
            for k in 0..rounds {
                let changed = key(k) ^ key(k + 1);
                for (bit, count) in flips.iter_mut().enumerate() {
                    *count += changed >> bit & 1;
                }
                cells[below(key(k), 64) as usize] += 1;
            }
            // Five standard deviations of a fair coin, and chi-square with 63 degrees at 1 in 10^6.
            let tolerance = 5.0 * (rounds as f64 / 4.0).sqrt();
            assert!(flips.iter().all(|&n| (n as f64 - rounds as f64 / 2.0).abs() < tolerance));
            let expected = rounds as f64 / 64.0;
            let chi_square: f64 =
                cells.iter().map(|&n| (n as f64 - expected) * (n as f64 - expected) / expected).sum();
            assert!(chi_square < 130.0, "chi-square {chi_square}");
        }
    }
}
