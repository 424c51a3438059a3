//! What is read aloud: one polite region, at most a sentence a second, and one for what is grave.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::prelude::{Html, Properties, component, html, use_effect_with, use_mut_ref, use_state_eq};

/// What is to be said: a counter, and the sentence.
#[derive(Clone, PartialEq, Properties)]
pub struct SpokenProps {
    /// Politely.
    pub told: (u32, String),
    /// At once.
    pub urgent: (u32, String),
}

/// Between two sentences.
const REST_MS: i32 = 1_000;

/// What is read aloud. Of several sentences within a second only the last is said.
#[component]
pub fn Spoken(props: &SpokenProps) -> Html {
    let said = use_state_eq(|| (0_u32, String::new()));
    let pause = use_mut_ref(|| None::<Rc<Pause>>);
    {
        let (said, pause) = (said.clone(), pause.clone());
        use_effect_with(props.told.clone(), move |told| {
            let set = said.setter();
            let pause =
                pause.borrow_mut().get_or_insert_with(|| Pause::new(move |told| set.set(told))).clone();
            pause.say(told.clone());
        });
    }
    html! {
        <>
            // The counter makes the same sentence said twice two sentences.
            <div class="unseen" role="status" aria-live="polite"><span key={said.0}>{ &said.1 }</span></div>
            <div class="unseen" role="alert" aria-live="assertive"><span key={props.urgent.0}>{ &props.urgent.1 }</span></div>
        </>
    }
}

struct Pause {
    set: Box<dyn Fn((u32, String))>,
    waiting: Cell<bool>,
    next: RefCell<Option<(u32, String)>>,
    over: RefCell<Option<Closure<dyn FnMut()>>>,
}

impl Pause {
    fn new(set: impl Fn((u32, String)) + 'static) -> Rc<Self> {
        let pause = Rc::new(Self {
            set: Box::new(set),
            waiting: Cell::new(false),
            next: RefCell::default(),
            over: RefCell::default(),
        });
        let weak = Rc::downgrade(&pause);
        let over = Closure::new(move || {
            if let Some(pause) = weak.upgrade() {
                pause.waiting.set(false);
                if let Some(next) = pause.next.take() {
                    pause.say(next);
                }
            }
        });
        pause.over.replace(Some(over));
        pause
    }

    fn say(&self, told: (u32, String)) {
        if self.waiting.replace(true) {
            self.next.replace(Some(told));
            return;
        }
        (self.set)(told);
        let over = self.over.borrow();
        if let (Some(window), Some(over)) = (web_sys::window(), over.as_ref()) {
            let callback = over.as_ref().unchecked_ref();
            // Without a timer this sentence is the last: nothing else depends on it.
            let _timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(callback, REST_MS);
        }
    }
}
