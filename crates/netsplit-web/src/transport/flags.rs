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
pub(super) struct Dragged {
    line: usize,
    flag: Element,
    /// Where it stands, as it was rendered.
    x: String,
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
        let flag = flag(event)?;
        let line = flag.get_attribute("data-line")?.parse().ok()?;
        let x = flag.get_attribute("x")?;
        Some(Self { line, flag, x, pressed_at: event.client_x(), at: None })
    }

    /// Moves the flag along with the pointer.
    pub(super) fn drag(&mut self, event: &PointerEvent, at: SimTime, window: Window) {
        if self.at.is_some() || (event.client_x() - self.pressed_at).abs() >= SLOP {
            self.at = Some(at);
            self.draw(&percent(window.x(at)), Some(&at.to_string()));
        }
    }

    /// Past the component tree, which is to find everything as it left it.
    fn draw(&self, x: &str, label: Option<&str>) {
        // An attribute of an element that is there can be set.
        let _placed = self.flag.set_attribute("x", x);
        if let Ok(Some(text)) = self.flag.query_selector("text") {
            text.set_text_content(label);
        }
    }

    /// Puts the flag back where it was.
    pub(super) fn put_back(&self) {
        self.draw(&self.x, None);
    }

    /// Lets go: the entry moves, or if it was only clicked its line is opened.
    pub(super) fn release(self, app: &AppHandle) {
        self.put_back();
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
