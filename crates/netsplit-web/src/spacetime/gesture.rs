//! What fingers and the mouse do on the diagram: press, drag, pinch, click.

use netsplit_view::geometry::Point;

/// The pointers that are down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gesture {
    down: Vec<(i32, Point)>,
    moved: bool,
}

/// What a movement asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    /// What was at the first pixel is to be at the second.
    Pan(f64, f64),
    /// Closer, by a factor below one, or farther, about a pixel.
    Zoom(f64, f64),
}

/// Less is a click of a hand that is not quite still.
const STILL: f64 = 4.0;

impl Gesture {
    /// A pointer goes down.
    pub fn press(&mut self, pointer: i32, at: Point) {
        self.down.retain(|(id, _)| *id != pointer);
        if self.down.is_empty() {
            self.moved = false;
        }
        self.down.push((pointer, at));
    }

    /// A pointer moves; nothing while it is not down, or is as good as still.
    pub fn drag(&mut self, pointer: i32, at: Point) -> Option<Move> {
        let place = self.down.iter().position(|(id, _)| *id == pointer)?;
        let before = self.down[place].1;
        if !self.moved && before.distance(at) < STILL {
            return None;
        }
        self.moved = true;
        self.down[place].1 = at;
        match self.down.as_slice() {
            [_] => Some(Move::Pan(before.x, at.x)),
            [..] => {
                let other = self.down[usize::from(place == 0)].1;
                let apart = |a: Point| (a.x - other.x).abs().max(1.0);
                Some(Move::Zoom((at.x + other.x) / 2.0, (apart(before) / apart(at)).clamp(0.5, 2.0)))
            }
        }
    }

    /// A pointer goes up; where it clicked, if it never moved.
    pub fn release(&mut self, pointer: i32, at: Point) -> Option<Point> {
        let was_down = self.down.iter().any(|(id, _)| *id == pointer);
        self.down.retain(|(id, _)| *id != pointer);
        (was_down && !self.moved && self.down.is_empty()).then_some(at)
    }

    /// Whatever was under way is not meant.
    pub fn interrupt(&mut self) {
        *self = Self::default();
    }

    /// Whether something is dragged.
    pub fn is_moved(&self) -> bool {
        self.moved && !self.down.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64) -> Point {
        Point::new(x, 50.0)
    }

    #[test]
    fn a_press_that_hardly_moves_is_a_click() {
        let mut gesture = Gesture::default();
        gesture.press(1, at(100.0));
        assert_eq!(gesture.drag(1, at(102.0)), None);
        assert_eq!(gesture.release(1, at(102.0)), Some(at(102.0)));
    }

    #[test]
    fn a_drag_pans_and_is_no_click() {
        let mut gesture = Gesture::default();
        gesture.press(1, at(100.0));
        assert_eq!(gesture.drag(1, at(110.0)), Some(Move::Pan(100.0, 110.0)));
        assert_eq!(gesture.drag(1, at(111.0)), Some(Move::Pan(110.0, 111.0)), "once it moves it moves");
        assert_eq!(gesture.release(1, at(111.0)), None);
    }

    #[test]
    fn two_fingers_zoom_about_their_middle() {
        let mut gesture = Gesture::default();
        gesture.press(1, at(100.0));
        gesture.press(2, at(200.0));
        assert_eq!(gesture.drag(2, at(300.0)), Some(Move::Zoom(200.0, 0.5)));
        assert_eq!(gesture.release(1, at(100.0)), None);
        assert_eq!(gesture.release(2, at(300.0)), None, "a pinch ends without a click");
    }

    #[test]
    fn a_pointer_that_only_passes_by_asks_for_nothing() {
        let mut gesture = Gesture::default();
        assert_eq!(gesture.drag(1, at(100.0)), None);
        assert_eq!(gesture.release(1, at(100.0)), None);
        gesture.press(1, at(100.0));
        gesture.interrupt();
        assert_eq!(gesture.drag(1, at(150.0)), None);
    }
}
