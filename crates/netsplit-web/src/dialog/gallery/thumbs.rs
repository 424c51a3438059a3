//! Keeps the pictures of the cards: drawn when a card comes into view, one a frame, so that the dialog is
//! there at once; the one that is pointed at or has the focus plays.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use js_sys::Array;
use netsplit_view::picture::Theme;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

use super::card::PICTURE;
use super::entry::Entry;
use super::scene::Scene;
use crate::browser;
use crate::frame::{Again, FrameLoop};

/// The pictures of one dialog.
pub(super) struct Thumbs {
    shared: Rc<Shared>,
    observer: Option<IntersectionObserver>,
    /// Called by the observer for as long as it lives.
    _seen: Closure<dyn FnMut(Array)>,
}

struct Shared {
    state: RefCell<State>,
    frames: FrameLoop,
}

#[derive(Default)]
struct State {
    /// In view and not drawn yet.
    waiting: BTreeSet<String>,
    playing: Option<(String, Scene)>,
}

impl Thumbs {
    pub(super) fn new() -> Self {
        let shared = Rc::new_cyclic(|weak: &std::rc::Weak<Shared>| {
            let weak = weak.clone();
            let frames = FrameLoop::new(move |elapsed| {
                weak.upgrade().map_or(Again::No, |shared| shared.state.borrow_mut().frame(elapsed))
            });
            Shared { state: RefCell::default(), frames }
        });
        let seen = {
            let shared = shared.clone();
            Closure::new(move |entries: Array| shared.saw(&entries))
        };
        // Where there is no observer cards have no pictures, and everything else.
        let observer = IntersectionObserver::new(seen.as_ref().unchecked_ref()).ok();
        Self { shared, observer, _seen: seen }
    }

    /// Watches the pictures that are in the document now; one that is watched already stays so.
    pub(super) fn watch(&self) {
        let Some(observer) = &self.observer else { return };
        for_each(&["[", PICTURE, "]"].concat(), |element| observer.observe(element));
    }

    /// Plays the picture of this entry, or none.
    pub(super) fn play(&self, key: Option<&str>) {
        let mut state = self.shared.state.borrow_mut();
        if state.playing.as_ref().map(|(playing, _)| playing.as_str()) == key {
            return;
        }
        state.playing = key.and_then(|key| Some((key.to_owned(), Scene::of(Entry::of(key)?)?)));
        if state.playing.is_some() {
            self.shared.frames.start();
        }
    }
}

impl Drop for Thumbs {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

impl Shared {
    fn saw(&self, entries: &Array) {
        let entries = entries.iter().filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok());
        let in_view = entries.filter(IntersectionObserverEntry::is_intersecting).map(|entry| entry.target());
        let empty = in_view.filter(|element| element.first_element_child().is_none());
        let keys: Vec<String> = empty.filter_map(|element| element.get_attribute(PICTURE)).collect();
        if !keys.is_empty() {
            self.state.borrow_mut().waiting.extend(keys);
            self.frames.start();
        }
    }
}

impl State {
    fn frame(&mut self, elapsed: f64) -> Again {
        let theme = theme();
        if let Some((key, scene)) = &mut self.playing {
            scene.play(elapsed);
            put(key, &scene.picture(theme));
        }
        if let Some(key) = self.waiting.pop_first()
            && let Some(scene) = Entry::of(&key).and_then(Scene::of)
        {
            put(&key, &scene.picture(theme));
        }
        if self.playing.is_some() || !self.waiting.is_empty() { Again::Yes } else { Again::No }
    }
}

/// The picture is our own text, with everything that came from elsewhere escaped in it.
fn put(key: &str, picture: &str) {
    for_each(&["[", PICTURE, "=\"", key, "\"]"].concat(), |element| element.set_inner_html(picture));
}

fn theme() -> Theme {
    let root = browser::document().and_then(|document| document.document_element());
    match root.and_then(|root| root.get_attribute("data-theme")).as_deref() {
        Some("light") => Theme::Light,
        _ => Theme::Dark,
    }
}

fn for_each(selector: &str, act: impl Fn(&Element)) {
    let Some(found) = browser::document().and_then(|document| document.query_selector_all(selector).ok())
    else {
        return;
    };
    for index in 0..found.length() {
        if let Some(element) = found.item(index).and_then(|node| node.dyn_into::<Element>().ok()) {
            act(&element);
        }
    }
}
