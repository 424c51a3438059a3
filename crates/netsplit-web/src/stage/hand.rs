//! What the stage remembers between two events of a person: presentation only, nothing of the run.

use std::collections::BTreeSet;
use std::rc::Rc;

use netsplit_sim::id::{Link, MessageId, NodeId, WallId};
use netsplit_view::geometry::Point;
use yew::prelude::Reducible;

use super::gesture::{Edit, Preview};
use super::grip_name::{GripName, Stop};
use super::roving::Arrow;
use crate::msg::Selection;

/// What a person has in hand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hand {
    /// What the gesture under way would do.
    pub preview: Option<Preview>,
    /// Who was put on side A by clicks with the wall tool; everybody else is on side B.
    pub side_a: BTreeSet<NodeId>,
    /// The first of two nodes that name a link.
    pub first: Option<NodeId>,
    /// The menu or form that is open, and its pixel.
    pub open: Option<(Open, Point)>,
    /// What is held by the keyboard.
    pub grabbed: Option<Grab>,
    /// The element of each Tab stop that Tab leads to.
    pub stops: [Option<GripName>; 3],
    /// Whether the invitation has been taken up.
    pub invited: bool,
}

/// A menu or form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Open {
    /// What can be done to something.
    Menu(Selection),
    /// How a link behaves.
    LinkForm(Link),
    /// How a clock is off.
    ClockForm(NodeId),
    /// When a message arrives.
    RetimeForm(MessageId),
    /// An operation: of this client, and through this server.
    RequestForm {
        /// The client, if one is meant.
        client: Option<NodeId>,
        /// Whom it asks, if one is meant.
        via: Option<NodeId>,
    },
}

/// Something held by the keyboard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Grab {
    /// A wall, and how far it has come.
    Wall {
        /// Which.
        wall: WallId,
        /// Its middle, about which it turns, in pixels.
        about: Point,
        /// How far it was moved, in pixels.
        by: Point,
        /// How far it was turned, in radians, clockwise.
        angle: f64,
    },
    /// A node, and where it stood, as a stage point.
    Node {
        /// Which.
        node: NodeId,
        /// Where it goes back to.
        from: Point,
    },
}

/// How far one key moves what is grabbed.
const STEP: f64 = 16.0;
/// The same with Shift.
const FINE: f64 = 4.0;
/// How far one key turns a wall, in radians: a twelfth of half a turn.
const TURN: f64 = std::f64::consts::PI / 12.0;

impl Grab {
    /// One step of an arrow key.
    pub fn step(arrow: Arrow, fine: bool) -> Point {
        let (x, y) = arrow.unit();
        Point::new(x, y) * if fine { FINE } else { STEP }
    }

    /// A wall moved by one arrow key.
    pub fn moved(self, arrow: Arrow, fine: bool) -> Self {
        match self {
            Self::Wall { wall, about, by, angle } => {
                Self::Wall { wall, about, by: by + Self::step(arrow, fine), angle }
            }
            Self::Node { .. } => self,
        }
    }

    /// A wall turned by one key, clockwise or back.
    pub fn turned(self, clockwise: bool, fine: bool) -> Self {
        let turn = if fine { TURN / 5.0 } else { TURN } * if clockwise { 1.0 } else { -1.0 };
        match self {
            Self::Wall { wall, about, by, angle } => Self::Wall { wall, about, by, angle: angle + turn },
            Self::Node { .. } => self,
        }
    }

    /// What letting go of a wall does; nothing if it is where it was.
    pub fn edit(self) -> Option<Edit> {
        match self {
            Self::Wall { wall, about, by, angle } if by != Point::default() || angle != 0.0 => {
                Some(Edit::Reshape { wall, about, angle, by })
            }
            _ => None,
        }
    }
}

/// A change of what is in hand.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A gesture goes on, or is over.
    Preview(Option<Preview>),
    /// A node changes between the sides of the wall that is made by clicks.
    SwapSide(NodeId),
    /// The first of two nodes was chosen, or is forgotten.
    First(Option<NodeId>),
    /// Opens a menu or form, or closes it.
    Open(Option<(Open, Point)>),
    /// Something is grabbed by the keyboard, or let go.
    Grab(Option<Grab>),
    /// The focus is here.
    Focus(Stop, GripName),
    /// The invitation has been taken up.
    Invited,
    /// Another tool: what was begun with the last one is forgotten.
    Tool,
}

impl Reducible for Hand {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut next = (*self).clone();
        match change {
            Change::Preview(preview) => next.preview = preview,
            Change::SwapSide(node) => {
                if !next.side_a.remove(&node) {
                    next.side_a.insert(node);
                }
            }
            Change::First(first) => next.first = first,
            Change::Open(open) => next.open = open,
            Change::Grab(grabbed) => next.grabbed = grabbed,
            Change::Focus(stop, grip) => next.stops[stop as usize] = Some(grip),
            Change::Invited => next.invited = true,
            Change::Tool => {
                next.side_a.clear();
                next.first = None;
            }
        }
        if next == *self { self } else { Rc::new(next) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(changes: impl IntoIterator<Item = Change>) -> Rc<Hand> {
        changes.into_iter().fold(Rc::default(), Hand::reduce)
    }

    fn grabbed_wall() -> Grab {
        Grab::Wall { wall: WallId(1), about: Point::new(50.0, 50.0), by: Point::default(), angle: 0.0 }
    }

    #[test]
    fn a_second_click_takes_a_node_back_from_side_a() {
        let node = NodeId::server(3);
        assert_eq!(after([Change::SwapSide(node)]).side_a, BTreeSet::from([node]));
        assert!(after([Change::SwapSide(node), Change::SwapSide(node)]).side_a.is_empty());
    }

    #[test]
    fn another_tool_forgets_what_was_begun() {
        let begun =
            [Change::SwapSide(NodeId::server(0)), Change::First(Some(NodeId::server(1))), Change::Tool];
        assert_eq!(*after(begun), Hand::default());
    }

    #[test]
    fn nothing_new_renders_nothing() {
        let hand = after([Change::Invited]);
        assert!(Rc::ptr_eq(&hand, &hand.clone().reduce(Change::Invited)));
    }

    #[test]
    fn keys_move_and_turn_a_grabbed_wall_and_add_up() {
        let held = grabbed_wall().moved(Arrow::Right, false).moved(Arrow::Down, true).turned(true, false);
        let Some(Edit::Reshape { by, angle, .. }) = held.edit() else { panic!("it moved") };
        assert_eq!(by, Point::new(STEP, FINE));
        assert!((angle - TURN).abs() < 1e-12);
    }

    #[test]
    fn a_wall_let_go_where_it_was_is_no_intervention() {
        assert_eq!(grabbed_wall().edit(), None);
    }
}
