//! Where gestures, clicks and keys meet the run: each becomes a message or a change of what is in hand.

use std::cell::RefCell;
use std::rc::Rc;

use netsplit_scenarios::sketch::Sketch;
use netsplit_sim::id::{MessageId, NodeId, WallId};
use netsplit_sim::intervention::Intervention;
use netsplit_view::geometry::Point;
use netsplit_view::menu::Action;
use netsplit_view::retiming::retiming;
use netsplit_view::scene::Scene;
use netsplit_view::stage::StagePicture;
use netsplit_view::wall;
use netsplit_words::say;
use yew::prelude::{NodeRef, UseReducerHandle};

use super::brush::Brush;
use super::dom;
use super::drawn::sketch_of;
use super::gesture::{Command, Edit, Gesture, Grip, Pen, Preview};
use super::grip_name::GripName;
use super::hand::{Change, Grab, Hand, Open};
use super::tool_click::{self, Deed};
use crate::msg::{Dialog, Msg, Panel, Selection, Tool};
use crate::stage_contract::AppHandle;
use netsplit_view::board::Board;

/// Everything that an event on the stage may need.
#[derive(Clone)]
pub struct Desk {
    /// The model and its messages.
    pub app: AppHandle,
    /// The tool in hand.
    pub tool: Tool,
    /// Where stage coordinates lie.
    pub board: Board,
    /// What the picture was made of.
    pub scene: Rc<Scene>,
    /// What is shown.
    pub picture: Rc<StagePicture>,
    /// What else is in hand.
    pub hand: UseReducerHandle<Hand>,
    /// The gesture under way.
    pub gesture: Rc<RefCell<Gesture>>,
    /// The messages as they were last drawn.
    pub brush: Rc<RefCell<Brush>>,
    /// The stage's element.
    pub root: NodeRef,
}

impl Desk {
    /// What lies under a pixel: what its element says, or else a message on the canvas.
    pub fn grip(&self, name: Option<GripName>, at: Point) -> Grip {
        match name {
            Some(GripName::Node(id)) => Grip::Node(id),
            Some(GripName::Wall(id)) => Grip::Wall(id),
            Some(GripName::Palette(way)) => Grip::Palette(way),
            Some(GripName::Handle(wall, _)) => Grip::Handle { wall, pivot: self.middle(wall) },
            Some(GripName::Message(id)) => Grip::Message(id),
            Some(GripName::Link(link)) => match self.message_at(at) {
                Grip::Ground => Grip::Link(link),
                message => message,
            },
            None => self.message_at(at),
        }
    }

    fn message_at(&self, at: Point) -> Grip {
        let brush = self.brush.borrow();
        let radius = self.scene.layout.sizes(self.scene.size).dot;
        let inner = at - self.board.origin;
        let found = netsplit_view::flights::dot_at(brush.dots(), inner, self.board.size, radius);
        tool_click::grip_of_message(self.tool, found)
    }

    /// What a stroke that begins there draws. While the run plays, messages pass under strokes.
    pub fn pen(&self, grip: Grip) -> Pen {
        match (grip, tool_click::pen(self.tool)) {
            (Grip::Message(_), Pen::OnGround(way)) if self.app.read(|model| model.playback().playing()) => {
                Pen::Anywhere(way)
            }
            (_, pen) => pen,
        }
    }

    fn middle(&self, wall: WallId) -> Point {
        let sketch = self.scene.sketches.get(&wall);
        self.board.to_px(sketch.map_or(netsplit_view::geometry::MIDDLE, wall::middle))
    }

    /// Shows what the gesture would do now.
    pub fn show_preview(&self) {
        let preview = self.gesture.borrow().preview();
        if matches!(preview, Some(Preview::Wall { .. })) {
            self.hand.dispatch(Change::Invited);
        }
        self.hand.dispatch(Change::Preview(preview));
    }

