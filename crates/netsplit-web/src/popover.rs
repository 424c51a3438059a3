//! A small surface under a button. It goes away by Esc and when the focus leaves it; the page gives it
//! the focus when it appears.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node};
use yew::prelude::{Callback, FocusEvent, Html, KeyboardEvent, html};

use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// A small surface under a button.
pub fn popover(app: &AppHandle, label: &'static str, content: Html) -> Html {
    let onfocusout = {
        let app = app.clone();
        Callback::from(move |event: FocusEvent| {
            if !stays_inside(&event) {
                app.send(Msg::Popover(None));
            }
        })
    };
    let onkeydown = {
        let app = app.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                app.send(Msg::Popover(None));
            }
        })
    };
    html! {
        <div class="popover" role="group" tabindex="-1" aria-label={label} {onfocusout} {onkeydown}>{ content }</div>
    }
}

/// The button it belongs to counts as inside: a click on that closes by itself.
fn stays_inside(event: &FocusEvent) -> bool {
    let from = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
    let surface = from.and_then(|from| from.closest(".popover").ok().flatten());
    let around = surface.and_then(|surface| surface.parent_node());
    around.zip(to).is_some_and(|(around, to)| around.contains(Some(&to)))
}
