//! What stands over a corner of the stage: the way out of an embedded page, and the question that keeps
//! claims back until it is answered.

use netsplit_words::say;
use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;
use yew::prelude::{Callback, Html, MouseEvent, html};

use crate::address;
use crate::button::{Look, button};
use crate::model::{Model, Prediction};
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// What stands over a corner of the stage, if anything does.
pub fn corner(app: &AppHandle, model: &Model) -> Html {
    let options = model.options();
    html! {
        <>
            if model.keeps_verdict() && model.lesson().is_none() { { question(app) } }
            if options.embed && options.allow_links { { way_out(app) } }
        </>
    }
}

fn question(app: &AppHandle) -> Html {
    let says = |words, prediction| button(Look::Framed, words, app.sends(Msg::Predict(prediction)));
    html! {
        <section class="expects" aria-label={say!("Your prediction")}>
            <p>{ say!("What do you expect of the rules in this run?") }</p>
            { says(say!("All hold"), Prediction::Holds) }
            { says(say!("One breaks"), Prediction::Breaks) }
        </section>
    }
}

/// Opens the run at this moment in a window of its own. The link is made when it is asked for: while the run
/// plays it would be another at every frame.
fn way_out(app: &AppHandle) -> Html {
    let app = app.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        let anchor = event.current_target().and_then(|target| target.dyn_into::<HtmlAnchorElement>().ok());
        if let Some(anchor) = anchor {
            anchor.set_href(&app.read(link));
        }
    });
    html! {
        <nav class="way-out-place" aria-label={say!("Out of this page")}>
            <a
                class="way-out"
                href={address::page()}
                target="_blank"
                rel="noopener"
                aria-label={say!("Open in Netsplit")}
                title={say!("Open in Netsplit")}
                {onclick}
            >
                <span class="way-out-words" aria-hidden="true">{ say!("Open in Netsplit") }{ " " }</span>
                <span aria-hidden="true">{ "↗" }</span>
            </a>
        </nav>
    }
}

fn link(model: &Model) -> String {
    [address::page(), model.fragment(&model.session().position())].concat()
}
