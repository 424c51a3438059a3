//! What of the transport moves on every frame, written past the component tree: time, cursor, played part.

use web_sys::Document;

use super::timeline::window;
use crate::decimal::percent;
use crate::model::Model;

/// Writes the time at the cursor, and puts cursor and played part where they belong.
pub fn paint(document: &Document, model: &Model) {
    let now = model.session().run().now();
    set_text(document, ".transport .time", &now.to_string());
    let x = percent(window(model.session(), model.ui().zoom).x(now).clamp(0.0, 1_000.0));
    set(document, ".track .cursor", "x", &x);
    set(document, ".track-played", "x2", &x);
}

fn set_text(document: &Document, selector: &str, text: &str) {
    if let Ok(Some(element)) = document.query_selector(selector)
        && element.text_content().as_deref() != Some(text)
    {
        element.set_text_content(Some(text));
    }
}

fn set(document: &Document, selector: &str, attribute: &str, value: &str) {
    if let Ok(Some(element)) = document.query_selector(selector) {
        // An attribute of an element that is there can be set.
        let _set = element.set_attribute(attribute, value);
    }
}
