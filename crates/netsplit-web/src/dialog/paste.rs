//! Opening what somebody sent: a link, a fragment, or a document.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::{Callback, Event, Html, SubmitEvent, component, html, use_node_ref};

use crate::browser;
use crate::msg::{Msg, Origin};
use crate::stage_contract::StageProps;

/// Opening what somebody sent.
#[component]
pub fn Paste(props: &StageProps) -> Html {
    let area = use_node_ref();
    let onsubmit = {
        let (app, area) = (props.app.clone(), area.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text = area.cast::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default();
            app.send(Msg::CloseDialog);
            app.send(asked(text.trim()));
        })
    };
    let onfile = {
        let app = props.app.clone();
        Callback::from(move |event: Event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) {
                app.send(Msg::CloseDialog);
                browser::read_file(&app, file);
            }
        })
    };
    html! {
        <form class="paste" {onsubmit}>
            <label>
                { "A link, or a document as text" }
                <textarea ref={area} class="field mono" rows="5" spellcheck="false" />
            </label>
            <div class="row">
                <label class="button framed file">
                    { "Choose a file" }
                    <input type="file" class="unseen" accept=".json,application/json" onchange={onfile} />
                </label>
                <button type="submit" class="button primary">{ "Open" }</button>
            </div>
        </form>
    }
}

/// A document begins with a brace; of a link only the fragment counts.
fn asked(text: &str) -> Msg {
    if text.starts_with('{') {
        return Msg::OpenDocument { text: text.to_owned(), fragment: String::new() };
    }
    match text.split_once('#') {
        Some((_, fragment)) => Msg::Open(["#", fragment].concat(), Origin::Inside),
        None if text.contains('=') => Msg::Open(["#", text].concat(), Origin::Inside),
        None => Msg::Warn("That is neither a link of this page nor a document: a link has a # in it, a document begins with {.".to_owned()),
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
