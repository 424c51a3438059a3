//! The model alone, without events: the legs as random variables, for a curve that follows a slider.

use netsplit_sim::id::NodeId;
use netsplit_sim::random::{Draw, Purpose, Stream};

use super::order::Order;
use super::seen::Seen;
use super::setting::{BadSetting, REPLICAS, Setting};
use crate::curve::Curve;

/// Trials whose legs are drawn together; they fit into the nearest cache.
const BLOCK: usize = 100;

/// Draws trials of a setting. The k-th hundred is a function of (seed, k): whoever draws it, and in which
/// slices, sees the same.
pub struct Sampler {
    seed: u64,
    block: u64,
    order: Order,
    /// W, A, R, S.
    curves: [Curve; 4],
    offsets: Vec<f64>,
    drawn: [Vec<f64>; 4],
    seen: Seen,
}

impl Sampler {
    /// Begins with the first hundred.
    pub fn new(setting: &Setting, seed: u64) -> Result<Self, BadSetting> {
        Self::beginning_at(setting, seed, 0)
    }

    /// Begins with the k-th hundred, so that several cores share an experiment.
    pub fn beginning_at(setting: &Setting, seed: u64, hundred: u64) -> Result<Self, BadSetting> {
        setting.check()?;
        let legs = &setting.legs;
        let length = usize::from(setting.replicas) * BLOCK;
        Ok(Self {
            seed,
            block: hundred,
            order: Order::new(setting),
            curves: [&legs.w, &legs.a, &legs.r, &legs.s].map(Curve::new),
            offsets: (0..setting.replicas).map(|replica| setting.offset(replica).0 as f64).collect(),
            drawn: core::array::from_fn(|_| vec![0.0; length]),
            seen: Seen::default(),
        })
    }

    /// Draws so many trials, rounded up to hundreds.
    pub fn run(&mut self, trials: u64) {
        for _ in 0..trials.div_ceil(BLOCK as u64) {
            self.draw();
            self.count();
            self.block += 1;
        }
    }

    /// What was seen so far.
    pub fn seen(&self) -> &Seen {
        &self.seen
    }

    fn draw(&mut self) {
        let stream = Stream::Node(NodeId::server(0));
        for (leg, (curve, drawn)) in (0..).zip(self.curves.iter().zip(&mut self.drawn)) {
            let mut draw = Draw::keyed(self.seed, stream, Purpose::Delay(leg), self.block);
            curve.fill(&mut draw, drawn);
            for (values, offset) in drawn.chunks_exact_mut(BLOCK).zip(&self.offsets) {
                if *offset > 0.0 {
                    values.iter_mut().for_each(|value| *value += offset);
                }
            }
        }
    }

    fn count(&mut self) {
        let [w, a, r, s] = &self.drawn;
        let replicas = self.offsets.len();
        for trial in 0..BLOCK {
            let mut acked = [f64::INFINITY; REPLICAS as usize];
            let mut replied = [(f64::INFINITY, 0.0); REPLICAS as usize];
            for replica in 0..replicas {
                let at = replica * BLOCK + trial;
                acked[replica] = w[at] + a[at];
                replied[replica] = (r[at] + s[at], w[at] - r[at]);
            }
            self.seen.add(self.order.trial(&mut acked[..replicas], &mut replied[..replicas]));
        }
    }
}
