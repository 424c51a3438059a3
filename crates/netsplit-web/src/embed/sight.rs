//! Whether anybody can see an embedded page, and how high it is.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, ResizeObserver};

/// Watches whether an element is on the screen, for as long as it lives.
pub struct Sight {
    observer: IntersectionObserver,
    _hear: Closure<dyn FnMut(Array)>,
}

impl Sight {
    /// Tells `see` at once and whenever it changes. A browser without such observers tells nothing.
    pub fn watch(element: &Element, see: impl Fn(bool) + 'static) -> Option<Self> {
        let hear = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            // The last entry is the newest.
            if let Ok(entry) = entries.pop().dyn_into::<IntersectionObserverEntry>() {
                see(entry.is_intersecting());
            }
        });
        let observer = IntersectionObserver::new(hear.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _hear: hear })
    }
}

impl Drop for Sight {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Watches how high an element is, for as long as it lives.
pub struct Height {
    observer: ResizeObserver,
    _hear: Closure<dyn FnMut()>,
}

impl Height {
    /// Tells `see` the height in whole pixels, at once and whenever it changes.
    pub fn watch(element: &Element, see: impl Fn(u32) + 'static) -> Option<Self> {
        let watched = element.clone();
        let hear = Closure::<dyn FnMut()>::new(move || {
            see(watched.get_bounding_client_rect().height().ceil() as u32);
        });
        let observer = ResizeObserver::new(hear.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _hear: hear })
    }
}

impl Drop for Height {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
