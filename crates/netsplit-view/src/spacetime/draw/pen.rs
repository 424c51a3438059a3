//! The pen: what the diagram is drawn with, whatever takes the lines: a canvas of the page, or a standalone
//! picture.

use netsplit_sim::describe::Tone;

use crate::geometry::Point;
use crate::picture::Role;

/// How a line is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dash {
    /// It is not.
    Solid,
    /// Under way, or to come.
    Dashed,
    /// A copy, or a place without meaning.
    Dotted,
    /// A role that is neither the usual one nor the leading one.
    Long,
}

impl Dash {
    /// Lengths of strokes and gaps, in pixels.
    pub const fn pattern(self) -> &'static [f64] {
        match self {
            Self::Solid => &[],
            Self::Dashed => &[5.0, 3.0],
            Self::Dotted => &[1.5, 3.0],
            Self::Long => &[7.0, 2.5],
        }
    }
}

/// What draws. Lines and shapes are gathered from [`begin`](Self::begin) on, and appear by
/// [`trace`](Self::trace) or [`fill`](Self::fill).
pub trait Pen {
    /// The value of a colour.
    fn colour(&self, role: Role) -> &str;
    /// The value of a colour role of the protocol's.
    fn tone(&self, tone: Tone) -> &str;
    /// Sets how lines look.
    fn line(&self, colour: &str, width: f64, dash: Dash);
    /// How much of what comes covers what is there.
    fn alpha(&self, alpha: f64);
    /// Begins to gather.
    fn begin(&self);
    /// A straight line.
    fn segment(&self, from: Point, to: Point);
    /// A circle.
    fn circle(&self, at: Point, radius: f64);
    /// A closed shape round a point.
    fn shape(&self, at: Point, corners: &[(f64, f64)]);
    /// Draws the outlines of what was gathered.
    fn trace(&self);
    /// Fills what was gathered.
    fn fill(&self, colour: &str);
    /// A filled box.
    fn block(&self, colour: &str, from: Point, to: Point);
    /// Sets how letters look: strong or not, and how large compared to usual ones.
    fn font(&self, strong: bool, share: f64);
    /// How wide a text is.
    fn width(&self, text: &str) -> f64;
    /// Writes from here to the right.
    fn text(&self, colour: &str, text: &str, at: Point);
    /// Writes about here.
    fn centred(&self, colour: &str, text: &str, at: Point);
    /// Draws only inside of a box.
    fn inside(&self, from: Point, to: Point, draw: &mut dyn FnMut());

    /// A straight line, at once.
    fn stroke(&self, from: Point, to: Point) {
        self.begin();
        self.segment(from, to);
        self.trace();
    }

    /// A cross, to be drawn with others.
    fn cross(&self, at: Point, reach: f64) {
        let corner = |x: f64, y: f64| Point::new(at.x + x * reach, at.y + y * reach);
        self.segment(corner(-1.0, -1.0), corner(1.0, 1.0));
        self.segment(corner(-1.0, 1.0), corner(1.0, -1.0));
    }

    /// A letter on a disc.
    fn letter(&self, letter: char, colour: &str, at: Point, radius: f64) {
        self.begin();
        self.circle(at, radius);
        self.fill(colour);
        let ink = self.colour(Role::OnMessage);
        self.centred(ink, letter.encode_utf8(&mut [0; 4]), Point::new(at.x, at.y + 0.5));
    }
}
