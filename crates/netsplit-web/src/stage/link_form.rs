//! How a link behaves: delay by presets and numbers, loss, duplication, reordering, bandwidth.

use netsplit_sim::id::Link;
use netsplit_sim::intervention::Intervention;
use netsplit_sim::network::LinkModel;
use netsplit_view::geometry::Point;
use web_sys::{Event, HtmlSelectElement};
use yew::prelude::{Callback, Html, Properties, TargetCast, UseStateHandle, component, html, use_state};

use super::field::{Field, Tick};
use super::form::Form;
use super::link_values::{DelayKind, LinkValues, PRESETS, Preset};

/// What the form is made of.
#[derive(Clone, PartialEq, Properties)]
pub struct LinkFormProps {
    /// The link.
    pub link: Link,
    /// How it behaves.
    pub model: LinkModel,
    /// Where the form opens.
    pub at: Point,
    /// Does this to the system.
    pub on_do: Callback<Vec<Intervention>>,
    /// It is to be closed.
    pub on_close: Callback<bool>,
}

/// The state of the form: a handle per render.
type Values = UseStateHandle<LinkValues>;

/// The form of a link.
#[component]
pub fn LinkForm(props: &LinkFormProps) -> Html {
    let values = use_state(|| LinkValues::of(&props.model));
    let both = use_state(|| true);
    let refused = use_state(|| None);
    let on_done = {
        let (values, both, refused, props) = (values.clone(), both.clone(), refused.clone(), props.clone());
        Callback::from(move |()| match values.model(&props.model) {
            Ok(model) => props.on_do.emit(set(props.link, *both, &model)),
            Err(bad) => refused.set(Some(bad.to_string())),
        })
    };
    let on_both = {
        let both = both.clone();
        Callback::from(move |ticked| both.set(ticked))
    };
    html! {
        <Form title={format!("Link {}", props.link)} at={props.at} done="Apply" {on_done}
            on_close={props.on_close.clone()} refused={(*refused).clone()}>
            { delay(&values) }
            { mishaps(&values) }
            <fieldset>
                <Tick label={format!("also {}", props.link.reversed())} checked={*both} on_change={on_both} />
            </fieldset>
        </Form>
    }
}

fn set(link: Link, both: bool, model: &LinkModel) -> Vec<Intervention> {
    let back = both.then(|| link.reversed());
    [Some(link), back].into_iter().flatten().map(|link| Intervention::SetLink(link, model.clone())).collect()
}

/// A callback that changes one of the texts.
fn change(values: &Values, put: fn(&mut LinkValues, String)) -> Callback<String> {
    let values = values.clone();
    Callback::from(move |text| {
        let mut next = (*values).clone();
        put(&mut next, text);
        values.set(next);
    })
}

fn delay(values: &Values) -> Html {
    let labels = values.kind.labels();
    html! {
        <fieldset>
            <legend>{ "Delay" }</legend>
            <div class="presets">{ for PRESETS.iter().map(|preset| preset_button(preset, values)) }</div>
            { kinds(values) }
            if values.kind != DelayKind::Kept {
                <Field label={labels.first} value={values.first.clone()} on_input={change(values, |v, text| v.first = text)} />
            }
            if let Some(second) = labels.second {
                <Field label={second} value={values.second.clone()} on_input={change(values, |v, text| v.second = text)} />
            }
        </fieldset>
    }
}

fn preset_button(preset: &'static Preset, values: &Values) -> Html {
    let onclick = {
        let values = values.clone();
        Callback::from(move |_| values.set(preset.put_into(&values)))
    };
    let pressed = if preset.is_chosen(values) { "true" } else { "false" };
    html! { <button type="button" aria-pressed={pressed} {onclick}>{ preset.name }</button> }
}

fn kinds(values: &Values) -> Html {
    let onchange = {
        let values = values.clone();
        Callback::from(move |event: Event| {
            let name = event.target_unchecked_into::<HtmlSelectElement>().value();
            let kind = DelayKind::ALL.into_iter().find(|kind| kind.name() == name);
            values.set(LinkValues { kind: kind.unwrap_or(DelayKind::Kept), ..(*values).clone() });
        })
    };
    let kept = (values.kind == DelayKind::Kept).then_some(DelayKind::Kept);
    html! {
        <label>
            <span>{ "model" }</span>
            <select {onchange}>
                { for DelayKind::ALL.into_iter().chain(kept).map(|kind| html! {
                    <option value={kind.name()} selected={kind == values.kind}>{ kind.name() }</option>
                }) }
            </select>
        </label>
    }
}

fn mishaps(values: &Values) -> Html {
    let on_fifo = {
        let values = values.clone();
        Callback::from(move |fifo| values.set(LinkValues { fifo, ..(*values).clone() }))
    };
    html! {
        <fieldset>
            <legend>{ "Messages" }</legend>
            <Field label="lost, %" value={values.loss.clone()} on_input={change(values, |v, text| v.loss = text)} />
            <Field label="twice, %" value={values.duplicate.clone()}
                on_input={change(values, |v, text| v.duplicate = text)} />
            <Field label="overtaken, %" value={values.reorder.clone()}
                on_input={change(values, |v, text| v.reorder = text)} />
            <Field label="by at most, ms" value={values.reorder_by.clone()}
                on_input={change(values, |v, text| v.reorder_by = text)} />
            <Field label="at most kB/s" value={values.bandwidth.clone()}
                on_input={change(values, |v, text| v.bandwidth = text)} />
            <Tick label="always in order" checked={values.fifo} on_change={on_fifo} />
        </fieldset>
    }
}
