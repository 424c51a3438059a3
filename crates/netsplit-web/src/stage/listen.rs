//! Pointer events, taken from the whole document so that a drag may begin in the palette and end
//! anywhere.

use std::cell::RefCell;
use std::rc::Rc;

use netsplit_view::geometry::Point;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Event, KeyboardEvent, MouseEvent, PointerEvent, window};
use yew::prelude::{hook, use_effect_with, use_mut_ref};

use super::desk::Desk;
use super::dom;
use super::gesture::Grip;
use super::grip_name::GripName;
use crate::msg::Selection;

/// The desk of the last render, for listeners that live as long as the stage.
type Latest = Rc<RefCell<Option<Desk>>>;

/// Listens for as long as the component lives, unless it is only to be looked at.
#[hook]
pub fn use_pointer(desk: &Desk, listens: bool) {
    let latest: Latest = use_mut_ref(|| None);
    *latest.borrow_mut() = Some(desk.clone());
    use_effect_with((), move |()| {
        let listeners = if listens { listen(&latest) } else { Vec::new() };
        move || drop(listeners)
    });
}

fn listen(latest: &Latest) -> Vec<Listener> {
    let Some(document) = window().and_then(|window| window.document()) else { return Vec::new() };
    let pointer = |name, handle: fn(&Desk, &PointerEvent)| {
        Listener::new(&document, name, latest, move |desk, event| {
            if let Some(event) = event.dyn_ref::<PointerEvent>().filter(|event| event.is_primary()) {
                handle(desk, event);
            }
        })
    };
    vec![
        pointer("pointerdown", press),
        pointer("pointermove", drag),
        pointer("pointerup", release),
        pointer("pointercancel", |desk, _| desk.interrupt()),
        Listener::new(&document, "keydown", latest, escape),
    ]
}

/// A listener that is taken away when dropped.
struct Listener {
    document: Document,
    name: &'static str,
    closure: Closure<dyn Fn(Event)>,
}

impl Listener {
    fn new(
        document: &Document,
        name: &'static str,
        latest: &Latest,
        handle: impl Fn(&Desk, &Event) + 'static,
    ) -> Self {
        let latest = latest.clone();
        let closure: Closure<dyn Fn(Event)> = Closure::new(move |event: Event| {
            // Handling may render, which puts a new desk here.
            let desk = latest.borrow().clone();
            if let Some(desk) = desk {
                handle(&desk, &event);
            }
        });
        // Adding a listener to a document is never refused.
        let _ = document.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        Self { document: document.clone(), name, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        // Nor is taking it away.
        let _ = self.document.remove_event_listener_with_callback(self.name, callback);
    }
}

fn press(desk: &Desk, event: &PointerEvent) {
    let in_menu = dom::is_inside(event, ".stage-menu");
    if desk.hand.open.is_some() && !in_menu {
        desk.close(false);
    }
    if event.button() != 0 || in_menu || dom::is_inside(event, ".wall-label button") {
        return;
    }
    let name = dom::grip_of_event(event);
    let from_palette = matches!(name, Some(GripName::Palette(_)));
    if !from_palette && !dom::is_inside(event, ".stage-svg, .wall-label") {
        return;
    }
    let Some(at) = dom::pixel(&desk.root, event) else { return };
    let grip = desk.grip(name, at);
    desk.gesture.borrow_mut().press(grip, desk.pen(grip), at);
}

fn drag(desk: &Desk, event: &PointerEvent) {
    if !desk.gesture.borrow().is_held() {
        return;
    }
    let Some(at) = dom::pixel(&desk.root, event) else { return };
    let was_moved = desk.gesture.borrow().is_moved();
    let moved = desk.gesture.borrow_mut().drag(at, desk.board.is_off(at));
    if moved {
        if !was_moved {
            // Only now: a press that does not move must stay a click on what was pressed.
            dom::capture(&desk.root, event.pointer_id());
        }
        desk.show_preview();
    }
}

fn release(desk: &Desk, event: &PointerEvent) {
    if !desk.gesture.borrow().is_held() {
        return;
    }
    if let Some(at) = dom::pixel(&desk.root, event) {
        desk.gesture.borrow_mut().drag(at, desk.board.is_off(at));
    }
    desk.finish();
}

fn escape(desk: &Desk, event: &Event) {
    let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
    if key.as_deref() == Some("Escape") && desk.gesture.borrow().is_held() {
        event.stop_propagation();
        desk.interrupt();
    }
}

/// What a right click or a long press is on, and where.
pub fn asked_for_menu(desk: &Desk, event: &MouseEvent) -> Option<(Selection, Point)> {
    let at = dom::pixel(&desk.root, event)?;
    let selection = match desk.grip(dom::grip_of_event(event), at) {
        Grip::Ground | Grip::Palette(_) => return None,
        Grip::Node(id) => Selection::Node(id),
        Grip::Link(link) => Selection::Link(link),
        Grip::Message(id) => Selection::Message(id),
        Grip::Wall(id) | Grip::Handle { wall: id, .. } => Selection::Wall(id),
    };
    Some((selection, at))
}
