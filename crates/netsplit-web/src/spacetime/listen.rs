//! Pointer and wheel, heard by the plot itself: the browser must be kept from scrolling and zooming the
//! page, which a listener of the component tree cannot do.

use netsplit_view::geometry::Point;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Element, Event, MouseEvent, PointerEvent, WheelEvent};
use yew::prelude::{hook, use_effect_with};

use super::gesture::Move;
use super::hands::Hands;

/// Listens for as long as the component lives.
#[hook]
pub fn use_listeners(hands: &Hands) {
    let hands = hands.clone();
    use_effect_with((), move |()| {
        let listeners = hands.plot.cast::<Element>().map(|plot| listen(&plot, &hands));
        move || drop(listeners)
    });
}

fn listen(plot: &Element, hands: &Hands) -> Vec<Listener> {
    let pointer = |name, hear: fn(&Hands, &Element, &PointerEvent)| Listener::new(plot, name, hands, hear);
    vec![
        pointer("pointerdown", press),
        pointer("pointermove", drag),
        pointer("pointerup", release),
        pointer("pointercancel", |hands, _, _| hands.gesture.borrow_mut().interrupt()),
        pointer("pointerleave", |hands, _, _| {
            hands.hover(None);
        }),
        Listener::new(plot, "dblclick", hands, |hands, plot, event: &MouseEvent| {
            hands.go(pixel(plot, event));
        }),
        Listener::new(plot, "wheel", hands, wheel),
    ]
}

/// A listener that is taken away when dropped.
struct Listener {
    plot: Element,
    name: &'static str,
    closure: Closure<dyn Fn(Event)>,
}

impl Listener {
    fn new<E: JsCast>(
        plot: &Element,
        name: &'static str,
        hands: &Hands,
        hear: impl Fn(&Hands, &Element, &E) + 'static,
    ) -> Self {
        let (hands, heard) = (hands.clone(), plot.clone());
        let closure: Closure<dyn Fn(Event)> = Closure::new(move |event: Event| {
            if let Some(event) = event.dyn_ref::<E>() {
                hear(&hands, &heard, event);
            }
        });
        let options = AddEventListenerOptions::new();
        options.set_passive(false);
        let callback = closure.as_ref().unchecked_ref();
        // Adding a listener to an element is never refused.
        let _ =
            plot.add_event_listener_with_callback_and_add_event_listener_options(name, callback, &options);
        Self { plot: plot.clone(), name, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // Nor is taking it away.
        let _ =
            self.plot.remove_event_listener_with_callback(self.name, self.closure.as_ref().unchecked_ref());
    }
}

fn pixel(plot: &Element, event: &MouseEvent) -> Point {
    let bounds = plot.get_bounding_client_rect();
    Point::new(f64::from(event.client_x()) - bounds.left(), f64::from(event.client_y()) - bounds.top())
}

fn press(hands: &Hands, plot: &Element, event: &PointerEvent) {
    if event.button() == 0 {
        hands.gesture.borrow_mut().press(event.pointer_id(), pixel(plot, event));
    }
}

fn drag(hands: &Hands, plot: &Element, event: &PointerEvent) {
    let at = pixel(plot, event);
    let was_moved = hands.gesture.borrow().is_moved();
    let moved = hands.gesture.borrow_mut().drag(event.pointer_id(), at);
    if let Some(moved) = moved {
        if !was_moved {
            // Without capture a drag that leaves the plot ends there.
            let _ = plot.set_pointer_capture(event.pointer_id());
        }
        hands.hover(None);
        hands.apply(moved);
    } else if event.pointer_type() == "mouse" && !was_moved {
        let cursor = if hands.hover(Some(at)) { "pointer" } else { "" };
        if plot.get_attribute("data-cursor").as_deref() != Some(cursor) {
            // An attribute of that name is always allowed.
            let _ = plot.set_attribute("data-cursor", cursor);
        }
    }
}

fn release(hands: &Hands, plot: &Element, event: &PointerEvent) {
    let clicked = hands.gesture.borrow_mut().release(event.pointer_id(), pixel(plot, event));
    if let Some(at) = clicked {
        hands.click(at);
    }
}

/// With Ctrl, as a pinch on a touchpad tells it, the wheel zooms; else it pans, unless the lanes do not fit
/// and it scrolls them.
fn wheel(hands: &Hands, plot: &Element, event: &WheelEvent) {
    let (across, down) = (event.delta_x(), event.delta_y());
    let scrolls = plot.parent_element().is_some_and(|view| view.scroll_height() > view.client_height());
    if event.ctrl_key() || event.meta_key() {
        let factor = if down > 0.0 { 1.0 + down / 150.0 } else { 1.0 / (1.0 - down / 150.0) };
        hands.apply(Move::Zoom(pixel(plot, event).x, factor.clamp(0.5, 2.0)));
    } else if across != 0.0 || event.shift_key() || !scrolls {
        let x = pixel(plot, event).x;
        hands.apply(Move::Pan(x, x - if across == 0.0 { down } else { across }));
    } else {
        return;
    }
    event.prevent_default();
}
