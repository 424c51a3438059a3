//! Labelled fields of the stage's small forms.

use netsplit_words::told;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement, InputEvent};
use yew::prelude::{Callback, Html, TargetCast, html};

/// A labelled field for a number, its label told here; `typed` is told what stands in it now.
pub fn field(label: &'static str, value: &str, typed: Callback<String>) -> Html {
    let oninput = typed.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    html! {
        <label>
            <span>{ told(label) }</span>
            <input type="text" inputmode="decimal" autocomplete="off" value={value.to_owned()} {oninput} />
        </label>
    }
}

/// A labelled tick box; `ticked` is told what it is now.
pub fn tick(label: String, checked: bool, ticked: Callback<bool>) -> Html {
    let onchange = ticked.reform(move |_| !checked);
    html! {
        <label>
            <span>{ label }</span>
            <input type="checkbox" {checked} {onchange} />
        </label>
    }
}

/// A labelled list, its label told here; `chosen` is told the position of the choice.
pub fn choice(label: &'static str, names: &[String], selected: usize, chosen: Callback<usize>) -> Html {
    let onchange = chosen.reform(|event: Event| {
        let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        usize::try_from(index).unwrap_or_default()
    });
    html! {
        <label>
            <span>{ told(label) }</span>
            <select {onchange}>
                { for names.iter().enumerate().map(|(index, name)| html! {
                    <option selected={index == selected}>{ name }</option>
                }) }
            </select>
        </label>
    }
}
