//! The drawer under the transport: resizable, closable.

use netsplit_words::say;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::{Callback, Html, KeyboardEvent, PointerEvent, html};

use super::tabs::tabs;
use super::{BELOW, DetailsProps, content};
use crate::browser;
use crate::button::icon_button;
use crate::icon::Icon;
use crate::msg::{Choices, Msg, Panel};
use crate::spacetime::tools;
use crate::stage_contract::AppHandle;

/// The least and the most height of an open drawer in pixels; the stage keeps the rest.
const HEIGHTS: (i32, i32) = (110, 520);
/// A step of the keys.
const STEP: i32 = 24;

/// The drawer; only its tabs while it is closed.
pub(super) fn drawer(props: &DetailsProps) -> Html {
    let shown = props.there(props.drawer);
    let head = tabs(&props.app, say!("Drawer"), &props.panels.of(&BELOW), shown);
    let Some(shown) = shown else {
        return html! {
            <section class="area-drawer panel" aria-label={say!("Drawer")}><div class="panel-head">{ head }</div></section>
        };
    };
    html! {
        <section class="area-drawer panel open" aria-label={say!("Drawer")}>
            { grip(props) }
            <div class="panel-head">
                { head }
                if shown == Panel::Spacetime { { tools(&props.app) } }
                { icon_button(Icon::Close, say!("Close the drawer"), props.app.sends(Msg::Panel(shown))) }
            </div>
            { content(props, shown) }
        </section>
    }
}

fn grip(props: &DetailsProps) -> Html {
    let choices = props.choices;
    let (dragged, pressed) = (props.app.clone(), props.app.clone());
    let onpointermove = Callback::from(move |event: PointerEvent| {
        let Some(grip) = target(&event).filter(|grip| grip.has_pointer_capture(event.pointer_id())) else {
            return;
        };
        if let Some(drawer) = grip.parent_element() {
            let bottom = drawer.get_bounding_client_rect().bottom();
            resize(&dragged, choices, bottom as i32 - event.client_y());
        }
    });
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => STEP,
            "ArrowDown" => -STEP,
            _ => return,
        };
        event.prevent_default();
        if let Some(drawer) = target(&event).and_then(|grip| grip.parent_element()) {
            resize(&pressed, choices, drawer.client_height() + by);
        }
    });
    html! {
        <div
            class="grip"
            role="separator"
            tabindex="0"
            aria-orientation="horizontal"
            aria-label={say!("Height of the drawer")}
            aria-valuemin={HEIGHTS.0.to_string()}
            aria-valuemax={HEIGHTS.1.to_string()}
            aria-valuenow={choices.height.unwrap_or(HEIGHTS.0).to_string()}
            onpointerdown={Callback::from(capture)}
            {onpointermove}
            {onkeydown}
        />
    }
}

fn target(event: &web_sys::Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn capture(event: PointerEvent) {
    if let Some(grip) = target(&event) {
        // Without capture a drag that leaves the grip ends there.
        let _captured = grip.set_pointer_capture(event.pointer_id());
    }
}

/// A style attribute would be against the page's policy; this way is not.
fn resize(app: &AppHandle, choices: Choices, wanted: i32) {
    let height = wanted.clamp(HEIGHTS.0, HEIGHTS.1);
    let root = browser::document().and_then(|document| document.document_element());
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        // The height stays as it is if it cannot be set.
        let _set = root.style().set_property("--drawer-height", &[&height.to_string(), "px"].concat());
    }
    app.send(Msg::Choose(Choices { height: Some(height), ..choices }));
}
