//! The page while a file is dragged over it: a veil that says what will happen.

use netsplit_words::say;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element, Event};

use crate::browser;
use crate::stage_contract::AppHandle;

/// What can be heard of a file over the page.
pub const EVENTS: [&str; 3] = ["dragover", "dragleave", "drop"];

/// Shows the veil while a file is over the page, and opens what is dropped. Says whether the event was about a
/// file: then the browser must not show it instead of the page.
pub fn dragged(app: &AppHandle, event: &Event) -> bool {
    let Some(event) = event.dyn_ref::<DragEvent>() else { return false };
    let Some(data) = event.data_transfer() else { return false };
    if !data.types().includes(&"Files".into(), 0) {
        return false;
    }
    match event.type_().as_str() {
        "dragover" => show(),
        // Between two elements of the page there is one that it goes to.
        "dragleave" if event.related_target().is_some() => {}
        _ => hide(),
    }
    if event.type_() == "drop"
        && let Some(file) = data.files().and_then(|files| files.get(0))
    {
        browser::read_file(app, file);
    }
    true
}

fn veil() -> Option<Element> {
    browser::document()?.query_selector(".drop-veil").ok().flatten()
}

fn show() {
    if veil().is_some() {
        return;
    }
    let Some(document) = browser::document() else { return };
    // In a dialog, if one is open: nothing else stands above it.
    let host = document.query_selector("dialog[open]").ok().flatten();
    let host = host.or_else(|| document.body().map(Into::into));
    let Some((host, veil)) = host.zip(document.create_element("div").ok()) else { return };
    veil.set_class_name("drop-veil");
    let words =
        say!("Drop it to open it: a scenario, a trace, a history of clients, or a picture saved here.");
    veil.set_text_content(Some(words));
    // Without it dropping works all the same.
    let _shown = host.append_child(&veil);
}

fn hide() {
    if let Some(veil) = veil() {
        veil.remove();
    }
}
