//! The inspector: everything about what is selected.

use std::collections::BTreeSet;

use netsplit_sim::describe::{Field, NodeView, Panel, TablePanel};
use netsplit_sim::event::{Arrival, Fate, Loss};
use netsplit_sim::id::{Link, MessageId, NodeId, Step, WallId};
use netsplit_sim::journey::Ending;
use netsplit_sim::run::{FlightView, Run, Status};

use crate::cone::Cone;
use crate::doing;
use crate::format;
use crate::history::served;
use crate::node_picture;
use crate::order::set_of;
use crate::scene::Scene;
use crate::sentence;
use crate::wall;

/// What can be selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Selection {
    /// A server or client.
    Node(NodeId),
    /// A link; its direction is that of the arrow clicked.
    Link(Link),
    /// A wall.
    Wall(WallId),
    /// A message under way.
    Message(MessageId),
    /// Something that happened.
    Event(Step),
    /// What a client asked for by this event.
    Operation(Step),
}

/// What the inspector shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inspector {
    /// `n4, candidate`.
    pub title: String,
    /// A second line; may be empty.
    pub subtitle: String,
    /// Named values.
    pub fields: Vec<FieldPicture>,
    /// Tables, such as what a leader knows of its followers.
    pub tables: Vec<TablePicture>,
}

/// A named value.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldPicture {
    /// As the paper calls it.
    pub name: String,
    /// As text.
    pub value: String,
    /// One sentence: the law of this field; may be empty.
    pub meaning: &'static str,
    /// Whether the last event changed it.
    pub changed: bool,
}

/// Rows of texts.
#[derive(Clone, Debug, PartialEq)]
pub struct TablePicture {
    /// What the rows are.
    pub title: &'static str,
    /// Column headings.
    pub columns: Vec<&'static str>,
    /// Rows, as wide as the headings.
    pub rows: Vec<Vec<String>>,
}

/// The names of the fields whose values differ; a field that was not there before has changed.
pub fn changed_fields(before: &NodeView, after: &NodeView) -> BTreeSet<&'static str> {
    let same =
        |field: &&Field| !before.fields.iter().any(|old| old.name == field.name && old.value == field.value);
    set_of(after.fields.iter().filter(same).map(|field| field.name))
}

/// Everything about the selection at the cursor. `before` is the selected node's view one step
/// earlier, if the page kept it. What is gone, such as a message that arrived, is said to be gone.
pub fn inspect(
    run: &dyn Run,
    scene: &Scene,
    selection: Option<Selection>,
    before: Option<&NodeView>,
) -> Inspector {
    match selection {
        None => nothing(run),
        Some(Selection::Node(id)) if run.topology().contains(id) => node(run, id, before),
        Some(Selection::Link(link)) if is_link(run, link) => self::link(run, link),
        Some(Selection::Message(id)) => message(run, id),
        Some(Selection::Wall(id)) => self::wall(run, scene, id),
        Some(Selection::Event(step)) => event(run, step),
        Some(Selection::Operation(invoked)) => operation(run, invoked),
        Some(_) => gone("It is not in this run."),
    }
}

fn is_link(run: &dyn Run, link: Link) -> bool {
    link.from != link.to && run.topology().contains(link.from) && run.topology().contains(link.to)
}

fn gone(why: &str) -> Inspector {
    Inspector { title: "Gone".to_owned(), subtitle: why.to_owned(), ..Inspector::default() }
}

fn plain(name: &str, value: impl Into<String>) -> FieldPicture {
    FieldPicture { name: name.to_owned(), value: value.into(), meaning: "", changed: false }
}

/// What the run is, when nothing is selected.
fn nothing(run: &dyn Run) -> Inspector {
    let topology = run.topology();
    let mut flights = Vec::new();
    run.flights(&mut flights);
    let who = [
        format::count(u64::from(topology.servers), "server", "servers"),
        format::count(u64::from(topology.clients), "client", "clients"),
    ];
    Inspector {
        title: run.about().title.to_owned(),
        subtitle: run.about().summary.to_owned(),
        fields: vec![
            plain("taking part", format::joined(&who)),
            plain("time", format::time(run.now())),
            plain("events", format::grouped(run.step().0)),
            plain("under way", format::count(flights.len() as u64, "message", "messages")),
            plain("walls", format::grouped(run.walls().len() as u64)),
        ],
        tables: Vec::new(),
    }
}

