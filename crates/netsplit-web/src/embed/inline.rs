//! A scenario that stands in the page itself: frames made by `srcdoc` and files have no fragment.

use crate::{address, browser};

/// A document that this page was made with, and the query that goes with it.
pub struct Inline {
    /// The document, if there is one.
    pub text: Option<String>,
    /// The query of the address, or what stands in its place.
    pub query: String,
}

/// Reads `<script type="application/json" id="netsplit-scenario" data-query="theme=dark">`. In a frame made
/// by `srcdoc` the page is embedded unless that says otherwise.
pub fn read() -> Inline {
    let element = browser::document().and_then(|document| document.get_element_by_id("netsplit-scenario"));
    let text = element.as_ref().and_then(|element| element.text_content());
    let text = text.filter(|text| !text.trim().is_empty());
    let own = address::query();
    if !own.is_empty() {
        return Inline { text, query: own };
    }
    let given = element.and_then(|element| element.get_attribute("data-query"));
    let without = if address::page().starts_with("about:") { "embed=1" } else { "" };
    Inline { text, query: given.unwrap_or_else(|| without.to_owned()) }
}
