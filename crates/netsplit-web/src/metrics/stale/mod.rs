//! The dialog of staleness: how soon a read sees a write, for any delays and any N, R and W.

mod controls;
mod form;
mod points;
mod results;
mod study;

use std::cell::RefCell;
use std::rc::Rc;

use netsplit_words::say;
use yew::prelude::{Callback, Component, Context, Html, html};

use crate::frame;
use crate::slices::{self, SliceLoop};
use form::{Edit, Form, Wrong};
use study::Study;

/// The content of the dialog. What it finds out is lost with it.
pub struct StalenessDialog {
    form: Form,
    /// What cannot be read; meanwhile the last setting that could be is shown.
    wrong: Vec<Wrong>,
    study: Rc<RefCell<Option<Study>>>,
    slices: SliceLoop,
}

/// What reaches the dialog.
pub enum Heard {
    /// Something was typed or set.
    Edit(Edit),
    /// The protocol itself is to be tried.
    Try,
    /// It is to be tried no more.
    Stop,
    /// A slice was done.
    Sliced,
}

impl Component for StalenessDialog {
    type Message = Heard;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let study: Rc<RefCell<Option<Study>>> = Rc::default();
        let (studied, link) = (study.clone(), ctx.link().clone());
        let slices = SliceLoop::new(move || {
            let piece = || studied.borrow_mut().as_mut().map_or(frame::Again::No, Study::piece);
            let again = slices::slice(piece, &frame::clock);
            link.send_message(Heard::Sliced);
            again
        });
        let mut dialog = Self { form: Form::default(), wrong: Vec::new(), study, slices };
        dialog.begin();
        dialog
    }

    fn update(&mut self, _ctx: &Context<Self>, heard: Heard) -> bool {
        match heard {
            Heard::Edit(edit) => {
                self.form.edit(edit);
                self.begin();
            }
            Heard::Try => {
                self.study.borrow_mut().iter_mut().for_each(Study::try_protocol);
                self.slices.start();
            }
            Heard::Stop => self.study.borrow_mut().iter_mut().for_each(Study::stop),
            Heard::Sliced => {}
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let edit: Callback<Edit> = ctx.link().callback(Heard::Edit);
        let trying = ctx.link().callback(|on| if on { Heard::Try } else { Heard::Stop });
        html! {
            <div class="staleness-study">
                <div class="staleness-form">
                    <p>{ say!("A write goes to N replicas and returns once W have acknowledged it. A read that begins t later asks all N and takes the first R answers. How probable is it that it sees the write?") }</p>
                    { controls::draw(&self.form, &self.wrong, &edit) }
                </div>
                <div class="staleness-results">
                    if let Some(study) = &*self.study.borrow() {
                        { results::draw(study, &trying) }
                    }
                </div>
            </div>
        }
    }
}

impl StalenessDialog {
    /// Begins to find out what the form asks for, if it can be read.
    fn begin(&mut self) {
        match self.form.asked() {
            Ok(asked) => {
                self.wrong = Vec::new();
                // What the form allows can be sampled.
                *self.study.borrow_mut() = Study::new(asked).ok();
                self.slices.start();
            }
            Err(wrong) => self.wrong = wrong,
        }
    }
}
