//! The timeline: one slider over virtual time, scrubbed by pointer and by keys.

use std::rc::Rc;

use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_view::timeline::{Timeline as Picture, Window, timeline};
use web_sys::Element;
use yew::prelude::{
    Callback, Html, KeyboardEvent, NodeRef, PointerEvent, Properties, component, html, use_effect_with,
    use_mut_ref, use_node_ref, use_state_eq,
};

use super::track::{Track, percent};
use crate::button::IconButton;
use crate::icon::Icon;
use crate::model::Model;
use crate::msg::Msg;
use crate::session::Session;
use crate::stage_contract::AppHandle;

/// What the timeline shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TimelineProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// Grows when the run shows something else.
    pub revision: u64,
}

/// Marks closer than this, in per-mille, are drawn as one.
const SPACING: f64 = 14.0;
/// A click this close to a mark, in pixels, means the mark.
const NEAR: f64 = 7.0;

/// The timeline.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let zoom = use_state_eq(|| None::<Window>);
    let node = use_node_ref();
    let app = &props.app;
    let (picture, now) = app.read(|model| {
        let session = model.session();
        let window = window(session, *zoom);
        (Rc::new(timeline(session.run(), window, SPACING)), session.run().now())
    });
    use_cursor(app, &node, picture.window);
    let known = percent(picture.known_x.clamp(0.0, 1_000.0));
    let scrub = Scrub { app: app.clone(), node: node.clone(), picture: picture.clone() };
    let zoom_by = |factor: f64| {
        let (zoom, window) = (zoom.clone(), picture.window);
        let until = app.read(|model| model.session().run().until());
        Callback::from(move |_| {
            zoom.set(Some(window.zoomed(window.x(now).clamp(0.0, 1_000.0), factor, until)));
        })
    };
    let whole = {
        let zoom = zoom.clone();
        Callback::from(move |_| zoom.set(None))
    };
    html! {
        <div class="timeline">
            <svg
                ref={node}
                class="track"
                height="44"
                role="slider"
                tabindex="0"
                aria-label="Time"
                aria-valuemin="0"
                aria-valuemax={millis(picture.window.to)}
                aria-valuenow={millis(now)}
                aria-valuetext={now.to_string()}
                onpointerdown={scrub.press()}
                onpointermove={scrub.drag()}
                onkeydown={scrub.key()}
            >
                <line class="track-line" x1="0" x2="100%" y1="22" y2="22" />
                <line class="track-known" x1="0" x2={known} y1="22" y2="22" />
                <line class="track-played" x1="0" y1="22" y2="22" />
                <Track picture={picture.clone()} />
                <svg class="cursor" overflow="visible"><path d="M0 4V40M-6 1H6L0 9Z" /></svg>
            </svg>
            <div class="zoom">
                <IconButton icon={Icon::ZoomIn} name="Zoom in on the cursor" onclick={zoom_by(0.5)} />
                <IconButton icon={Icon::ZoomOut} name="Show more time" onclick={if zoom.is_some() { zoom_by(2.0) } else { whole }} />
            </div>
        </div>
    }
}

fn millis(time: SimTime) -> String {
    (time.0 / 1_000_000).to_string()
}

/// What is shown: the part of the run that matters so far with room ahead, or what was zoomed to.
fn window(session: &Session, zoom: Option<Window>) -> Window {
    let run = session.run();
    match zoom {
        Some(window) => window.following(run.now(), run.until()),
        None => Window { from: SimTime::ZERO, to: horizon(session.furthest(), run.until()) },
    }
}

/// A round time well after the furthest moment: 1, 1.5, 2, 3, 5, 7, 10, … seconds.
fn horizon(furthest: SimTime, until: SimTime) -> SimTime {
    const STEPS: [u64; 6] = [10, 15, 20, 30, 50, 70];
    let wanted = furthest.0 / 10 * 12;
    let mut unit = 100_000_000_u64;
    loop {
        let found = STEPS.iter().map(|step| step * unit).find(|end| *end >= wanted);
        if let Some(end) = found {
            return SimTime(end.min(until.0).max(1));
        }
        unit = unit.saturating_mul(10);
    }
}

