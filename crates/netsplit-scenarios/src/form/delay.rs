//! Delay models: `{"constant": 3000000}`, `{"uniform": {"min": …, "max": …}}`, …

use netsplit_sim::latency::Delay;
use netsplit_sim::time::SimDuration;
use serde_json::{Value, json};

use super::{At, Form};
use crate::error::OpenError;
use crate::limits;

const KINDS: [&str; 7] =
    ["constant", "uniform", "shifted_exponential", "log_normal", "pareto", "mixture", "empirical"];

impl Form for Delay {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        let (kind, at) = at.choice(&KINDS)?;
        match kind {
            "constant" => SimDuration::read_at(&at).map(Self::Constant),
            "uniform" => read_uniform(&at),
            "shifted_exponential" => {
                let (min, mean) = read_two(&at, ["min", "mean"], SimDuration::read_at)?;
                Ok(Self::ShiftedExponential { min, mean })
            }
            "log_normal" => {
                let (median, sigma_milli) = read_two(&at, ["median", "sigma"], |at| read_milli(at, 10_000))?;
                Ok(Self::LogNormal { median, sigma_milli })
            }
            "pareto" => {
                let (scale, shape_milli) = read_two(&at, ["scale", "shape"], |at| read_milli(at, 1_000_000))?;
                Ok(Self::Pareto { scale, shape_milli })
            }
            "mixture" => read_mixture(&at),
            _ => read_empirical(&at),
        }
    }

    fn written(&self) -> Value {
        match self {
            Self::Constant(value) => json!({ "constant": value.0 }),
            Self::Uniform { min, max } => json!({ "uniform": { "min": min.0, "max": max.0 } }),
            Self::ShiftedExponential { min, mean } => {
                json!({ "shifted_exponential": { "min": min.0, "mean": mean.0 } })
            }
            Self::LogNormal { median, sigma_milli } => {
                json!({ "log_normal": { "median": median.0, "sigma": sigma_milli } })
            }
            Self::Pareto { scale, shape_milli } => {
                json!({ "pareto": { "scale": scale.0, "shape": shape_milli } })
            }
            Self::Mixture(parts) => {
                let parts = parts.iter().map(|(weight, of)| json!({ "weight": weight, "of": of.written() }));
                json!({ "mixture": parts.collect::<Value>() })
            }
            Self::Empirical(points) => {
                json!({ "empirical": points.iter().map(|(at, value)| json!([at, value.0])).collect::<Value>() })
            }
        }
    }
}

/// A duration and something else.
fn read_two<T>(
    at: &At<'_>,
    names: [&'static str; 2],
    second: impl Fn(&At<'_>) -> Result<T, OpenError>,
) -> Result<(SimDuration, T), OpenError> {
    let fields = at.fields(&names)?;
    Ok((fields.read(names[0])?, second(&fields.get(names[1])?)?))
}

/// A shape in thousandths; zero would leave nothing random, or everything.
fn read_milli(at: &At<'_>, most: u64) -> Result<u32, OpenError> {
    at.number_of("of thousandths ", 1, most).map(|milli| milli as u32)
}

fn read_uniform(at: &At<'_>) -> Result<Delay, OpenError> {
    let (min, max) = read_two(at, ["min", "max"], SimDuration::read_at)?;
    if min > max {
        return Err(at.impossible(format!("min must be at most max, but {} is more than {}", min.0, max.0)));
    }
    Ok(Delay::Uniform { min, max })
}

/// Parts are simple models: a mixture of mixtures can be written as one.
fn read_mixture(at: &At<'_>) -> Result<Delay, OpenError> {
    let parts: Vec<_> =
        at.items(limits::DELAY_PARTS)?.map(|part| read_part(&part)).collect::<Result<_, _>>()?;
    if parts.iter().all(|(weight, _)| *weight == 0) {
        return Err(at.bad("parts of which at least one has a weight above 0"));
    }
    Ok(Delay::Mixture(parts))
}

fn read_part(at: &At<'_>) -> Result<(u32, Delay), OpenError> {
    let fields = at.fields(&["weight", "of"])?;
    let weight = fields.get("weight")?.number_of("of parts per million ", 0, limits::PPM)?;
    let of = fields.get("of")?;
    match Delay::read_at(&of)? {
        Delay::Mixture(_) => Err(of.bad("a simple model, no mixture")),
        model => Ok((weight as u32, model)),
    }
}

/// Points (parts per million, nanoseconds), the first rising and the second not falling.
fn read_empirical(at: &At<'_>) -> Result<Delay, OpenError> {
    let points: Vec<_> =
        at.items(limits::DELAY_PARTS)?.map(|point| read_point(&point)).collect::<Result<_, _>>()?;
    let rising = points.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1);
    if points.is_empty() || !rising {
        return Err(at.bad("points [parts per million, nanoseconds] in rising order, at least one"));
    }
    Ok(Delay::Empirical(points))
}

fn read_point(at: &At<'_>) -> Result<(u32, SimDuration), OpenError> {
    let mut pair = at.items(2)?;
    match (pair.next(), pair.next()) {
        (Some(parts), Some(value)) => {
            let parts = parts.number_of("of parts per million ", 0, limits::PPM)?;
            Ok((parts as u32, SimDuration::read_at(&value)?))
        }
        _ => Err(at.bad("a pair [parts per million, nanoseconds]")),
    }
}
