//! What a hand does on the stage, as one pure state machine: pointer events in, preview and command out.
//!
//! Everything here is in pixels of the stage element, so that distances and angles are what the hand
//! feels. It knows no run: what a wall would cut is worked out from the [`Edit`] it tells.

use netsplit_sim::id::{Link, MessageId, NodeId, WallId};
use netsplit_view::geometry::Point;

use super::stroke::{Stroke, closed_loop};

/// Moving less than this is a click.
const SLOP: f64 = 5.0;

/// Whether a wall stops both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Both.
    Both,
    /// From one side to the other only.
    One,
}

/// What lies under the pointer when it is pressed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Grip {
    /// Nothing.
    Ground,
    /// A server or client.
    Node(NodeId),
    /// A link.
    Link(Link),
    /// A message.
    Message(MessageId),
    /// A wall.
    Wall(WallId),
    /// A handle of a wall, which turns it about the pivot.
    Handle {
        /// The wall.
        wall: WallId,
        /// What stays where it is.
        pivot: Point,
    },
    /// A wall in the palette, ready to be dragged out.
    Palette(Way),
}

/// What a stroke over the ground draws with the tool in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pen {
    /// Nothing.
    None,
    /// A wall, where the stroke begins on the ground; nodes and messages are moved.
    OnGround(Way),
    /// A wall, wherever the stroke begins.
    Anywhere(Way),
}

/// A wall as it was just drawn, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawn {
    /// An endless line through this point.
    Line(Point),
    /// A stroke, to be drawn on to the edges.
    Stroke(Vec<Point>),
    /// A closed line.
    Lasso(Vec<Point>),
}

/// What a gesture does to the walls.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A new one.
    New {
        /// Whether it stops both directions.
        way: Way,
        /// Its line.
        drawn: Drawn,
    },
    /// One that stands, turned about a point and then moved.
    Reshape {
        /// Which.
        wall: WallId,
        /// The point that turning leaves where it is.
        about: Point,
        /// Clockwise, in radians.
        angle: f64,
        /// How far it moves.
        by: Point,
    },
}

/// What a gesture would do if it ended now.
#[derive(Clone, Debug, PartialEq)]
pub enum Preview {
    /// This to the walls; `off` the stage it would go away.
    Wall {
        /// What.
        edit: Edit,
        /// Whether the pointer has left the stage.
        off: bool,
    },
    /// A node is moved.
    Node(NodeId, Point),
    /// A message is dragged along its path.
    Message(MessageId, Point),
}

/// What a gesture asks for when it ends.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// What was pressed was clicked.
    Click(Grip, Point),
    /// Changes the walls.
    Edit(Edit),
    /// A wall was dragged off the stage.
    Remove(WallId),
    /// Puts a node elsewhere; no cut changes.
    MoveNode(NodeId, Point),
    /// Lets a message arrive when it would if it were here now.
    Retime(MessageId, Point),
}

/// A gesture, from press to release.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gesture {
    held: Option<Held>,
}

#[derive(Clone, Debug, PartialEq)]
struct Held {
    grip: Grip,
    pen: Pen,
    from: Point,
    at: Point,
    moved: bool,
    off: bool,
    stroke: Stroke,
}

impl Gesture {
    /// The pointer went down.
    pub fn press(&mut self, grip: Grip, pen: Pen, at: Point) {
        let stroke = Stroke::from(at);
        self.held = Some(Held { grip, pen, from: at, at, moved: false, off: false, stroke });
    }

    /// The pointer moved; `off` tells that it is beyond the stage. Returns whether the picture changes.
    pub fn drag(&mut self, at: Point, off: bool) -> bool {
        let Some(held) = &mut self.held else { return false };
        held.at = at;
        held.off = off;
        held.moved |= held.from.distance(at) > SLOP;
        held.stroke.push(at);
        held.moved
    }

    /// The pointer went up.
    pub fn release(&mut self) -> Option<Command> {
        self.held.take()?.command()
    }

    /// The gesture was interrupted: nothing happens.
    pub fn cancel(&mut self) {
        self.held = None;
    }

    /// Whether the pointer is down.
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Whether it is more than a click already.
    pub fn is_moved(&self) -> bool {
        self.held.as_ref().is_some_and(|held| held.moved)
    }

    /// What would happen if the pointer went up now.
    pub fn preview(&self) -> Option<Preview> {
        self.held.as_ref()?.preview()
    }
}

