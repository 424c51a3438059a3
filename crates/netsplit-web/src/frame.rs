//! The only place that asks for animation frames. A frame moves a cursor and lets painters draw; the
//! run knows nothing of it. While nothing moves, no frame is asked for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// A loop that runs for as long as its callback says so.
pub struct FrameLoop {
    inner: Rc<Inner>,
}

struct Inner {
    on_frame: Box<dyn Fn(f64) -> Again>,
    closure: RefCell<Option<OnFrame>>,
    requested: Cell<Option<i32>>,
    last: Cell<Option<f64>>,
    held: Cell<Option<Again>>,
}

/// What the browser calls, with the time in milliseconds.
type OnFrame = Closure<dyn FnMut(f64)>;

/// Whether another frame is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// It is.
    Yes,
    /// It is not: the loop stops until it is started again.
    No,
}

impl FrameLoop {
    /// A loop at rest. The callback is given the milliseconds since the frame before, zero at first.
    pub fn new(on_frame: impl Fn(f64) -> Again + 'static) -> Self {
        let inner = Rc::new(Inner {
            on_frame: Box::new(on_frame),
            closure: RefCell::new(None),
            requested: Cell::new(None),
            last: Cell::new(None),
            held: Cell::new(None),
        });
        let weak = Rc::downgrade(&inner);
        let closure = Closure::new(move |now: f64| {
            if let Some(inner) = weak.upgrade() {
                inner.frame(now);
            }
        });
        *inner.closure.borrow_mut() = Some(closure);
        Self { inner }
    }

    /// Runs until the callback has had enough. Starting twice is starting once.
    pub fn start(&self) {
        if self.inner.held.get().is_some() {
            self.inner.held.set(Some(Again::Yes));
        } else if self.inner.requested.get().is_none() {
            self.inner.last.set(None);
            self.inner.request();
        }
    }

    /// Asks for no frames until it is released, whoever starts it: nobody can see what they would show.
    pub fn hold(&self) {
        if self.inner.held.get().is_none() {
            let running = self.inner.requested.get().is_some();
            self.inner.held.set(Some(if running { Again::Yes } else { Again::No }));
            self.inner.cancel();
        }
    }

    /// Goes on if it ran when it was held, or was started since.
    pub fn release(&self) {
        if self.inner.held.take() == Some(Again::Yes) {
            self.start();
        }
    }
}

impl Inner {
    fn frame(&self, now: f64) {
        self.requested.set(None);
        let elapsed = self.last.get().map_or(0.0, |last| (now - last).max(0.0));
        self.last.set(Some(now));
        if (self.on_frame)(elapsed) == Again::Yes && self.requested.get().is_none() {
            self.request();
        }
    }

    fn cancel(&self) {
        if let (Some(id), Some(window)) = (self.requested.take(), web_sys::window()) {
            // A frame that cannot be taken back finds nobody: the closure holds a weak pointer.
            let _gone = window.cancel_animation_frame(id);
        }
    }

    fn request(&self) {
        let closure = self.closure.borrow();
        let callback = closure.as_ref().map(|closure| closure.as_ref().unchecked_ref());
        let requested = callback
            .zip(web_sys::window())
            .map(|(callback, window)| window.request_animation_frame(callback));
        self.requested.set(requested.and_then(Result::ok));
    }
}

impl Drop for FrameLoop {
    fn drop(&mut self) {
        self.inner.cancel();
    }
}

/// Milliseconds of real time, for slices; never part of a run.
pub fn clock() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}
