//! Bringing in a history: chosen from a dialog, pasted, or dropped on the page.

use netsplit_words::{say, told, word};
use web_sys::{Event, HtmlInputElement};
use yew::prelude::{Callback, Html, TargetCast, html};

use super::import::Import;
use super::looking::Change;
use crate::browser;
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// What a pasted history is called.
const PASTED: &str = word!("Pasted history");

/// A button that opens a history from a file.
pub fn chooser(app: &AppHandle) -> Html {
    let app = app.clone();
    let onchange = Callback::from(move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let file = input.as_ref().and_then(HtmlInputElement::files).and_then(|files| files.get(0));
        if let Some(file) = file {
            browser::read_file(&app, file);
        }
        if let Some(input) = input {
            // So that the same file can be chosen again.
            input.set_value("");
        }
    });
    html! {
        <label class="button framed file history-open" title={say!("Open a history from a file: EDN as Jepsen writes it, maps or log lines, or key-value")}>
            { say!("Open…") }
            <input type="file" class="unseen" aria-label={say!("Open a history from a file")} accept=".edn,.txt,.log,.clj" {onchange} />
        </label>
    }
}

/// What a text asks for if it is a history.
pub fn asked(name: Option<&str>, text: &str) -> Option<Msg> {
    let by_name = name.is_some_and(|name| [".edn", ".clj"].iter().any(|end| name.ends_with(end)));
    (by_name || Import::looks_like_one(text)).then(|| {
        Msg::History(Change::Import { name: name.unwrap_or(told(PASTED)).to_owned(), text: text.to_owned() })
    })
}
