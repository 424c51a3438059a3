//! The size of an element, followed as it changes.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::{NodeRef, UseStateHandle, hook, use_effect_with, use_state};

/// The width and height of the element in pixels, once it is known.
#[hook]
pub fn use_size(node: &NodeRef) -> Option<(f64, f64)> {
    let size = use_state(|| None);
    {
        let size = size.clone();
        use_effect_with(node.clone(), move |node| {
            let watching = node.cast::<Element>().and_then(|element| watch(element, size));
            move || drop(watching)
        });
    }
    *size
}

/// Stops watching when dropped.
struct Watching {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut()>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

fn watch(element: Element, size: UseStateHandle<Option<(f64, f64)>>) -> Option<Watching> {
    let measured = element.clone();
    let measure = move || {
        let (width, height) = (measured.client_width(), measured.client_height());
        if width > 0 && height > 0 {
            size.set(Some((f64::from(width), f64::from(height))));
        }
    };
    measure();
    let closure: Closure<dyn FnMut()> = Closure::new(measure);
    // Without it the stage keeps the size it had at first.
    let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
    observer.observe(&element);
    Some(Watching { observer, _closure: closure })
}
