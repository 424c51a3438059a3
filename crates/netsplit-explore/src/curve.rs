//! A delay model made ready for many draws: the inverse of its distribution, one random number a draw.

use netsplit_sim::latency::Delay;
use netsplit_sim::random::Draw;
use netsplit_sim::time::SimDuration;

use crate::normal;
use crate::transform::{Logarithm, Power, unit};

/// No single delay exceeds an hour, as in the kernel.
const LONGEST: f64 = 3.6e12;
/// What a number stretched to its part of a mixture never falls below.
const LEAST: f64 = f64::EPSILON / 4.0;

/// A delay, ready to be drawn in nanoseconds. Unlike [`Delay::sample`], which may take several numbers from
/// its generator, a draw is a function of one: the inverse transform.
#[derive(Clone)]
pub struct Curve {
    parts: Vec<Part>,
    logarithm: Logarithm,
}

/// One component of a mixture. It is meant where the random number lies below `below` and not below those
/// before; stretched, that number is uniform in (0, 1) again.
#[derive(Clone)]
struct Part {
    below: f64,
    from: f64,
    stretch: f64,
    shape: Shape,
}

#[derive(Clone)]
enum Shape {
    Constant(f64),
    Uniform {
        min: f64,
        span: f64,
    },
    Exponential {
        min: f64,
        mean: f64,
    },
    Pareto(Power),
    /// A Pareto with a tail too heavy for the series of [`Power`]: scale and 1/α.
    Heavy {
        scale: f64,
        power: f64,
    },
    LogNormal {
        median: f64,
        sigma: f64,
    },
    Empirical(Vec<(u32, SimDuration)>),
}

impl Curve {
    /// Makes a model ready.
    pub fn new(delay: &Delay) -> Self {
        let single = [(1, delay.clone())];
        let models = if let Delay::Mixture(parts) = delay { &parts[..] } else { &single };
        let total: f64 = models.iter().map(|(weight, _)| f64::from(*weight)).sum();
        let mut sum = 0.0;
        let mut parts = Vec::new();
        for (weight, model) in models.iter().filter(|(weight, _)| *weight > 0) {
            let from = sum / total;
            sum += f64::from(*weight);
            let stretch = total / f64::from(*weight);
            parts.push(Part { below: sum / total, from, stretch, shape: Shape::new(model) });
        }
        Self { parts, logarithm: Logarithm::new() }
    }

    /// Fills `out` with draws, in nanoseconds.
    pub fn fill(&self, draw: &mut Draw, out: &mut [f64]) {
        for value in out {
            *value = self.at(unit(draw.next_u64()));
        }
    }

    /// The value at a number in (0, 1).
    #[inline(always)]
    fn at(&self, number: f64) -> f64 {
        let Some(part) = self.parts.iter().find(|part| number < part.below).or(self.parts.last()) else {
            return 0.0;
        };
        let stretched = (number - part.from) * part.stretch;
        part.shape.at(if stretched > LEAST { stretched } else { LEAST }, &self.logarithm)
    }
}

impl Shape {
    fn new(model: &Delay) -> Self {
        let nanos = |duration: SimDuration| duration.0 as f64;
        match model {
            Delay::Constant(value) => Self::Constant(nanos(*value)),
            Delay::Uniform { min, max } => {
                Self::Uniform { min: nanos(*min), span: nanos(*max) - nanos(*min) }
            }
            Delay::ShiftedExponential { min, mean } => {
                Self::Exponential { min: nanos(*min), mean: nanos(*mean) }
            }
            Delay::LogNormal { median, sigma_milli } => {
                Self::LogNormal { median: nanos(*median), sigma: f64::from(*sigma_milli) / 1_000.0 }
            }
            Delay::Pareto { scale, shape_milli } => {
                let power = 1_000.0 / f64::from((*shape_milli).max(1));
                let heavy = Self::Heavy { scale: nanos(*scale), power };
                Power::new(nanos(*scale), power).map_or(heavy, Self::Pareto)
            }
            // Documents and typed legs have no mixtures of mixtures; the heaviest part stands for one.
            Delay::Mixture(parts) => parts
                .iter()
                .max_by_key(|(weight, _)| *weight)
                .map_or(Self::Constant(0.0), |(_, part)| Self::new(part)),
            Delay::Empirical(points) => Self::Empirical(points.clone()),
        }
    }

