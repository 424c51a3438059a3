//! Logarithms and powers of numbers in (0, 1), for inverse transforms: nearly as exact as `libm`, several
//! times as fast, and made of + − × and bits alone, so that they are the same natively and in WebAssembly.
//!
//! A number is 2^k · c · (1 + r) with c the centre of one of 256 cells and |r| ≤ 2⁻⁹. What belongs to k and to
//! c stands in tables made by `libm`; what belongs to r is a polynomial of degree six, cut off below 2⁻⁵⁶.

/// Cells between two powers of two.
const CELLS: usize = 256;
/// Bits of a fraction.
const FRACTION: u32 = 52;
/// Where the cells begin: 0.707, so that numbers near 1 have k = 0 and lose no digit by cancelling.
const BEGIN: u64 = 0x3fe6_a000_0000_0000;
/// The last cell below 1 has 1 as its centre, so that its logarithm is as exact near 1 as elsewhere.
const LAST_BELOW_ONE: usize = ((0x3ff0_0000_0000_0000 - BEGIN) >> (FRACTION - 8)) as usize - 1;
/// Powers of two below 1 that an `f64` of 52 random bits, stretched by its part of a mixture, may have.
const OCTAVES: usize = 128;

/// A number in (0, 1), taken apart.
struct Parts {
    /// The k of 2^k is minus this.
    octave: usize,
    cell: usize,
    rest: f64,
}

/// What all functions know of a cell.
#[derive(Clone, Copy)]
struct Cell {
    centre: f64,
    inverse: f64,
    /// The function at the centre.
    value: f64,
}

#[inline(always)]
fn take_apart(number: f64, cells: &[Cell; CELLS]) -> Parts {
    let bits = number.to_bits();
    let above = bits.wrapping_sub(BEGIN);
    let cell = (above >> (FRACTION - 8)) as usize % CELLS;
    let exponent = (above as i64) >> FRACTION;
    let within = f64::from_bits(bits.wrapping_sub((exponent as u64) << FRACTION));
    let Cell { centre, inverse, .. } = cells[cell];
    // The difference is exact, since both lie in one cell.
    Parts { octave: (-exponent) as usize % OCTAVES, cell, rest: (within - centre) * inverse }
}

/// The cells with a function's value at each centre.
fn cells(value: impl Fn(f64) -> f64) -> [Cell; CELLS] {
    core::array::from_fn(|cell| {
        let begin = BEGIN + ((cell as u64) << (FRACTION - 8));
        let centre = match cell {
            LAST_BELOW_ONE => 1.0,
            _ => f64::from_bits(begin + (1 << (FRACTION - 9))),
        };
        Cell { centre, inverse: 1.0 / centre, value: value(centre) }
    })
}

/// `−ln`.
#[derive(Clone)]
pub(crate) struct Logarithm {
    cells: Box<[Cell; CELLS]>,
}

impl Logarithm {
    pub(crate) fn new() -> Self {
        Self { cells: Box::new(cells(|centre| -libm::log(centre))) }
    }

    /// −ln(`number`), which lies in (0, 1).
    #[inline(always)]
    pub(crate) fn of(&self, number: f64) -> f64 {
        const C: [f64; 6] = [-1.0, 1.0 / 2.0, -1.0 / 3.0, 1.0 / 4.0, -1.0 / 5.0, 1.0 / 6.0];
        let Parts { octave, cell, rest } = take_apart(number, &self.cells);
        let octaves = octave as u32;
        f64::from(octaves) * core::f64::consts::LN_2 + (self.cells[cell].value + polynomial(&C, rest) * rest)
    }
}

/// Numbers to a negative power, down to −2.
#[derive(Clone)]
pub(crate) struct Power {
    cells: Box<[Cell; CELLS]>,
    octaves: Box<[f64; OCTAVES]>,
    series: [f64; 7],
}

/// The steepest power that the series is exact for.
const STEEPEST: f64 = 2.0;

