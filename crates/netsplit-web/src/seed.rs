//! The seed pill: copy it, run it again, take another.

use web_sys::HtmlInputElement;
use yew::prelude::{
    Callback, Html, MouseEvent, Properties, SubmitEvent, component, html, use_node_ref, use_state_eq,
};

use crate::browser;
use crate::msg::Msg;
use crate::popover::Popover;
use crate::stage_contract::AppHandle;

/// What the pill shows.
#[derive(Clone, PartialEq, Properties)]
pub struct SeedProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// The seed.
    pub seed: u64,
}

/// The seed pill.
#[component]
pub fn Seed(props: &SeedProps) -> Html {
    let open = use_state_eq(|| false);
    let input = use_node_ref();
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(false))
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    // A choice made, the list goes away.
    let choose = |choice: fn(&AppHandle, u64)| {
        let (app, seed, close) = (props.app.clone(), props.seed, close.clone());
        Callback::from(move |_: MouseEvent| {
            choice(&app, seed);
            close.emit(());
        })
    };
    let submit = {
        let (app, input, close) = (props.app.clone(), input.clone(), close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text = input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            app.send(match text.trim().parse() {
                Ok(seed) => Msg::Seed(seed),
                Err(_) => Msg::Warn("A seed is a whole number from 0 to 18446744073709551615.".to_owned()),
            });
            close.emit(());
        })
    };
    html! {
        <div class="seed">
            <button
                type="button"
                class="pill mono"
                aria-haspopup="true"
                aria-expanded={if *open { "true" } else { "false" }}
                onclick={toggle}
            >
                { "seed " }{ props.seed }
            </button>
            if *open {
                <Popover close={close.clone()} label="The seed of this run">
                    <button type="button" class="button" onclick={choose(copy)}>{ "Copy the seed" }</button>
                    <button type="button" class="button" onclick={choose(again)}>{ "Same seed, from the beginning" }</button>
                    <button type="button" class="button" onclick={choose(another)}>{ "New seed" }</button>
                    <form onsubmit={submit}>
                        <input
                            ref={input}
                            class="field number"
                            inputmode="numeric"
                            aria-label="Run with this seed"
                            placeholder={props.seed.to_string()}
                        />
                        <button type="submit" class="button framed">{ "Run" }</button>
                    </form>
                </Popover>
            }
        </div>
    }
}

fn copy(app: &AppHandle, seed: u64) {
    browser::copy(app, seed.to_string(), "The seed was copied.");
}

fn again(app: &AppHandle, seed: u64) {
    app.send(Msg::Seed(seed));
}

fn another(app: &AppHandle, _seed: u64) {
    app.send(Msg::Seed(browser::fresh_seed()));
}
