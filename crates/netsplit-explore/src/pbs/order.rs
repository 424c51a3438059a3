//! Which answers an operation waits for, and what a read then sees.

use super::seen::Trial;
use super::setting::Setting;

/// How many answers a write and a read wait for.
pub(super) struct Order {
    write: usize,
    read: usize,
}

impl Order {
    pub(super) fn new(setting: &Setting) -> Self {
        Self { write: usize::from(setting.write), read: usize::from(setting.read) }
    }

    /// A trial, from when each replica's acknowledgement came, and when its reply came together with how
    /// much later the write reached it than the read, had both begun at once: W − R.
    ///
    /// A read that begins t after the write returned (w after its beginning) sees it if for some replica i
    /// among the first R responders w + t + R_i ≥ W_i. So it does from t = min (W_i − R_i) − w on.
    #[inline(always)]
    pub(super) fn trial(&self, acked: &mut [f64], replied: &mut [(f64, f64)]) -> Trial {
        bring_forward(acked, self.write, |time| *time);
        bring_forward(replied, self.read, |(time, _)| *time);
        let (write, read) = (acked[self.write - 1], replied[self.read - 1].0);
        let behind = replied[..self.read].iter().fold(f64::INFINITY, |least, (_, behind)| least.min(*behind));
        Trial { write, read, fresh_after: behind - write }
    }
}

/// Sorts the `count` smallest to the front.
#[inline(always)]
fn bring_forward<T: Copy>(values: &mut [T], count: usize, key: impl Fn(&T) -> f64) {
    for place in 0..count {
        for other in place + 1..values.len() {
            let (a, b) = (values[place], values[other]);
            let swap = key(&b) < key(&a);
            values[place] = if swap { b } else { a };
            values[other] = if swap { a } else { b };
        }
    }
}
