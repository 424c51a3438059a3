//! The sides of the wall: who could talk to whom while it stood.

use std::collections::BTreeSet;

use netsplit_sim::id::{Link, NodeId};
use netsplit_sim::intervention::Intervention;
use netsplit_sim::run::Run;
use netsplit_words::say;

use crate::format;
use crate::groups;
use crate::timeline::{self, BandKind};

/// Some who can reach one another, directly or through others.
#[derive(Clone, Debug, PartialEq)]
pub struct SideOf {
    /// `n1, n5, c1`; `everybody` if nothing separates them.
    pub name: String,
    /// Who.
    pub members: BTreeSet<NodeId>,
}

/// The sides of the walls that stand at the cursor, or else of the last one that stood; everybody on one side
/// if there was none.
pub fn sides(run: &dyn Run) -> Vec<SideOf> {
    let cuts = standing(run).or_else(|| last(run)).unwrap_or_default();
    let everyone = run.topology().everyone();
    let free = |link: Link| {
        let clients = link.from.is_client() && link.to.is_client();
        !clients && !cuts.contains(&link) && !cuts.contains(&link.reversed())
    };
    let parts = groups::components(everyone, free);
    let alone = parts.len() == 1;
    let name = |members: &BTreeSet<NodeId>| match alone {
        true => say!("everybody").to_owned(),
        false => format::names(members.iter().copied()),
    };
    parts.into_iter().map(|members| SideOf { name: name(&members), members }).collect()
}

fn standing(run: &dyn Run) -> Option<BTreeSet<Link>> {
    let walls = run.walls();
    (!walls.is_empty()).then(|| walls.into_iter().flat_map(|(_, cuts)| cuts).collect())
}

fn last(run: &dyn Run) -> Option<BTreeSet<Link>> {
    let raised = timeline::faults(run)
        .into_iter()
        .filter(|fault| matches!(fault.kind, BandKind::Wall(_)) && fault.began.0 <= run.now());
    match &run.script().get(raised.last()?.began.1)?.what {
        Intervention::SetWall(_, cuts) => Some(cuts.clone()),
        _ => None,
    }
}
