//! What outlives a panic. In wasm a panic ends the module, so the overlay that tells of it, and the
//! link that reopens the run, live outside of it in `window.netsplit`.

use std::panic::PanicHookInfo;

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::address;

/// Has every panic draw the overlay, and gives tests a way to cause one.
pub fn catch_panics() {
    // Set through Yew, which would put its own hook in the place of one that it does not know.
    yew::set_custom_panic_hook(Box::new(|info: &PanicHookInfo<'_>| {
        address::call_outside("fail", &info.to_string());
    }));
    let test = js_sys::Object::new();
    let forced = wasm_bindgen::closure::Closure::<dyn Fn()>::new(force_panic).into_js_value();
    let netsplit =
        web_sys::window().and_then(|window| Reflect::get(&window, &JsValue::from_str("netsplit")).ok());
    if let Some(netsplit) = netsplit.filter(JsValue::is_object) {
        // Without these two only the test of the overlay fails.
        let _set = Reflect::set(&test, &JsValue::from_str("panic"), &forced);
        let _set = Reflect::set(&netsplit, &JsValue::from_str("test"), &test);
    }
}

/// Panics, as a test asked for: `window.netsplit.test.panic()`.
fn force_panic() {
    panic!("a panic that a test asked for");
}
