//! The form of the section.

use netsplit_words::say;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::{Callback, Event, Html, InputEvent, TargetCast, html};

use super::form::{Form, Shape, Size};
use super::{Choice, told};
use crate::options::choice::Named;
use crate::options::locks::LOCKS;
use crate::options::panels::PANELS;
use crate::options::{Controls, Theme, Verdict};

/// All fields.
pub(super) fn draw(form: &Form, choose: &Callback<Choice>) -> Html {
    html! {
        <div class="embed-form">
            <div class="embed-row">
                { pick(say!("As"), form.shape, shape, |form, shape| form.shape = shape, choose) }
                { pick(say!("Width"), form.size, size, |form, size| form.size = size, choose) }
                { pick(say!("Colours"), form.theme, theme, |form, theme| form.theme = theme, choose) }
                { pick(say!("Controls"), form.controls, controls, |form, controls| form.controls = controls, choose) }
                { pick(say!("Verdicts"), form.verdict, verdict, |form, verdict| form.verdict = verdict, choose) }
                { text(say!("Speed"), &form.speed, say!("as the scenario has it"), |form, typed| form.speed = typed, choose) }
            </div>
            <div class="embed-row">
                { check(say!("Begin at this moment"), form.here, |form, on| form.here = on, choose) }
                { check(say!("Run at once"), form.play, |form, on| form.play = on, choose) }
                { check(say!("No way out to the whole page"), form.alone, |form, on| form.alone = on, choose) }
            </div>
            <fieldset>
                <legend>{ say!("Panels") }</legend>
                { for PANELS.iter().map(|(name, panel)| check(panel.title(), form.panels.contains(name), toggled(|form| &mut form.panels, name), choose)) }
            </fieldset>
            <fieldset>
                <legend>{ say!("Readers may not change") }</legend>
                { for LOCKS.iter().map(|(name, lock)| check(told(*lock), form.locks.contains(name), toggled(|form| &mut form.locks, name), choose)) }
            </fieldset>
            <details>
                <summary>{ say!("Lock or narrow single parameters") }</summary>
                <p class="soft">{ say!("Without a range a parameter is fixed. Durations are in milliseconds.") }</p>
                { for (0..form.ranges.len()).map(|index| range(form, index, choose)) }
            </details>
        </div>
    }
}

/// A list of names that one is put into or taken out of.
fn toggled(
    list: fn(&mut Form) -> &mut Vec<&'static str>,
    name: &'static str,
) -> impl Fn(&mut Form, bool) + Clone + 'static {
    move |form, on| {
        let list = list(form);
        list.retain(|known| *known != name);
        if on {
            list.push(name);
        }
    }
}

fn range(form: &Form, index: usize, choose: &Callback<Choice>) -> Html {
    let Some(range) = form.ranges.get(index) else { return Html::default() };
    let of = move |form: &mut Form, change: &dyn Fn(&mut super::form::Range)| {
        if let Some(range) = form.ranges.get_mut(index) {
            change(range);
        }
    };
    html! {
        <div class="embed-row">
            { check(range.name, range.locked, move |form, on| of(form, &|range| range.locked = on), choose) }
            if range.locked {
                { text(say!("at least"), &range.least, "", move |form, typed| of(form, &|range| range.least.clone_from(&typed)), choose) }
                { text(say!("at most"), &range.most, "", move |form, typed| of(form, &|range| range.most.clone_from(&typed)), choose) }
            }
        </div>
    }
}

fn pick<T: Named>(
    label: &'static str,
    now: T,
    words: fn(T) -> &'static str,
    set: fn(&mut Form, T),
    choose: &Callback<Choice>,
) -> Html {
    let onchange = choose.reform(move |event: Event| -> Choice {
        let name = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        let chosen =
            T::NAMES.iter().find(|(known, _)| Some(*known) == name.as_deref()).map(|(_, chosen)| *chosen);
        Box::new(move |form| set(form, chosen.unwrap_or(now)))
    });
    html! {
        <label class="inline-label">
            { label }
            <select class="field" {onchange}>
                { for T::NAMES.iter().map(|(name, value)| html! {
                    <option value={*name} selected={*value == now}>{ words(*value) }</option>
                }) }
            </select>
        </label>
    }
}

fn check(
    label: &'static str,
    on: bool,
    set: impl Fn(&mut Form, bool) + Clone + 'static,
    choose: &Callback<Choice>,
) -> Html {
    let onchange = choose.reform(move |event: Event| -> Choice {
        let checked = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
        let set = set.clone();
        Box::new(move |form| set(form, checked))
    });
    html! { <label class="check"><input type="checkbox" checked={on} {onchange} />{ label }</label> }
}

/// Nobody types a longer number.
const LONGEST: usize = 20;

fn text(
    label: &'static str,
    value: &str,
    placeholder: &'static str,
    set: impl Fn(&mut Form, String) + Clone + 'static,
    choose: &Callback<Choice>,
) -> Html {
    let oninput = choose.reform(move |event: InputEvent| -> Choice {
        let typed =
            event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
        let (set, typed) = (set.clone(), typed.chars().take(LONGEST).collect());
        Box::new(move |form| set(form, typed))
    });
    html! {
        <label class="inline-label">
            { label }
            <input class="field number" inputmode="decimal" {placeholder} value={value.to_owned()} {oninput} />
        </label>
    }
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Frame => say!("a frame"),
        Shape::Element => say!("an element that loads late"),
    }
}

fn size(size: Size) -> &'static str {
    match size {
        Size::Small => say!("480 pixels"),
        Size::Medium => say!("720 pixels"),
        Size::Large => say!("1080 pixels"),
    }
}

fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => say!("as the system has it"),
        Theme::Light => say!("light"),
        Theme::Dark => say!("dark"),
        Theme::Contrast => say!("high contrast"),
    }
}

fn controls(controls: Controls) -> &'static str {
    match controls {
        Controls::Full => say!("all of them"),
        Controls::Basic => say!("play and steps"),
        Controls::None => say!("none"),
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Show => say!("shown"),
        Verdict::AfterPrediction => say!("after a prediction"),
    }
}