    /// The gesture is over: does what it asks for.
    pub fn finish(&self) {
        let command = self.gesture.borrow_mut().release();
        self.hand.dispatch(Change::Preview(None));
        match command {
            Some(Command::Click(Grip::Palette(_), _)) | None => {}
            Some(Command::Click(grip, at)) => self.click(grip, at),
            Some(Command::Edit(edit)) => self.edit(&edit),
            Some(Command::Remove(wall)) => self.intervene(Intervention::RemoveWall(wall), None),
            Some(Command::MoveNode(node, at)) => {
                self.app.send(Msg::MoveNode(node, self.board.to_stage(at)));
            }
            Some(Command::Retime(id, at)) => self.retime(id, at),
        }
    }

    /// Lets a message arrive when it would if it were at this pixel now.
    fn retime(&self, id: MessageId, at: Point) {
        let to = self.board.to_stage(at);
        let found = self.app.read(|model| retiming(model.session().run(), &self.scene, id, to));
        match found {
            Some(found) => {
                self.intervene(Intervention::Retime(id, found.at), None);
                self.app.send(Msg::Announce(say!("It {arrives}.", arrives = found.label)));
            }
            None => self.app.send(Msg::Announce(say!("That message is lost already.").to_owned())),
        }
    }

    /// The gesture is over and changes nothing.
    pub fn interrupt(&self) {
        self.gesture.borrow_mut().cancel();
        self.hand.dispatch(Change::Preview(None));
    }

    /// A click, or Enter on what has the focus.
    pub fn click(&self, grip: Grip, at: Point) {
        let deed = self.app.read(|model| {
            let session = model.session();
            tool_click::deed(self.tool, grip, self.hand.first, session.free_wall(), session.run())
        });
        match deed {
            Deed::Menu(selection) => self.menu(selection, at),
            Deed::Deselect => self.app.send(Msg::Select(None)),
            Deed::SwapSide(node) => self.swap_side(node),
            Deed::First(node) => {
                self.hand.dispatch(Change::First(Some(node)));
                self.app.send(Msg::Announce(say!("From {node}: choose the other end.", node)));
            }
            Deed::Do(done) => {
                self.hand.dispatch(Change::First(None));
                done.into_iter().for_each(|what| self.intervene(what, None));
            }
            Deed::Request(id) => {
                let (client, via) = if id.is_client() { (Some(id), None) } else { (None, Some(id)) };
                self.open(Open::RequestForm { client, via }, at);
            }
        }
    }

    fn swap_side(&self, node: NodeId) {
        let side = if self.hand.side_a.contains(&node) { "B" } else { "A" };
        self.hand.dispatch(Change::SwapSide(node));
        self.app.send(Msg::Announce(say!("{node} on side {side}.", node, side)));
    }

    /// Selects something and opens its menu.
    pub fn menu(&self, selection: Selection, at: Point) {
        self.app.send(Msg::Select(Some(selection)));
        // Beside a node rather than beside the pointer on it, so that the node stays in sight.
        let at = match selection {
            Selection::Node(id) => self.pixel(GripName::Node(id)),
            _ => at,
        };
        self.open(Open::Menu(selection), at);
    }

    fn open(&self, open: Open, at: Point) {
        self.hand.dispatch(Change::Open(Some((open, at))));
    }

    /// Raises or moves a wall; a new one that would cut nothing is not raised.
    pub fn edit(&self, edit: &Edit) {
        let (wall, standing) = match edit {
            Edit::New { .. } => (self.app.read(|model| model.session().free_wall()), None),
            Edit::Reshape { wall, .. } => (*wall, self.scene.sketches.get(wall)),
        };
        let Some(sketch) = sketch_of(edit, &self.board, standing) else { return };
        let cuts = wall::cuts(&sketch, &self.scene.layout, self.scene.layout.topology());
        if cuts.is_empty() && matches!(edit, Edit::New { .. }) {
            self.app.send(Msg::Announce(say!("No wall: it would cut no link.").to_owned()));
            return;
        }
        self.intervene(Intervention::SetWall(wall, cuts), Some(sketch));
        self.app.send(Msg::Select(Some(Selection::Wall(wall))));
        if self.tool != Tool::Hand {
            self.app.send(Msg::Tool(Tool::Hand));
        }
    }

