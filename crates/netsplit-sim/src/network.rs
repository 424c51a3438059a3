//! What a link does to the messages it carries.

use crate::encode::{Encode, Encoder};
use crate::latency::Delay;
use crate::time::SimDuration;

/// The behaviour of one directed link. Probabilities are parts per million.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkModel {
    /// From the last byte sent to the arrival; at least one nanosecond is taken.
    pub delay: Delay,
    /// How often a message is lost.
    pub loss_ppm: u32,
    /// How often a message arrives twice.
    pub duplicate_ppm: u32,
    /// How often a message waits a while longer, so that later ones overtake it.
    pub reorder_ppm: u32,
    /// The longest such wait.
    pub reorder_by: SimDuration,
    /// Whether messages arrive in the order they were sent.
    pub fifo: bool,
    /// Bytes per second; without a limit sending takes no time.
    pub bandwidth: Option<u64>,
}

impl Default for LinkModel {
    /// A quiet local network: 3 ms, and nothing goes wrong.
    fn default() -> Self {
        Self {
            delay: Delay::Constant(SimDuration::from_millis(3)),
            loss_ppm: 0,
            duplicate_ppm: 0,
            reorder_ppm: 0,
            reorder_by: SimDuration::ZERO,
            fifo: false,
            bandwidth: None,
        }
    }
}

/// What happens to messages under way on a link that is cut. Real tools disagree, so a scenario says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnderWay {
    /// They are lost.
    #[default]
    Drop,
    /// They arrive.
    Deliver,
    /// They wait for the cut to end and then go on.
    Hold,
}

impl Encode for LinkModel {
    fn encode(&self, out: &mut Encoder) {
        self.delay.encode(out);
        (self.loss_ppm, self.duplicate_ppm).encode(out);
        (self.reorder_ppm, self.reorder_by).encode(out);
        (self.fifo, self.bandwidth).encode(out);
    }
}
