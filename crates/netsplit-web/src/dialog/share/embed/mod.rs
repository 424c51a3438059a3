//! Embedding, for those who write courses: choose what readers may see and touch, copy what goes into the page.

mod fields;
mod form;

use netsplit_words::say;
use yew::prelude::{Callback, Component, Context, Html, MouseEvent, html};

use super::SharingProps;
use super::text::selectable;
use crate::address;
use crate::browser;
use crate::button::{Look, button};
use crate::options::Lock;

use form::{Form, Place};

/// The section. What is chosen is lost with the dialog.
pub(super) struct Embedding {
    form: Form,
}

/// A choice: what becomes of the form.
type Choice = Box<dyn FnOnce(&mut Form)>;

impl Component for Embedding {
    type Message = Choice;
    type Properties = SharingProps;

    fn create(ctx: &Context<Self>) -> Self {
        let params = ctx.props().app.read(|model| model.session().run().about().params);
        Self { form: Form::with_params(params.iter().map(|param| param.name)) }
    }

    fn update(&mut self, _ctx: &Context<Self>, choice: Choice) -> bool {
        choice(&mut self.form);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let SharingProps { app, fragment } = ctx.props();
        let (title, start) =
            app.read(|model| (model.session().scenario().title.clone(), model.fragment(&Default::default())));
        let page = address::page();
        let place = Place { page: &page, title: &title, moment: fragment, start: &start };
        let (markup, shown) = (self.form.markup(&place), self.form.address(&place));
        html! {
            <>
                <p>{ say!("Choose what readers see and may touch, and copy the result into the page of your course.") }</p>
                { fields::draw(&self.form, &ctx.link().callback(|choice| choice)) }
                { selectable(say!("What goes into your page"), &markup, 5) }
                <div class="row">
                    <a class="button framed" href={shown} target="_blank" rel="noopener">{ say!("Try it") }</a>
                    { button(Look::Primary, say!("Copy"), copy(ctx.props(), markup)) }
                </div>
            </>
        }
    }
}

fn copy(props: &SharingProps, markup: String) -> Callback<MouseEvent> {
    let app = props.app.clone();
    Callback::from(move |_| browser::copy(&app, markup.clone(), say!("The markup was copied.")))
}

/// What each lock keeps from readers, in a few words.
fn told(lock: Lock) -> &'static str {
    match lock {
        Lock::Seed => say!("the seed"),
        Lock::Params => say!("all parameters"),
        Lock::Flaws => say!("rules to break"),
        Lock::Faults => say!("walls and faults"),
        Lock::Requests => say!("operations of clients"),
        Lock::Script => say!("the fault script"),
        Lock::Scenario => say!("the scenario"),
        Lock::Speed => say!("the speed"),
    }
}
