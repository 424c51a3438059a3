//! Delay models. The only module of the kernel that touches floating point, and only through
//! `libm`, whose pure Rust gives the same bits natively and in WebAssembly.

use crate::encode::{Encode, Encoder};
use crate::random::Draw;
use crate::time::SimDuration;

/// How long something takes: a message on a link, a write to a disk, the gap between requests.
///
/// Durations are nanoseconds, weights parts per million, shapes thousandths, so that a document
/// needs no floats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delay {
    /// Always the same.
    Constant(SimDuration),
    /// Evenly spread over `min ..= max`.
    Uniform {
        /// Shortest.
        min: SimDuration,
        /// Longest.
        max: SimDuration,
    },
    /// A fixed part, then an exponential one of the given mean.
    ShiftedExponential {
        /// The fixed part.
        min: SimDuration,
        /// Mean of what comes on top of it.
        mean: SimDuration,
    },
    /// Log-normal: half of the draws below `median`.
    LogNormal {
        /// The median.
        median: SimDuration,
        /// Standard deviation of the logarithm, in thousandths.
        sigma_milli: u32,
    },
    /// Pareto: never below `scale`, with a heavy tail.
    Pareto {
        /// The least value (x_m).
        scale: SimDuration,
        /// The tail index (α), in thousandths: the smaller, the heavier the tail.
        shape_milli: u32,
    },
    /// One of several models, chosen anew for each draw by weight.
    Mixture(Vec<(u32, Delay)>),
    /// Measured quantiles: points (parts per million, value), joined by straight lines.
    Empirical(Vec<(u32, SimDuration)>),
}

/// No single delay exceeds an hour, so that a heavy tail cannot leave the run.
const LONGEST: f64 = 3.6e12;

impl Delay {
    /// Draws one value.
    pub fn sample(&self, draw: &mut Draw) -> SimDuration {
        match self {
            Self::Constant(value) => *value,
            Self::Uniform { min, max } => SimDuration(draw.between(min.0, max.0)),
            Self::ShiftedExponential { min, mean } => *min + nanos(-libm::log(draw.unit()) * mean.0 as f64),
            Self::LogNormal { median, sigma_milli } => {
                let sigma = f64::from(*sigma_milli) / 1_000.0;
                nanos(median.0 as f64 * libm::exp(sigma * standard_normal(draw)))
            }
            Self::Pareto { scale, shape_milli } => {
                // exp(−ln(u)/α) is two to four times as fast as pow.
                let shape = f64::from(*shape_milli) / 1_000.0;
                nanos(scale.0 as f64 * libm::exp(-libm::log(draw.unit()) / shape))
            }
            Self::Mixture(parts) => pick(parts, draw).sample(draw),
            Self::Empirical(points) => quantile(points, draw.below(1_000_001)),
        }
    }

    /// The value that half of the draws stay below, to within what a page shows.
    pub fn median(&self) -> SimDuration {
        match self {
            Self::Constant(value) => *value,
            Self::Uniform { min, max } => SimDuration(min.0 / 2 + max.0 / 2),
            Self::ShiftedExponential { min, mean } => *min + nanos(mean.0 as f64 * core::f64::consts::LN_2),
            Self::LogNormal { median, .. } => *median,
            Self::Pareto { scale, shape_milli } => {
                let shape = f64::from(*shape_milli) / 1_000.0;
                nanos(scale.0 as f64 * libm::exp(core::f64::consts::LN_2 / shape))
            }
            Self::Mixture(parts) => heaviest(parts).median(),
            Self::Empirical(points) => quantile(points, 500_000),
        }
    }
}

impl Encode for Delay {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Constant(value) => (0u8, *value).encode(out),
            Self::Uniform { min, max } => (1u8, (*min, *max)).encode(out),
            Self::ShiftedExponential { min, mean } => (2u8, (*min, *mean)).encode(out),
            Self::LogNormal { median, sigma_milli } => (3u8, (*median, *sigma_milli)).encode(out),
            Self::Pareto { scale, shape_milli } => (4u8, (*scale, *shape_milli)).encode(out),
            Self::Mixture(parts) => {
                5u8.encode(out);
                parts.encode(out);
            }
            Self::Empirical(points) => {
                6u8.encode(out);
                points.encode(out);
            }
        }
    }
}

