//! The stage at the cursor: everything on it except the messages under way.

use netsplit_sim::describe::{About, Tone};
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
    StagePicture {
        nodes: run.topology().servers().map(|id| node_picture::node(run, scene, id)).collect(),
        clients: run.topology().clients().map(|id| node_picture::client(run, scene, id)).collect(),
        links: link_picture::links(run, scene),
        walls: wall_picture::walls(run, scene),
        sides: wall_picture::sides(run, scene),
    }
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
    let roles = about.roles.iter().map(|role| LegendItem {
        kind: LegendKind::Role,
        tone: role.tone,
        letter: role.letter,
        text: role.name,
    });
    let messages = about.messages.iter().map(|kind| LegendItem {
        kind: LegendKind::Message,
        tone: kind.tone,
        letter: kind.letter,
        text: kind.short,
    });
    roles.chain(messages).collect()
}
