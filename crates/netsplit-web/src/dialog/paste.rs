//! Opening what somebody sent: a link, a fragment, or a document.

use netsplit_words::say;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::{Callback, Event, Html, SubmitEvent, TargetCast, html};

use crate::browser;
use crate::history::bring;
use crate::msg::{Msg, Origin};
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
        pasted.send(asked(text.unwrap_or_default().trim()));
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
                    <input type="file" class="unseen" accept=".json,application/json,.edn,.txt,.log" {onchange} />
                </label>
                <button type="submit" class="button primary">{ say!("Open") }</button>
            </div>
        </form>
    }
}

/// A document begins with a brace; of a link only the fragment counts. A history of clients is told by its form.
fn asked(text: &str) -> Msg {
    if let Some(history) = bring::asked(None, text) {
        return history;
    }
    if text.starts_with('{') {
        return Msg::OpenDocument { text: text.to_owned(), fragment: String::new() };
    }
    match text.split_once('#') {
        Some((_, fragment)) => Msg::Open(["#", fragment].concat(), Origin::Inside),
        None if text.contains('=') => Msg::Open(["#", text].concat(), Origin::Inside),
        None => Msg::Warn(say!("That is neither a link of this page nor a document nor a history: a link has a # in it, a document begins with a brace, a history with a bracket or with a brace and a colon.").to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_fragments_and_documents_are_told_apart() {
        let open = |text: &str| Msg::Open(text.to_owned(), Origin::Inside);
        assert_eq!(asked("https://x.y/z?theme=dark#s=j1.a.b"), open("#s=j1.a.b"));
        assert_eq!(asked("scenario=a/b"), open("#scenario=a/b"));
        assert!(
            matches!(asked("{\"schema\":1}"), Msg::OpenDocument { text, .. } if text == "{\"schema\":1}")
        );
        assert!(matches!(asked("hello"), Msg::Warn(_)));
    }
}
