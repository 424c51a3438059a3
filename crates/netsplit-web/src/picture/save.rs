//! Files and the clipboard. A sandbox may refuse either; then the page says so and goes on.

use js_sys::{Array, Function, Object, Reflect};
use netsplit_words::say;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::browser;
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// A text as a blob of this type.
pub fn blob(text: &str, kind: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &options)
}

/// Offers something as a file, or says that it could not be saved.
pub fn save(app: &AppHandle, name: &str, blob: Result<Blob, JsValue>) {
    if blob.and_then(|blob| offer(name, &blob)).is_err() {
        app.send(Msg::Warn(say!("This browser did not let the page save a file.").to_owned()));
    }
}

fn offer(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let document = browser::document().ok_or(JsValue::NULL)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    Url::revoke_object_url(&url)
}

/// Copies a picture made of pixels, or says that it could not be copied.
pub async fn copy_picture(app: &AppHandle, blob: &Blob) {
    app.send(match write(blob).await {
        Some(()) => Msg::Announce(say!("The picture was copied.").to_owned()),
        None => Msg::Warn(
            say!("This browser did not let the page copy a picture: save it as a file instead.").to_owned(),
        ),
    });
}

/// Older browsers have no such clipboard, and frames may be denied it.
async fn write(blob: &Blob) -> Option<()> {
    let window = web_sys::window()?;
    let make: Function = Reflect::get(&window, &JsValue::from_str("ClipboardItem")).ok()?.dyn_into().ok()?;
    let parts = Object::new();
    Reflect::set(&parts, &JsValue::from_str(&blob.type_()), blob).ok()?;
    let item = Reflect::construct(&make, &Array::of1(&parts)).ok()?;
    let clipboard = Reflect::get(&window.navigator(), &JsValue::from_str("clipboard")).ok()?;
    let write: Function = Reflect::get(&clipboard, &JsValue::from_str("write")).ok()?.dyn_into().ok()?;
    let promise: js_sys::Promise = write.call1(&clipboard, &Array::of1(&item)).ok()?.dyn_into().ok()?;
    wasm_bindgen_futures::JsFuture::from(promise).await.ok().map(|_| ())
}
