//! Long work without workers, in slices of a few milliseconds: between two of them the browser draws a frame,
//! if one is due, and hears what people do.
//!
//! Whoever has work keeps a [`SliceLoop`] and starts it; the callback does one [`slice`] and says whether
//! something is left. Work is cancelled by having nothing left, or by dropping the loop.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageChannel, MessagePort};

use crate::frame::Again;

/// A slice takes this long, and as much longer as its last piece.
const SLICE_MS: f64 = 6.0;

/// Does pieces of work until none is left or the slice is over; `clock` reads milliseconds. A piece should take
/// a fraction of a millisecond.
pub fn slice(mut piece: impl FnMut() -> Again, clock: &dyn Fn() -> f64) -> Again {
    let end = clock() + SLICE_MS;
    loop {
        if piece() == Again::No {
            return Again::No;
        }
        if clock() >= end {
            return Again::Yes;
        }
    }
}

/// How far some work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// So much is done.
    pub done: u64,
    /// Of so much.
    pub of: u64,
}

impl Progress {
    /// Whether nothing is left.
    pub const fn is_over(self) -> bool {
        self.done >= self.of
    }
}

/// Slices one after another, for as long as the callback says so.
pub struct SliceLoop {
    inner: Rc<Inner>,
}

struct Inner {
    on_slice: Box<dyn Fn() -> Again>,
    /// What is posted to itself comes after frames and input that wait already, and without the four
    /// milliseconds that a chain of timers has to wait.
    port: Option<MessagePort>,
    heard: RefCell<Option<OnMessage>>,
    asked: Cell<bool>,
}

/// What the browser calls.
type OnMessage = (MessagePort, Closure<dyn FnMut()>);

impl SliceLoop {
    /// A loop at rest.
    pub fn new(on_slice: impl Fn() -> Again + 'static) -> Self {
        // Without channels there are no slices: nothing on the page depends on them alone.
        let channel = MessageChannel::new().ok();
        let port = channel.as_ref().map(MessageChannel::port1);
        let inner =
            Inner { on_slice: Box::new(on_slice), port, heard: RefCell::default(), asked: Cell::new(false) };
        let inner = Rc::new(inner);
        if let Some(channel) = channel {
            inner.hear(&Rc::downgrade(&inner), channel.port2());
        }
        Self { inner }
    }

    /// Goes on until the callback has had enough. Starting twice is starting once.
    pub fn start(&self) {
        self.inner.ask();
    }
}

impl Inner {
    fn hear(&self, weak: &std::rc::Weak<Self>, port: MessagePort) {
        let weak = weak.clone();
        let closure = Closure::<dyn FnMut()>::new(move || {
            if let Some(inner) = weak.upgrade() {
                inner.slice();
            }
        });
        port.set_onmessage(Some(closure.as_ref().unchecked_ref()));
        *self.heard.borrow_mut() = Some((port, closure));
    }

    fn slice(&self) {
        self.asked.set(false);
        if (self.on_slice)() == Again::Yes {
            self.ask();
        }
    }

    fn ask(&self) {
        let Some(port) = self.port.as_ref().filter(|_| !self.asked.replace(true)) else { return };
        // A message of nothing can always be copied.
        let _posted = port.post_message(&JsValue::NULL);
    }
}

impl Drop for SliceLoop {
    fn drop(&mut self) {
        if let Some((port, _)) = &*self.inner.heard.borrow() {
            port.set_onmessage(None);
            port.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A clock that goes on by a millisecond at each look.
    fn ticking() -> impl Fn() -> f64 {
        let now = Cell::new(0.0);
        move || now.replace(now.get() + 1.0)
    }

    fn left(pieces: &Cell<u32>) -> Again {
        pieces.set(pieces.get() - 1);
        if pieces.get() == 0 { Again::No } else { Again::Yes }
    }

    #[test]
    fn a_slice_ends_when_its_time_is_over_and_the_next_goes_on_from_there() {
        let pieces = Cell::new(20);
        assert_eq!(slice(|| left(&pieces), &ticking()), Again::Yes);
        assert_eq!(pieces.get(), 14, "six pieces of a millisecond each");
        assert_eq!(slice(|| left(&pieces), &ticking()), Again::Yes);
        assert_eq!(pieces.get(), 8);
    }

    #[test]
    fn a_slice_ends_early_when_nothing_is_left() {
        let pieces = Cell::new(3);
        assert_eq!(slice(|| left(&pieces), &ticking()), Again::No);
        assert_eq!(pieces.get(), 0);
    }
}
