//! The one place where a run lives: the live execution, and how its walls were drawn.

use std::collections::BTreeMap;

use netsplit_sim::id::WallId;
use netsplit_sim::run::Run;

/// How a wall was drawn, for display only.
// Stands in for the document's own type until that crate is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {}

/// A run, open on the page.
pub struct Session {
    run: Box<dyn Run>,
    sketches: BTreeMap<WallId, Sketch>,
}

impl Session {
    /// The live execution.
    pub fn run(&self) -> &dyn Run {
        &*self.run
    }

    /// How a wall that stands at the cursor was drawn, if it was drawn.
    pub fn sketch(&self, wall: WallId) -> Option<&Sketch> {
        self.sketches.get(&wall)
    }

    /// A number for a new wall, never used in this run.
    pub fn free_wall(&self) -> WallId {
        let used = self.sketches.keys().map(|wall| wall.0).max();
        WallId(used.map_or(0, |highest| highest + 1))
    }
}
