//! Delay models: `{"constant": 3000000}`, `{"uniform": {"min": …, "max": …}}`, …

use netsplit_sim::latency::Delay;
use netsplit_sim::time::SimDuration;
use serde_json::Value;

use super::{At, Form, Read, object};
use crate::limits;

const KINDS: [&str; 7] =
    ["constant", "uniform", "shifted_exponential", "log_normal", "pareto", "mixture", "empirical"];

impl Form for Delay {
    fn read_at(at: &At<'_>) -> Read<Self> {
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
        let (kind, model) = match self {
            Self::Constant(value) => ("constant", value.written()),
            Self::Uniform { min, max } => ("uniform", write_two(*min, "min", "max", max.0)),
            Self::ShiftedExponential { min, mean } => {
                ("shifted_exponential", write_two(*min, "min", "mean", mean.0))
            }
            Self::LogNormal { median, sigma_milli } => {
                ("log_normal", write_two(*median, "median", "sigma", u64::from(*sigma_milli)))
            }
            Self::Pareto { scale, shape_milli } => {
                ("pareto", write_two(*scale, "scale", "shape", u64::from(*shape_milli)))
            }
            Self::Mixture(parts) => ("mixture", parts.iter().map(write_part).collect()),
            Self::Empirical(points) => ("empirical", points.iter().map(write_point).collect()),
        };
        object([(kind, model)])
    }
}

fn write_two(first: SimDuration, first_name: &str, second_name: &str, second: u64) -> Value {
    object([(first_name, first.written()), (second_name, second.into())])
}

fn write_part((weight, of): &(u32, Delay)) -> Value {
    object([("weight", (*weight).into()), ("of", of.written())])
}

fn write_point((parts, value): &(u32, SimDuration)) -> Value {
    vec![Value::from(*parts), value.written()].into()
}

/// A duration and something else.
fn read_two<T>(
    at: &At<'_>,
    names: [&'static str; 2],
    second: impl Fn(&At<'_>) -> Read<T>,
) -> Read<(SimDuration, T)> {
    let fields = at.fields(&names)?;
    Ok((fields.read(names[0])?, second(&fields.get(names[1])?)?))
}

/// A shape in thousandths; zero would leave nothing random, or everything.
fn read_milli(at: &At<'_>, most: u64) -> Read<u32> {
    at.number_of("of thousandths ", 1, most).map(|milli| milli as u32)
}

fn read_uniform(at: &At<'_>) -> Read<Delay> {
    let (min, max) = read_two(at, ["min", "max"], SimDuration::read_at)?;
    if min > max {
        return Err(at.impossible(format!("min must be at most max, but {} is more than {}", min.0, max.0)));
    }
    Ok(Delay::Uniform { min, max })
}

/// Parts are simple models: a mixture of mixtures can be written as one.
fn read_mixture(at: &At<'_>) -> Read<Delay> {
    let mut parts = Vec::new();
    for part in at.items(limits::DELAY_PARTS)? {
        parts.push(read_part(&part)?);
    }
    if parts.iter().all(|(weight, _)| *weight == 0) {
        return Err(at.bad("parts of which at least one has a weight above 0"));
    }
    Ok(Delay::Mixture(parts))
}

fn read_part(at: &At<'_>) -> Read<(u32, Delay)> {
    let fields = at.fields(&["weight", "of"])?;
    let weight = fields.ppm("weight")?;
    let of = fields.get("of")?;
    match Delay::read_at(&of)? {
        Delay::Mixture(_) => Err(of.bad("a simple model, no mixture")),
        model => Ok((weight, model)),
    }
}

/// Points (parts per million, nanoseconds), the first rising and the second not falling.
fn read_empirical(at: &At<'_>) -> Read<Delay> {
    let mut points = Vec::new();
    for point in at.items(limits::DELAY_PARTS)? {
        points.push(read_point(&point)?);
    }
    let rising = points.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1);
    if points.is_empty() || !rising {
        return Err(at.bad("points [parts per million, nanoseconds] in rising order, at least one"));
    }
    Ok(Delay::Empirical(points))
}

fn read_point(at: &At<'_>) -> Read<(u32, SimDuration)> {
    let mut pair = at.items(2)?;
    match (pair.next(), pair.next()) {
        (Some(parts), Some(value)) => {
            let parts = parts.number_of("of parts per million ", 0, limits::PPM)?;
            Ok((parts as u32, SimDuration::read_at(&value)?))
        }
        _ => Err(at.bad("a pair [parts per million, nanoseconds]")),
    }
}
