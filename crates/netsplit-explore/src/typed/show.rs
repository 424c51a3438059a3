//! A delay as it would be typed.

use netsplit_sim::latency::Delay;
use netsplit_sim::time::SimDuration;

/// Writes a delay so that [`delay`](super::delay) reads the same one. Measured delays, which come from files
/// only, are named and not spelt out.
pub fn show(delay: &Delay) -> String {
    match delay {
        Delay::Constant(value) => time(*value),
        Delay::Uniform { min, max } => format!("uniform({}, {})", time(*min), time(*max)),
        Delay::ShiftedExponential { min: SimDuration::ZERO, mean } => format!("exp({})", time(*mean)),
        Delay::ShiftedExponential { min, mean } => format!("exp({}, {})", time(*min), time(*mean)),
        Delay::LogNormal { median, sigma_milli } => {
            format!("lognormal({}, {})", time(*median), milli(*sigma_milli))
        }
        Delay::Pareto { scale, shape_milli } => format!("pareto({}, {})", time(*scale), milli(*shape_milli)),
        Delay::Mixture(parts) => mixture(parts),
        Delay::Empirical(points) => format!("measured, {} points", points.len()),
    }
}

fn mixture(parts: &[(u32, Delay)]) -> String {
    let total: u64 = parts.iter().map(|(weight, _)| u64::from(*weight)).sum();
    let percent = |weight: u32| f64::from(weight) * 100.0 / total.max(1) as f64;
    let part = |(weight, model): &(u32, Delay)| format!("{}% {}", percent(*weight), show(model));
    parts.iter().map(part).collect::<Vec<_>>().join(" + ")
}

fn milli(milli: u32) -> String {
    (f64::from(milli) / 1_000.0).to_string()
}

/// In the largest unit of which it is at least one.
fn time(duration: SimDuration) -> String {
    let nanos = duration.0 as f64;
    match duration.0 {
        0 => "0ms".to_owned(),
        1..1_000 => format!("{nanos}ns"),
        1_000..1_000_000 => format!("{}us", nanos / 1e3),
        1_000_000..1_000_000_000 => format!("{}ms", nanos / 1e6),
        _ => format!("{}s", nanos / 1e9),
    }
}
