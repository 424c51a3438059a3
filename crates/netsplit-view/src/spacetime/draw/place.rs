//! Where the picture lies on its canvas. The heads of the lanes stand beside it, so the style sheet has
//! the same numbers.

use crate::geometry::Point;
use crate::spacetime::hit::Plot;

/// Above the lanes: the names of walls.
pub const TOP: f64 = 18.0;
/// Below the lanes: times.
pub const BOTTOM: f64 = 20.0;
/// Beside the lanes, so that a letter at either end shows whole.
pub const MARGIN: f64 = 12.0;

/// The canvas and the picture on it, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The width of the canvas.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The picture.
    pub plot: Plot,
}

impl Place {
    /// A canvas of this size with so many lanes, each in the middle of a row.
    pub fn new((width, height): (f64, f64), lanes: usize) -> Self {
        let gap = (height - TOP - BOTTOM).max(1.0) / lanes.max(1) as f64;
        let plot = Plot {
            left: MARGIN,
            top: TOP + gap / 2.0,
            width: (width - 2.0 * MARGIN).max(1.0),
            lane_gap: gap,
        };
        Self { width, height, plot }
    }

    /// A place across, in pixels.
    pub fn x(&self, x: f64) -> f64 {
        self.plot.to_px(Point::new(x, 0.0)).x
    }

    /// A lane, in pixels from the top.
    pub fn y(&self, lane: usize) -> f64 {
        self.plot.to_px(Point::new(0.0, lane as f64)).y
    }

    /// Where the lanes end.
    pub fn floor(&self) -> f64 {
        self.height - BOTTOM
    }

    /// Where the window ends.
    pub fn right(&self) -> f64 {
        self.plot.left + self.plot.width
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_lie_in_the_middle_of_rows_of_one_height() {
        let place = Place::new((1_024.0, 206.0), 7);
        assert_eq!((place.y(0), place.y(6)), (30.0, 174.0));
        assert_eq!(place.y(6) + 12.0, place.floor());
    }

    #[test]
    fn the_window_spans_the_canvas_between_its_margins() {
        let place = Place::new((1_024.0, 206.0), 7);
        assert_eq!((place.x(0.0), place.x(1_000.0)), (12.0, 1_012.0));
        assert_eq!(place.right(), 1_012.0);
    }

    #[test]
    fn a_canvas_without_room_or_lanes_breaks_nothing() {
        let place = Place::new((0.0, 0.0), 0);
        assert!(place.plot.width > 0.0 && place.plot.lane_gap > 0.0);
    }
}
