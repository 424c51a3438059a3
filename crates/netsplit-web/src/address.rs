//! The address bar, and the link that is kept where a panic cannot reach it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::later::Later;

/// The address bar. An embedded page never writes to it.
pub struct AddressBar {
    inner: Rc<Inner>,
    later: Later,
}

struct Inner {
    embedded: bool,
    shown: RefCell<String>,
    wanted: RefCell<Option<String>>,
}

/// Browsers refuse more than some hundred changes of the address in half a minute.
const PATIENCE_MS: i32 = 500;

impl AddressBar {
    /// The address bar as it is.
    pub fn new(embedded: bool) -> Self {
        let inner = Rc::new(Inner { embedded, shown: RefCell::new(fragment()), wanted: RefCell::default() });
        let later = {
            let inner = inner.clone();
            Later::new(move || inner.write_wanted())
        };
        Self { inner, later }
    }

    /// The fragment, if somebody else than this page changed it.
    pub fn changed(&self) -> Option<String> {
        let now = fragment();
        let other = *self.inner.shown.borrow() != now;
        self.inner.shown.replace(now.clone());
        other.then_some(now)
    }

    /// Shows this fragment, soon.
    pub fn replace(&self, fragment: String) {
        self.inner.wanted.replace(Some(fragment));
        if !self.inner.embedded {
            self.later.after(PATIENCE_MS);
        }
    }

    /// Shows this fragment as a new entry, so that Back returns to the old one.
    pub fn push(&self, fragment: String) {
        self.inner.wanted.replace(None);
        self.inner.write(fragment, web_sys::History::push_state_with_url);
    }
}

type Write = fn(&web_sys::History, &JsValue, &str, Option<&str>) -> Result<(), JsValue>;

impl Inner {
    fn write_wanted(&self) {
        if let Some(fragment) = self.wanted.take() {
            self.write(fragment, web_sys::History::replace_state_with_url);
        }
    }

    fn write(&self, fragment: String, write: Write) {
        if self.embedded || *self.shown.borrow() == fragment {
            return;
        }
        let history = web_sys::window().and_then(|window| window.history().ok());
        let url = if fragment.is_empty() { "#" } else { &fragment };
        // A sandbox may refuse: then the address stays as it is, and sharing still works.
        if history.is_some_and(|history| write(&history, &JsValue::NULL, "", Some(url)).is_ok()) {
            self.shown.replace(fragment);
        }
    }
}

/// The fragment of the address, with its `#`.
pub fn fragment() -> String {
    location().and_then(|location| location.hash().ok()).unwrap_or_default()
}

/// The query of the address, with its `?`.
pub fn query() -> String {
    location().and_then(|location| location.search().ok()).unwrap_or_default()
}

/// The address of the page without query and fragment.
pub fn page() -> String {
    let href = location().and_then(|location| location.href().ok()).unwrap_or_default();
    href.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// Opens the page anew with another query.
pub fn visit(query: &str, fragment: &str) {
    let Some(location) = location() else { return };
    // A sandbox may refuse: then the page stays as it is.
    let _gone = location.set_href(&[&page(), query, fragment].concat());
}

fn location() -> Option<web_sys::Location> {
    web_sys::window().map(|window| window.location())
}

/// Calls a function of `window.netsplit`, which lives outside the module. Without it nothing happens:
/// tests mount the page alone.
pub fn call_outside(name: &str, argument: &str) {
    let host =
        web_sys::window().and_then(|window| Reflect::get(&window, &JsValue::from_str("netsplit")).ok());
    let Some(host) = host.filter(JsValue::is_object) else { return };
    let function = Reflect::get(&host, &JsValue::from_str(name)).ok();
    if let Some(function) = function.and_then(|function| function.dyn_into::<Function>().ok()) {
        // What it throws has no one here to tell.
        let _answer = function.call1(&host, &JsValue::from_str(argument));
    }
}
