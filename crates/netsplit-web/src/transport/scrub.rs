//! Hands on the timeline: pointer and keys.

use std::cell::RefCell;
use std::rc::Rc;

use netsplit_sim::time::SimTime;
use netsplit_view::timeline::{MarkPicture, Timeline, Window};
use wasm_bindgen::JsCast;
use web_sys::{Element, UiEvent};
use yew::prelude::{Callback, KeyboardEvent, PointerEvent};

use super::flags::Dragged;
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// A click this close to a mark, in pixels, means the mark.
const NEAR: f64 = 7.0;

/// Pointer and keys on the track.
#[derive(Clone)]
pub(super) struct Scrub {
    pub(super) app: AppHandle,
    pub(super) picture: Rc<Timeline>,
    /// The flag that is being dragged.
    pub(super) dragged: Rc<RefCell<Option<Dragged>>>,
}

impl Scrub {
    pub(super) fn press(&self) -> Callback<PointerEvent> {
        let scrub = self.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(track) = track(&event).filter(|_| event.button() == 0) else { return };
            // Without capture a drag that leaves the track ends there.
            let _captured = track.set_pointer_capture(event.pointer_id());
            scrub.app.send(Msg::Pause);
            let flag = Dragged::press(&event);
            if flag.is_none() {
                scrub.go(&track, &event, true);
            }
            *scrub.dragged.borrow_mut() = flag;
        })
    }

    pub(super) fn drag(&self) -> Callback<PointerEvent> {
        let scrub = self.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(track) = track(&event) else { return };
            if !track.has_pointer_capture(event.pointer_id()) {
                return;
            }
            match &mut *scrub.dragged.borrow_mut() {
                Some(flag) => flag.drag(&event, scrub.at(&track, &event), scrub.picture.window),
                None => scrub.go(&track, &event, false),
            }
        })
    }

    pub(super) fn release(&self) -> Callback<PointerEvent> {
        let scrub = self.clone();
        Callback::from(move |_| {
            let flag = scrub.dragged.borrow_mut().take();
            if let Some(flag) = flag {
                flag.release(&scrub.app);
            }
        })
    }

    /// The drag was interrupted: nothing moves.
    pub(super) fn cancel(&self) -> Callback<PointerEvent> {
        let dragged = self.dragged.clone();
        Callback::from(move |_| {
            if let Some(flag) = dragged.borrow_mut().take() {
                flag.put_back();
            }
        })
    }

    /// The time under the pointer.
    fn at(&self, track: &Element, event: &PointerEvent) -> SimTime {
        let bounds = track.get_bounding_client_rect();
        let x = (f64::from(event.client_x()) - bounds.left()) * 1_000.0 / bounds.width().max(1.0);
        self.picture.window.at(x)
    }

    /// Goes where the pointer is; to a mark, if it was pressed on one.
    fn go(&self, track: &Element, event: &PointerEvent, pressed: bool) {
        let bounds = track.get_bounding_client_rect();
        let width = bounds.width().max(1.0);
        let x = (f64::from(event.client_x()) - bounds.left()) * 1_000.0 / width;
        let near = |mark: &&MarkPicture| (mark.x - x).abs() * width / 1_000.0 <= NEAR;
        let mark = if pressed { self.picture.marks.iter().find(near) } else { None };
        self.app.send(match mark {
            Some(mark) => Msg::SeekStep(mark.moment.step),
            None => Msg::Seek(self.picture.window.at(x)),
        });
    }

    pub(super) fn key(&self) -> Callback<KeyboardEvent> {
        let scrub = self.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.alt_key() || event.ctrl_key() || event.meta_key() {
                return;
            }
            let window = scrub.picture.window;
            let furthest = scrub.app.read(|model| model.session().furthest());
            if let Some(msg) = asked(&event.key(), event.shift_key(), window, furthest) {
                event.prevent_default();
                scrub.app.send(msg);
            }
        })
    }
}

fn track(event: &UiEvent) -> Option<Element> {
    let hit = event.target().and_then(|target| target.dyn_into::<Element>().ok())?;
    hit.closest(".track").ok().flatten()
}

/// What a key asks for. Steps are relative: several keys may come before the cursor has moved.
fn asked(key: &str, finer: bool, window: Window, furthest: SimTime) -> Option<Msg> {
    let length = window.to.since(window.from).0;
    let step = if finer { length / 1_000 } else { length / 100 }.max(1_000);
    // A window is no longer than a run, which is hours at most.
    let step = i64::try_from(step).unwrap_or(i64::MAX / 10);
    match key {
        "ArrowLeft" | "ArrowDown" => Some(Msg::SeekBy(-step)),
        "ArrowRight" | "ArrowUp" => Some(Msg::SeekBy(step)),
        "PageDown" => Some(Msg::SeekBy(-10 * step)),
        "PageUp" => Some(Msg::SeekBy(10 * step)),
        "Home" => Some(Msg::Seek(SimTime::ZERO)),
        "End" => Some(Msg::Seek(furthest)),
        _ => None,
    }
}
