//! Counting tests from what the test programs print.

use std::ops::AddAssign;

/// How many tests ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) ignored: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.ignored += other.ignored;
    }
}

/// Sums every "test result:" line. A failed test has already ended its step, so failures need no column.
pub(crate) fn of_output(output: &str) -> Counts {
    let mut counts = Counts::default();
    for line in output.lines() {
        let Some((_, result)) = line.split_once("test result: ok. ") else {
            continue;
        };
        counts +=
            Counts { passed: number_before(result, "passed"), ignored: number_before(result, "ignored") };
    }
    counts
}

/// The 5 of "5 passed; 0 failed; …".
fn number_before(result: &str, word: &str) -> usize {
    result
        .split(';')
        .filter_map(|part| part.trim().split_once(' '))
        .find(|(_, label)| *label == word)
        .and_then(|(number, _)| number.parse().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Counts, of_output};

    #[test]
    fn results_of_several_test_programs_add_up() {
        let output = "\
running 2 tests
test a ... ok
test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s

    test result: ok. 30 passed; 0 failed; 2 ignored; 0 filtered out; finished in 0.50s
";
        let (passed, ignored) = (42, 3);
        assert_eq!(of_output(output), Counts { passed, ignored });
    }

    #[test]
    fn other_lines_count_nothing() {
        let output = "test result: FAILED. 3 passed; 1 failed; 0 ignored\n5 passed\n";
        assert_eq!(of_output(output), Counts::default());
    }
}
