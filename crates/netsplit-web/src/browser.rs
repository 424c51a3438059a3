//! Small services of the browser, each of which may be refused: nothing here is required.

use js_sys::{Array, Reflect};
use netsplit_words::say;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, Document, HtmlAnchorElement, HtmlDialogElement, HtmlElement, HtmlTextAreaElement,
    Url,
};

use crate::msg::Msg;
use crate::picture::recognise;
use crate::stage_contract::AppHandle;

/// A seed that nobody chose, short enough to be read out.
pub fn fresh_seed() -> u64 {
    (js_sys::Math::random() * 1e6) as u64
}

/// Whether a part of the page is still to come. The script that brings it says so, and says `netsplit:whole`
/// when it is there; a page in one piece has no such script.
pub fn awaits_rest() -> bool {
    let outside =
        web_sys::window().and_then(|window| Reflect::get(&window, &JsValue::from_str("netsplit")).ok());
    let outside = outside.filter(JsValue::is_object);
    let awaits = outside.and_then(|outside| Reflect::get(&outside, &JsValue::from_str("awaitsRest")).ok());
    awaits.is_some_and(|awaits| awaits.is_truthy())
}

/// The document.
pub fn document() -> Option<Document> {
    web_sys::window().and_then(|window| window.document())
}

/// Shows the dialog that was just put into the document, and gives a new popover the focus.
pub fn show_dialog() {
    let found = |selector| document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(dialog) = found("dialog.modal:not([open])") {
        // What is shown already cannot be shown again, and need not be.
        let _shown = dialog.unchecked_into::<HtmlDialogElement>().show_modal();
    }
    if let Some(popover) = found(".popover:not(:focus-within):not([data-shown])") {
        // Once: a surface that loses the focus is about to close.
        let _marked = popover.set_attribute("data-shown", "");
        let _taken = popover.unchecked_into::<HtmlElement>().focus();
    }
}

/// Closes the dialog that is shown.
pub fn close_dialog() {
    let shown = document().and_then(|document| document.query_selector("dialog.modal[open]").ok().flatten());
    if let Some(dialog) = shown {
        dialog.unchecked_into::<HtmlDialogElement>().close();
    }
}

/// Names the window after the run that it shows.
pub fn set_title(run: &str) {
    let title = say!("{run} – Netsplit", run);
    if let Some(document) = document()
        && document.title() != title
    {
        document.set_title(&title);
    }
}

/// Says which language the page is in, for screen readers, hyphenation and translators.
pub fn set_language(code: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        // An attribute of this name can always be set.
        let _set = root.set_attribute("lang", code);
    }
}

/// Copies a text and says so, or says that it could not be copied.
pub fn copy(app: &AppHandle, text: String, done: &'static str) {
    let app = app.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let copied = write_clipboard(&text).await || copy_selected(&text);
        app.send(if copied {
            Msg::Announce(done.to_owned())
        } else {
            Msg::Warn(
                say!("This browser did not let the page copy: select the text and copy it by hand.")
                    .to_owned(),
            )
        });
    });
}

async fn write_clipboard(text: &str) -> bool {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return false };
    // Outside https the clipboard is not there at all, whatever its type says.
    let there = Reflect::has(&navigator, &JsValue::from_str("clipboard")).unwrap_or(false);
    if !there || navigator.clipboard().is_undefined() {
        return false;
    }
    wasm_bindgen_futures::JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// The old way, for pages without a secure origin.
fn copy_selected(text: &str) -> bool {
    let Some(document) = document() else { return false };
    let area =
        document.create_element("textarea").ok().and_then(|e| e.dyn_into::<HtmlTextAreaElement>().ok());
    let host = document.query_selector("dialog[open]").ok().flatten();
    let Some((area, host)) = area.zip(host.or_else(|| document.body().map(Into::into))) else { return false };
    area.set_value(text);
    area.set_class_name("unseen");
    if host.append_child(&area).is_err() {
        return false;
    }
    area.select();
    let copied = Reflect::get(&document, &JsValue::from_str("execCommand"))
        .and_then(JsCast::dyn_into::<js_sys::Function>)
        .and_then(|function| function.call1(&document, &JsValue::from_str("copy")))
        .is_ok_and(|answer| answer.is_truthy());
    area.remove();
    copied
}

/// Offers a text as a file.
pub fn download(name: &str, text: &str) -> Result<(), JsValue> {
    let parts = Array::of1(&JsValue::from_str(text));
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = document().ok_or(JsValue::NULL)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    Url::revoke_object_url(&url)
}

/// How large words and controls are, in percent: everything with words in it is measured in the root's type.
pub fn set_zoom(percent: u32) {
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        // Without it words are as large as ever.
        let _set = root.style().set_property("font-size", &[&percent.to_string(), "%"].concat());
    }
}

/// Whether a media query holds.
pub fn media(query: &str) -> Option<web_sys::MediaQueryList> {
    web_sys::window()?.match_media(query).ok().flatten()
}

/// The origin of an https address.
pub fn origin(address: &str) -> Option<String> {
    let url = Url::new(address).ok()?;
    (url.protocol() == "https:").then(|| url.origin())
}

/// Fetches a document and opens it.
pub fn fetch(app: &AppHandle, address: String, fragment: String) {
    let app = app.clone();
    wasm_bindgen_futures::spawn_local(async move {
        app.send(match fetched(&address).await {
            Some(text) => Msg::OpenDocument { text, fragment },
            None => Msg::Warn(
                say!("The file could not be fetched: it is not there, or its site does not allow other pages to read it.")
                    .to_owned(),
            ),
        });
    });
}

async fn fetched(address: &str) -> Option<String> {
    let promise = web_sys::window()?.fetch_with_str(address);
    let response: web_sys::Response =
        wasm_bindgen_futures::JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    wasm_bindgen_futures::JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// Reads a chosen file and opens it: a document, or a history of client operations.
pub fn read_file(app: &AppHandle, file: web_sys::File) {
    let app = app.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let text =
            wasm_bindgen_futures::JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
        app.send(match text {
            Some(text) => recognise::asked(Some(&file.name()), &text),
            None => Msg::Warn(say!("The file could not be read.").to_owned()),
        });
    });
}
