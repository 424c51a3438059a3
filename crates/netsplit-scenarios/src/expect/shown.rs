//! What participants show under a name.

use netsplit_sim::describe::{LogPanel, NodeView, Panel, Window};
use netsplit_sim::id::NodeId;
use netsplit_sim::run::{Run, Status};

/// What a participant shows under a name: one of its protocol's fields, or of those that all have.
pub fn field(run: &dyn Run, node: NodeId, name: &str) -> String {
    // Only a log has more to it than its end.
    let window = if name.starts_with("log.") { Window::ALL } else { Window::END };
    let view = run.node_in(node, window);
    match name {
        "role" => run.about().roles[usize::from(view.role)].name.to_owned(),
        "badge" => view.badge,
        "status" => shown_status(run.status(node)).to_owned(),
        "log.labels" => log_text(&view, |log| words(log.entries.iter().map(|entry| entry.label.clone()))),
        "log.epochs" => log_text(&view, |log| words(log.entries.iter().map(|entry| entry.epoch.to_string()))),
        "log.settled" => log_text(&view, |log| log.settled.to_string()),
        _ => match view.fields.into_iter().find(|field| field.name == name) {
            Some(field) => field.value,
            None => format!("no field {name}"),
        },
    }
}

fn shown_status(status: Status) -> &'static str {
    match status {
        Status::Up => "up",
        Status::Paused => "paused",
        Status::Crashed => "crashed",
    }
}

fn log_text(view: &NodeView, text: impl Fn(&LogPanel) -> String) -> String {
    let mut logs = view.panels.iter().filter_map(|panel| match panel {
        Panel::Log(log) => Some(log),
        _ => None,
    });
    logs.next().map_or_else(|| "no log".to_owned(), text)
}

fn words(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" ")
}
