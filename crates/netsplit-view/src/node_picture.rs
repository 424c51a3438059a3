//! One server or client as the stage draws it.

use netsplit_sim::describe::{LogCell, NodeView, Panel, Role, Shape, Tone};
use netsplit_sim::history::OpRow;
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::{Run, Status};
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_words::{say, word};

use crate::format;
use crate::geometry::Point;
use crate::scene::Scene;

/// A server.
#[derive(Clone, Debug, PartialEq)]
pub struct NodePicture {
    /// Who.
    pub id: NodeId,
    /// `n1`.
    pub name: String,
    /// Where it stands.
    pub at: Point,
    /// Its role by shape, letter and colour role.
    pub role: RolePicture,
    /// `term 3`.
    pub badge: String,
    /// Whether it runs.
    pub status: Status,
    /// `crashed`, `paused`; empty while it runs.
    pub status_text: &'static str,
    /// `clock +50 ms`, `clock 1.2 % fast`; nothing while its clock is true.
    pub clock: Option<String>,
    /// The timer drawn as an arc.
    pub timer: Option<TimerArc>,
    /// What it stores, in short.
    pub store: StorePicture,
    /// `n3, follower, term 4, …` for those who listen.
    pub accessible: String,
}

/// A role by shape, letter and colour role.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RolePicture {
    /// `leader`.
    pub name: &'static str,
    /// `L`.
    pub letter: char,
    /// Colour role.
    pub tone: Tone,
    /// Outline.
    pub shape: Shape,
}

/// A running timer: draw `left(now)` of a full circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimerArc {
    /// `election timer`.
    pub name: &'static str,
    /// When it was started.
    pub set_at: SimTime,
    /// When it falls due.
    pub due_at: SimTime,
}

impl TimerArc {
    /// The share of time left, from 1 to 0.
    pub fn left(&self, now: SimTime) -> f64 {
        let whole = self.due_at.since(self.set_at).0.max(1) as f64;
        (self.due_at.since(now).0 as f64 / whole).min(1.0)
    }
}

/// What a node stores, in short.
#[derive(Clone, Debug, PartialEq)]
pub enum StorePicture {
    /// Nothing to show.
    Nothing,
    /// The last entries of its log.
    Log {
        /// How many entries come before those shown.
        earlier: u64,
        /// The last ones.
        cells: Vec<CellPicture>,
    },
    /// The first rows of a table, and how many more there are.
    Rows {
        /// `x D`.
        rows: Vec<String>,
        /// How many rows come after those shown.
        more: u64,
    },
}

/// An entry of a log.
#[derive(Clone, Debug, PartialEq)]
pub struct CellPicture {
    /// Its index, from one.
    pub index: u64,
    /// `D`.
    pub label: String,
    /// The epoch as small digits: `₂`.
    pub epoch: String,
    /// Whether the node knows it to be final.
    pub settled: bool,
    /// Whether it is on the disk.
    pub durable: bool,
    /// The whole entry in words.
    pub title: String,
}

/// A client.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientPicture {
    /// Who.
    pub id: NodeId,
    /// `c1`.
    pub name: String,
    /// Where it stands.
    pub at: Point,
    /// Its role by shape, letter and colour role.
    pub role: RolePicture,
    /// `x=D … pending`, `x=C ✓ 0.73 s`; empty before its first operation.
    pub operation: String,
    /// How that operation stands.
    pub answer: Answer,
    /// When the operation was invoked.
    pub asked_at: Option<SimTime>,
    /// In words, for those who listen.
    pub accessible: String,
}

/// How a client's last operation stands at the cursor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answer {
    /// It never asked for anything.
    #[default]
    Idle,
    /// No answer yet.
    Pending,
    /// Done.
    Done,
    /// Refused: it did not happen.
    Refused,
    /// The client gave up; it may or may not have happened.
    Unknown,
}

/// A server of the run at its cursor.
pub fn node(run: &dyn Run, scene: &Scene, id: NodeId) -> NodePicture {
    let view = run.node(id);
    let status = run.status(id);
    let role = role(run, &view);
    let clock = clock(run, id);
    let store = store(&view, scene.layout.sizes(scene.size).cells);
    NodePicture {
        id,
        name: id.to_string(),
        at: scene.layout.at(id),
        status,
        status_text: status_text(status),
        timer: timer_arc(run, id),
        accessible: accessible(id, role.name, &view, status, clock.as_deref()),
        badge: view.badge,
        role,
        clock,
        store,
    }
}

/// The role of a participant.
pub fn role(run: &dyn Run, view: &NodeView) -> RolePicture {
    role_of(run, view.role)
}

/// The role at this position of [`About::roles`](netsplit_sim::describe::About::roles).
pub(crate) fn role_of(run: &dyn Run, position: u16) -> RolePicture {
    const UNKNOWN: Role = Role { name: word!("node"), letter: '?', tone: Tone::Plain, shape: Shape::Circle };
    let role = run.about().roles.get(usize::from(position)).unwrap_or(&UNKNOWN);
    RolePicture { name: role.name, letter: role.letter, tone: role.tone, shape: role.shape }
}