fn nanos(value: f64) -> SimDuration {
    SimDuration(value.clamp(0.0, LONGEST) as u64)
}

/// Marsaglia's polar method, of which one half is thrown away: a draw must not depend on another draw's
/// leftovers. Points in a square are drawn until one lies in the disc, so that no cosine is needed.
fn standard_normal(draw: &mut Draw) -> f64 {
    loop {
        let (x, y) = (2.0 * draw.unit() - 1.0, 2.0 * draw.unit() - 1.0);
        let square = x * x + y * y;
        if square > 0.0 && square < 1.0 {
            return x * libm::sqrt(-2.0 * libm::log(square) / square);
        }
    }
}

fn pick<'a>(parts: &'a [(u32, Delay)], draw: &mut Draw) -> &'a Delay {
    let total: u64 = parts.iter().map(|(weight, _)| u64::from(*weight)).sum();
    let mut left = draw.below(total);
    for (weight, model) in parts {
        match left.checked_sub(u64::from(*weight)) {
            Some(rest) => left = rest,
            None => return model,
        }
    }
    unreachable!("the weights sum to their total")
}

fn heaviest(parts: &[(u32, Delay)]) -> &Delay {
    let (_, model) = parts.iter().max_by_key(|(weight, _)| *weight).expect("a mixture has parts");
    model
}

fn quantile(points: &[(u32, SimDuration)], at: u64) -> SimDuration {
    let after = points.partition_point(|(parts, _)| u64::from(*parts) < at);
    let Some(&(high_at, high)) = points.get(after) else {
        return points.last().expect("measured delays have points").1;
    };
    let Some(&(low_at, low)) = after.checked_sub(1).and_then(|before| points.get(before)) else {
        return high;
    };
    let span = u128::from(high_at - low_at);
    let along = u128::from(at - u64::from(low_at));
    let rise = u128::from(high.0.saturating_sub(low.0));
    SimDuration(low.0 + (rise * along / span) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::NodeId;
    use crate::random::{Purpose, Stream};

    fn draws(model: &Delay, count: u64) -> Vec<u64> {
        let stream = Stream::Node(NodeId::server(0));
        let mut values: Vec<u64> =
            (0..count).map(|k| model.sample(&mut Draw::keyed(1, stream, Purpose::Disk, k)).0).collect();
        values.sort_unstable();
        values
    }

    fn ms(millis: u64) -> SimDuration {
        SimDuration::from_millis(millis)
    }

    #[test]
    fn every_model_has_its_median_where_it_says() {
        let models = [
            Delay::Constant(ms(3)),
            Delay::Uniform { min: ms(2), max: ms(4) },
            Delay::ShiftedExponential { min: ms(1), mean: ms(5) },
            Delay::LogNormal { median: ms(20), sigma_milli: 500 },
            Delay::Pareto { scale: ms(1), shape_milli: 1_510 },
            Delay::Empirical(vec![(0, ms(1)), (500_000, ms(2)), (1_000_000, ms(50))]),
        ];
        for model in models {
            let values = draws(&model, 20_001);
            let (seen, said) = (values[10_000] as f64, model.median().0 as f64);
            assert!((seen / said - 1.0).abs() < 0.03, "{model:?}: median {seen}, says {said}");
        }
    }

    #[test]
    fn a_mixture_draws_each_part_by_its_weight() {
        let model =
            Delay::Mixture(vec![(250_000, Delay::Constant(ms(1))), (750_000, Delay::Constant(ms(9)))]);
        let slow = draws(&model, 20_000).iter().filter(|&&nanos| nanos == ms(9).0).count();
        assert!((14_600..15_400).contains(&slow), "{slow} of 20,000");
    }

    #[test]
    fn a_heavy_tail_stays_within_an_hour() {
        let model = Delay::Pareto { scale: ms(1_000), shape_milli: 1 };
        assert!(draws(&model, 1_000).iter().all(|&nanos| nanos <= 3_600_000_000_000));
    }
}
