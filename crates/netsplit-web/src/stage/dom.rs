//! The stage's few direct looks into the document.

use netsplit_view::geometry::Point;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, MouseEvent, SvgElement};
use yew::prelude::NodeRef;

use super::grip_name::GripName;

/// The grip that an event happened on.
pub fn grip_of_event(event: &Event) -> Option<GripName> {
    grip_of_target(event.target())
}

fn grip_of_target(target: Option<EventTarget>) -> Option<GripName> {
    let element = target?.dyn_into::<Element>().ok()?;
    let holder = element.closest("[data-grip]").ok().flatten()?;
    GripName::parse(&holder.get_attribute("data-grip")?)
}

/// Whether the event happened on something that matches the selector, or inside of it.
pub fn is_inside(event: &Event, selector: &str) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}

/// Where the pointer is, in pixels of the stage.
pub fn pixel(root: &NodeRef, event: &MouseEvent) -> Option<Point> {
    let bounds = root.cast::<Element>()?.get_bounding_client_rect();
    Some(Point::new(f64::from(event.client_x()) - bounds.x(), f64::from(event.client_y()) - bounds.y()))
}

/// The drawing inside the stage.
pub fn drawing(root: &NodeRef) -> Option<Element> {
    root.cast::<Element>()?.query_selector(".stage-svg").ok().flatten()
}

/// Lets the drawing have all further events of this pointer.
pub fn capture(root: &NodeRef, pointer: i32) {
    if let Some(drawing) = drawing(root) {
        // Fails only for a pointer that is gone, whose gesture is over anyway.
        let _ = drawing.set_pointer_capture(pointer);
    }
}

/// Gives the focus to what stands for the grip.
pub fn focus(root: &NodeRef, grip: GripName) {
    let selector = format!(".stage-svg [data-grip=\"{grip}\"][tabindex]");
    let found = root.cast::<Element>().and_then(|root| root.query_selector(&selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<SvgElement>().ok()) {
        // An element that cannot take the focus keeps it where it is.
        let _ = element.focus();
    }
}
