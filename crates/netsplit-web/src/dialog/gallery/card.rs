//! One card: a picture of the run, what it is called, what one will see, how hard it is.

use netsplit_words::say;
use yew::prelude::{Html, html};

use super::entry::Entry;
use crate::msg::{Msg, Origin};
use crate::stage_contract::AppHandle;

/// Names the entry whose picture stands in an element.
pub(super) const PICTURE: &str = "data-picture";

/// The card of an entry. Its picture is drawn when it comes into view.
pub(super) fn card(app: &AppHandle, entry: Entry) -> Html {
    html! {
        <li key={entry.key()}>
            <button type="button" class="card" onclick={app.sends(Msg::Open(entry.fragment(), Origin::Inside))}>
                <span class="card-picture" data-picture={entry.key()} aria-hidden="true"></span>
                <span class="card-title">{ entry.title() }</span>
                <span class="card-text">{ entry.summary() }</span>
                <span class="card-foot">
                    <span class="card-level" data-level={entry.level().to_string()}>{ level(entry.level()) }</span>
                    if let Some(length) = entry.length() {
                        <span>{ length }</span>
                    }
                </span>
            </button>
        </li>
    }
}

/// How hard something is, in words.
pub(super) fn level(level: u8) -> &'static str {
    match level {
        1 => say!("For a first look"),
        2 => say!("For a second look"),
        _ => say!("For those who have read the paper"),
    }
}
