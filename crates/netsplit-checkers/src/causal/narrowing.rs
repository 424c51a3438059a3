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

#[cfg(test)]
mod tests {
    use super::Narrowing;

    /// Searches where `first` answers are the fewest that are a violation, and counts the attempts.
    fn search(all: usize, first: usize) -> (usize, u32) {
        let (mut narrowing, mut attempts) = (Narrowing::new(all), 0);
        while let Some(answers) = narrowing.attempt() {
            attempts += 1;
            if answers < first { narrowing.is_fine() } else { narrowing.is_violated(answers) }
        }
        (narrowing.violated, attempts)
    }

    #[test]
    fn the_first_answer_that_shows_a_violation_is_found_wherever_it_is() {
        for all in 1..70 {
            for first in 1..=all {
                assert_eq!(search(all, first).0, first, "of {all}");
            }
        }
    }

    #[test]
    fn few_attempts_are_needed_and_one_if_the_proof_ends_there() {
        assert_eq!(search(5_000, 5_000).1, 1);
        assert!((1..=5_000).all(|first| search(5_000, first).1 <= 25));
    }
}