fn node(run: &dyn Run, id: NodeId, before: Option<&NodeView>) -> Inspector {
    let view = run.node(id);
    let changed = before.map(|before| changed_fields(before, &view)).unwrap_or_default();
    let role = node_picture::role(run, &view).name;
    let status = run.status(id);
    let mut fields: Vec<FieldPicture> = view.fields.iter().map(|field| described(field, &changed)).collect();
    fields.extend(run.timers(id).into_iter().map(|timer| {
        let left = format::duration(timer.due_at.since(run.now()));
        plain(sentence::timer_name(run, timer.timer), format!("{left} left"))
    }));
    fields.extend(node_picture::clock(run, id).map(|clock| plain("clock", clock)));
    Inspector {
        title: if status == Status::Up {
            format!("{id}, {role}")
        } else {
            format!("{id}, {}", node_picture::status_text(status))
        },
        subtitle: view.badge,
        fields,
        tables: view.panels.into_iter().filter_map(table).collect(),
    }
}

fn described(field: &Field, changed: &BTreeSet<&'static str>) -> FieldPicture {
    FieldPicture {
        name: field.name.to_owned(),
        value: field.value.clone(),
        meaning: field.meaning,
        changed: changed.contains(field.name),
    }
}

fn table(panel: Panel) -> Option<TablePicture> {
    match panel {
        Panel::Table(TablePanel { title, columns, rows }) => Some(TablePicture { title, columns, rows }),
        Panel::Log(_) | Panel::Ring(_) => None,
    }
}

fn link(run: &dyn Run, link: Link) -> Inspector {
    let mut fields = Vec::new();
    for direction in [link, link.reversed()] {
        let state = if run.is_cut(direction) { "cut; ".to_owned() } else { String::new() };
        let changed = if run.link_is_original(direction) { "" } else { " (changed)" };
        let words = doing::link_words(run.link_model(direction));
        fields.push(plain(&direction.to_string(), format!("{state}{words}{changed}")));
    }
    let holding = run.walls().into_iter().filter(|(_, cuts)| cuts.contains(&link));
    let walls: Vec<String> = holding.map(|(_, cuts)| wall::name(&cuts, run.topology())).collect();
    fields.extend((!walls.is_empty()).then(|| plain("cut by", walls.join("; "))));
    Inspector {
        title: format!("Link {}–{}", link.from, link.to),
        subtitle: String::new(),
        fields,
        tables: Vec::new(),
    }
}

fn message(run: &dyn Run, id: MessageId) -> Inspector {
    let mut flights = Vec::new();
    run.flights(&mut flights);
    let Some(flight) = flights.iter().find(|flight| flight.id == id) else {
        return past_message(run, id);
    };
    let view = run.message(id);
    let mut fields = vec![plain("sent", format::time(flight.sent_at)), plain("fate", fate(flight))];
    let content = view.as_ref().map(|view| view.fields.as_slice()).unwrap_or_default();
    fields.extend(content.iter().map(|field| described(field, &BTreeSet::new())));
    Inspector {
        title: view.map_or_else(|| "Message".to_owned(), |view| view.title),
        subtitle: format!(
            "from {} to {}{}",
            id.link.from,
            id.link.to,
            if id.copy > 0 { ", a copy" } else { "" }
        ),
        fields,
        tables: Vec::new(),
    }
}

/// A message that is no longer under way: when it was sent, and what became of it.
fn past_message(run: &dyn Run, id: MessageId) -> Inspector {
    let Some(journey) = run.journeys(Step(0), |sent| sent.id == id).pop() else {
        return gone("It is not sent yet at the cursor, or its sending is no longer kept.");
    };
    let (name, at) = match journey.ending {
        Ending::Arrived(at, Arrival::Handled) => ("arrived", at),
        Ending::Arrived(at, Arrival::Waits) => ("waits since", at),
        Ending::Arrived(at, Arrival::NobodyThere) => ("found nobody", at),
        Ending::Lost(Loss::Cut, at) => ("lost at a cut", at),
        Ending::Lost(Loss::Random, at) => ("lost by the network", at),
        Ending::Lost(Loss::Dropped, at) => ("dropped", at),
        Ending::Held(at) => ("held since", at),
        Ending::UnderWay => ("sent", journey.sent),
    };
    let kind = run.about().messages.get(usize::from(journey.kind));
    let mut fields = vec![plain("sent", format::time(journey.sent.time))];
    fields.extend((name != "sent").then(|| plain(name, format::time(at.time))));
    Inspector {
        title: kind.map_or("Message", |kind| kind.name).to_owned(),
        subtitle: format!("from {} to {}, no longer under way", id.link.from, id.link.to),
        fields,
        tables: Vec::new(),
    }
}