impl Held {
    fn preview(&self) -> Option<Preview> {
        if !self.moved {
            return None;
        }
        match (self.grip, self.pen) {
            (Grip::Node(id), Pen::None | Pen::OnGround(_)) => Some(Preview::Node(id, self.at)),
            (Grip::Message(id), Pen::None | Pen::OnGround(_)) => Some(Preview::Message(id, self.at)),
            _ => self.edit().map(|edit| Preview::Wall { edit, off: self.off }),
        }
    }

    fn command(self) -> Option<Command> {
        match self.preview() {
            None if self.moved => None,
            None => Some(Command::Click(self.grip, self.at)),
            Some(Preview::Node(id, at)) => Some(Command::MoveNode(id, at)),
            Some(Preview::Message(id, at)) => Some(Command::Retime(id, at)),
            Some(Preview::Wall { edit: Edit::Reshape { wall, .. }, off: true }) => {
                Some(Command::Remove(wall))
            }
            // A new wall that was dropped beside the stage was not wanted after all; a stroke may well
            // end beyond the edge.
            Some(Preview::Wall { edit: Edit::New { drawn: Drawn::Line(_), .. }, off: true }) => None,
            Some(Preview::Wall { edit, .. }) => Some(Command::Edit(edit)),
        }
    }

    fn edit(&self) -> Option<Edit> {
        match self.grip {
            Grip::Palette(way) => Some(Edit::New { way, drawn: Drawn::Line(self.at) }),
            Grip::Wall(wall) => {
                Some(Edit::Reshape { wall, about: self.from, angle: 0.0, by: self.at - self.from })
            }
            Grip::Handle { wall, pivot } => {
                let angle = turn_between(self.from - pivot, self.at - pivot);
                Some(Edit::Reshape { wall, about: pivot, angle, by: Point::default() })
            }
            Grip::Ground | Grip::Link(_) | Grip::Node(_) | Grip::Message(_) => self.drawn(),
        }
    }

    fn drawn(&self) -> Option<Edit> {
        let points = self.stroke.points();
        let (way, drawn) = match self.pen {
            Pen::None => return None,
            Pen::OnGround(way) | Pen::Anywhere(way) => match closed_loop(points) {
                Some(inner) => (way, Drawn::Lasso(inner)),
                None => (way, Drawn::Stroke(points.to_vec())),
            },
        };
        self.stroke.is_long_enough().then_some(Edit::New { way, drawn })
    }
}

