//! What the shell and the stage agree on: one handle to the run and its messages, and painters that
//! draw straight from the run on every frame.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::{Callback, Properties};

use crate::model::Model;
use crate::msg::{Msg, Selection, Tool};

/// The page's one model, its messages and its painters. Cloning it clones a pointer.
#[derive(Clone)]
pub struct AppHandle {
    shared: Rc<Shared>,
}

struct Shared {
    model: RefCell<Model>,
    painters: RefCell<Vec<Slot>>,
    dispatch: Callback<Msg>,
}

struct Slot {
    id: u32,
    paint: Rc<dyn Fn(&Model)>,
}

/// Keeps a painter registered for as long as it lives; hold it in the component's state.
pub struct Painter {
    shared: Rc<Shared>,
    id: u32,
}

impl PartialEq for AppHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.shared, &other.shared)
    }
}

impl AppHandle {
    /// A handle over this model; `dispatch` carries messages to the one place that updates it.
    pub fn new(model: Model, dispatch: Callback<Msg>) -> Self {
        let shared = Shared { model: RefCell::new(model), painters: RefCell::default(), dispatch };
        Self { shared: Rc::new(shared) }
    }

    /// Asks for something. It is done before the next frame, never inside this call.
    pub fn send(&self, msg: Msg) {
        self.shared.dispatch.emit(msg);
    }

    /// A callback that asks for this, whatever the event.
    pub fn sends<E: 'static>(&self, msg: Msg) -> Callback<E> {
        let app = self.clone();
        Callback::from(move |_| app.send(msg.clone()))
    }

    /// Looks at the model. Do not call [`send`](Self::send) handlers that look again from inside.
    pub fn read<R>(&self, look: impl FnOnce(&Model) -> R) -> R {
        look(&self.shared.model.borrow())
    }

    /// Changes the model; for the shell's own update only.
    pub(crate) fn write<R>(&self, change: impl FnOnce(&mut Model) -> R) -> R {
        change(&mut self.shared.model.borrow_mut())
    }

    /// Registers a painter. It is called on every animation frame while the run plays, and after
    /// every change of the model while it does not. It must not touch the component tree.
    pub fn on_frame(&self, paint: impl Fn(&Model) + 'static) -> Painter {
        let mut painters = self.shared.painters.borrow_mut();
        let id = painters.last().map_or(0, |slot| slot.id + 1);
        painters.push(Slot { id, paint: Rc::new(paint) });
        Painter { shared: self.shared.clone(), id }
    }

    /// Lets every painter draw.
    pub(crate) fn paint(&self) {
        // A painter may go away while the others draw, so the list is not held meanwhile.
        let painters: Vec<_> = self.shared.painters.borrow().iter().map(|slot| slot.paint.clone()).collect();
        let model = self.shared.model.borrow();
        for paint in painters {
            paint(&model);
        }
    }
}

impl Drop for Painter {
    fn drop(&mut self) {
        self.shared.painters.borrow_mut().retain(|slot| slot.id != self.id);
    }
}

/// Which of two runs that are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// The one that everything is done to.
    #[default]
    First,
    /// The one beside it, only to be looked at.
    Second,
}

/// What every part of the stage is given. A new `revision` says that what the run shows has changed:
/// read it, build the picture, and give the picture to children that compare it.
#[derive(Clone, PartialEq, Properties)]
pub struct StageProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// Which run it shows.
    pub side: Side,
    /// Grows whenever the run's state at the cursor, or the run itself, is another.
    pub revision: u64,
    /// What is selected.
    pub selection: Option<Selection>,
    /// The tool in hand.
    pub tool: Tool,
    /// Whether the run plays. While it does not, messages are focusable.
    pub playing: bool,
    /// Whether motion is reduced: no tweening, messages sit in slots.
    pub still: bool,
    /// Whether the page is embedded: stage and transport only.
    pub embedded: bool,
}
