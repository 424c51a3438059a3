//! Where stage coordinates lie on the element: a box kept free of the words round its edge.

use crate::geometry::Point;
use crate::layout::StageSize;

/// The element in pixels, and the box inside it where the system stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Board {
    /// The whole element.
    pub element: StageSize,
    /// Upper left corner of the box.
    pub origin: Point,
    /// Size of the box.
    pub size: StageSize,
}

/// What the words round the edge take: above, below, and on each side.
struct Inset {
    top: f64,
    bottom: f64,
    side: f64,
}

const WIDE: Inset = Inset { top: 88.0, bottom: 40.0, side: 0.0 };
const NARROW: Inset = Inset { top: 96.0, bottom: 34.0, side: 6.0 };
const SHORT: Inset = Inset { top: 56.0, bottom: 26.0, side: 0.0 };
const TINY: Inset = Inset { top: 30.0, bottom: 2.0, side: 0.0 };

impl Board {
    /// A stage element of this size.
    pub fn new(width: f64, height: f64) -> Self {
        let inset = inset(width, height);
        let size = StageSize {
            width: (width - 2.0 * inset.side).max(1.0),
            height: (height - inset.top - inset.bottom).max(1.0),
        };
        Self { element: StageSize { width, height }, origin: Point::new(inset.side, inset.top), size }
    }

    /// A stage point in pixels of the element.
    pub fn to_px(&self, p: Point) -> Point {
        self.origin + self.size.to_px(p)
    }

    /// A pixel of the element as a stage point.
    pub fn to_stage(&self, px: Point) -> Point {
        self.size.to_stage(px - self.origin)
    }

    /// Whether a pixel is so far outside that what is dragged there goes away.
    pub fn is_off(&self, px: Point) -> bool {
        const MARGIN: f64 = 6.0;
        let beyond = |v: f64, size: f64| v < -MARGIN || v > size + MARGIN;
        beyond(px.x, self.element.width) || beyond(px.y, self.element.height)
    }

    /// The nearest pixel to `px` where something of this size, centred, still shows whole.
    pub fn keep_inside(&self, px: Point, width: f64, height: f64) -> Point {
        let keep =
            |v: f64, half: f64, size: f64| v.clamp(half.min(size / 2.0), (size - half).max(size / 2.0));
        Point::new(
            keep(px.x, width / 2.0 + 4.0, self.element.width),
            keep(px.y, height / 2.0 + 4.0, self.element.height),
        )
    }
}

/// The style sheet sets the words smaller at the same sizes.
fn inset(width: f64, height: f64) -> Inset {
    match height {
        ..240.0 => TINY,
        ..340.0 => SHORT,
        _ if width < 560.0 => NARROW,
        _ => WIDE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_and_stage_points_translate_both_ways() {
        for (width, height) in
            [(1044.0, 582.0), (664.0, 484.0), (390.0, 420.0), (480.0, 300.0), (320.0, 180.0)]
        {
            let board = Board::new(width, height);
            let there = Point::new(312.0, 740.0);
            let back = board.to_stage(board.to_px(there));
            assert!(back.distance(there) < 1e-9, "{width}×{height}: {back:?}");
        }
    }

    #[test]
    fn the_box_lies_inside_the_element_at_every_size() {
        for (width, height) in [(1044.0, 582.0), (390.0, 420.0), (200.0, 60.0)] {
            let board = Board::new(width, height);
            let corner = board.to_px(Point::new(1_000.0, 1_000.0));
            assert!(board.origin.y >= 0.0 && corner.x <= width, "{width}×{height}");
            assert!(corner.y <= height.max(board.origin.y + 1.0), "{width}×{height}");
        }
    }

    #[test]
    fn labels_are_kept_whole() {
        let board = Board::new(400.0, 300.0);
        let kept = board.keep_inside(Point::new(-50.0, 290.0), 100.0, 30.0);
        assert_eq!(kept, Point::new(54.0, 281.0));
    }
}
