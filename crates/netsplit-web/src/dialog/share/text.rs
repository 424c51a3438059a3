//! A text to be copied, which selects itself when it gets the focus.

use web_sys::HtmlTextAreaElement;
use yew::prelude::{Callback, FocusEvent, Html, TargetCast, html};

/// A text of some lines, under a name.
pub(super) fn selectable(name: &'static str, text: &str, rows: u32) -> Html {
    let onfocus = Callback::from(|event: FocusEvent| {
        if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
            area.select();
        }
    });
    html! {
        <textarea
            class="field mono share-text"
            readonly=true
            spellcheck="false"
            rows={rows.to_string()}
            aria-label={name}
            value={text.to_owned()}
            {onfocus}
        />
    }
}
