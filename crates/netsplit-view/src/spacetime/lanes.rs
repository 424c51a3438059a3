//! Lanes: who is shown from the top down, the role along each lane, and what clients asked for.

use std::collections::BTreeSet;

use netsplit_sim::describe::Tone;
use netsplit_sim::history::{Moment, OpRow};
use netsplit_sim::id::{NodeId, Topology};
use netsplit_words::say;

use super::Shown;
use super::scale::Scale;
use crate::format;
use crate::node_picture::{self, Answer, RolePicture};

/// A participant's lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Who.
    pub id: NodeId,
    /// `n1`.
    pub name: String,
    /// Its roles, one after the other.
    pub roles: Vec<RoleSegment>,
    /// A client's operations.
    pub operations: Vec<OperationBar>,
    /// `n1: follower, then leader from 0.415 s`, for those who listen.
    pub accessible: String,
}

/// A role while it lasts. Draw its letter at the beginning, so that the colour does not stand alone.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleSegment {
    /// Where it begins, within the window.
    pub from_x: f64,
    /// Where it ends, within the window.
    pub to_x: f64,
    /// When it was taken on.
    pub since: Moment,
    /// The role by shape, letter and colour role.
    pub role: RolePicture,
    /// How the lane is drawn.
    pub stroke: Stroke,
}

/// How a lane is drawn while a role lasts: the second cue beside its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// A thin line.
    Thin,
    /// A thick line.
    Thick,
    /// A thick line with gaps.
    Dashed,
}

/// A client's operation from its invocation to its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationBar {
    /// Where it begins; may lie left of the window.
    pub from_x: f64,
    /// Where it ends, or how far the picture goes.
    pub to_x: f64,
    /// `x=D ✓ 0.73 s`.
    pub label: String,
    /// How it stands as far as the picture goes.
    pub answer: Answer,
    /// The event of its invocation.
    pub invoked: Moment,
    /// The event of its answer.
    pub returned: Option<Moment>,
}

/// Who has a lane, and where.
pub(crate) struct Lanes {
    topology: Topology,
    shown: Vec<NodeId>,
    /// By position in the topology: the lane, or for the hidden the one that would come next.
    lane: Vec<Result<usize, usize>>,
    hidden: Vec<NodeId>,
}

impl Lanes {
    /// Clients stand outside, as on the stage: half of them above the servers, half below.
    pub(super) fn new(topology: Topology, hidden: &BTreeSet<NodeId>) -> Self {
        let above = usize::from(topology.clients.div_ceil(2));
        let clients = || topology.clients();
        let order = clients().take(above).chain(topology.servers()).chain(clients().skip(above));
        let mut lanes =
            Self { topology, shown: Vec::new(), lane: vec![Err(0); topology.len()], hidden: Vec::new() };
        for id in order {
            let next = lanes.shown.len();
            let place = &mut lanes.lane[topology.position(id)];
            if hidden.contains(&id) {
                *place = Err(next);
                lanes.hidden.push(id);
            } else {
                *place = Ok(next);
                lanes.shown.push(id);
            }
        }
        lanes
    }

    /// Everybody who has a lane, from the top.
    pub(super) fn shown(&self) -> &[NodeId] {
        &self.shown
    }

    /// The lane of a participant; nothing if it is hidden.
    pub(super) fn of(&self, id: NodeId) -> Option<usize> {
        self.lane[self.topology.position(id)].ok()
    }

    /// Where a participant's lane lies, or between which lanes it would lie.
    pub(super) fn y(&self, id: NodeId) -> f64 {
        match self.lane[self.topology.position(id)] {
            Ok(lane) => lane as f64,
            Err(next) => next as f64 - 0.5,
        }
    }

    pub(super) fn hidden_words(&self) -> Option<String> {
        let names: Vec<String> = self.hidden.iter().map(ToString::to_string).collect();
        (!names.is_empty()).then(|| match names.as_slice() {
            [who] => say!("{who} is hidden", who),
            several => say!("{who} are hidden", who = format::joined(several)),
        })
    }
}

