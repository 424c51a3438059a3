//! What an event changed in what a participant shows.

use netsplit_sim::describe::{LogCell, LogPanel, NodeView, Panel, Window};
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::{Run, Status};

use crate::line::Line;

/// Entries of a log that a line shows.
const TAIL: u64 = 4;

/// What everybody showed after the last event.
pub(super) struct Shown {
    everybody: Vec<(NodeId, Fields)>,
}

type Fields = Vec<(&'static str, String)>;

impl Shown {
    pub(super) fn of(run: &dyn Run) -> Self {
        Self { everybody: run.topology().everyone().map(|id| (id, fields(run, id))).collect() }
    }

    /// What this step changed, as JSON objects, and takes it over.
    pub(super) fn follow(&mut self, run: &dyn Run, step: Step) -> Vec<String> {
        let mut changes = Vec::new();
        for (id, was) in self.everybody.iter_mut().filter(|(id, _)| run.changed_at(*id) == step) {
            let is = fields(run, *id);
            changes.extend(changed(*id, was, &is));
            *was = is;
        }
        changes
    }
}

/// Fields come and go with a role or a crash: what is not shown is `null`.
fn changed(id: NodeId, was: &Fields, is: &Fields) -> Vec<String> {
    let of = |fields: &Fields, name: &str| fields.iter().find(|(known, _)| *known == name).cloned();
    let gone = was.iter().filter(|(name, _)| of(is, name).is_none());
    let names = is.iter().chain(gone).map(|(name, _)| *name);
    let line = |name: &str| {
        let (before, after) = (of(was, name), of(is, name));
        (before != after).then(|| {
            let line = Line::new().text("node", &id.to_string()).text("field", name);
            value(value(line, "was", before), "is", after).end()
        })
    };
    names.filter_map(line).collect()
}

fn value(line: Line, name: &str, shown: Option<(&str, String)>) -> Line {
    match shown {
        Some((_, text)) => line.text(name, &text),
        None => line.json(name, "null"),
    }
}

fn fields(run: &dyn Run, id: NodeId) -> Fields {
    let view = run.node_in(id, Window { first: None, width: TAIL });
    let role = run.about().roles.get(usize::from(view.role)).map_or("", |role| role.name);
    let mut fields = vec![("status", status(run.status(id)).to_owned()), ("role", role.to_owned())];
    fields.extend(logs(&view));
    fields.extend(view.fields.into_iter().map(|field| (field.name, field.value)));
    fields
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Up => "up",
        Status::Paused => "paused",
        Status::Crashed => "crashed",
    }
}

fn logs(view: &NodeView) -> Fields {
    let found = view.panels.iter().find_map(|panel| match panel {
        Panel::Log(log) => Some(log),
        Panel::Table(_) | Panel::Ring(_) => None,
    });
    found.map_or_else(Vec::new, log_fields)
}

/// A log by its end, so that a line of a long run is as short as one of a short run.
fn log_fields(log: &LogPanel) -> Fields {
    let entry = |entry: &LogCell| format!("{}:{}@{}", entry.index, entry.label, entry.epoch);
    let tail: Vec<String> = log.entries.iter().map(entry).collect();
    vec![
        ("log.last", log.last.to_string()),
        ("log.settled", log.settled.to_string()),
        ("log.tail", tail.join(" ")),
    ]
}