/// A status in a word; nothing for what runs.
pub fn status_text(status: Status) -> &'static str {
    match status {
        Status::Up => "",
        Status::Paused => say!("paused"),
        Status::Crashed => say!("crashed"),
    }
}

/// How a clock is off, if it is.
pub fn clock(run: &dyn Run, id: NodeId) -> Option<String> {
    let (reads, drift) = run.clock(id);
    let off = i128::from(reads.0) - i128::from(run.now().0);
    if drift != 0 {
        let share = format::percent(drift.unsigned_abs());
        let fast =
            if drift > 0 { say!("clock {share} fast", share) } else { say!("clock {share} slow", share) };
        return Some(fast);
    }
    let length = SimDuration(u64::try_from(off.unsigned_abs()).unwrap_or(u64::MAX));
    (off != 0).then(|| say!("clock {sign}{length}", sign = if off > 0 { '+' } else { '−' }, length))
}

fn timer_arc(run: &dyn Run, id: NodeId) -> Option<TimerArc> {
    run.timers(id).into_iter().find_map(|timer| {
        let kind = run.about().timers.get(usize::from(timer.timer.0)).filter(|kind| kind.on_stage)?;
        Some(TimerArc { name: kind.name, set_at: timer.set_at, due_at: timer.due_at })
    })
}

fn store(view: &NodeView, room: usize) -> StorePicture {
    match view.panels.first() {
        Some(Panel::Log(log)) if room > 0 && !log.entries.is_empty() => {
            let shown = log.entries.len().min(room);
            let cells = log.entries[log.entries.len() - shown..].iter().map(cell).collect();
            StorePicture::Log { earlier: log.last - shown as u64, cells }
        }
        Some(Panel::Table(table)) if room > 0 && !table.rows.is_empty() => {
            let shown = table.rows.len().min(2);
            // A key and what stands under it; there is no room for the other columns.
            let rows = table.rows[..shown].iter().map(|row| row[..row.len().min(2)].join(" ")).collect();
            StorePicture::Rows { rows, more: (table.rows.len() - shown) as u64 }
        }
        _ => StorePicture::Nothing,
    }
}

/// An entry as a cell.
pub fn cell(entry: &LogCell) -> CellPicture {
    CellPicture {
        index: entry.index,
        label: entry.label.clone(),
        epoch: format::subscript(entry.epoch),
        settled: entry.settled,
        durable: entry.durable,
        title: entry.title.clone(),
    }
}

fn accessible(id: NodeId, role: &str, view: &NodeView, status: Status, clock: Option<&str>) -> String {
    let mut words = vec![id.to_string()];
    match status {
        Status::Up => words.push(role.to_owned()),
        Status::Paused | Status::Crashed => words.push(status_text(status).to_owned()),
    }
    words.extend((!view.badge.is_empty()).then(|| view.badge.clone()));
    words.extend(view.panels.iter().find_map(log_words));
    words.extend(clock.map(str::to_owned));
    words.join(", ")
}

fn log_words(panel: &Panel) -> Option<String> {
    let Panel::Log(log) = panel else { return None };
    Some(if log.last == 0 {
        say!("empty log").to_owned()
    } else {
        let (count, settled) = (format::grouped(log.last), log.settled);
        say!("{count, plural, one {# entry} other {# entries}}, {settled} final", count, settled)
    })
}

/// A client of the run at its cursor.
pub fn client(run: &dyn Run, scene: &Scene, id: NodeId) -> ClientPicture {
    let view = run.node(id);
    let last = run.history().iter().rev().find(|row| row.client == id);
    let (operation, answer) = last.map_or_else(Default::default, |row| operation_line(run, row, run.step()));
    let role = role(run, &view);
    let accessible = match answer {
        Answer::Idle => say!("{id}, client, has asked for nothing yet", id),
        _ => say!("{id}, client, {operation}", id, operation),
    };
    ClientPicture {
        id,
        name: id.to_string(),
        at: scene.layout.at(id),
        role,
        operation,
        answer,
        asked_at: last.map(|row| row.invoked.time),
        accessible,
    }
}

/// An operation and how it stands after a step: `x=D ✓ 0.73 s`.
pub(crate) fn operation_line(run: &dyn Run, row: &OpRow, step: Step) -> (String, Answer) {
    use netsplit_sim::history::Outcome;
    let Some((moment, outcome)) = row.returned_by(step) else {
        return (
            say!("{operation} … pending", operation = format::operation(&row.operation)),
            Answer::Pending,
        );
    };
    let answer = match outcome {
        Outcome::Ok(_) | Outcome::Many(_) => Answer::Done,
        Outcome::Fail => Answer::Refused,
        Outcome::Info => Answer::Unknown,
    };
    let took = format::elapsed(moment.time.since(row.invoked.time));
    (format!("{} {took}", format::answered(&row.operation, outcome, format::counts(run.history()))), answer)
}
