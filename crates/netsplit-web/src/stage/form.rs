//! The frame of the stage's small forms: a heading, why something was refused, and two buttons.

use netsplit_view::geometry::Point;
use web_sys::HtmlElement;
use yew::prelude::{
    Callback, Children, Html, KeyboardEvent, Properties, SubmitEvent, classes, component, html,
    use_effect_with, use_node_ref,
};

use super::place::{Anchor, Place};

/// What the frame is made of.
#[derive(Clone, PartialEq, Properties)]
pub struct FormProps {
    /// Its heading.
    pub title: String,
    /// Where it opens.
    pub at: Point,
    /// What the button that finishes says.
    pub done: &'static str,
    /// Why it cannot be finished.
    #[prop_or_default]
    pub refused: Option<String>,
    /// It is to be finished.
    pub on_done: Callback<()>,
    /// It is to be closed.
    pub on_close: Callback<bool>,
    /// Its fields.
    pub children: Children,
}

/// The frame of a form.
#[component]
pub fn Form(props: &FormProps) -> Html {
    let form = use_node_ref();
    {
        let form = form.clone();
        use_effect_with((), move |()| {
            if let Some(form) = form.cast::<HtmlElement>() {
                // A form with a tabindex can take the focus.
                let _ = form.focus();
            }
        });
    }
    let onsubmit = props.on_done.reform(|event: SubmitEvent| event.prevent_default());
    let close = props.on_close.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        // Keys typed into a form are nobody else's.
        event.stop_propagation();
        if event.key() == "Escape" {
            close.emit(true);
        }
    });
    html! {
        <Place at={props.at} anchor={Anchor::Beside} class={classes!("stage-menu", "stage-form")}>
            <form ref={form} tabindex="-1" aria-label={props.title.clone()} {onsubmit} {onkeydown}>
                <h3>{ &props.title }</h3>
                { props.children.clone() }
                if let Some(refused) = &props.refused {
                    <p class="refused" role="alert">{ format!("{refused}.") }</p>
                }
                <footer>
                    <button type="button" onclick={props.on_close.reform(|_| true)}>{ "Cancel" }</button>
                    <button type="submit" class="is-main">{ props.done }</button>
                </footer>
            </form>
        </Place>
    }
}
