//! How a wall was drawn, kept beside what it cuts so that it can be shown and taken up again.

use netsplit_sim::id::NodeId;

/// The geometry of a wall, for display only: the truth is the set of links that its
/// [`SetWall`](netsplit_sim::intervention::Intervention::SetWall) cuts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Points in thousandths of the stage's box, (0, 0) at the top left; they may lie outside of it.
    pub path: Vec<(i32, i32)>,
    /// What kind of line it is.
    pub shape: WallShape,
    /// Whether it cuts in one direction only.
    pub one_way: bool,
    /// Whether that direction is reversed.
    pub flipped: bool,
    /// Nodes whose links it leaves alone.
    pub doors: Vec<NodeId>,
}

/// What kind of line a wall is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WallShape {
    /// A straight line without ends, from the palette.
    #[default]
    Line,
    /// Drawn across the stage; its ends go on to the edges.
    Stroke,
    /// Drawn round some nodes; its ends meet.
    Lasso,
}