    /// Raises the wall between the nodes clicked and the others.
    pub fn raise_sides(&self) {
        let topology = self.scene.layout.topology();
        let group = |id: &NodeId| usize::from(!self.hand.side_a.contains(id));
        let mut groups = std::collections::BTreeMap::new();
        groups.extend(topology.everyone().map(|id| (id, group(&id))));
        let made = netsplit_view::groups::sketch_for_groups(&groups, &self.scene.layout);
        let wall = self.app.read(|model| model.session().free_wall());
        self.intervene(Intervention::SetWall(wall, made.cuts), made.sketch);
        self.app.send(Msg::Tool(Tool::Hand));
        self.app.send(Msg::Select(Some(Selection::Wall(wall))));
    }

    /// Does this to the system.
    pub fn intervene(&self, what: Intervention, sketch: Option<Sketch>) {
        self.hand.dispatch(Change::Invited);
        self.app.send(Msg::Intervene { what, sketch });
    }

    /// Does what an item of a menu says.
    pub fn act(&self, action: Action, at: Point) {
        self.close(false);
        match action {
            Action::Intervene { what, sketch } => self.intervene(what, sketch),
            Action::EditLink(link) => self.open(Open::LinkForm(link), at),
            Action::EditClock(node) => self.open(Open::ClockForm(node), at),
            Action::Retime(id) => self.open(Open::RetimeForm(id), at),
            Action::Request { client, via } => self.open(Open::RequestForm { client, via }, at),
            Action::EditWall(wall) => {
                self.app.send(Msg::OpenDialog(Dialog::Partition(Some(wall))));
            }
            Action::Inspect(selection) => self.inspect(selection),
            Action::Grab(selection) => self.grab(selection),
        }
    }

    fn inspect(&self, selection: Selection) {
        self.app.send(Msg::Select(Some(selection)));
        // The message that shows a panel closes the one that is shown already.
        if self.app.read(|model| model.ui().shown_beside()) != Some(Panel::Inspector) {
            self.app.send(Msg::Panel(Panel::Inspector));
        }
    }

    /// Closes menu or form; `back` gives the focus back to what it was opened from.
    pub fn close(&self, back: bool) {
        let selection = match self.hand.open {
            Some((Open::Menu(selection), _)) => Some(selection),
            Some((Open::LinkForm(link), _)) => Some(Selection::Link(link)),
            Some((Open::ClockForm(node), _)) => Some(Selection::Node(node)),
            Some((Open::RetimeForm(id), _)) => Some(Selection::Message(id)),
            Some((Open::RequestForm { client, via }, _)) => client.or(via).map(Selection::Node),
            None => None,
        };
        self.hand.dispatch(Change::Open(None));
        if let Some(grip) = selection.filter(|_| back).and_then(grip_of) {
            dom::focus(&self.root, grip);
        }
    }

    /// Takes hold of something, to be moved by keys.
    pub fn grab(&self, selection: Selection) {
        let (grab, told) = match selection {
            Selection::Wall(wall) if self.scene.sketches.contains_key(&wall) => {
                let (by, angle, about) = (Point::default(), 0.0, self.middle(wall));
                let told = say!(
                    "Wall grabbed. Arrows move it, R and brackets turn it, Enter drops it, Escape puts it back."
                );
                (Grab::Wall { wall, about, by, angle }, told.to_owned())
            }
            Selection::Node(node) => {
                let from = self.scene.layout.at(node);
                (Grab::Node { node, from }, say!("{node} grabbed. Arrows move it, Enter drops it.", node))
            }
            Selection::Wall(_)
            | Selection::Link(_)
            | Selection::Message(_)
            | Selection::Event(_)
            | Selection::Operation(_) => return,
        };
        self.hand.dispatch(Change::Grab(Some(grab)));
        self.app.send(Msg::Announce(told));
        if let Some(grip) = grip_of(selection) {
            dom::focus(&self.root, grip);
        }
    }
}

/// The element that stands for what is selected; an event has none on the stage.
fn grip_of(selection: Selection) -> Option<GripName> {
    Some(match selection {
        Selection::Node(id) => GripName::Node(id),
        Selection::Link(link) => GripName::Link(if link.to < link.from { link.reversed() } else { link }),
        Selection::Message(id) => GripName::Message(id),
        Selection::Wall(id) => GripName::Wall(id),
        Selection::Event(_) | Selection::Operation(_) => return None,
    })
}
