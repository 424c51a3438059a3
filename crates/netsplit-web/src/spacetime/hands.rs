//! What hands do with the picture: from a pixel or a key to a message.

use std::cell::RefCell;
use std::rc::Rc;

use netsplit_sim::time::SimTime;
use netsplit_view::geometry::Point;
use netsplit_view::spacetime::hit::{Target, hit};
use netsplit_view::spacetime::words;
use netsplit_words::say;
use yew::prelude::{NodeRef, UseStateSetter};

use super::brush::Brush;
use super::diagram::Change;
use super::gesture::{Gesture, Move};
use super::pointed::Pointed;
use super::rove::{self, Stop, Way};
use crate::msg::{Msg, Selection};
use crate::stage_contract::AppHandle;

/// The hands over one diagram. Cloning them clones pointers.
#[derive(Clone)]
pub struct Hands {
    /// The model and its messages.
    pub app: AppHandle,
    /// What is drawn.
    pub brush: Rc<RefCell<Brush>>,
    /// The pointers that are down.
    pub gesture: Rc<RefCell<Gesture>>,
    /// The element that is drawn on.
    pub plot: NodeRef,
    /// Tells what has the focus.
    pub say: UseStateSetter<String>,
}

/// A pointer this close means something.
const NEAR: f64 = 8.0;

impl Hands {
    /// What is at a pixel, besides lanes.
    fn under(&self, at: Point) -> Option<Target> {
        let (picture, place) = self.brush.borrow().seen()?;
        hit(&picture, place.plot, at, NEAR).filter(|target| !matches!(target, Target::Lane(_)))
    }

    /// The time at a pixel.
    pub fn time(&self, x: f64) -> Option<SimTime> {
        let (picture, place) = self.brush.borrow().seen()?;
        Some(picture.scale.at(place.plot.to_place(Point::new(x, 0.0)).x))
    }

    /// Selects what is there, or lets it go if it is selected; where nothing is, goes to that time.
    pub fn click(&self, at: Point) {
        match self.under(at).and_then(selection) {
            Some(selection) => self.choose(selection),
            None => {
                if let Some(time) = self.time(at.x) {
                    self.app.send(Msg::Seek(time));
                }
            }
        }
    }

    fn choose(&self, selection: Selection) {
        let selected = self.app.read(|model| model.ui().selection);
        let wanted = if selected == Some(selection) { None } else { Some(selection) };
        self.app.send(Msg::Select(wanted));
    }

    /// Goes to the event that is there.
    pub fn go(&self, at: Point) {
        if let Some(target) = self.under(at) {
            self.go_to(target);
        }
    }

    fn go_to(&self, target: Target) {
        let step = match target {
            Target::Event(step) => Some(step),
            Target::Mark(moment) => Some(moment.step),
            Target::Message(id) => {
                let seen = self.brush.borrow().seen();
                let arrow = seen.and_then(|(picture, _)| picture.arrows.iter().find(|a| a.id == id).cloned());
                arrow.map(|arrow| arrow.sent.step)
            }
            Target::Lane(_) | Target::Band(_) => None,
        };
        if let Some(step) = step {
            self.app.send(Msg::SeekStep(step));
        }
    }

    /// Shows the name of what the pointer is on, none if it is nowhere; says whether a click would select.
    pub fn hover(&self, at: Option<Point>) -> bool {
        let target = at.and_then(|at| Some((at, self.under(at)?)));
        let selects = target.is_some_and(|(_, target)| selection(target).is_some());
        let known = self.brush.borrow().hovered.as_ref().map(|pointed| pointed.target);
        if known.is_some() || target.is_some() {
            let pointed = target.and_then(|(at, target)| self.named(target, at));
            self.brush.borrow_mut().hovered = pointed;
            self.repaint();
        }
        selects
    }

    fn named(&self, target: Target, at: Point) -> Option<Pointed> {
        let (picture, _) = self.brush.borrow().seen()?;
        let words = self.app.read(|model| words::target(model.session().run(), &picture, target))?;
        Some(Pointed { target, words, at })
    }

    fn repaint(&self) {
        self.app.read(|model| self.brush.borrow_mut().paint(model));
    }