impl Power {
    /// `factor` · number^(−`power`); `None` if the power is steeper than the series allows.
    pub(crate) fn new(factor: f64, power: f64) -> Option<Self> {
        if !(0.0..=STEEPEST).contains(&power) {
            return None;
        }
        let raised = |number: f64| libm::exp(-power * libm::log(number));
        let mut series = [1.0; 7];
        for n in 1..series.len() {
            // The binomial series of (1 + r)^(−power).
            series[n] = series[n - 1] * (-power - (n - 1) as f64) / n as f64;
        }
        Some(Self {
            cells: Box::new(cells(raised)),
            octaves: Box::new(core::array::from_fn(|octave| {
                factor * libm::exp(power * octave as f64 * core::f64::consts::LN_2)
            })),
            series,
        })
    }

    /// The power of `number`, which lies in (0, 1).
    #[inline(always)]
    pub(crate) fn of(&self, number: f64) -> f64 {
        let Parts { octave, cell, rest } = take_apart(number, &self.cells);
        self.octaves[octave] * (self.cells[cell].value * polynomial(&self.series, rest))
    }
}

/// Estrin's scheme: short chains of multiplications, which a processor carries out side by side.
#[inline(always)]
fn polynomial<const TERMS: usize>(terms: &[f64; TERMS], x: f64) -> f64 {
    let term = |n: usize| if n < TERMS { terms[n] } else { 0.0 };
    let square = x * x;
    let low = (term(0) + term(1) * x) + (term(2) + term(3) * x) * square;
    let high = if TERMS > 6 { (term(4) + term(5) * x) + term(6) * square } else { term(4) + term(5) * x };
    low + high * (square * square)
}

/// Maps 64 random bits to (0, 1) as `netsplit_sim::random::unit` does, by bits instead of a conversion, which
/// WebAssembly does slowly for 64 bits.
#[inline(always)]
pub(crate) fn unit(bits: u64) -> f64 {
    f64::from_bits(0x3ff0_0000_0000_0000 | bits >> 12) - (1.0 - f64::EPSILON / 2.0)
}

#[cfg(test)]
mod tests {
    use netsplit_sim::id::NodeId;
    use netsplit_sim::random::{self, Draw, Purpose, Stream};

    use super::{Logarithm, Power, unit};

    /// Random numbers, and those near the ends and the borders of cells.
    fn numbers() -> Vec<f64> {
        let mut draw = Draw::keyed(1, Stream::Node(NodeId::server(0)), Purpose::Choice, 0);
        let mut numbers: Vec<f64> = (0..200_000).map(|_| draw.unit()).collect();
        let small = (1..60).map(|octave| (0..octave).fold(1.0, |number, _| number / 2.0));
        numbers.extend(small.flat_map(|number: f64| {
            [number, f64::from_bits(number.to_bits() - 1), number * 0.707_031_25, number * 0.99]
        }));
        numbers
    }

    #[test]
    fn the_bits_of_a_draw_give_the_number_of_the_kernel() {
        let mut draw = Draw::keyed(2, Stream::Node(NodeId::server(0)), Purpose::Choice, 0);
        for bits in (0..10_000).map(|_| draw.next_u64()).chain([0, u64::MAX, 1 << 12, 1 << 63]) {
            assert_eq!(unit(bits), random::unit(bits));
        }
    }

    #[test]
    fn logarithms_are_those_of_libm_to_two_units_in_the_last_place() {
        let fast = Logarithm::new();
        for number in numbers() {
            let (seen, exact) = (fast.of(number), -libm::log(number));
            assert!((seen - exact).abs() <= 4.5e-16 * exact, "−ln {number:e}: {seen:e}, libm {exact:e}");
        }
    }

    #[test]
    fn powers_are_those_of_libm_to_the_precision_of_its_exponent() {
        for shape in [0.5, 0.7, 1.0, 1.51, 3.35, 10.0, 1_000.0] {
            let fast = Power::new(1.05, 1.0 / shape).expect("it is within the series");
            for number in numbers() {
                let (seen, exact) = (fast.of(number), 1.05 * libm::pow(number, -1.0 / shape));
                assert!((seen / exact - 1.0).abs() <= 2e-14, "{number:e}^(−1/{shape}): {seen:e}, {exact:e}");
            }
        }
    }

    #[test]
    fn a_power_steeper_than_the_series_is_left_to_others() {
        assert!(Power::new(1.0, 2.01).is_none() && Power::new(1.0, f64::NAN).is_none());
    }
}
