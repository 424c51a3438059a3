//! Something that is done a while later, once however often it was asked for.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// A deed and its timer.
pub struct Later {
    waiting: Rc<Cell<bool>>,
    over: Closure<dyn FnMut()>,
}

impl Later {
    /// The deed.
    pub fn new(deed: impl Fn() + 'static) -> Self {
        let waiting = Rc::new(Cell::new(false));
        let over = {
            let waiting = waiting.clone();
            Closure::new(move || {
                waiting.set(false);
                deed();
            })
        };
        Self { waiting, over }
    }

    /// Does it after this many milliseconds, unless it is about to be done anyway.
    pub fn after(&self, millis: i32) {
        if self.waiting.replace(true) {
            return;
        }
        if let Some(window) = web_sys::window() {
            let callback = self.over.as_ref().unchecked_ref();
            // Without a timer it is not done: nothing that matters is done this way.
            let _timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(callback, millis);
        }
    }
}