/// What becomes of a message, in words.
pub fn fate(flight: &FlightView) -> String {
    match flight.fate {
        Fate::Deliver => format!("arrives at {}", flight.deliver_at),
        Fate::Held => "waits for a cut to end".to_owned(),
        Fate::Lost(Loss::Random) => "lost by the network".to_owned(),
        Fate::Lost(Loss::Cut) => "lost at a cut".to_owned(),
        Fate::Lost(Loss::Dropped) => "dropped by hand".to_owned(),
    }
}

/// What happened, and how far its influence reaches.
fn event(run: &dyn Run, step: Step) -> Inspector {
    let Some(event) = run.event(step) else { return gone("What happened there is no longer kept.") };
    let line = sentence::line(run, event);
    let mut fields = vec![plain("time", line.time), plain("event", format::grouped(step.0))];
    fields.extend(event.cause.map(|cause| plain("cause", format!("event {}", format::grouped(cause.0)))));
    let sent = run.sent(step).len() as u64;
    fields.extend((sent > 0).then(|| plain("sent", format::count(sent, "message", "messages"))));
    fields.extend((!line.sections.is_empty()).then(|| plain("rules", line.sections.join(", "))));
    Inspector {
        title: "What happened".to_owned(),
        subtitle: line.text,
        fields,
        tables: Cone::of(run, step).map(|cone| influence(run, &cone)).into_iter().collect(),
    }
}

/// What a client asked for, and what came of it.
fn operation(run: &dyn Run, invoked: Step) -> Inspector {
    let Some(row) = served::row(run, invoked) else { return gone("It is not in this run.") };
    let (text, _) = node_picture::operation_line(run, row, run.step());
    let mut fields = vec![plain("asked at", format::time(row.invoked.time))];
    if let Some((moment, _)) = row.returned_by(run.step()) {
        fields.push(plain("ended at", format::time(moment.time)));
    }
    fields.push(plain("process", row.process.0.to_string()));
    Inspector { title: format!("Operation of {}", row.client), subtitle: text, fields, tables: Vec::new() }
}

/// Up to when each participant could have influenced an event, and from when on it could influence them.
fn influence(run: &dyn Run, cone: &Cone) -> TablePicture {
    let time = |step: Option<Step>| {
        let event = step.and_then(|step| run.event(step));
        event.map_or_else(|| "–".to_owned(), |event| format::time(event.time))
    };
    let row = |id: NodeId| {
        let (past, future) = cone.reach(id);
        vec![id.to_string(), time(past), time(future)]
    };
    TablePicture {
        title: "What could have influenced it, up to when; what it could influence, from when on",
        columns: vec!["who", "up to", "from"],
        rows: run.topology().everyone().map(row).collect(),
    }
}

fn wall(run: &dyn Run, scene: &Scene, id: WallId) -> Inspector {
    let Some((_, cuts)) = run.walls().into_iter().find(|(standing, _)| *standing == id) else {
        return gone("The wall no longer stands.");
    };
    let mut fields = vec![plain("cuts", format::count(cuts.len() as u64, "directed link", "directed links"))];
    if let Some(sketch) = scene.sketches.get(&id) {
        fields.push(plain("direction", if sketch.one_way { "one way" } else { "both ways" }));
        let doors = sketch.doors.iter().copied();
        fields.extend((!sketch.doors.is_empty()).then(|| plain("doors", format::names(doors))));
    }
    Inspector {
        title: "Wall".to_owned(),
        subtitle: wall::name(&cuts, run.topology()),
        fields,
        tables: Vec::new(),
    }
}
