//! How often a majority is up when each server fails and is repaired independently of the others: renewal
//! processes of exponential up and down times, and the closed form of what they come to.

use netsplit_sim::id::NodeId;
use netsplit_sim::random::{Draw, Purpose, Stream};
use netsplit_sim::time::SimDuration;

use crate::transform::{Logarithm, unit};

/// Servers that fail and come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewals {
    /// How many there are.
    pub servers: u8,
    /// How long one stays up, on average.
    pub up: SimDuration,
    /// How long one stays down, on average.
    pub down: SimDuration,
}

/// What a simulated while came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Availability {
    /// The share of the time in which a majority was up.
    pub share: f64,
    /// The standard error of that share, from how the parts of the while differ.
    pub error: f64,
}

/// Parts of a simulated while whose shares give its standard error.
const PARTS: u64 = 50;

impl Renewals {
    /// The probability that one server is down at some moment.
    pub fn down_probability(self) -> f64 {
        let (up, down) = (self.up.0 as f64, self.down.0 as f64);
        down / (up + down)
    }

    /// The share of the time in which a majority is up: Σ_{k > N/2} C(N,k) (1−p)^k p^(N−k).
    pub fn majority(self) -> f64 {
        majority(self.servers, self.down_probability())
    }

    /// Simulates so many failures of each server on average. Every server has its own randomness, so one
    /// more server changes nothing about the others.
    pub fn simulate(self, failures: u64, seed: u64) -> Availability {
        let cycle = self.up.0 as f64 + self.down.0 as f64;
        let part = cycle * failures as f64 / PARTS as f64;
        let mut changes: Vec<(f64, bool)> =
            (0..self.servers).flat_map(|server| self.changes(server, part * PARTS as f64, seed)).collect();
        changes.sort_by(|a, b| a.0.total_cmp(&b.0));
        shares(&changes, self.servers, part)
    }

    /// When a server that is up at first goes down and comes back, up to the end.
    fn changes(self, server: u8, end: f64, seed: u64) -> Vec<(f64, bool)> {
        let (means, logarithm) = ([self.down, self.up].map(|mean| mean.0 as f64), Logarithm::new());
        let stream = Stream::Node(NodeId::server(u16::from(server)));
        let mut draw = Draw::keyed(seed, stream, Purpose::Fault, 0);
        let (mut now, mut is_up, mut changes) = (0.0, true, Vec::new());
        while now < end {
            now += means[usize::from(is_up)] * logarithm.of(unit(draw.next_u64()));
            is_up = !is_up;
            changes.push((now, is_up));
        }
        changes
    }
}

/// The share of each part in which a majority was up, condensed.
fn shares(changes: &[(f64, bool)], servers: u8, part: f64) -> Availability {
    let mut up_time = vec![0.0; PARTS as usize];
    let (mut up, mut since) = (servers, 0.0);
    for (at, comes_up) in changes {
        if 2 * up > servers {
            spread(&mut up_time, since, *at, part);
        }
        up = if *comes_up { up + 1 } else { up - 1 };
        since = *at;
    }
    let count = PARTS as f64;
    let share = up_time.iter().sum::<f64>() / part / count;
    let square = |time: &f64| (time / part - share) * (time / part - share);
    let variance = up_time.iter().map(square).sum::<f64>() / (count - 1.0);
    Availability { share, error: libm::sqrt(variance / count) }
}

/// Adds an interval to the parts that it lies in.
fn spread(parts: &mut [f64], from: f64, to: f64, width: f64) {
    let first = (from / width) as usize;
    for (index, time) in parts.iter_mut().enumerate().skip(first) {
        let (begin, end) = (index as f64 * width, (index + 1) as f64 * width);
        if begin >= to {
            break;
        }
        *time += to.min(end) - from.max(begin);
    }
}

/// The probability that more than half of N servers are up, each down with probability p.
pub fn majority(servers: u8, p: f64) -> f64 {
    let n = u32::from(servers);
    let term = |up: u32| {
        let choose = (0..up).map(|i| f64::from(n - i) / f64::from(i + 1)).product::<f64>();
        let power = |base: f64, times: u32| (0..times).fold(1.0, |product, _| product * base);
        choose * power(1.0 - p, up) * power(p, n - up)
    };
    (n / 2 + 1..=n).map(term).sum()
}

#[cfg(test)]
mod tests {
    use super::{Renewals, SimDuration, majority};

    /// The table: N, and the availability for p = .01, .05 and .1.
    const TABLE: [(u8, [f64; 3]); 3] = [
        (3, [0.999_702, 0.992_75, 0.972]),
        (5, [0.999_990_149_4, 0.998_841_875_0, 0.991_44]),
        (7, [0.999_999_658_3, 0.999_806_421_9, 0.997_272]),
    ];
    const P: [f64; 3] = [0.01, 0.05, 0.1];

    #[test]
    fn the_closed_form_gives_the_table() {
        for (servers, row) in TABLE {
            for (p, expected) in P.into_iter().zip(row) {
                assert!((majority(servers, p) - expected).abs() < 1e-10, "N = {servers}, p = {p}");
            }
        }
    }

    #[test]
    fn servers_that_fail_and_are_repaired_come_to_the_table() {
        for (servers, row) in TABLE {
            for (p, expected) in P.into_iter().zip(row) {
                let down = SimDuration::from_secs(60);
                let up = SimDuration((60e9 * (1.0 - p) / p) as u64);
                let seen = Renewals { servers, up, down }.simulate(200_000, 11);
                // Where failures of a majority are so rare that hardly one is seen, the error is not known.
                let tolerance = 4.0 * seen.error + 2e-7;
                assert!(
                    (seen.share - expected).abs() < tolerance,
                    "N = {servers}, p = {p}: {seen:?}, {expected}"
                );
                assert!(seen.error < 2e-3 * (1.0 - expected).sqrt(), "N = {servers}, p = {p}: {seen:?}");
            }
        }
    }

    #[test]
    fn a_server_more_changes_nothing_about_the_others() {
        let one = Renewals { servers: 1, up: SimDuration(900), down: SimDuration(100) };
        let three = Renewals { servers: 3, ..one };
        assert_eq!(one.changes(0, 1e6, 5), three.changes(0, 1e6, 5));
        assert_ne!(three.changes(0, 1e6, 5), three.changes(1, 1e6, 5));
    }
}
