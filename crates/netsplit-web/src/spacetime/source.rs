//! What a drawing is made of: everything that, if it stays the same, leaves the drawing as it is.

use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_view::inspector::Selection;
use netsplit_view::spacetime::{Reach, SpaceTime, View, space_time};

use super::diagram::{Bounds, Diagram};
use crate::model::Model;

/// More arrows than this are drawn together where they are alike.
const ROOM: usize = 2_000;

/// What a picture is made of. Two that are equal give the same picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    runs: u64,
    known: Step,
    horizon: SimTime,
    cursor: Option<Step>,
    view: View,
    moved: Vec<(NodeId, (f64, f64))>,
}

impl Source {
    /// What the model shows now.
    pub fn of(model: &Model) -> Self {
        let (session, diagram) = (model.session(), &model.ui().diagram);
        let run = session.run();
        let layout = session.layout();
        let at = |id| {
            let at = layout.at(id);
            (id, (at.x, at.y))
        };
        Self {
            runs: model.runs(),
            known: run.known().step,
            horizon: run.known().time.max(run.now()),
            // Where places are not times, where the cursor crosses a lane is part of the picture.
            cursor: diagram.causal.then_some(run.step()),
            view: view(diagram, bounds(model)),
            moved: run.topology().everyone().map(at).collect(),
        }
    }

    /// The picture.
    pub fn picture(&self, model: &Model) -> SpaceTime {
        let session = model.session();
        space_time(session.run(), &self.view, session.layout(), &session.record().script)
    }
}

/// What lights up in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Light {
    selection: Option<Selection>,
    plain: bool,
    /// Who knows, and up to when.
    knows: Option<(NodeId, Step)>,
    /// An operation is answered when the cursor is behind its answer.
    answered: Option<Step>,
}

impl Light {
    /// What the model lights now.
    pub fn of(model: &Model) -> Self {
        let (diagram, selection) = (&model.ui().diagram, model.ui().selection);
        let cursor = model.session().run().step();
        Self {
            selection,
            plain: diagram.plain,
            knows: diagram.knows.map(|id| (id, cursor)),
            answered: matches!(selection, Some(Selection::Operation(_))).then_some(cursor),
        }
    }
}

/// The cursor and what bounds it.
pub fn bounds(model: &Model) -> Bounds {
    let session = model.session();
    let run = session.run();
    Bounds {
        cursor: run.now(),
        known: run.known().time,
        until: run.until(),
        speed: session.scenario().speed,
        narrow: model.ui().compact,
    }
}

fn view(diagram: &Diagram, bounds: Bounds) -> View {
    View {
        window: diagram.window(bounds),
        spacing: diagram.spacing(),
        hidden: diagram.hidden.clone(),
        reach: Reach::Known,
        room: ROOM,
    }
}

/// Who has a lane, from the top.
pub fn lanes(run: &dyn Run, diagram: &Diagram) -> Vec<NodeId> {
    let topology = run.topology();
    let above = usize::from(topology.clients.div_ceil(2));
    let order =
        topology.clients().take(above).chain(topology.servers()).chain(topology.clients().skip(above));
    order.filter(|id| !diagram.hidden.contains(id)).collect()
}