/// The angle from one arm to another, clockwise on screen, at most half a turn.
fn turn_between(from: Point, to: Point) -> f64 {
    let cross = from.x * to.y - from.y * to.x;
    let dot = from.x * to.x + from.y * to.y;
    cross.atan2(dot)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::FRAC_PI_2;

    use super::*;

    const WALL: WallId = WallId(3);

    fn p(x: f64, y: f64) -> Point {
        Point::new(x, y)
    }

    fn after(grip: Grip, pen: Pen, points: &[(f64, f64)]) -> Gesture {
        let mut gesture = Gesture::default();
        gesture.press(grip, pen, p(points[0].0, points[0].1));
        for &(x, y) in &points[1..] {
            gesture.drag(p(x, y), x < 0.0);
        }
        gesture
    }

    #[test]
    fn a_press_that_hardly_moves_is_a_click() {
        let node = Grip::Node(NodeId::server(1));
        let mut gesture = after(node, Pen::OnGround(Way::Both), &[(100.0, 100.0), (102.0, 101.0)]);
        assert_eq!(gesture.preview(), None);
        assert_eq!(gesture.release(), Some(Command::Click(node, p(102.0, 101.0))));
        assert_eq!(gesture.release(), None);
    }

    #[test]
    fn a_node_that_is_dragged_moves_and_draws_nothing() {
        let id = NodeId::server(2);
        let mut gesture = after(Grip::Node(id), Pen::OnGround(Way::Both), &[(10.0, 10.0), (60.0, 80.0)]);
        assert_eq!(gesture.preview(), Some(Preview::Node(id, p(60.0, 80.0))));
        assert_eq!(gesture.release(), Some(Command::MoveNode(id, p(60.0, 80.0))));
    }

    #[test]
    fn a_message_that_is_dragged_is_re_timed_unless_a_wall_is_drawn_over_it() {
        let id = MessageId { link: Link::new(NodeId::server(0), NodeId::server(1)), index: 4, copy: 0 };
        let points = [(10.0, 10.0), (60.0, 80.0), (90.0, 160.0)];
        let mut gesture = after(Grip::Message(id), Pen::OnGround(Way::Both), &points);
        assert_eq!(gesture.preview(), Some(Preview::Message(id, p(90.0, 160.0))));
        assert_eq!(gesture.release(), Some(Command::Retime(id, p(90.0, 160.0))));
        let mut gesture = after(Grip::Message(id), Pen::Anywhere(Way::Both), &points);
        assert!(matches!(gesture.release(), Some(Command::Edit(Edit::New { .. }))));
    }

    #[test]
    fn with_the_wall_tool_a_stroke_may_begin_on_a_node() {
        let grip = Grip::Node(NodeId::server(0));
        let mut gesture = after(grip, Pen::Anywhere(Way::One), &[(10.0, 10.0), (60.0, 80.0), (90.0, 160.0)]);
        let Some(Command::Edit(Edit::New { way, drawn: Drawn::Stroke(points) })) = gesture.release() else {
            panic!("a stroke was drawn");
        };
        assert_eq!(
            (way, points.first(), points.last()),
            (Way::One, Some(&p(10.0, 10.0)), Some(&p(90.0, 160.0)))
        );
    }

    #[test]
    fn a_stroke_that_returns_to_its_beginning_is_a_lasso() {
        let round =
            [(100.0, 100.0), (200.0, 90.0), (260.0, 180.0), (200.0, 260.0), (110.0, 240.0), (98.0, 120.0)];
        let mut gesture = after(Grip::Ground, Pen::OnGround(Way::Both), &round);
        assert!(matches!(
            gesture.release(),
            Some(Command::Edit(Edit::New { drawn: Drawn::Lasso(_), way: Way::Both }))
        ));
    }

    #[test]
    fn a_twitch_on_the_ground_raises_no_wall() {
        let mut gesture = after(Grip::Ground, Pen::OnGround(Way::Both), &[(100.0, 100.0), (112.0, 104.0)]);
        assert_eq!(gesture.preview(), None);
        assert_eq!(gesture.release(), None);
    }

    #[test]
    fn tools_that_do_not_draw_leave_a_stroke_without_effect() {
        let mut gesture = after(Grip::Ground, Pen::None, &[(100.0, 100.0), (400.0, 400.0)]);
        assert_eq!(gesture.release(), None);
    }

    #[test]
    fn a_palette_wall_follows_the_pointer_and_stays_where_it_is_dropped() {
        let grip = Grip::Palette(Way::Both);
        let mut gesture = after(grip, Pen::None, &[(-30.0, 40.0), (-8.0, 60.0), (320.0, 240.0)]);
        let edit = Edit::New { way: Way::Both, drawn: Drawn::Line(p(320.0, 240.0)) };
        assert_eq!(gesture.preview(), Some(Preview::Wall { edit: edit.clone(), off: false }));
        assert_eq!(gesture.release(), Some(Command::Edit(edit)));
    }

    #[test]
    fn a_palette_wall_dropped_beside_the_stage_is_put_back() {
        let mut gesture =
            after(Grip::Palette(Way::One), Pen::None, &[(-30.0, 40.0), (300.0, 60.0), (-20.0, 50.0)]);
        assert_eq!(gesture.release(), None);
    }

    #[test]
    fn a_wall_dragged_moves_by_as_much_and_off_the_stage_goes_away() {
        let mut gesture = after(Grip::Wall(WALL), Pen::None, &[(300.0, 200.0), (340.0, 210.0)]);
        let edit = Edit::Reshape { wall: WALL, about: p(300.0, 200.0), angle: 0.0, by: p(40.0, 10.0) };
        assert_eq!(gesture.preview(), Some(Preview::Wall { edit: edit.clone(), off: false }));
        gesture.drag(p(-50.0, 210.0), true);
        assert_eq!(gesture.release(), Some(Command::Remove(WALL)));
    }

    #[test]
    fn a_handle_turns_its_wall_about_the_other_end() {
        let grip = Grip::Handle { wall: WALL, pivot: p(100.0, 100.0) };
        let mut gesture = after(grip, Pen::None, &[(200.0, 100.0), (150.0, 160.0), (100.0, 250.0)]);
        let Some(Command::Edit(Edit::Reshape { angle, by, about, .. })) = gesture.release() else {
            panic!("the wall was turned");
        };
        assert!((angle - FRAC_PI_2).abs() < 1e-9, "{angle}");
        assert_eq!((about, by), (p(100.0, 100.0), Point::default()));
    }

    #[test]
    fn an_interrupted_gesture_leaves_nothing_behind() {
        let mut gesture = after(Grip::Wall(WALL), Pen::None, &[(300.0, 200.0), (340.0, 210.0)]);
        gesture.cancel();
        assert_eq!((gesture.preview(), gesture.release()), (None, None));
    }
}
