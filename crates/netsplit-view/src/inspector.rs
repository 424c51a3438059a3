//! The inspector: everything about what is selected.

use std::collections::BTreeSet;

use netsplit_sim::describe::{Field, NodeView, Panel, TablePanel};
use netsplit_sim::event::{Arrival, Fate, Loss};
use netsplit_sim::id::{Link, MessageId, NodeId, Step, WallId};
use netsplit_sim::journey::Ending;
use netsplit_sim::run::{FlightView, Run, Status};
use netsplit_words::{say, told};

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
        Some(_) => gone(say!("It is not in this run.")),
    }
}

fn is_link(run: &dyn Run, link: Link) -> bool {
    link.from != link.to && run.topology().contains(link.from) && run.topology().contains(link.to)
}

fn gone(why: &str) -> Inspector {
    Inspector { title: say!("Gone").to_owned(), subtitle: why.to_owned(), ..Inspector::default() }
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
        say!("{count, plural, one {# server} other {# servers}}", count = topology.servers),
        say!("{count, plural, one {# client} other {# clients}}", count = topology.clients),
    ];
    Inspector {
        title: run.about().title.to_owned(),
        subtitle: run.about().summary.to_owned(),
        fields: vec![
            plain(say!("taking part"), format::joined(&who)),
            plain(say!("time"), format::time(run.now())),
            plain(say!("events"), format::grouped(run.step().0)),
            plain(say!("under way"), messages(flights.len())),
            plain(say!("walls"), format::grouped(run.walls().len() as u64)),
        ],
        tables: Vec::new(),
    }
}

fn messages(count: usize) -> String {
    say!("{count, plural, one {# message} other {# messages}}", count = format::grouped(count as u64))
}

fn node(run: &dyn Run, id: NodeId, before: Option<&NodeView>) -> Inspector {
    let view = run.node(id);
    let changed = before.map(|before| changed_fields(before, &view)).unwrap_or_default();
    let role = node_picture::role(run, &view).name;
    let status = run.status(id);
    let mut fields: Vec<FieldPicture> = view.fields.iter().map(|field| described(field, &changed)).collect();
    fields.extend(run.timers(id).into_iter().map(|timer| {
        let left = format::duration(timer.due_at.since(run.now()));
        plain(sentence::timer_name(run, timer.timer), say!("{left} left", left))
    }));
    fields.extend(node_picture::clock(run, id).map(|clock| plain(say!("clock"), clock)));
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
        meaning: told(field.meaning),
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
        let mut words = doing::link_words(run.link_model(direction));
        if run.is_cut(direction) {
            words = say!("cut; {words}", words);
        }
        if !run.link_is_original(direction) {
            words = say!("{words} (changed)", words);
        }
        fields.push(plain(&direction.to_string(), words));
    }
    let holding = run.walls().into_iter().filter(|(_, cuts)| cuts.contains(&link));
    let walls: Vec<String> = holding.map(|(_, cuts)| wall::name(&cuts, run.topology())).collect();
    fields.extend((!walls.is_empty()).then(|| plain(say!("cut by"), walls.join("; "))));
    Inspector {
        title: say!("Link {from}–{to}", from = link.from, to = link.to),
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
    let mut fields =
        vec![plain(say!("sent"), format::time(flight.sent_at)), plain(say!("fate"), fate(flight))];
    let content = view.as_ref().map(|view| view.fields.as_slice()).unwrap_or_default();
    fields.extend(content.iter().map(|field| described(field, &BTreeSet::new())));
    Inspector {
        title: view.map_or_else(|| say!("Message").to_owned(), |view| view.title),
        subtitle: if id.copy > 0 {
            say!("from {from} to {to}, a copy", from = id.link.from, to = id.link.to)
        } else {
            say!("from {from} to {to}", from = id.link.from, to = id.link.to)
        },
        fields,
        tables: Vec::new(),
    }
}

