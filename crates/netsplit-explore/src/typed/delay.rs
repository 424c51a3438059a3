//! One delay: a model, or a mixture of models.

use netsplit_sim::latency::Delay;
use netsplit_sim::time::SimDuration;

use super::BadText;
use super::scan::{Read, Scan};

/// As many parts as a document may have.
const PARTS: usize = 100;

/// Reads a delay.
pub fn delay(text: &str) -> Result<Delay, BadText> {
    let mut scan = Scan::new(text);
    let delay = mixture(&mut scan)?;
    match scan.is_at_end() {
        true => Ok(delay),
        false => Err(scan.expected("+ and another part, or the end")),
    }
}

/// Reads a time, such as `75ms`.
pub fn duration(text: &str) -> Result<SimDuration, BadText> {
    let mut scan = Scan::new(text);
    let duration = scan.duration()?;
    if scan.is_at_end() { Ok(duration) } else { Err(scan.expected("the end")) }
}

/// `model`, or `weight% model + weight% model …`
pub(super) fn mixture(scan: &mut Scan<'_>) -> Read<Delay> {
    let mut parts = vec![part(scan)?];
    while parts.len() < PARTS && scan.takes("+") {
        parts.push(part(scan)?);
    }
    if let [(1_000_000, _)] = &parts[..] {
        return Ok(parts.remove(0).1);
    }
    let sum: u64 = parts.iter().map(|(weight, _)| u64::from(*weight)).sum();
    match sum {
        1_000_000 => Ok(Delay::Mixture(parts)),
        _ => Err(BadText::Sum { percent: (sum as f64 / 1e4).to_string() }),
    }
}

/// A model with its weight, in parts per million; without one it is all there is.
fn part(scan: &mut Scan<'_>) -> Read<(u32, Delay)> {
    let mut ahead = *scan;
    if let (true, Ok(percent)) = (ahead.begins_with_number(), ahead.number())
        && ahead.takes("%")
    {
        *scan = ahead;
        // Too large a weight is a wrong sum.
        let weight = (percent * 1e4).round().min(1e9) as u32;
        return Ok((weight, model(scan)?));
    }
    Ok((1_000_000, model(scan)?))
}

fn model(scan: &mut Scan<'_>) -> Read<Delay> {
    const WANTED: &str = "a delay: 3ms, uniform(…), exp(…), lognormal(…) or pareto(…)";
    if scan.begins_with_number() {
        return scan.duration().map(Delay::Constant);
    }
    let begun = *scan;
    let read = match scan.word() {
        "uniform" => uniform,
        "exp" => exponential,
        "lognormal" => log_normal,
        "pareto" => pareto,
        _ => return Err(begun.expected(WANTED)),
    };
    scan.must("(", "( and the model's numbers")?;
    let delay = read(scan)?;
    scan.must(")", ")")?;
    Ok(delay)
}

fn uniform(scan: &mut Scan<'_>) -> Read<Delay> {
    let min = scan.duration()?;
    comma(scan)?;
    let begun = *scan;
    let max = scan.duration()?;
    match min <= max {
        true => Ok(Delay::Uniform { min, max }),
        false => Err(begun.expected("a longest time that is not below the shortest")),
    }
}

fn exponential(scan: &mut Scan<'_>) -> Read<Delay> {
    let first = scan.mean()?;
    match scan.takes(",") {
        true => Ok(Delay::ShiftedExponential { min: first, mean: scan.mean()? }),
        false => Ok(Delay::ShiftedExponential { min: SimDuration::ZERO, mean: first }),
    }
}

fn log_normal(scan: &mut Scan<'_>) -> Read<Delay> {
    let median = scan.duration()?;
    comma(scan)?;
    let sigma_milli = scan.milli(10_000, "the standard deviation of the logarithm", "0.001 to 10")?;
    Ok(Delay::LogNormal { median, sigma_milli })
}

fn pareto(scan: &mut Scan<'_>) -> Read<Delay> {
    let scale = scan.duration()?;
    comma(scan)?;
    let shape_milli = scan.milli(1_000_000, "a tail index", "0.001 to 1000")?;
    Ok(Delay::Pareto { scale, shape_milli })
}

fn comma(scan: &mut Scan<'_>) -> Read<()> {
    scan.must(",", ", and a second number")
}