/// Draws cursor and played part on every frame.
#[yew::hook]
fn use_cursor(app: &AppHandle, node: &NodeRef, window: Window) {
    let shared = use_mut_ref(|| window);
    *shared.borrow_mut() = window;
    let (app, node) = (app.clone(), node.clone());
    use_effect_with((), move |()| {
        let painter = app.on_frame(move |model| {
            if let Some(track) = node.cast::<Element>() {
                place_cursor(&track, *shared.borrow(), model);
            }
        });
        move || drop(painter)
    });
}

fn place_cursor(track: &Element, window: Window, model: &Model) {
    let x = percent(window.x(model.session().run().now()).clamp(0.0, 1_000.0));
    for (selector, attribute) in [(".cursor", "x"), (".track-played", "x2")] {
        if let Ok(Some(part)) = track.query_selector(selector) {
            // An attribute of an element that is there can be set.
            let _set = part.set_attribute(attribute, &x);
        }
    }
}

/// Pointer and keys on the track.
#[derive(Clone)]
struct Scrub {
    app: AppHandle,
    node: NodeRef,
    picture: Rc<Picture>,
}

impl Scrub {
    fn press(&self) -> Callback<PointerEvent> {
        let scrub = self.clone();
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            if let Some(track) = scrub.node.cast::<Element>() {
                // Without capture a drag that leaves the track ends there.
                let _captured = track.set_pointer_capture(event.pointer_id());
            }
            scrub.app.send(Msg::Pause);
            scrub.go(&event, true);
        })
    }

    fn drag(&self) -> Callback<PointerEvent> {
        let scrub = self.clone();
        Callback::from(move |event: PointerEvent| {
            let held = scrub.node.cast::<Element>();
            if held.is_some_and(|track| track.has_pointer_capture(event.pointer_id())) {
                scrub.go(&event, false);
            }
        })
    }

    /// Goes where the pointer is; to a mark, if it was pressed on one.
    fn go(&self, event: &PointerEvent, pressed: bool) {
        let Some(track) = self.node.cast::<Element>() else { return };
        let bounds = track.get_bounding_client_rect();
        let width = bounds.width().max(1.0);
        let x = (f64::from(event.client_x()) - bounds.left()) * 1_000.0 / width;
        let near =
            |mark: &&netsplit_view::timeline::MarkPicture| (mark.x - x).abs() * width / 1_000.0 <= NEAR;
        let mark = if pressed { self.picture.marks.iter().find(near) } else { None };
        self.app.send(match mark {
            Some(mark) => Msg::SeekStep(mark.moment.step),
            None => Msg::Seek(self.picture.window.at(x)),
        });
    }

    fn key(&self) -> Callback<KeyboardEvent> {
        let scrub = self.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.alt_key() || event.ctrl_key() || event.meta_key() {
                return;
            }
            let target = scrub
                .app
                .read(|model| target(&event.key(), event.shift_key(), model.session(), scrub.picture.window));
            if let Some(time) = target {
                event.prevent_default();
                scrub.app.send(Msg::Pause);
                scrub.app.send(Msg::Seek(time));
            }
        })
    }
}

/// Where a key leads.
fn target(key: &str, finer: bool, session: &Session, window: Window) -> Option<SimTime> {
    let run: &dyn Run = session.run();
    let length = window.to.since(window.from).0;
    let step = if finer { length / 1_000 } else { length / 100 }.max(1_000);
    let back = |by: u64| SimTime(run.now().0.saturating_sub(by));
    let on = |by: u64| SimTime(run.now().0.saturating_add(by).min(run.until().0));
    match key {
        "ArrowLeft" | "ArrowDown" => Some(back(step)),
        "ArrowRight" | "ArrowUp" => Some(on(step)),
        "PageDown" => Some(back(step * 10)),
        "PageUp" => Some(on(step * 10)),
        "Home" => Some(SimTime::ZERO),
        "End" => Some(session.furthest()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_timeline_keeps_room_ahead_and_ends_with_the_run() {
        let ends = |millis: u64| horizon(SimTime::from_millis(millis), SimTime::from_millis(60_000));
        assert_eq!(ends(0), SimTime::from_millis(1_000));
        assert_eq!(ends(1_000), SimTime::from_millis(1_500));
        assert_eq!(ends(8_000), SimTime::from_millis(10_000));
        assert_eq!(ends(59_000), SimTime::from_millis(60_000));
    }
}
