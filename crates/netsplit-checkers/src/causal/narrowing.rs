//! Looking for the first answer that shows a violation: back from a known one in growing strides, then halving.

/// Of so many answers the first ones are no violation; of so many they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Narrowing {
    fine: usize,
    pub violated: usize,
    /// How far to go back, until something fine is found.
    stride: Option<usize>,
}

impl Narrowing {
    /// So many answers are a violation. A proof mostly ends near the first answer that shows one, so the
    /// search begins there.
    pub fn new(violated: usize) -> Self {
        Self { fine: 0, violated, stride: Some(1) }
    }

    /// How many answers to try, unless the first that shows a violation is known.
    pub fn attempt(&self) -> Option<usize> {
        let Self { fine, violated, stride } = *self;
        let back = |stride| violated.saturating_sub(stride).max(fine + 1);
        (fine + 1 < violated).then(|| stride.map_or(usize::midpoint(fine, violated), back))
    }

    /// The attempt was fine.
    pub fn is_fine(&mut self) {
        self.fine = self.attempt().unwrap_or(self.fine);
        self.stride = None;
    }

    /// The attempt was a violation, and so are already `violated` answers.
    pub fn is_violated(&mut self, violated: usize) {
        self.violated = self.attempt().unwrap_or(self.violated).min(violated.max(self.fine + 1));
        self.stride = self.stride.map(|stride| stride * 2);
    }
}
