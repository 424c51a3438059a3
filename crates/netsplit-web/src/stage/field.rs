//! A labelled text field of the stage's small forms.

use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::{Callback, Html, Properties, TargetCast, component, html};

/// What a field is made of.
#[derive(Clone, PartialEq, Properties)]
pub struct FieldProps {
    /// Its name.
    pub label: &'static str,
    /// What stands in it.
    pub value: String,
    /// Something else was typed.
    pub on_input: Callback<String>,
}

/// A labelled field for a number.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let oninput =
        props.on_input.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    html! {
        <label>
            <span>{ props.label }</span>
            <input type="text" inputmode="decimal" autocomplete="off" value={props.value.clone()} {oninput} />
        </label>
    }
}

/// A labelled tick box.
#[derive(Clone, PartialEq, Properties)]
pub struct TickProps {
    /// Its name.
    pub label: String,
    /// Whether it is ticked.
    pub checked: bool,
    /// It was ticked or cleared.
    pub on_change: Callback<bool>,
}

/// A labelled tick box.
#[component]
pub fn Tick(props: &TickProps) -> Html {
    let next = !props.checked;
    let onchange = props.on_change.reform(move |_| next);
    html! {
        <label>
            <span>{ &props.label }</span>
            <input type="checkbox" checked={props.checked} {onchange} />
        </label>
    }
}