pub(super) fn lanes(shown: Shown<'_>, scale: &Scale, order: &Lanes) -> Vec<Lane> {
    order.shown().iter().map(|&id| lane(shown, scale, id)).collect()
}

fn lane(shown: Shown<'_>, scale: &Scale, id: NodeId) -> Lane {
    let roles = roles(shown, scale, id);
    let operations = if id.is_client() { operations(shown, scale, id) } else { Vec::new() };
    let accessible = accessible(id, &roles, operations.len());
    Lane { id, name: id.to_string(), roles, operations, accessible }
}

/// The roles that reach into the window.
fn roles(shown: Shown<'_>, scale: &Scale, id: NodeId) -> Vec<RoleSegment> {
    let always = [(Moment::default(), if id.is_client() { shown.run.node(id).role } else { 0 })];
    let changes = if id.is_client() { &always } else { shown.run.roles(id) };
    let changes = &changes[..changes.partition_point(|(moment, _)| moment.step <= shown.horizon.step)];
    let first = changes.partition_point(|(moment, _)| moment.time <= scale.window.from).saturating_sub(1);
    let end_x = scale.x(shown.horizon.time).min(1_000.0);
    let x = |moment: &Moment| scale.x_of(*moment).clamp(0.0, 1_000.0);
    let ends = changes.iter().skip(first + 1).map(|(moment, _)| x(moment)).chain([end_x]);
    let visible = changes[first..].iter().take_while(|(moment, _)| moment.time <= scale.window.to);
    let segments = visible.zip(ends).map(|((since, role), to_x)| {
        let role = node_picture::role_of(shown.run, *role);
        RoleSegment { from_x: x(since), to_x, since: *since, role, stroke: stroke(role.tone) }
    });
    segments.collect()
}

fn stroke(tone: Tone) -> Stroke {
    match tone {
        Tone::Lead => Stroke::Thick,
        Tone::Contend | Tone::Assent | Tone::Info => Stroke::Dashed,
        Tone::Client | Tone::Plain => Stroke::Thin,
    }
}

/// The operations that reach into the window. Few enough to look at all of them from the window's end
/// back to the first that a client had answered before it: one is in flight at a time.
fn operations(shown: Shown<'_>, scale: &Scale, id: NodeId) -> Vec<OperationBar> {
    let history = shown.run.history();
    let begun = history.partition_point(|row| row.invoked.time <= scale.window.to);
    let own = history[..begun].iter().rev().filter(|row| row.client == id);
    let ended = |row: &&OpRow| {
        row.returned_by(shown.horizon.step).is_none_or(|(moment, _)| moment.time >= scale.window.from)
    };
    let mut bars: Vec<OperationBar> = own.take_while(ended).map(|row| bar(shown, scale, row)).collect();
    bars.reverse();
    bars
}

fn bar(shown: Shown<'_>, scale: &Scale, row: &OpRow) -> OperationBar {
    let (label, answer) = node_picture::operation_line(shown.run, row, shown.horizon.step);
    let returned = row.returned_by(shown.horizon.step).map(|(moment, _)| moment);
    OperationBar {
        from_x: scale.x_of(row.invoked),
        to_x: returned.map_or_else(|| scale.x(shown.horizon.time), |moment| scale.x_of(moment)),
        label,
        answer,
        invoked: row.invoked,
        returned,
    }
}

fn accessible(id: NodeId, roles: &[RoleSegment], operations: usize) -> String {
    const MOST: usize = 6;
    let told = |(place, segment): (usize, &RoleSegment)| match place {
        0 => say!("{id}: {role}", id, role = segment.role.name),
        _ => say!("{role} from {time}", role = segment.role.name, time = segment.since.time),
    };
    let mut words: Vec<String> = roles.iter().take(MOST).enumerate().map(told).collect();
    if roles.len() > MOST {
        words.push(say!("and {count} more changes", count = roles.len() - MOST));
    }
    if operations > 0 {
        let count = format::grouped(operations as u64);
        words.push(say!("{count, plural, one {# operation} other {# operations}}", count));
    }
    words.join(", ")
}
