//! Hands on the timeline: pointer and keys.

use std::rc::Rc;

use netsplit_sim::time::SimTime;
use netsplit_view::timeline::{MarkPicture, Timeline, Window};
use wasm_bindgen::JsCast;
use web_sys::{Element, UiEvent};
use yew::prelude::{Callback, KeyboardEvent, PointerEvent};

use crate::model::Model;
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// A click this close to a mark, in pixels, means the mark.
const NEAR: f64 = 7.0;

/// Pointer and keys on the track.
#[derive(Clone)]
pub(super) struct Scrub {
    pub(super) app: AppHandle,
    pub(super) picture: Rc<Timeline>,
}

impl Scrub {
    pub(super) fn press(&self) -> Callback<PointerEvent> {
        let scrub = self.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(track) = track(&event).filter(|_| event.button() == 0) else { return };
            // Without capture a drag that leaves the track ends there.
            let _captured = track.set_pointer_capture(event.pointer_id());
            scrub.app.send(Msg::Pause);
            scrub.go(&track, &event, true);
        })
    }

    pub(super) fn drag(&self) -> Callback<PointerEvent> {
        let scrub = self.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(track) = track(&event) else { return };
            if track.has_pointer_capture(event.pointer_id()) {
                scrub.go(&track, &event, false);
            }
        })
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
            let target = scrub.app.read(|model| target(&event.key(), event.shift_key(), model, window));
            if let Some(time) = target {
                event.prevent_default();
                scrub.app.send(Msg::Seek(time));
            }
        })
    }
}

fn track(event: &UiEvent) -> Option<Element> {
    let hit = event.target().and_then(|target| target.dyn_into::<Element>().ok())?;
    hit.closest(".track").ok().flatten()
}

/// Where a key leads from where the cursor is bound for: a key may come before it has arrived.
fn target(key: &str, finer: bool, model: &Model, window: Window) -> Option<SimTime> {
    let (from, run) = (model.bound_for().0, model.session().run());
    let length = window.to.since(window.from).0;
    let step = if finer { length / 1_000 } else { length / 100 }.max(1_000);
    let back = |by: u64| SimTime(from.saturating_sub(by));
    let on = |by: u64| SimTime(from.saturating_add(by).min(run.until().0));
    match key {
        "ArrowLeft" | "ArrowDown" => Some(back(step)),
        "ArrowRight" | "ArrowUp" => Some(on(step)),
        "PageDown" => Some(back(step * 10)),
        "PageUp" => Some(on(step * 10)),
        "Home" => Some(SimTime::ZERO),
        "End" => Some(model.session().furthest()),
        _ => None,
    }
}
