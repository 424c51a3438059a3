//! The controls of the dialog: published fits, the four legs, N, R and W, and how far replicas are.

use netsplit_explore::pbs::legs::FITS;
use netsplit_explore::pbs::setting::REPLICAS;
use netsplit_words::{say, told, word};
use web_sys::HtmlInputElement;
use yew::prelude::{Callback, Html, InputEvent, TargetCast, html};

use super::form::{Edit, Field, Form, Wrong};

/// The four legs: letter, and what it is.
const LEGS: [(&str, &str); 4] = [
    ("W", word!("write, to a replica")),
    ("A", word!("its acknowledgement")),
    ("R", word!("read, to a replica")),
    ("S", word!("its answer")),
];

/// All controls.
pub(super) fn draw(form: &Form, wrong: &[Wrong], edit: &Callback<Edit>) -> Html {
    let slider = |label, value, most, set: fn(u8) -> Edit| slider(label, value, most, set, edit);
    let text = |field, label, meaning, value: &str| text(field, label, meaning, value, wrong, edit);
    html! {
        <>
            <div class="staleness-fits" role="group" aria-label={say!("Delays that were published")}>
                <span class="soft">{ say!("Delays of") }</span>
                { for (0..FITS.len()).map(|fit| published(form, fit, edit)) }
            </div>
            <div class="staleness-sliders">
                { slider(say!("N, replicas"), form.replicas, REPLICAS, Edit::Replicas) }
                { slider(say!("R, answers to a read"), form.read, form.replicas, Edit::Read) }
                { slider(say!("W, answers to a write"), form.write, form.replicas, Edit::Write) }
            </div>
            <div class="staleness-legs">
                { for LEGS.into_iter().enumerate().map(|(leg, (letter, meaning))| {
                    text(Field::Leg(leg), letter, told(meaning), &form.legs[leg])
                }) }
            </div>
            <div class="staleness-legs">
                { text(Field::Offsets, say!("Distance"), say!("of each replica, one way: 0ms, 0ms, 30ms; empty: all are near"), &form.offsets) }
                { text(Field::Until, say!("t up to"), say!("such as 50ms; empty: as far as the curve rises"), &form.until) }
            </div>
        </>
    }
}

fn published(form: &Form, fit: usize, edit: &Callback<Edit>) -> Html {
    let pressed = if form.is_fit(fit) { "true" } else { "false" };
    html! {
        <button type="button" class="button framed toggle" translate="no" aria-pressed={pressed} onclick={edit.reform(move |_| Edit::Fit(fit))}>
            { FITS[fit].name }
        </button>
    }
}

fn text(
    field: Field,
    label: &'static str,
    meaning: &'static str,
    value: &str,
    wrong: &[Wrong],
    edit: &Callback<Edit>,
) -> Html {
    let problem = wrong.iter().find(|(of, _)| *of == field).map(|(_, sentence)| sentence);
    let oninput = edit.reform(move |event: InputEvent| {
        let typed = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
        Edit::Type(field, typed.unwrap_or_default().chars().take(LONGEST).collect())
    });
    html! {
        <label>
            <span><b>{ label }</b><span class="soft">{ meaning }</span></span>
            <input
                class="field mono"
                spellcheck="false"
                value={value.to_owned()}
                aria-invalid={problem.map(|_| "true")}
                {oninput}
            />
            if let Some(problem) = problem {
                <span class="staleness-wrong" role="alert">{ problem }</span>
            }
        </label>
    }
}

/// Nobody types a longer mixture.
const LONGEST: usize = 400;

fn slider(label: &'static str, value: u8, most: u8, set: fn(u8) -> Edit, edit: &Callback<Edit>) -> Html {
    let oninput = edit.reform(move |event: InputEvent| {
        let moved = event.target_dyn_into::<HtmlInputElement>().and_then(|input| input.value().parse().ok());
        set(moved.unwrap_or(value))
    });
    html! {
        <label class="staleness-slider">
            <span>{ label }</span>
            <input type="range" min="1" max={most.to_string()} step="1" value={value.to_string()} {oninput} />
            <output class="mono">{ value }</output>
        </label>
    }
}
