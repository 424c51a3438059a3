//! Who looks at the run when: while it plays, parts with much text are drawn anew only so often, and never
//! two of them in one frame.

use std::cell::Cell;
use std::rc::Rc;

/// Which revision of the run each part shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turns {
    /// The transport with its timeline.
    pub transport: u64,
    /// The drawer, or the sheet.
    pub drawer: u64,
    /// The side panel.
    pub side: u64,
    /// The state in words.
    pub words: u64,
}

/// Between two looks of a part at a playing run, in milliseconds.
const CALM_MS: f64 = 120.0;

/// Gives the parts their turns.
#[derive(Default)]
pub struct Calm {
    turns: Turns,
    /// When each had its last.
    at: [f64; 4],
    behind: Rc<Cell<bool>>,
}

impl Calm {
    /// What each part shows.
    pub fn turns(&self) -> Turns {
        self.turns
    }

    /// Whether some part shows an older revision than the last one looked at: then the next frame is one of
    /// its turns, though nothing has happened since.
    pub fn behind(&self) -> Rc<Cell<bool>> {
        Rc::clone(&self.behind)
    }

    /// The run is at this revision. At rest everybody looks; while it plays the one who has waited longest.
    pub fn look(&mut self, revision: u64, playing: bool, now: f64) {
        let mut parts =
            [&mut self.turns.transport, &mut self.turns.drawer, &mut self.turns.side, &mut self.turns.words];
        for (part, at) in parts.iter_mut().zip(&mut self.at) {
            if !playing && **part != revision {
                (**part, *at) = (revision, now);
            }
        }
        let late = parts.iter_mut().zip(&mut self.at).filter(|(part, _)| ***part != revision);
        let longest = late.min_by(|left, right| left.1.total_cmp(right.1));
        if let Some((part, at)) = longest.filter(|(_, at)| now - **at >= CALM_MS) {
            (**part, *at) = (revision, now);
        }
        self.behind.set(parts.iter().any(|part| **part != revision));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(calm: &Calm) -> [u64; 4] {
        let Turns { transport, drawer, side, words } = calm.turns();
        [transport, drawer, side, words]
    }

    #[test]
    fn at_rest_everybody_looks_at_once() {
        let mut calm = Calm::default();
        calm.look(3, false, 1_000.0);
        assert_eq!(shown(&calm), [3; 4]);
        assert!(!calm.behind().get());
    }

    #[test]
    fn while_it_plays_one_part_a_frame_looks_until_nobody_is_behind() {
        let mut calm = Calm::default();
        let seen: Vec<usize> = (0..5)
            .map(|frame| {
                calm.look(7, true, 1_000.0 + 16.0 * f64::from(frame));
                shown(&calm).iter().filter(|part| **part == 7).count()
            })
            .collect();
        assert_eq!(seen, [1, 2, 3, 4, 4]);
        assert!(!calm.behind().get());
    }

    #[test]
    fn a_part_that_has_just_looked_waits_and_is_not_forgotten() {
        let mut calm = Calm::default();
        for frame in 0..4 {
            calm.look(1, true, 1_000.0 + f64::from(frame));
        }
        calm.look(2, true, 1_010.0);
        assert_eq!(shown(&calm), [1; 4], "too soon");
        assert!(calm.behind().get());
        calm.look(2, true, 1_125.0);
        assert_eq!(shown(&calm), [2, 1, 1, 1]);
    }
}
