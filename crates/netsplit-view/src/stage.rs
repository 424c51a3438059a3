//! The stage at the cursor: everything on it except the messages under way.

use netsplit_sim::describe::{About, MessageKind, Role, Tone};
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;

use crate::link_picture::{self, LinkPicture};
use crate::node_picture::{self, ClientPicture, NodePicture};
use crate::scene::Scene;
use crate::wall_picture::{self, SideText, WallPicture};

/// Everything that stands on the stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StagePicture {
    /// Servers, in order.
    pub nodes: Vec<NodePicture>,
    /// Clients, in order.
    pub clients: Vec<ClientPicture>,
    /// Links worth drawing, servers' first.
    pub links: Vec<LinkPicture>,
    /// Walls that stand.
    pub walls: Vec<WallPicture>,
    /// What each side of the walls can still do; empty while nothing is separated.
    pub sides: Vec<SideText>,
}

/// The stage of a run at its cursor.
pub fn stage(run: &dyn Run, scene: &Scene) -> StagePicture {
    let nodes = run.topology().servers().map(|id| node_picture::node(run, scene, id));
    let clients = run.topology().clients().map(|id| node_picture::client(run, scene, id));
    round(nodes.collect(), clients.collect(), run, scene)
}

/// The stage after the same run has gone on from step `from`, at which it looked like `before`, with
/// the same scene: participants that have not changed since are not asked again, for a long log takes
/// long to tell.
pub fn stage_after(before: &StagePicture, from: Step, run: &dyn Run, scene: &Scene) -> StagePicture {
    let kept = |id: NodeId| run.changed_at(id) <= from;
    let nodes = before.nodes.iter().map(|old| match old.id {
        id if kept(id) => old.clone(),
        id => node_picture::node(run, scene, id),
    });
    let clients = before.clients.iter().map(|old| match old.id {
        id if kept(id) => old.clone(),
        id => node_picture::client(run, scene, id),
    });
    round(nodes.collect(), clients.collect(), run, scene)
}

/// Everything else round the participants.
fn round(nodes: Vec<NodePicture>, clients: Vec<ClientPicture>, run: &dyn Run, scene: &Scene) -> StagePicture {
    let links = link_picture::links(run, scene);
    let (walls, sides) = (wall_picture::walls(run, scene), wall_picture::sides(run, scene));
    StagePicture { nodes, clients, links, walls, sides }
}

/// One entry of the legend.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendItem {
    /// What it explains.
    pub kind: LegendKind,
    /// Colour role.
    pub tone: Tone,
    /// The letter on the node or dot.
    pub letter: char,
    /// In a word or two.
    pub text: &'static str,
}

/// What a legend entry explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegendKind {
    /// The role of a node.
    Role,
    /// The kind of a message.
    Message,
}

/// Roles, then message kinds, as the protocol describes them.
pub fn legend(about: &About) -> Vec<LegendItem> {
    about.roles.iter().map(role_item).chain(about.messages.iter().map(message_item)).collect()
}

/// The legend without what this run has not shown so far: roles of servers, and the kinds of messages
/// sent in what is known of it, so that it grows but never flickers.
pub fn legend_so_far(run: &dyn Run) -> Vec<LegendItem> {
    let clients: Vec<u16> = run.topology().clients().map(|id| run.node(id).role).collect();
    let about = run.about();
    let roles = (0_u16..).zip(about.roles).filter(|(number, _)| !clients.contains(number));
    let messages = run.sent_by_kind().iter().zip(about.messages).filter(|(sent, _)| **sent > 0);
    let roles = roles.map(|(_, role)| role_item(role));
    roles.chain(messages.map(|(_, kind)| message_item(kind))).collect()
}

fn role_item(role: &Role) -> LegendItem {
    LegendItem { kind: LegendKind::Role, tone: role.tone, letter: role.letter, text: role.name }
}

fn message_item(kind: &MessageKind) -> LegendItem {
    LegendItem { kind: LegendKind::Message, tone: kind.tone, letter: kind.letter, text: kind.short }
}
