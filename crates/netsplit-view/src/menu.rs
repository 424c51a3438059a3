//! What can be done to a node, link, message or wall: labels, keys, and why an item would do nothing.

use std::collections::BTreeSet;

use netsplit_scenarios::sketch::Sketch;
use netsplit_sim::describe::{Order, Tampering};
use netsplit_sim::event::Fate;
use netsplit_sim::id::{Link, MessageId, NodeId, OrderName, TamperName, TimerName, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention, NoEffect};
use netsplit_sim::run::{Run, Status};
use netsplit_words::say;

use crate::format;
use crate::groups;
use crate::inspector::Selection;
use crate::order::set_of;
use crate::scene::Scene;
use crate::sentence;
use crate::wall;

/// A menu.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    /// Of what: `n4`.
    pub title: String,
    /// Groups of items, to be separated by lines.
    pub groups: Vec<Vec<Item>>,
}

/// One item.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it says.
    pub label: String,
    /// The key that does the same while the thing has focus; may be empty.
    pub key: &'static str,
    /// What it does.
    pub action: Action,
    /// Why it would do nothing; `None` if it can be used.
    pub disabled: Option<String>,
}

/// What an item does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Does this to the system; `sketch` is how a wall is drawn.
    Intervene {
        /// What.
        what: Intervention,
        /// The geometry, for a wall.
        sketch: Option<Sketch>,
    },
    /// Opens the dialog for a link's delay, loss, duplication and bandwidth.
    EditLink(Link),
    /// Opens the dialog for a node's clock.
    EditClock(NodeId),
    /// Opens the dialog for a message's time of arrival.
    Retime(MessageId),
    /// Opens the dialog for an operation: of this client, or of any through this server.
    Request {
        /// The client, if one is meant.
        client: Option<NodeId>,
        /// Whom it asks, if one is meant.
        via: Option<NodeId>,
    },
    /// Opens the partition dialog for this wall.
    EditWall(WallId),
    /// Shows it in the inspector.
    Inspect(Selection),
    /// Takes hold of it, to move it with arrow keys.
    Grab(Selection),
}

/// The menu of what is selected; `None` for what is not there.
pub fn menu(run: &dyn Run, scene: &Scene, of: Selection) -> Option<Menu> {
    match of {
        Selection::Node(id) if !run.topology().contains(id) => None,
        Selection::Node(id) if id.is_client() => Some(client(run, id)),
        Selection::Node(id) => Some(server(run, scene, id)),
        Selection::Link(link) => exists(run, link).then(|| self::link(run, scene, link)),
        Selection::Message(id) => Some(message(run, id)),
        Selection::Wall(id) => self::wall(run, scene, id),
        Selection::Event(_) | Selection::Operation(_) => None,
    }
}

fn exists(run: &dyn Run, link: Link) -> bool {
    let topology = run.topology();
    link.from != link.to && topology.contains(link.from) && topology.contains(link.to)
}

fn item(label: impl Into<String>, key: &'static str, action: Action) -> Item {
    Item { label: label.into(), key, action, disabled: None }
}

fn does(label: impl Into<String>, key: &'static str, what: Intervention) -> Item {
    item(label, key, Action::Intervene { what, sketch: None })
}

impl Item {
    /// The item, disabled for this reason unless it can be used.
    fn unless(self, usable: bool, reason: NoEffect) -> Self {
        Self { disabled: (!usable).then(|| reason.to_string()), ..self }
    }
}

fn client(run: &dyn Run, id: NodeId) -> Menu {
    let request = Action::Request { client: Some(id), via: None };
    Menu {
        title: id.to_string(),
        groups: vec![
            vec![item(say!("Ask for an operation…"), "o", request)],
            clock_and_timers(run, id),
            look_and_move(Selection::Node(id)),
        ],
    }
}

fn look_and_move(of: Selection) -> Vec<Item> {
    vec![
        item(say!("Inspect"), "i", Action::Inspect(of)),
        item(say!("Move on the stage"), "g", Action::Grab(of)),
    ]
}

fn server(run: &dyn Run, scene: &Scene, id: NodeId) -> Menu {
    let mut groups = vec![life(run, id), clock_and_timers(run, id)];
    groups.push(orders(run, id));
    groups.push(vec![item(
        say!("Send a client operation to {id}…", id),
        "o",
        Action::Request { client: None, via: Some(id) },
    )]);
    groups.push(sides(run, scene, id));
    groups.push(look_and_move(Selection::Node(id)));
    groups.retain(|group| !group.is_empty());
    Menu { title: id.to_string(), groups }
}

