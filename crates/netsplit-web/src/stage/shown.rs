//! Everything the stage shows of the run at its cursor, read at once.

use std::collections::BTreeSet;
use std::rc::Rc;

use netsplit_sim::id::NodeId;
use netsplit_sim::run::Run;
use netsplit_view::describe_state;
use netsplit_view::flights::{Dot, Flights, Motion};
use netsplit_view::geometry::Point;
use netsplit_view::node_picture::{StorePicture, TimerArc};
use netsplit_view::scene::Scene;
use netsplit_view::sentence::{self, Headline};
use netsplit_view::stage::{self, LegendItem, LegendKind, StagePicture};
use netsplit_view::verdict::{self, Chip};

use super::dim::Dim;
use super::flight_stops::FlightStop;
use crate::model::Model;
use crate::stage_contract::Side;
use netsplit_view::board::Board;

/// What is shown of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What the picture was made of.
    pub scene: Rc<Scene>,
    /// Nodes, clients, links and walls.
    pub picture: Rc<StagePicture>,
    /// What is going on.
    pub headline: Option<Headline>,
    /// What is claimed.
    pub chips: Vec<Chip>,
    /// Roles and kinds of messages.
    pub legend: Vec<LegendItem>,
    /// The messages that can take the focus; none while the run plays.
    pub flights: Vec<FlightStop>,
    /// Whether nothing was done to this run yet.
    pub untouched: bool,
    /// What is dim.
    pub dim: Rc<Dim>,
}

impl Shown {
    /// Reads the run. `moving` is a node that is being dragged, and where to.
    /// `motion` is how messages move if they can take the focus. `roles` remembers those already seen.
    pub fn read(
        model: &Model,
        side: Side,
        board: &Board,
        moving: Option<(NodeId, Point)>,
        motion: Option<Motion>,
        roles: &mut BTreeSet<&'static str>,
    ) -> Self {
        let session = model.side(side);
        let run = session.run();
        let mut scene = session.scene(board.size);
        if let Some((node, to)) = moving {
            scene.layout = scene.layout.with_moved(node, to);
        }
        let picture = stage::stage(run, &scene);
        roles.extend(picture.nodes.iter().map(|node| node.role.name));
        Self {
            picture: Rc::new(picture),
            headline: sentence::headline(run),
            chips: verdict::chips_with(
                run,
                session.scenario().flaws.iter().map(String::as_str),
                model.judged(side),
            ),
            legend: seen(stage::legend(run.about()), run, roles),
            flights: motion.map_or_else(Vec::new, |motion| flights(run, &scene, board, motion)),
            untouched: run.script().is_empty(),
            dim: Rc::default(),
            scene: Rc::new(scene),
        }
    }

    /// The timers that are drawn as arcs.
    pub fn timers(&self) -> Vec<(NodeId, TimerArc)> {
        self.picture.nodes.iter().filter_map(|node| Some((node.id, node.timer?))).collect()
    }

    /// Whether the legend has to explain cells.
    pub fn has_cells(&self) -> bool {
        self.picture.nodes.iter().any(|node| matches!(node.store, StorePicture::Log { .. }))
    }
}

/// The legend's entries for what this run has shown so far, so that it explains nothing that is not
/// there.
fn seen(legend: Vec<LegendItem>, run: &dyn Run, roles: &BTreeSet<&'static str>) -> Vec<LegendItem> {
    let sent = |text: &str| {
        let mut kinds = run.about().messages.iter().zip(run.sent_by_kind());
        kinds.any(|(kind, count)| kind.short == text && *count > 0)
    };
    let known = |item: &LegendItem| match item.kind {
        LegendKind::Role => roles.contains(item.text),
        LegendKind::Message => sent(item.text),
    };
    legend.into_iter().filter(known).collect()
}

/// The messages under way with their names, where the canvas draws them.
fn flights(run: &dyn Run, scene: &Scene, board: &Board, motion: Motion) -> Vec<FlightStop> {
    let mut dots: Vec<Dot> = Vec::new();
    Flights::new(run, scene).dots(run, scene, run.now(), motion, &mut dots);
    let named = describe_state::messages(run);
    let stops = dots.iter().filter_map(|dot| {
        let name = named.iter().find(|message| message.id == dot.id)?.text.clone();
        Some(FlightStop { id: dot.id, at: board.to_px(dot.at), name })
    });
    stops.collect()
}
