//! Which language the page speaks. That is settled before the first picture and stays: `www/boot/boot.js` fetches
//! the sentences while the module is fetched, and a page in English waits for nothing.

use std::cell::Cell;

use js_sys::{Function, Promise, Reflect};
use netsplit_words::{Language, Pseudo, Table, found, language, speak};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::address;
use crate::browser;

thread_local! {
    static MISSED: Cell<bool> = const { Cell::new(false) };
}

/// Goes on once the language is settled: at once in English.
pub fn settle(go_on: impl FnOnce() + 'static) {
    if let Some(pseudo) = Pseudo::of_code(&wish()) {
        pseudo.speak();
        return go_on();
    }
    let Some(sentences) = sentences() else { return go_on() };
    wasm_bindgen_futures::spawn_local(async move {
        let text = JsFuture::from(sentences).await.ok().and_then(|text| text.as_string());
        take(&text.unwrap_or_default());
        go_on();
    });
}

/// Speaks the language of this table, if it is one.
fn take(text: &str) {
    match Table::parse(text) {
        Ok(table) => {
            speak(table);
            browser::set_language(language().code);
        }
        Err(_) => MISSED.set(true),
    }
}

/// What to tell a reader whose language could not be had: in that language, which no table could bring.
pub fn apology() -> Option<String> {
    let told =
        "Die deutschen Texte kamen nicht an, deshalb spricht die Seite Englisch. Zum Wiederholen neu laden.";
    MISSED.get().then(|| told.to_owned())
}

/// A language that the page can be switched to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Other {
    /// As `lang` has it.
    pub code: &'static str,
    /// What it calls itself.
    pub name: &'static str,
    /// What the switch says, in that language.
    pub offer: &'static str,
}

const ENGLISH: Other = Other { code: "en", name: "English", offer: "Read this page in English" };
const GERMAN: Other = Other { code: "de", name: "Deutsch", offer: "Diese Seite auf Deutsch lesen" };

/// The language that the switch offers. None where the page has no address of its own to open anew, as in
/// `srcdoc`.
pub fn other() -> Option<Other> {
    let has_address = ["http", "file:"].iter().any(|scheme| address::page().starts_with(scheme));
    let other = if language() == Language::GERMAN { ENGLISH } else { GERMAN };
    has_address.then_some(other)
}

/// Opens the page anew in another language, with this fragment.
pub fn switch_to(other: Other, fragment: &str) {
    address::visit(&with_language(&address::query(), other.code), fragment);
}

/// The query with another language in it.
fn with_language(query: &str, code: &str) -> String {
    let others = query.trim_start_matches('?').split('&');
    let kept = others.filter(|item| !item.is_empty() && !item.starts_with("lang="));
    let asked = ["lang=", code].concat();
    ["?", &kept.chain([&*asked]).collect::<Vec<_>>().join("&")].concat()
}

/// A text of a document, such as a title: the gallery's own are translated, those of others stay as they are.
pub fn of_document(text: &str) -> &str {
    found(text).unwrap_or(text)
}

/// What the address asks for.
fn wish() -> String {
    let query = address::query();
    let wish = query.trim_start_matches('?').split('&').find_map(|item| item.strip_prefix("lang="));
    wish.unwrap_or_default().to_owned()
}

/// What boot.js is fetching, if the reader's language is another than English.
fn sentences() -> Option<Promise> {
    let window = web_sys::window()?;
    let outside = Reflect::get(&window, &JsValue::from_str("netsplit")).ok()?;
    let words: Function = Reflect::get(&outside, &JsValue::from_str("words")).ok()?.dyn_into().ok()?;
    words.call0(&outside).ok()?.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_keeps_the_other_options() {
        assert_eq!(with_language("", "de"), "?lang=de");
        assert_eq!(with_language("?theme=dark&lang=de&speed=0.1", "en"), "?theme=dark&speed=0.1&lang=en");
    }

    #[test]
    fn a_text_that_is_no_table_leaves_english_and_an_apology() {
        take("");
        assert_eq!(language(), Language::ENGLISH);
        assert!(apology().is_some_and(|sentence| sentence.contains("Englisch")));
    }
}