    /// Pans or zooms.
    pub fn apply(&self, moved: Move) {
        let change = match moved {
            Move::Pan(from, to) => self.pan(from, to),
            Move::Zoom(about, factor) => self.time(about).map(|time| Change::Zoom(time, factor)),
        };
        if let Some(change) = change {
            self.app.send(Msg::Diagram(change));
        }
    }

    /// What was at one pixel is to be at the other.
    fn pan(&self, from: f64, to: f64) -> Option<Change> {
        let (picture, place) = self.brush.borrow().seen()?;
        let window = picture.scale.window;
        let by = if picture.scale.is_time() {
            let at = |x| self.time(x).map(|time| time.0 as i64);
            at(from)? - at(to)?
        } else {
            ((from - to) / place.plot.width * window.to.since(window.from).0 as f64) as i64
        };
        Some(Change::Pan(by))
    }

    /// Moves the focus, or where the way ends the window.
    pub fn rove(&self, way: Way) {
        let Some((picture, place)) = self.brush.borrow().seen() else { return };
        let stops = rove::stops(&picture);
        let from = self.brush.borrow().focused.as_ref().map(|(stop, _)| *stop);
        let cursor = picture.cursor.first().copied().unwrap_or(500.0);
        match (rove::next(&stops, from, cursor, way), way) {
            (Some(stop), _) => self.focus(stop, &place.plot.to_px(Point::new(stop.x, stop.lane as f64))),
            (None, Way::Left) => self.turn(-0.5, say!("Earlier")),
            (None, Way::Right) => self.turn(0.5, say!("Later")),
            (None, _) => {}
        }
    }

    fn focus(&self, stop: Stop, at: &Point) {
        let Some(pointed) = self.named(stop.target, *at) else { return };
        self.say.set(pointed.words.clone());
        self.brush.borrow_mut().focused = Some((stop, pointed));
        self.repaint();
    }

    /// Shows another part of the run.
    fn turn(&self, share: f64, words: &str) {
        let Some((picture, _)) = self.brush.borrow().seen() else { return };
        let window = picture.scale.window;
        self.say.set(words.to_owned());
        self.app.send(Msg::Diagram(Change::Pan((window.to.since(window.from).0 as f64 * share) as i64)));
    }

    /// Zooms about what has the focus, or the cursor.
    pub fn zoom(&self, factor: f64) {
        let focused = self.brush.borrow().focused.as_ref().map(|(stop, _)| stop.x);
        let seen = self.brush.borrow().seen();
        let about = focused.zip(seen).map(|(x, (picture, _))| picture.scale.at(x));
        let about = about.unwrap_or_else(|| self.app.read(|model| model.session().run().now()));
        self.app.send(Msg::Diagram(Change::Zoom(about, factor)));
    }

    /// Selects what has the focus, or goes there.
    pub fn enter(&self, go: bool) {
        let Some(target) = self.brush.borrow().focused.as_ref().map(|(stop, _)| stop.target) else { return };
        match selection(target) {
            Some(_) if go => self.go_to(target),
            Some(selection) => self.choose(selection),
            None => {}
        }
    }

    /// Lets everything be lit again; says whether anything was dim.
    pub fn escape(&self) -> bool {
        let (selected, knows) =
            self.app.read(|model| (model.ui().selection.is_some(), model.ui().diagram.knows.is_some()));
        if selected {
            self.app.send(Msg::Select(None));
        }
        if knows {
            self.app.send(Msg::Diagram(Change::Knows(None)));
        }
        selected || knows
    }

    /// The focus is elsewhere on the page.
    pub fn blur(&self) {
        self.brush.borrow_mut().focused = None;
        self.repaint();
    }
}

/// What a thing in the picture is to the rest of the page.
fn selection(target: Target) -> Option<Selection> {
    match target {
        Target::Event(step) => Some(Selection::Event(step)),
        Target::Mark(moment) => Some(Selection::Event(moment.step)),
        Target::Message(id) => Some(Selection::Message(id)),
        Target::Lane(_) | Target::Band(_) => None,
    }
}
