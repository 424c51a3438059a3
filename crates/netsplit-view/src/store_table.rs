//! What servers store, key by key, side by side: where replicas differ, and where several versions stand
//! beside each other.

use std::collections::BTreeMap;

use netsplit_sim::describe::{Panel, TablePanel};
use netsplit_sim::id::NodeId;
use netsplit_sim::run::{Run, Status};

use crate::node_picture::{self, RolePicture};

/// The first table of every server, aligned by its first column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoreTable {
    /// What the rows are: the table's title.
    pub title: &'static str,
    /// What the first column holds.
    pub key: &'static str,
    /// What stands in a cell: the other columns' headings.
    pub columns: Vec<&'static str>,
    /// The servers that show such a table.
    pub servers: Vec<StoreServer>,
    /// One row a key, in the order of the keys' first appearance.
    pub rows: Vec<StoreRow>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct StoreServer {
    /// Who.
    pub node: NodeId,
    /// Its role.
    pub role: RolePicture,
    /// Its badge.
    pub badge: String,
    /// Whether it runs.
    pub status: Status,
}

/// The versions that a server holds under a key; `None` if it holds nothing.
pub type Cell = Option<Vec<String>>;

/// One key.
#[derive(Clone, Debug, PartialEq)]
pub struct StoreRow {
    /// The key.
    pub key: String,
    /// What each server holds under it.
    pub cells: Vec<Cell>,
    /// Whether those that should hold it hold different things.
    pub differs: bool,
}

/// The stores of all servers. Without rows if nobody stores anything yet, without servers if the protocol
/// shows no table.
pub fn store_table(run: &dyn Run) -> StoreTable {
    let mut table = StoreTable::default();
    let mut found: BTreeMap<String, (usize, Vec<Cell>)> = BTreeMap::new();
    let servers: Vec<_> = run.topology().servers().filter_map(|id| first_table(run, id)).collect();
    for (column, (server, panel)) in servers.iter().enumerate() {
        table.title = panel.title;
        table.key = panel.columns.first().copied().unwrap_or_default();
        table.columns = panel.columns.iter().skip(1).copied().collect();
        table.servers.push(server.clone());
        for row in &panel.rows {
            let Some((key, rest)) = row.split_first() else { continue };
            let place = found.len();
            let (_, cells) = found.entry(key.clone()).or_insert_with(|| (place, vec![None; servers.len()]));
            cells[column].get_or_insert_default().push(shown(rest));
        }
    }
    let differing = differing(run);
    let mut rows: Vec<_> = found.into_iter().collect();
    rows.sort_by_key(|(_, (place, _))| *place);
    let row = |(key, (_, cells)): (String, (usize, Vec<Cell>))| {
        let differs = differing.contains(&key);
        StoreRow { key, cells, differs }
    };
    table.rows = rows.into_iter().map(row).collect();
    table
}

fn first_table(run: &dyn Run, id: NodeId) -> Option<(StoreServer, TablePanel)> {
    let view = run.node(id);
    let role = node_picture::role(run, &view);
    let panel = view.panels.into_iter().find_map(|panel| match panel {
        Panel::Table(table) => Some(table),
        Panel::Log(_) | Panel::Ring(_) => None,
    })?;
    Some((StoreServer { node: id, role, badge: view.badge, status: run.status(id) }, panel))
}

fn shown(cells: &[String]) -> String {
    let said = cells.iter().filter(|cell| !cell.is_empty());
    said.map(String::as_str).collect::<Vec<_>>().join(" · ")
}

/// The keys, as they are shown, on which replicas differ.
fn differing(run: &dyn Run) -> Vec<String> {
    let keys = netsplit_scenarios::judge::differing(&run.replicas());
    keys.into_iter().map(netsplit_sim::describe::shown_key).collect()
}
