//! What reaches the page from outside its components: address, keys, size, the system's wishes.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget, KeyboardEvent, MediaQueryList, MessageEvent, Window};
use yew::html::Scope;

use super::{App, Wake};
use crate::browser;
use crate::embed::host::heard;
use crate::embed::leave::leave;
use crate::embed::visit::Visited;
use crate::msg::{Dialog, Msg, Origin};
use crate::offline;
use crate::options::Motion;
use crate::picture::veil;
use crate::stage_contract::AppHandle;

/// Whether the system asks for little motion.
pub(super) const STILL: &str = "(prefers-reduced-motion: reduce)";
/// Whether drawer and side panel do not fit beside the stage.
const COMPACT: &str = "(max-width: 760px)";

/// Keeps the listeners for as long as the page lives.
pub(super) struct Listeners {
    kept: Vec<Listener>,
}

struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        // A target that is gone takes its listeners along.
        let _gone =
            self.target.remove_event_listener_with_callback(self.name, self.closure.as_ref().unchecked_ref());
    }
}

/// Wires everything.
pub(super) fn listen(app: &AppHandle, link: &Scope<App>) -> Listeners {
    let mut listeners = Listeners { kept: Vec::new() };
    let Some(window) = web_sys::window() else { return listeners };
    for name in ["hashchange", "popstate"] {
        let app = app.clone();
        listeners.add(&window, name, move |_| app.send(Msg::Open(String::new(), Origin::Address)));
    }
    {
        let app = app.clone();
        listeners.add(&window, "keydown", move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                key(&app, event);
            }
        });
    }
    for name in veil::EVENTS {
        let app = app.clone();
        listeners.add(&window, name, move |event| {
            if veil::dragged(&app, &event) {
                event.prevent_default();
            }
        });
    }
    if app.read(|model| model.options().embed) {
        listeners.visit(&window, link);
    }
    listeners.media(app, COMPACT, true, Msg::Compact);
    if browser::awaits_rest() {
        let app = app.clone();
        listeners.add(&window, "netsplit:whole", move |_| whole(&app));
    } else {
        whole(app);
    }
    if app.read(|model| model.options().motion == Motion::Auto) {
        listeners.media(app, STILL, false, Msg::Still);
    }
    listeners
}

/// The page is all here, so the line is free for keeping it.
fn whole(app: &AppHandle) {
    app.send(Msg::Whole);
    offline::keep(app);
}

impl Listeners {
    fn add(&mut self, target: &EventTarget, name: &'static str, hear: impl FnMut(Event) + 'static) {
        let closure = Closure::<dyn FnMut(Event)>::new(hear);
        if target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()).is_ok() {
            self.kept.push(Listener { target: target.clone(), name, closure });
        }
    }

    /// What the page around this one tells, and the end of the visit.
    fn visit(&mut self, window: &Window, link: &Scope<App>) {
        let (hear, leave) = (link.clone(), link.clone());
        self.add(window, "message", move |event| {
            if let Some(asked) = event.dyn_ref::<MessageEvent>().and_then(heard) {
                hear.send_message(Wake::Visit(Visited::Heard(asked)));
            }
        });
        self.add(window, "pagehide", move |_| leave.send_message(Wake::Visit(Visited::Leave)));
    }

    /// Tells whether a media query holds, whenever that changes, and at once if asked to.
    fn media(&mut self, app: &AppHandle, query: &str, at_once: bool, msg: fn(bool) -> Msg) {
        let Some(list) = browser::media(query) else { return };
        if at_once {
            app.send(msg(list.matches()));
        }
        let app = app.clone();
        self.add(list.unchecked_ref(), "change", move |event| {
            let list = event.target().and_then(|target| target.dyn_into::<MediaQueryList>().ok());
            if let Some(list) = list {
                app.send(msg(list.matches()));
            }
        });
    }
}

/// Alt with K, J, L, R works anywhere, Ctrl with Z and Y too; Space, comma and full stop only where they mean nothing else.
fn key(app: &AppHandle, event: &KeyboardEvent) {
    if event.default_prevented() || leave(app, event) {
        return;
    }
    let msg = match (event.ctrl_key() || event.meta_key(), event.alt_key()) {
        (true, true) => None,
        (true, false) => with_control(event),
        (false, true) => anywhere(&event.code()),
        (false, false) => in_place(event),
    };
    if let Some(msg) = msg {
        event.prevent_default();
        app.send(msg);
    }
}

fn anywhere(code: &str) -> Option<Msg> {
    match code {
        "KeyK" => Some(Msg::TogglePlay),
        "KeyL" => Some(Msg::StepForward),
        "KeyJ" => Some(Msg::StepBack),
        "KeyR" => Some(Msg::Reset),
        _ => None,
    }
}

/// Undo and redo, but not of what is typed into a field: that is the browser's.
fn with_control(event: &KeyboardEvent) -> Option<Msg> {
    if focus(event)
        .is_some_and(|focus| within(&focus, "input:not([type=checkbox]):not([type=range]), textarea, dialog"))
    {
        return None;
    }
    match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
        ("z", false) => Some(Msg::Undo),
        ("z", true) | ("y", false) => Some(Msg::Redo),
        _ => None,
    }
}

fn focus(event: &KeyboardEvent) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn in_place(event: &KeyboardEvent) -> Option<Msg> {
    let focus = focus(event);
    if focus.as_ref().is_some_and(|focus| within(focus, "input, textarea, select, dialog")) {
        return None;
    }
    let on_stage = focus.as_ref().is_some_and(|focus| within(focus, ".area-stage"));
    match event.key().as_str() {
        "?" => Some(Msg::OpenDialog(Dialog::Help)),
        " " if on_stage && !focus.is_some_and(|focus| within(&focus, "button")) => Some(Msg::TogglePlay),
        "," if on_stage => Some(Msg::StepBack),
        "." if on_stage => Some(Msg::StepForward),
        _ => None,
    }
}

// Not an HTML element: nodes, links and walls are SVG.
fn within(element: &Element, selector: &str) -> bool {
    element.closest(selector).is_ok_and(|found| found.is_some())
}
