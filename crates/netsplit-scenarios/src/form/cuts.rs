//! What a wall cuts, in groups: `n1,n2|n3,n4,n5` cuts every link between the two sides, `n1>n2,n3` those
//! from the left to the right. Clients have no links among themselves, so there is none to cut.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_sim::id::{Link, NodeId};
use serde_json::Value;

use super::{At, Form, Read};
use crate::limits;

impl Form for BTreeSet<Link> {
    /// The number of groups is limited by that of senders, since no more are ever needed.
    fn read_at(at: &At<'_>) -> Read<Self> {
        let mut cuts = Self::new();
        for group in at.items(limits::NODES as usize + limits::CLIENTS)? {
            cuts.extend(group.parsed("sides such as n1,n2|n3 or n1>n2", parse_group)?);
        }
        Ok(cuts)
    }

    /// Senders with the same receivers make a group; two groups that mirror each other become one.
    fn written(&self) -> Value {
        let mut groups = by_receivers(self);
        let mut lines = Vec::new();
        while let Some((right, left)) = groups.pop_first() {
            let mirrored = groups.get(&left) == Some(&right);
            if mirrored {
                groups.remove(&left);
            }
            let (first, second) = if mirrored && right < left { (&right, &left) } else { (&left, &right) };
            let sign = if mirrored { '|' } else { '>' };
            lines.push(format!("{}{sign}{}", shown_side(first), shown_side(second)));
        }
        lines.into()
    }
}

/// The links of one group.
pub(crate) fn parse_group(text: &str) -> Option<Vec<Link>> {
    let (left, right, both) = match text.split_once('|') {
        Some((left, right)) => (left, right, true),
        None => text.split_once('>').map(|(left, right)| (left, right, false))?,
    };
    let (left, right) = (parse_side(left)?, parse_side(right)?);
    let exists = |link: &Link| !(link.from.is_client() && link.to.is_client());
    let there = left.iter().flat_map(|&from| right.iter().map(move |&to| Link::new(from, to))).filter(exists);
    Some(if both { there.flat_map(|link| [link, link.reversed()]).collect() } else { there.collect() })
}

/// A side names each participant once, so that a short text cannot stand for millions of links.
fn parse_side(text: &str) -> Option<Side> {
    let mut side = Side::new();
    for name in text.split(',') {
        if !side.insert(name.parse().ok()?) {
            return None;
        }
    }
    (side.len() <= limits::NODES as usize + limits::CLIENTS).then_some(side)
}

type Side = BTreeSet<NodeId>;

/// Receivers → all senders that are cut off from exactly these.
fn by_receivers(cuts: &BTreeSet<Link>) -> BTreeMap<Side, Side> {
    let mut receivers: BTreeMap<NodeId, Side> = BTreeMap::new();
    for link in cuts {
        receivers.entry(link.from).or_default().insert(link.to);
    }
    let mut groups: BTreeMap<Side, Side> = BTreeMap::new();
    // Servers come before clients, and a client joins servers whose side differs by clients only.
    for (from, to) in receivers {
        let joined = groups.keys().find(|side| from.is_client() && servers_of(side) == to).cloned();
        groups.entry(joined.unwrap_or(to)).or_default().insert(from);
    }
    groups
}

fn servers_of(side: &Side) -> Side {
    let mut servers = Side::new();
    servers.extend(side.iter().filter(|id| !id.is_client()));
    servers
}

fn shown_side(side: &Side) -> String {
    side.iter().map(NodeId::to_string).collect::<Vec<_>>().join(",")
}
