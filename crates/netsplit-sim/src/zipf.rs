//! Zipf's law: few keys are asked for often, many seldom. Touches floating point through `libm` only, like
//! [`latency`](crate::latency), so that a draw has the same bits everywhere.

use crate::random::Draw;

/// A number in `0 .. n`, the k-th (from one) with a probability proportional to `1 / k^s`, where `s` is
/// `exponent_milli` thousandths. Rejection-inversion (Hörmann and Derflinger 1996), so that it takes no
/// longer for many keys than for few.
pub fn zipf(n: u32, exponent_milli: u32, draw: &mut Draw) -> u32 {
    let law = Law { exponent: f64::from(exponent_milli) / 1_000.0 };
    let n = f64::from(n.max(1));
    let (first, last) = (law.integral(1.5) - 1.0, law.integral(n + 0.5));
    let sure = 2.0 - law.inverse(law.integral(2.5) - law.height(2.0));
    loop {
        let area = last + draw.unit() * (first - last);
        let x = law.inverse(area);
        let k = libm::floor(x + 0.5).clamp(1.0, n);
        if k - x <= sure || area >= law.integral(k + 0.5) - law.height(k) {
            return k as u32 - 1;
        }
    }
}

/// The hat `h(x) = x^-s`, its integral from one on, and the inverse of that.
struct Law {
    exponent: f64,
}

impl Law {
    fn height(&self, x: f64) -> f64 {
        libm::exp(-self.exponent * libm::log(x))
    }

    fn integral(&self, x: f64) -> f64 {
        let log = libm::log(x);
        near_zero((1.0 - self.exponent) * log, libm::expm1) * log
    }

    fn inverse(&self, area: f64) -> f64 {
        let t = (area * (1.0 - self.exponent)).max(-1.0);
        libm::exp(near_zero(t, libm::log1p) * area)
    }
}

/// `f(x) / x` for functions that are as steep as `x` at zero, where `s = 1` leads.
fn near_zero(x: f64, f: fn(f64) -> f64) -> f64 {
    if x.abs() > 1e-8 { f(x) / x } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::NodeId;
    use crate::random::{Purpose, Stream};

    /// How often each of `n` keys comes up in 100,000 draws.
    fn shares(n: u32, exponent_milli: u32) -> Vec<f64> {
        let mut counts = vec![0.0; n as usize];
        for index in 0..100_000 {
            let stream = Stream::Node(NodeId::client(0));
            let mut draw = Draw::keyed(3, stream, Purpose::Choice, index);
            counts[zipf(n, exponent_milli, &mut draw) as usize] += 1e-5;
        }
        counts
    }

    #[test]
    fn keys_come_up_as_often_as_the_law_says() {
        for exponent_milli in [500, 990, 1_000, 2_000] {
            let s = f64::from(exponent_milli) / 1_000.0;
            let weights: Vec<f64> = (1..=7).map(|k| libm::pow(f64::from(k), -s)).collect();
            let total: f64 = weights.iter().sum();
            for (share, weight) in shares(7, exponent_milli).iter().zip(&weights) {
                let wanted = weight / total;
                assert!((share - wanted).abs() < 0.006, "s {s}: {share} for {wanted}");
            }
        }
    }

    #[test]
    fn an_exponent_of_zero_is_even_and_one_key_is_the_only_one() {
        assert!(shares(4, 0).iter().all(|share| (share - 0.25).abs() < 0.006));
        assert_eq!(shares(1, 1_000).len(), 1);
    }
}
