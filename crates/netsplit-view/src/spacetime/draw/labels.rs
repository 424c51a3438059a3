//! Where there is room for words and letters: what would cover another is left out.

use std::collections::BTreeSet;

use crate::geometry::Point;

/// Places taken by letters, on a grid as wide as one.
#[derive(Debug)]
pub struct Letters {
    cell: f64,
    taken: BTreeSet<(i32, i32)>,
}

impl Letters {
    /// Letters on discs of this radius.
    pub fn new(radius: f64) -> Self {
        Self { cell: radius * 2.4, taken: BTreeSet::new() }
    }

    /// Takes a place, unless a letter is there or beside it.
    pub fn take(&mut self, at: Point) -> bool {
        let (x, y) = ((at.x / self.cell).floor() as i32, (at.y / self.cell).floor() as i32);
        let near = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
        let free = near.into_iter().all(|cell| !self.taken.contains(&cell));
        free && self.taken.insert((x, y))
    }
}

/// A row of words.
#[derive(Debug, Default)]
pub struct Row {
    taken: Vec<(f64, f64)>,
}

impl Row {
    /// Takes this stretch, unless words stand there.
    pub fn take(&mut self, from: f64, width: f64) -> bool {
        const SPACE: f64 = 8.0;
        let free =
            self.taken.iter().all(|(start, end)| from >= end + SPACE || from + width + SPACE <= *start);
        if free {
            self.taken.push((from, from + width));
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_keeps_its_distance_to_the_others() {
        let mut letters = Letters::new(6.0);
        assert!(letters.take(Point::new(50.0, 50.0)));
        assert!(!letters.take(Point::new(56.0, 54.0)));
        assert!(letters.take(Point::new(90.0, 50.0)));
    }

    #[test]
    fn words_in_a_row_never_touch() {
        let mut row = Row::default();
        assert!(row.take(100.0, 50.0));
        assert!(!row.take(155.0, 20.0));
        assert!(!row.take(60.0, 35.0));
        assert!(row.take(160.0, 20.0) && row.take(10.0, 40.0));
    }
}
