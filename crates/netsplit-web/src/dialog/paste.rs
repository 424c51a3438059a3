//! Opening what somebody sent: a link, a fragment, or a document.

use netsplit_words::say;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::{Callback, Event, Html, SubmitEvent, TargetCast, html};

use crate::browser;
use crate::msg::Msg;
use crate::picture::recognise;
use crate::stage_contract::AppHandle;

/// Opening what somebody sent.
pub(super) fn paste(app: &AppHandle) -> Html {
    let (pasted, chosen) = (app.clone(), app.clone());
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target_dyn_into::<Element>();
        let area = form.and_then(|form| form.query_selector("textarea").ok().flatten());
        let text = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok()).map(|area| area.value());
        pasted.send(Msg::CloseDialog);
        pasted.send(recognise::asked(None, &text.unwrap_or_default()));
    });
    let onchange = Callback::from(move |event: Event| {
        let files = event.target_dyn_into::<HtmlInputElement>().and_then(|input| input.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            chosen.send(Msg::CloseDialog);
            browser::read_file(&chosen, file);
        }
    });
    html! {
        <form class="paste" {onsubmit}>
            <label>
                { say!("A link, a document as text, or a history of client operations (EDN)") }
                <textarea class="field mono" rows="5" spellcheck="false" />
            </label>
            <div class="row">
                <label class="button framed file">
                    { say!("Choose a file") }
                    <input type="file" class="unseen" accept=".json,application/json,.jsonl,.edn,.txt,.log,.svg,image/svg+xml" {onchange} />
                </label>
                <button type="submit" class="button primary">{ say!("Open") }</button>
            </div>
        </form>
    }
}
