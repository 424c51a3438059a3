//! What the page keeps of presentation: positions, sketches of walls, the size of the stage.

use std::collections::BTreeMap;

use netsplit_scenarios::run_record::Entry;
use netsplit_scenarios::sketch::Sketch;
use netsplit_sim::id::WallId;
use netsplit_sim::intervention::Intervention;

use crate::layout::{Layout, StageSize};

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

/// The sketches as they stand after the first `applied` entries of a record's script that are not muted.
/// A wall keeps its last sketch when it goes away, so that messages lost to it still die where it stood.
pub fn sketches_at(script: &[Entry], applied: usize) -> Sketches {
    let mut sketches = Sketches::new();
    for entry in script.iter().filter(|entry| !entry.muted).take(applied) {
        if let Intervention::SetWall(id, _) = entry.what {
            match &entry.sketch {
                Some(sketch) => drop(sketches.insert(id, sketch.clone())),
                None => drop(sketches.remove(&id)),
            }
        }
    }
    sketches
}
