//! Keys at the desk: the focus roves, what has it is used or grabbed, what is grabbed moves.

use netsplit_sim::id::Link;
use netsplit_sim::intervention::Intervention;
use netsplit_view::geometry::Point;
use netsplit_words::say;

use super::desk::Desk;
use super::dom;
use super::gesture::Grip;
use super::grip_name::{GripName, Stop};
use super::hand::{Change, Grab};
use super::keys::KeyDeed;
use super::roving::{Arrow, neighbour};
use crate::msg::{Msg, Selection, Tool};

impl Desk {
    /// A key on what has the focus; `fine` moves by less.
    pub fn key(&self, deed: KeyDeed, focus: Option<GripName>, fine: bool) {
        match (deed, focus) {
            (KeyDeed::Leave, _) => self.leave(),
            (KeyDeed::Rove(arrow), Some(name)) => self.rove(name, arrow),
            (KeyDeed::Click, Some(name)) => {
                let at = self.pixel(name);
                self.click(plain_grip(name), at);
            }
            (KeyDeed::Grab, Some(GripName::Wall(id))) => self.grab(Selection::Wall(id)),
            (KeyDeed::Grab, Some(GripName::Node(id))) => self.grab(Selection::Node(id)),
            (KeyDeed::Remove(wall), _) => self.intervene(Intervention::RemoveWall(wall), None),
            (KeyDeed::Shortcut(key), Some(name)) => self.shortcut(&key, name),
            (deed, _) => self.grabbed_key(deed, fine),
        }
    }

    fn leave(&self) {
        if self.tool != Tool::Hand {
            self.app.send(Msg::Tool(Tool::Hand));
        } else {
            self.app.send(Msg::Select(None));
        }
    }

    fn shortcut(&self, key: &str, name: GripName) {
        let Some(selection) = selection_of(name) else { return };
        let menu =
            self.app.read(|model| netsplit_view::menu::menu(model.session().run(), &self.scene, selection));
        let mut items = menu.into_iter().flat_map(|menu| menu.groups).flatten();
        let Some(item) = items.find(|item| item.key.eq_ignore_ascii_case(key)) else { return };
        match item.disabled {
            None => self.act(item.action, self.pixel(name)),
            Some(reason) => {
                self.app.send(Msg::Announce(say!("{item}: {reason}.", item = item.label, reason)));
            }
        }
    }

    fn grabbed_key(&self, deed: KeyDeed, fine: bool) {
        let Some(grab) = self.hand.grabbed else { return };
        let next = match (deed, grab) {
            (KeyDeed::Move(arrow), Grab::Node { node, .. }) => {
                let to = self.board.to_px(self.scene.layout.at(node)) + Grab::step(arrow, fine);
                self.app.send(Msg::MoveNode(node, self.board.to_stage(to)));
                return;
            }
            (KeyDeed::Move(arrow), wall) => Some(wall.moved(arrow, fine)),
            (KeyDeed::Turn(clockwise), wall) => Some(wall.turned(clockwise, fine)),
            (KeyDeed::PutBack, Grab::Node { node, from }) => {
                self.app.send(Msg::MoveNode(node, from));
                None
            }
            (KeyDeed::Drop, held) => {
                held.edit().iter().for_each(|edit| self.edit(edit));
                None
            }
            _ => None,
        };
        self.hand.dispatch(Change::Grab(next));
    }

    /// Moves the focus within its Tab stop.
    fn rove(&self, from: GripName, arrow: Arrow) {
        let Some(stop) = from.stop() else { return };
        let all = self.members(stop);
        let Some(here) = all.iter().position(|(name, _)| *name == from) else { return };
        let there = match stop {
            Stop::Net => {
                let places: Vec<(f64, f64)> = all.iter().map(|(_, at)| (at.x, at.y)).collect();
                neighbour(&places, here, arrow)
            }
            Stop::Walls | Stop::Flights => {
                let back = matches!(arrow, Arrow::Left | Arrow::Up);
                (here + if back { all.len() - 1 } else { 1 }) % all.len()
            }
        };
        dom::focus(&self.root, all[there].0);
    }

    /// What belongs to a Tab stop, and where it is.
    fn members(&self, stop: Stop) -> Vec<(GripName, Point)> {
        let picture = &self.picture;
        match stop {
            Stop::Net => {
                let nodes = picture.nodes.iter().map(|node| (GripName::Node(node.id), node.at));
                let clients = picture.clients.iter().map(|client| (GripName::Node(client.id), client.at));
                let links = picture
                    .links
                    .iter()
                    .map(|link| (GripName::Link(Link::new(link.a, link.b)), link.from.towards(link.to, 0.5)));
                let all = nodes.chain(clients).chain(links);
                all.map(|(name, at)| (name, self.board.to_px(at))).collect()
            }
            Stop::Walls => {
                let walls = picture.walls.iter();
                walls.map(|wall| (GripName::Wall(wall.id), self.board.to_px(wall.label_at))).collect()
            }
            Stop::Flights => {
                let brush = self.brush.borrow();
                let dots = brush.dots().iter();
                dots.map(|dot| (GripName::Message(dot.id), self.board.to_px(dot.at))).collect()
            }
        }
    }

    /// Where something is, in pixels.
    pub fn pixel(&self, name: GripName) -> Point {
        let members = name.stop().map_or_else(Vec::new, |stop| self.members(stop));
        let found = members.into_iter().find(|(member, _)| *member == name);
        found.map_or(self.board.origin, |(_, at)| at)
    }
}

/// The grip without regard to what lies on it: the keyboard means what has the focus.
const fn plain_grip(name: GripName) -> Grip {
    match name {
        GripName::Node(id) => Grip::Node(id),
        GripName::Link(link) => Grip::Link(link),
        GripName::Message(id) => Grip::Message(id),
        GripName::Wall(id) | GripName::Handle(id, _) => Grip::Wall(id),
        GripName::Palette(way) => Grip::Palette(way),
    }
}

const fn selection_of(name: GripName) -> Option<Selection> {
    match name {
        GripName::Node(id) => Some(Selection::Node(id)),
        GripName::Link(link) => Some(Selection::Link(link)),
        GripName::Message(id) => Some(Selection::Message(id)),
        GripName::Wall(id) => Some(Selection::Wall(id)),
        GripName::Handle(..) | GripName::Palette(_) => None,
    }
}
