//! What the page keeps of presentation: positions, sketches of walls, the size of the stage.

use std::collections::BTreeMap;

use netsplit_sim::id::WallId;

use crate::layout::{Layout, StageSize};
use crate::wall::Sketch;

/// The sketches of all walls of the run, those that no longer stand included.
pub type Sketches = BTreeMap<WallId, Sketch>;

/// Everything besides the run that the stage depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Where everybody stands.
    pub layout: Layout,
    /// How each wall was drawn, as it stands at the cursor; a wall without a sketch is legal.
    pub sketches: Sketches,
    /// The stage in pixels.
    pub size: StageSize,
}