fn life(run: &dyn Run, id: NodeId) -> Vec<Item> {
    let status = run.status(id);
    let alive = status != Status::Crashed;
    let crash = |label: &str, key, kind| {
        does(label, key, Intervention::Crash(id, kind)).unless(alive, NoEffect::AlreadyCrashed)
    };
    let pause_reason = NoEffect::NotRunning;
    vec![
        crash(say!("Crash"), "c", CrashKind::KeepWritten),
        crash(say!("Crash, losing unsynced writes"), "", CrashKind::LoseUnsynced),
        crash(say!("Crash, losing the disk"), "", CrashKind::LoseDisk),
        does(say!("Restart"), "r", Intervention::Restart(id)).unless(!alive, NoEffect::NotCrashed),
        does(say!("Pause"), "p", Intervention::Pause(id)).unless(status == Status::Up, pause_reason),
        does(say!("Resume"), "u", Intervention::Resume(id))
            .unless(status == Status::Paused, NoEffect::NotPaused),
    ]
}

fn clock_and_timers(run: &dyn Run, id: NodeId) -> Vec<Item> {
    let mut items = timers(run, id);
    items.push(item(say!("Set its clock…"), "", Action::EditClock(id)));
    items
}

/// The timers that run.
fn timers(run: &dyn Run, id: NodeId) -> Vec<Item> {
    let alive = run.status(id) != Status::Crashed;
    let fire = |timer: TimerName| {
        let label = say!("Fire its {timer} now", timer = sentence::timer_name(run, timer));
        does(label, "", Intervention::FireTimer(id, timer)).unless(alive, NoEffect::NotRunning)
    };
    run.timers(id).into_iter().map(|view| fire(view.timer)).collect()
}

/// What an operator can tell it.
fn orders(run: &dyn Run, id: NodeId) -> Vec<Item> {
    let up = run.status(id) == Status::Up;
    let order = |(name, order): (u8, &Order)| {
        let told = Intervention::Order(id, OrderName(name));
        does(format::capital(order.name), "", told).unless(up, NoEffect::NotRunning)
    };
    (0..).zip(run.about().orders).map(order).collect()
}

/// For each drawn wall, the node moved to its other side: what it cuts, and a line that shows it.
fn sides(run: &dyn Run, scene: &Scene, id: NodeId) -> Vec<Item> {
    let others = run.walls().into_iter().filter_map(|(wall, cuts)| {
        let action = cross_over(run, scene, wall, &cuts, id)?;
        Some(item(
            say!("Put on the other side of {wall}", wall = wall::name(&cuts, run.topology())),
            "",
            action,
        ))
    });
    others.collect()
}

/// A wall whose line no longer shows what it cuts has no sides to change.
fn cross_over(
    run: &dyn Run,
    scene: &Scene,
    wall: WallId,
    cuts: &BTreeSet<Link>,
    id: NodeId,
) -> Option<Action> {
    let sketch = scene.sketches.get(&wall)?;
    let (mut left, _) = wall::sides(sketch, &scene.layout);
    if &wall::cuts_between(&left, sketch, run.topology()) != cuts {
        return None;
    }
    if !left.remove(&id) {
        left.insert(id);
    }
    let crossed = wall::cuts_between(&left, sketch, run.topology());
    let redrawn = groups::separating(&crossed, &left, sketch, &scene.layout);
    Some(Action::Intervene { what: Intervention::SetWall(wall, crossed), sketch: redrawn })
}

