//! The fault script on the timeline: a flag per entry, which can be dragged to another time.

use netsplit_sim::time::SimTime;
use netsplit_view::timeline::Window;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::prelude::{Html, classes, html};

use crate::decimal::percent;
use crate::msg::{Msg, Panel};
use crate::session::{ScriptEdit, Session};
use crate::stage_contract::AppHandle;

/// A flag under the hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Dragged {
    line: usize,
    pressed_at: i32,
    at: Option<SimTime>,
}

/// Moving less than this is a click.
const SLOP: i32 = 4;

/// The flags of the branch that is shown.
pub(super) fn flags(session: &Session, window: Window, open: Option<usize>) -> Html {
    let script = session.record().script.iter().enumerate();
    let visible = script.filter(|(_, entry)| window.from <= entry.at && entry.at <= window.to);
    html! {
        <g aria-hidden="true">
            { for visible.map(|(line, entry)| html! {
                <svg key={line} class={classes!("flag", entry.muted.then_some("muted"), (open == Some(line)).then_some("open"))}
                    data-line={line.to_string()} x={percent(window.x(entry.at))} overflow="visible">
                    <rect x="-8" y="-4" width="16" height="16" />
                    <path d="M-5 0H5V5L0 10-5 5Z" />
                    <text y="-5" />
                </svg>
            }) }
        </g>
    }
}

impl Dragged {
    /// The flag under a pointer.
    pub(super) fn press(event: &PointerEvent) -> Option<Self> {
        let line = flag(event)?.get_attribute("data-line")?.parse().ok()?;
        Some(Self { line, pressed_at: event.client_x(), at: None })
    }

    /// Moves the flag along with the pointer.
    pub(super) fn drag(&mut self, track: &Element, event: &PointerEvent, at: SimTime, window: Window) {
        if self.at.is_none() && (event.client_x() - self.pressed_at).abs() < SLOP {
            return;
        }
        self.at = Some(at);
        let Ok(Some(flag)) = track.query_selector(&["[data-line='", &self.line.to_string(), "']"].concat())
        else {
            return;
        };
        // Attributes of an element that is there can be set; the next render sets them anew.
        let _placed = flag.set_attribute("x", &percent(window.x(at)));
        if let Ok(Some(label)) = flag.query_selector("text") {
            label.set_text_content(Some(&at.to_string()));
        }
    }

    /// Lets go: the entry moves, or if it was only clicked its line is opened.
    pub(super) fn release(self, app: &AppHandle) {
        match self.at {
            Some(at) => app.send(Msg::Edit(ScriptEdit::Move(self.line, at))),
            None => {
                app.send(Msg::Line(Some(self.line)));
                if app.read(|model| model.ui().shown_beside()) != Some(Panel::Script) {
                    app.send(Msg::Panel(Panel::Script));
                }
            }
        }
    }
}

fn flag(event: &PointerEvent) -> Option<Element> {
    let hit = event.target().and_then(|target| target.dyn_into::<Element>().ok())?;
    hit.closest("[data-line]").ok().flatten()
}
