//! The page around this one: hearing it and telling it. Only the window that holds this page is heard.

use js_sys::JSON;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};

use super::asked::{self, Asked};
use super::said::Said;

/// The page around this one.
pub struct Host {
    window: Window,
    told: u32,
}

/// A message longer than this is not for us: a document has at most a million characters.
const LONGEST: u32 = 2_000_000;

impl Host {
    /// The window that holds this page, if it is not alone.
    pub fn find() -> Option<Self> {
        let here = web_sys::window()?;
        let window = here.parent().ok().flatten()?;
        (!js_sys::Object::is(&window, &here)).then_some(Self { window, told: 0 })
    }

    /// Tells it something. Whoever holds the page may know where its run stands, so no origin is asked for.
    pub fn tell(&mut self, said: &Said) {
        self.told += 1;
        for message in said.messages(self.told) {
            if let Ok(message) = JSON::parse(&message.to_string()) {
                // A host that is gone hears nothing.
                let _sent = self.window.post_message(&message, "*");
            }
        }
    }

    /// Gives it the focus back.
    pub fn take_focus(&self) {
        // A browser may keep it here until somebody clicks elsewhere.
        let _taken = self.window.focus();
    }
}

/// What a message of the window that holds this page asks for.
pub fn heard(event: &MessageEvent) -> Option<Asked> {
    let parent = web_sys::window()?.parent().ok().flatten()?;
    let source: JsValue = event.source()?.into();
    if !js_sys::Object::is(&source, &parent) {
        return None;
    }
    // What cannot be written as JSON, a cycle for instance, is none of our messages.
    let text = JSON::stringify(&event.data()).ok()?;
    if !text.is_string() || text.length() > LONGEST {
        return None;
    }
    let message: Value =
        serde_json::from_str(&String::from(text.unchecked_into::<js_sys::JsString>())).ok()?;
    asked::read(&message)
}