/// A message that is no longer under way: when it was sent, and what became of it.
fn past_message(run: &dyn Run, id: MessageId) -> Inspector {
    let Some(journey) = run.journeys(Step(0), |sent| sent.id == id).pop() else {
        return gone(say!("It is not sent yet at the cursor, or its sending is no longer kept."));
    };
    let ended = match journey.ending {
        Ending::Arrived(at, Arrival::Handled) => Some((say!("arrived"), at)),
        Ending::Arrived(at, Arrival::Waits) => Some((say!("waits since"), at)),
        Ending::Arrived(at, Arrival::NobodyThere) => Some((say!("found nobody"), at)),
        Ending::Lost(Loss::Cut, at) => Some((say!("lost at a cut"), at)),
        Ending::Lost(Loss::Random, at) => Some((say!("lost by the network"), at)),
        Ending::Lost(Loss::Dropped, at) => Some((say!("dropped"), at)),
        Ending::Held(at) => Some((say!("held since"), at)),
        Ending::UnderWay => None,
    };
    let kind = run.about().messages.get(usize::from(journey.kind));
    let mut fields = vec![plain(say!("sent"), format::time(journey.sent.time))];
    fields.extend(ended.map(|(name, at)| plain(name, format::time(at.time))));
    Inspector {
        title: kind.map_or(say!("Message"), |kind| kind.name).to_owned(),
        subtitle: say!("from {from} to {to}, no longer under way", from = id.link.from, to = id.link.to),
        fields,
        tables: Vec::new(),
    }
}

/// What becomes of a message, in words.
pub fn fate(flight: &FlightView) -> String {
    match flight.fate {
        Fate::Deliver => say!("arrives at {at}", at = flight.deliver_at),
        Fate::Held => say!("waits for a cut to end").to_owned(),
        Fate::Lost(Loss::Random) => say!("lost by the network").to_owned(),
        Fate::Lost(Loss::Cut) => say!("lost at a cut").to_owned(),
        Fate::Lost(Loss::Dropped) => say!("dropped by hand").to_owned(),
    }
}

/// What happened, and how far its influence reaches.
fn event(run: &dyn Run, step: Step) -> Inspector {
    let Some(event) = run.event(step) else { return gone(say!("What happened there is no longer kept.")) };
    let line = sentence::line(run, event);
    let mut fields = vec![plain(say!("time"), line.time), plain(say!("event"), format::grouped(step.0))];
    fields.extend(
        event
            .cause
            .map(|cause| plain(say!("cause"), say!("event {number}", number = format::grouped(cause.0)))),
    );
    let sent = run.sent(step).len();
    fields.extend((sent > 0).then(|| plain(say!("sent"), messages(sent))));
    fields.extend((!line.sections.is_empty()).then(|| plain(say!("rules"), line.sections.join(", "))));
    Inspector {
        title: say!("What happened").to_owned(),
        subtitle: line.text,
        fields,
        tables: Cone::of(run, step).map(|cone| influence(run, &cone)).into_iter().collect(),
    }
}

/// What a client asked for, and what came of it.
fn operation(run: &dyn Run, invoked: Step) -> Inspector {
    let Some(row) = served::row(run, invoked) else { return gone(say!("It is not in this run.")) };
    let (text, _) = node_picture::operation_line(run, row, run.step());
    let mut fields = vec![plain(say!("asked at"), format::time(row.invoked.time))];
    if let Some((moment, _)) = row.returned_by(run.step()) {
        fields.push(plain(say!("ended at"), format::time(moment.time)));
    }
    fields.push(plain(say!("process"), row.process.0.to_string()));
    Inspector {
        title: say!("Operation of {client}", client = row.client),
        subtitle: text,
        fields,
        tables: Vec::new(),
    }
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
        title: say!("What could have influenced it, up to when; what it could influence, from when on"),
        columns: vec![say!("who"), say!("up to"), say!("from")],
        rows: run.topology().everyone().map(row).collect(),
    }
}

fn wall(run: &dyn Run, scene: &Scene, id: WallId) -> Inspector {
    let Some((_, cuts)) = run.walls().into_iter().find(|(standing, _)| *standing == id) else {
        return gone(say!("The wall no longer stands."));
    };
    let mut fields = vec![plain(
        say!("cuts"),
        say!("{count, plural, one {# directed link} other {# directed links}}", count = cuts.len()),
    )];
    if let Some(sketch) = scene.sketches.get(&id) {
        fields
            .push(plain(say!("direction"), if sketch.one_way { say!("one way") } else { say!("both ways") }));
        let doors = sketch.doors.iter().copied();
        fields.extend((!sketch.doors.is_empty()).then(|| plain(say!("doors"), format::names(doors))));
    }
    Inspector {
        title: say!("Wall").to_owned(),
        subtitle: wall::name(&cuts, run.topology()),
        fields,
        tables: Vec::new(),
    }
}
