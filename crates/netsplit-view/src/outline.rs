//! Outlines of nodes: every role has a form, so that no role is told by colour alone.

use netsplit_sim::describe::Shape;

/// The radius that a node keeps free for its body, in stage pixels.
pub const BODY: f64 = 32.0;

/// The outline round the origin.
pub const fn of(shape: Shape) -> &'static str {
    match shape {
        Shape::Circle => "M32 0A32 32 0 1 1-32 0A32 32 0 1 1 32 0Z",
        Shape::Hexagon => "M0-36 31-18V18L0 36-31 18V-18Z",
        Shape::Diamond => "M5-35Q0-40-5-35L-35-5Q-40 0-35 5L-5 35Q0 40 5 35L35 5Q40 0 35-5Z",
        Shape::Square => "M-20-30H20Q30-30 30-20V20Q30 30 20 30H-20Q-30 30-30 20V-20Q-30-30-20-30Z",
    }
}
