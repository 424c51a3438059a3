//! A seed of one's own, so that answers cannot be copied.

use crate::error::clip;

/// Letters of a student's id at most.
const LONGEST: usize = 64;
/// Seeds stay short enough to be read out.
const SEEDS: u64 = 1_000_000_000;

/// Who works on a lesson, as the course calls them. Kept as it was given, but for its length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Student(String);

impl Student {
    /// The student of this id; nobody if it is empty.
    pub fn new(id: &str) -> Option<Self> {
        let id: String = clip(id.trim()).chars().take(LONGEST).collect();
        (!id.is_empty()).then_some(Self(id))
    }

    /// The id.
    pub fn id(&self) -> &str {
        &self.0
    }

    /// The seed that this student has in this lesson: FNV-1a over both, finished by SplitMix64's mixing.
    /// Frozen: links of last year's course are checked with it.
    pub fn seed(&self, lesson: &str) -> u64 {
        let bytes = self.0.bytes().chain([0]).chain(lesson.bytes());
        let mut hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (hash ^ (hash >> 31)) % SEEDS + 1
    }
}

#[cfg(test)]
mod tests {
    use super::Student;

    fn seed(id: &str, lesson: &str) -> u64 {
        Student::new(id).expect("an id").seed(lesson)
    }

    #[test]
    fn students_and_lessons_have_seeds_of_their_own() {
        assert_ne!(seed("ada", "cap"), seed("bob", "cap"));
        assert_ne!(seed("ada", "cap"), seed("ada", "quorums"));
        assert_ne!(seed("a", "bc"), seed("ab", "c"));
    }

    #[test]
    fn seeds_of_last_year_are_those_of_this_year() {
        assert_eq!((seed("ada", "cap"), seed("bob", "cap")), (727_475_393, 113_512_533));
    }

    #[test]
    fn nobody_has_no_id() {
        assert_eq!(Student::new("  "), None);
    }
}
