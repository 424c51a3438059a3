//! What is shown besides the run's own picture: the wall that is being drawn, and whom it would part;
//! the message that is being dragged, and when it would arrive.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_scenarios::sketch::Sketch;
use netsplit_sim::id::{Link, NodeId, WallId};
use netsplit_sim::run::Run;
use netsplit_view::groups;
use netsplit_view::retiming::{Retiming, retiming};
use netsplit_view::scene::Scene;
use netsplit_view::wall::Side;
use netsplit_view::wall_picture::{self, SideText, WallPreview};

use super::drawn::sketch_of;
use super::gesture::{Edit, Preview};
use super::hand::{Grab, Hand};
use super::node::Group;
use super::wall_view::Stance;
use netsplit_view::board::Board;
use netsplit_view::wall_lines::{WallLines, wall_lines};

/// What a wall under way adds to the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// Who would be on which side.
    pub groups: BTreeMap<NodeId, Group>,
    /// The links it would cut.
    pub cuts: BTreeSet<Link>,
    /// What each side could still do.
    pub sides: Vec<SideText>,
    /// The wall itself: its lines, its name by sides, and how it stands there.
    pub ghost: Option<(WallLines, String, Stance)>,
    /// The standing wall that it takes the place of.
    pub lifted: Option<WallId>,
    /// What dropping the message in hand would do.
    pub retiming: Option<Retiming>,
}

/// What is under way in this hand.
pub fn look(run: &dyn Run, scene: &Scene, hand: &Hand, board: &Board) -> Look {
    match (&hand.preview, hand.grabbed) {
        (Some(Preview::Message(id, at)), _) => {
            Look { retiming: retiming(run, scene, *id, board.to_stage(*at)), ..Look::default() }
        }
        (Some(Preview::Wall { edit, off }), _) => of_edit(run, scene, edit, *off, Stance::Ghost, board),
        (None, Some(grab @ Grab::Wall { wall, about, by, angle })) => {
            let edit = grab.edit().unwrap_or(Edit::Reshape { wall, about, angle, by });
            of_edit(run, scene, &edit, false, Stance::Grabbed, board)
        }
        _ if !hand.side_a.is_empty() => by_clicks(run, scene, &hand.side_a, board),
        _ => Look::default(),
    }
}

fn of_edit(run: &dyn Run, scene: &Scene, edit: &Edit, off: bool, stance: Stance, board: &Board) -> Look {
    let lifted = match edit {
        Edit::New { .. } => None,
        Edit::Reshape { wall, .. } => Some(*wall),
    };
    let standing = lifted.and_then(|wall| scene.sketches.get(&wall));
    let Some(sketch) = sketch_of(edit, board, standing) else {
        return Look { lifted: None, ..Look::default() };
    };
    if off {
        let lines = wall_lines(&sketch, &scene.layout, board);
        return Look { ghost: Some((lines, String::new(), Stance::Leaving)), lifted, ..Look::default() };
    }
    let mut look = of_sketch(run, scene, &sketch, lifted, stance, board);
    look.lifted = lifted;
    look
}

fn of_sketch(
    run: &dyn Run,
    scene: &Scene,
    sketch: &Sketch,
    lifted: Option<WallId>,
    stance: Stance,
    board: &Board,
) -> Look {
    let WallPreview { left, right, cuts, name, sides, .. } =
        wall_picture::preview(run, scene, sketch, lifted);
    let lines = wall_lines(sketch, &scene.layout, board);
    // Side A is the tinted one, so that rings and tint say the same.
    let (a, b) = if lines.tinted == Side::Left { (left, right) } else { (right, left) };
    // Extending an empty map does not sort, which collecting one would; sorts are large in a module.
    let mut groups = BTreeMap::new();
    groups.extend(a.into_iter().map(|id| (id, Group::A)));
    groups.extend(b.into_iter().map(|id| (id, Group::B)));
    Look { groups, cuts, sides, ghost: Some((lines, name, stance)), ..Look::default() }
}

/// The wall that clicks on nodes have made so far, with its line if there is one.
fn by_clicks(run: &dyn Run, scene: &Scene, side_a: &BTreeSet<NodeId>, board: &Board) -> Look {
    let everyone = scene.layout.topology().everyone();
    let group = |id: NodeId| if side_a.contains(&id) { Group::A } else { Group::B };
    let mut groups = BTreeMap::new();
    groups.extend(everyone.map(|id| (id, group(id))));
    let mut numbers = BTreeMap::new();
    numbers.extend(groups.iter().map(|(&id, &group)| (id, group as usize)));
    let made = groups::sketch_for_groups(&numbers, &scene.layout);
    let drawn = made.sketch.map(|sketch| of_sketch(run, scene, &sketch, None, Stance::Ghost, board));
    // The letters follow the clicks, whatever side is tinted.
    Look { groups, cuts: made.cuts, ..drawn.unwrap_or_default() }
}
