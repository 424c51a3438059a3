//! The four messages of a trial, and how long they take in systems that were measured.

use netsplit_sim::latency::Delay;
use netsplit_sim::time::SimDuration;

/// How long each of the four messages takes; drawn anew for every replica.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legs {
    /// W: a write, from the coordinator to a replica.
    pub w: Delay,
    /// A: its acknowledgement.
    pub a: Delay,
    /// R: a read, from the coordinator to a replica.
    pub r: Delay,
    /// S: the replica's reply.
    pub s: Delay,
}

/// A fit that the paper gives.
#[derive(Clone, Copy, Debug)]
pub struct Fit {
    /// As the paper calls it.
    pub name: &'static str,
    /// Its legs.
    pub legs: fn() -> Legs,
}

/// The fits of the paper's table that can be had by name.
pub const FITS: [Fit; 3] = [
    Fit { name: "LNKD-SSD", legs: Legs::lnkd_ssd },
    Fit { name: "LNKD-DISK", legs: Legs::lnkd_disk },
    Fit { name: "YMMR", legs: Legs::ymmr },
];

impl Legs {
    /// All four alike.
    pub fn all(leg: Delay) -> Self {
        Self { w: leg.clone(), a: leg.clone(), r: leg.clone(), s: leg }
    }

    /// LinkedIn's store on solid-state disks (Bailis et al. 2012, table of fits).
    pub fn lnkd_ssd() -> Self {
        Self::all(pareto_or_exponential(912_200, (235_000, 10_000), 1.66))
    }

    /// The same store on spinning disks: only writes to a replica differ.
    pub fn lnkd_disk() -> Self {
        Self { w: pareto_or_exponential(380_000, (1_050_000, 1_510), 0.183), ..Self::lnkd_ssd() }
    }

    /// Yammer's store.
    pub fn ymmr() -> Self {
        let near = pareto_or_exponential(982_000, (1_500_000, 3_800), 0.0217);
        Self { w: pareto_or_exponential(939_000, (3_000_000, 3_350), 0.0028), ..Self::all(near) }
    }

    /// With the letters by which the paper calls them.
    pub fn named(&self) -> [(char, &Delay); 4] {
        [('W', &self.w), ('A', &self.a), ('R', &self.r), ('S', &self.s)]
    }
}

/// So many of a million by a Pareto of this scale (nanoseconds) and shape (thousandths), the rest
/// exponential with this rate per millisecond.
fn pareto_or_exponential(ppm: u32, (scale, shape_milli): (u64, u32), rate: f64) -> Delay {
    let mean = SimDuration((1e6 / rate).round() as u64);
    Delay::Mixture(vec![
        (ppm, Delay::Pareto { scale: SimDuration(scale), shape_milli }),
        (1_000_000 - ppm, Delay::ShiftedExponential { min: SimDuration::ZERO, mean }),
    ])
}