    #[inline(always)]
    fn at(&self, number: f64, logarithm: &Logarithm) -> f64 {
        let value = match self {
            Self::Pareto(power) => power.of(number),
            Self::Exponential { min, mean } => min + mean * logarithm.of(number),
            Self::Constant(value) => *value,
            Self::Uniform { min, span } => min + span * number,
            Self::Heavy { scale, power } => scale * libm::exp(power * logarithm.of(number)),
            Self::LogNormal { median, sigma } => median * libm::exp(sigma * normal::quantile(number)),
            Self::Empirical(points) => measured(points, number),
        };
        if value < LONGEST { value } else { LONGEST }
    }
}

/// Measured quantiles, joined by straight lines.
fn measured(points: &[(u32, SimDuration)], number: f64) -> f64 {
    let at = number * 1e6;
    let after = points.partition_point(|(parts, _)| f64::from(*parts) < at);
    let nanos = |index: usize| points.get(index).map_or(0.0, |(_, value)| value.0 as f64);
    let Some((high_at, _)) = points.get(after) else { return nanos(points.len().saturating_sub(1)) };
    let Some((low_at, _)) = after.checked_sub(1).and_then(|before| points.get(before)) else {
        return nanos(after);
    };
    let along = (at - f64::from(*low_at)) / f64::from(high_at - low_at);
    nanos(after - 1) + (nanos(after) - nanos(after - 1)) * along
}

#[cfg(test)]
mod tests {
    use netsplit_sim::id::NodeId;
    use netsplit_sim::random::{Purpose, Stream};

    use super::{Curve, Delay, Draw, SimDuration};

    const DRAWS: u64 = 200_000;

    fn ms(millis: u64) -> SimDuration {
        SimDuration::from_millis(millis)
    }

    fn draw(index: u64) -> Draw {
        Draw::keyed(3, Stream::Node(NodeId::server(0)), Purpose::Disk, index)
    }

    fn sorted(mut values: Vec<f64>) -> Vec<f64> {
        values.sort_by(f64::total_cmp);
        values
    }

    fn models() -> Vec<Delay> {
        let simple = vec![
            Delay::Constant(ms(3)),
            Delay::Uniform { min: ms(2), max: ms(4) },
            Delay::ShiftedExponential { min: ms(1), mean: ms(5) },
            Delay::LogNormal { median: ms(20), sigma_milli: 500 },
            Delay::Pareto { scale: ms(1), shape_milli: 1_510 },
            Delay::Pareto { scale: ms(1), shape_milli: 400 },
            Delay::Empirical(vec![(100_000, ms(1)), (500_000, ms(2)), (1_000_000, ms(50))]),
        ];
        let mixture = Delay::Mixture(simple.iter().map(|model| (100_000, model.clone())).collect());
        simple.into_iter().chain([mixture]).collect()
    }

    /// The kernel draws the same models in its own way; the quantiles agree.
    #[test]
    fn the_curve_of_every_model_is_that_of_the_kernel() {
        for model in models() {
            let mut drawn = vec![0.0; DRAWS as usize];
            Curve::new(&model).fill(&mut draw(0), &mut drawn);
            let ours = sorted(drawn);
            let kernels = sorted((0..DRAWS).map(|k| model.sample(&mut draw(k + 1)).0 as f64).collect());
            for part in [0.01, 0.2, 0.5, 0.8, 0.99] {
                let bound = kernels[(part * DRAWS as f64) as usize];
                let below = ours.partition_point(|nanos| nanos.floor() < bound) as f64 / DRAWS as f64;
                let at_most = ours.partition_point(|nanos| nanos.floor() <= bound) as f64 / DRAWS as f64;
                let fits = below < part + 0.006 && at_most > part - 0.006;
                assert!(fits, "{model:?}: {below} to {at_most} of ours where the kernel has {part}");
            }
        }
    }

    #[test]
    fn a_tail_heavier_than_anything_ends_at_an_hour() {
        let mut drawn = vec![0.0; 1_000];
        Curve::new(&Delay::Pareto { scale: ms(1_000), shape_milli: 1 }).fill(&mut draw(0), &mut drawn);
        assert!(drawn.iter().all(|nanos| (1e9..=3.6e12).contains(nanos)));
    }
}