fn link(run: &dyn Run, scene: &Scene, link: Link) -> Menu {
    let there = link;
    let back = link.reversed();
    let id = wall::next_id(run, &scene.sketches);
    let cut = |label: String, key, links: &[Link]| {
        let cut_already = links.iter().all(|link| run.is_cut(*link));
        let disabled = cut_already.then(|| say!("it is cut already").to_owned());
        Item { disabled, ..does(label, key, Intervention::SetWall(id, set_of(links.iter().copied()))) }
    };
    let reset = |link: Link| {
        does(say!("Back to how {link} was", link), "", Intervention::ResetLink(link))
            .unless(!run.link_is_original(link), NoEffect::NothingToChange)
    };
    Menu {
        title: format!("{}–{}", link.from, link.to),
        groups: vec![
            vec![
                cut(say!("Cut both ways").to_owned(), "x", &[there, back]),
                cut(say!("Cut {link}", link = there), "", &[there]),
                cut(say!("Cut {link}", link = back), "", &[back]),
            ],
            vec![
                item(say!("Delay, loss, duplication of {link}…", link = there), "e", Action::EditLink(there)),
                item(say!("Delay, loss, duplication of {link}…", link = back), "", Action::EditLink(back)),
            ],
            vec![reset(there), reset(back)],
            vec![item(say!("Inspect"), "i", Action::Inspect(Selection::Link(link)))],
        ],
    }
}

fn message(run: &dyn Run, id: MessageId) -> Menu {
    let mut flights = Vec::new();
    run.flights(&mut flights);
    let alive = flights.iter().any(|flight| flight.id == id && !matches!(flight.fate, Fate::Lost(_)));
    let title = run.message(id).map_or_else(|| id.to_string(), |view| view.title);
    let does = |label: &str, key, what| does(label, key, what).unless(alive, NoEffect::NoSuchMessage);
    let tamper = |(how, tampering): (u8, &Tampering)| {
        let label = say!("Tamper with it: {how}", how = tampering.name);
        does(&label, "", Intervention::Tamper(id, TamperName(how)))
    };
    let mut groups = vec![
        vec![
            does(say!("Drop"), "d", Intervention::Drop(id)),
            does(say!("Duplicate"), "2", Intervention::Duplicate(id)),
            does(say!("Deliver now"), "n", Intervention::DeliverNow(id)),
            item(say!("Arrives at…"), "t", Action::Retime(id)).unless(alive, NoEffect::NoSuchMessage),
        ],
        (0..).zip(run.about().tampers).map(tamper).collect(),
        vec![item(say!("Inspect"), "i", Action::Inspect(Selection::Message(id)))],
    ];
    groups.retain(|group| !group.is_empty());
    Menu { title, groups }
}

fn wall(run: &dyn Run, scene: &Scene, id: WallId) -> Option<Menu> {
    let (_, cuts) = run.walls().into_iter().find(|(standing, _)| *standing == id)?;
    let mut groups = Vec::new();
    if let Some(sketch) = scene.sketches.get(&id) {
        groups.push(redrawn(run, scene, id, sketch));
        groups.push(doors(run, scene, id, sketch));
        groups.push(vec![item(say!("Move on the stage"), "g", Action::Grab(Selection::Wall(id)))]);
    }
    groups.push(vec![
        item(say!("Choose who is on which side…"), "e", Action::EditWall(id)),
        item(say!("Inspect"), "i", Action::Inspect(Selection::Wall(id))),
        does(say!("Take the wall away"), "Delete", Intervention::RemoveWall(id)),
    ]);
    Some(Menu { title: wall::name(&cuts, run.topology()), groups })
}

/// The wall drawn otherwise, cutting what it then cuts.
fn redraw(run: &dyn Run, scene: &Scene, id: WallId, sketch: Sketch) -> Action {
    let cuts = wall::cuts(&sketch, &scene.layout, run.topology());
    Action::Intervene { what: Intervention::SetWall(id, cuts), sketch: Some(sketch) }
}

fn redrawn(run: &dyn Run, scene: &Scene, id: WallId, sketch: &Sketch) -> Vec<Item> {
    let other = Sketch { one_way: !sketch.one_way, ..sketch.clone() };
    let label = if sketch.one_way { say!("Cut both ways") } else { say!("Cut one way only") };
    let flip = item(say!("Flip its direction"), "f", redraw(run, scene, id, wall::flipped(sketch)));
    vec![
        item(label, "o", redraw(run, scene, id, other)),
        flip.unless(sketch.one_way, NoEffect::NothingToChange),
    ]
}

fn doors(run: &dyn Run, scene: &Scene, id: WallId, sketch: &Sketch) -> Vec<Item> {
    let servers = run.topology().servers();
    let door = |node: NodeId| {
        let label = if sketch.doors.contains(&node) {
            say!("Close the door for {node}", node)
        } else {
            say!("Open a door for {node}", node)
        };
        item(label, "", redraw(run, scene, id, wall::with_door_toggled(sketch, node)))
    };
    servers.map(door).collect()
}
