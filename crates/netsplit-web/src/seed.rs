//! The seed pill: copy it, run it again, take another.

use netsplit_words::say;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::{Callback, Html, MouseEvent, SubmitEvent, html};

use crate::browser;
use crate::model::Model;
use crate::msg::{Msg, Popover};
use crate::options::Lock;
use crate::popover::popover;
use crate::stage_contract::AppHandle;

/// The seed pill.
pub fn seed(app: &AppHandle, model: &Model) -> Html {
    let seed = model.session().scenario().seed;
    let open = model.ui().popover == Some(Popover::Seed);
    html! {
        <div class="seed">
            <button
                type="button"
                class="pill mono"
                aria-haspopup="true"
                aria-expanded={if open { "true" } else { "false" }}
                onclick={app.sends(Msg::Popover((!open).then_some(Popover::Seed)))}
            >
                { say!("seed {seed}", seed) }
            </button>
            if open {
                { popover(app, say!("The seed of this run"), choices(app, seed, model.closed(Lock::Seed))) }
            }
        </div>
    }
}

fn choices(app: &AppHandle, seed: u64, locked: Option<&'static str>) -> Html {
    let copy = choice(app, say!("Copy the seed"), move |app| {
        browser::copy(app, seed.to_string(), say!("The seed was copied."));
    });
    if let Some(reason) = locked {
        return html! { <>{ copy }<p class="soft">{ reason }</p></> };
    }
    html! {
        <>
            { copy }
            { choice(app, say!("Same seed, from the beginning"), move |app| app.send(Msg::Seed(seed))) }
            { choice(app, say!("New seed"), |app| app.send(Msg::Seed(browser::fresh_seed()))) }
            <form onsubmit={submit(app)}>
                <input
                    class="field number"
                    inputmode="numeric"
                    aria-label={say!("Run with this seed")}
                    placeholder={seed.to_string()}
                />
                <button type="submit" class="button framed">{ say!("Run") }</button>
            </form>
        </>
    }
}

/// A choice made, the list goes away.
fn choice(app: &AppHandle, words: &'static str, deed: impl Fn(&AppHandle) + 'static) -> Html {
    let app = app.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        app.send(Msg::Popover(None));
        deed(&app);
    });
    html! { <button type="button" class="button" {onclick}>{ words }</button> }
}

fn submit(app: &AppHandle) -> Callback<SubmitEvent> {
    let app = app.clone();
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let input = form.and_then(|form| form.query_selector("input").ok().flatten());
        let text =
            input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()).map(|input| input.value());
        app.send(Msg::Popover(None));
        app.send(match text.unwrap_or_default().trim().parse() {
            Ok(seed) => Msg::Seed(seed),
            Err(_) => Msg::Warn(say!("A seed is a whole number from 0 to 18446744073709551615.").to_owned()),
        });
    })
}
