//! Leaving an embedded page by the keyboard.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::host::Host;
use crate::browser;
use crate::msg::Tool;
use crate::stage_contract::AppHandle;

/// Esc gives the focus back to the host, where it means nothing else; says whether it did.
pub fn leave(app: &AppHandle, event: &KeyboardEvent) -> bool {
    let idle = app.read(|model| {
        let ui = model.ui();
        model.options().embed && ui.dialog.is_none() && ui.popover.is_none() && ui.tool == Tool::Hand
    });
    if !idle || event.key() != "Escape" {
        return false;
    }
    let focus = browser::document().and_then(|document| document.active_element());
    if let Some(focus) = focus.and_then(|focus| focus.dyn_into::<HtmlElement>().ok()) {
        // What cannot lose the focus keeps it.
        let _lost = focus.blur();
    }
    if let Some(host) = Host::find() {
        host.take_focus();
    }
    true
}
