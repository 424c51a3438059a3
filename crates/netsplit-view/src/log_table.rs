//! Logs of all servers aligned by index, with positions marked in place.

use netsplit_sim::describe::{LogPanel, Panel, Window};
use netsplit_sim::id::NodeId;
use netsplit_sim::run::{Run, Status};

use crate::node_picture::{self, CellPicture, RolePicture};

/// A window on the logs of all servers.
#[derive(Clone, Debug, PartialEq)]
pub struct LogTable {
    /// The highest index any server has; zero if every log is empty.
    pub last: u64,
    /// The indices shown, in order; the column before the first entry is not among them.
    pub columns: Vec<u64>,
    /// One row per server that has a log.
    pub rows: Vec<LogRow>,
}

/// One server's log in the window.
#[derive(Clone, Debug, PartialEq)]
pub struct LogRow {
    /// Whose.
    pub node: NodeId,
    /// Its role.
    pub role: RolePicture,
    /// `term 3`.
    pub badge: String,
    /// Whether it runs.
    pub status: Status,
    /// Entries, one per column; nothing where the log does not reach.
    pub cells: Vec<Option<CellPicture>>,
    /// Marks, one list per column: `commit`, `applied`, `next n2`.
    pub marks: Vec<Vec<String>>,
    /// Marks before the first entry: nothing of that kind yet.
    pub marks_before: Vec<String>,
    /// Marks past the last entry shown, with their index: `next n2` stands one past the end.
    pub marks_after: Vec<(String, u64)>,
}

/// The window of `width` columns that begins at index `first`; without one it shows the end.
pub fn log_table(run: &dyn Run, first: Option<u64>, width: usize) -> LogTable {
    let servers = || run.topology().servers();
    let ends = servers().filter_map(|id| log_of(run, id, Window { first: None, width: 1 }));
    let last = ends.map(|(_, _, log)| log.last).max().unwrap_or(0);
    let width = width.max(1) as u64;
    let latest = (last + 1).saturating_sub(width).max(1);
    let start = first.unwrap_or(latest).clamp(1, last.max(1));
    let columns: Vec<u64> = (start..=last.min(start.saturating_add(width - 1))).collect();
    let shown = Window { first: Some(start), width };
    let rows = servers().filter_map(|id| log_of(run, id, shown));
    let rows = rows.map(|(node, row, log)| fill(node, row, &log, &columns, run)).collect();
    LogTable { last, columns, rows }
}

fn log_of(run: &dyn Run, id: NodeId, window: Window) -> Option<(NodeId, (RolePicture, String), LogPanel)> {
    let view = run.node_in(id, window);
    let role = node_picture::role(run, &view);
    let log = view.panels.into_iter().find_map(|panel| match panel {
        Panel::Log(log) => Some(log),
        Panel::Table(_) | Panel::Ring(_) => None,
    })?;
    Some((id, (role, view.badge), log))
}

fn fill(
    node: NodeId,
    (role, badge): (RolePicture, String),
    log: &LogPanel,
    columns: &[u64],
    run: &dyn Run,
) -> LogRow {
    let entry_at = |index: &u64| {
        let position = log.entries.binary_search_by_key(index, |entry| entry.index);
        position.ok().map(|position| &log.entries[position])
    };
    let marks_at = |index: u64| -> Vec<String> {
        log.marks.iter().filter(|mark| mark.index == index).map(|mark| mark.label.clone()).collect()
    };
    let end = columns.last().copied().unwrap_or(0);
    let after = log.marks.iter().filter(|mark| mark.index > end);
    LogRow {
        node,
        role,
        badge,
        status: run.status(node),
        cells: columns.iter().map(|index| entry_at(index).map(node_picture::cell)).collect(),
        marks: columns.iter().map(|&index| marks_at(index)).collect(),
        marks_before: marks_at(0),
        marks_after: after.map(|mark| (mark.label.clone(), mark.index)).collect(),
    }
}
