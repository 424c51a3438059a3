//! The frame of every dialog: the browser's own `<dialog>`, which keeps focus inside and closes by Esc.
//! The page shows it once it is in the document.

use netsplit_words::say;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::{Callback, Event, Html, MouseEvent, classes, html};

use crate::button::icon_button;
use crate::icon::Icon;
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// A dialog. `name` tells it from others, so that none becomes another while it is open.
pub(super) fn modal(app: &AppHandle, name: &'static str, title: &'static str, content: Html) -> Html {
    let onclose: Callback<Event> = app.sends(Msg::CloseDialog);
    let backdrop = {
        let app = app.clone();
        Callback::from(move |event: MouseEvent| {
            let hit = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            // The content covers the dialog whole, so only its backdrop is the dialog itself.
            if hit.is_some_and(|hit| hit.tag_name() == "DIALOG") {
                app.send(Msg::CloseDialog);
            }
        })
    };
    html! {
        <dialog key={name} class={classes!("modal", name)} aria-labelledby="modal-title" {onclose} onclick={backdrop}>
            <div class="modal-body">
                <header class="modal-head">
                    <h2 id="modal-title">{ title }</h2>
                    { icon_button(Icon::Close, say!("Close"), app.sends(Msg::CloseDialog)) }
                </header>
                { content }
            </div>
        </dialog>
    }
}
