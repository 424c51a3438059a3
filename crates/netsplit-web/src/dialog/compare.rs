//! Choosing what to show beside the run: a branch, or the same with one thing changed.

use netsplit_scenarios::gallery::gallery;
use netsplit_sim::describe::{Param, ParamKind, ParamValue};
use netsplit_words::say;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use yew::prelude::{Callback, Event, Html, SubmitEvent, TargetCast, html};

use crate::browser;
use crate::decimal;
use crate::language;
use crate::model::{Model, With};
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// What can be shown beside the run.
pub(super) fn compare(app: &AppHandle) -> Html {
    app.read(|model| {
        html! {
            <div class="compare-choices">
                <p>{ say!("Both run on one clock. Where they part first is told and can be gone to.") }</p>
                { branches(app, model) }
                <section>
                    <h3>{ say!("The same, with one thing changed") }</h3>
                    { params(app, model) }
                    { flaws(app, model) }
                    { seed(app, model) }
                </section>
                <section>
                    <h3>{ say!("Another scenario") }</h3>
                    { scenarios(app, model) }
                </section>
            </div>
        }
    })
}

fn branches(app: &AppHandle, model: &Model) -> Html {
    let session = model.session();
    let others = session.branches().iter().filter(|branch| branch.id != session.branch().id);
    let rows: Vec<Html> = others
        .map(|branch| {
            html! {
                <li key={branch.id.0}>
                    <button type="button" class="button framed" onclick={app.sends(Msg::Compare(With::Branch(branch.id)))}>
                        { &branch.name }
                    </button>
                    <span class="soft">{ branch.outcome().text }</span>
                </li>
            }
        })
        .collect();
    if rows.is_empty() {
        return html! { <p class="soft">{ say!("There is no other branch yet: go back in time and change something.") }</p> };
    }
    html! { <section><h3>{ say!("A branch") }</h3><ul>{ rows }</ul></section> }
}

/// A list whose first line says what it is for; choosing another one is the deed.
fn list(label: &'static str, names: Vec<String>, chosen: impl Fn(usize) + 'static) -> Html {
    let onchange = Callback::from(move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        if let Some(index) = select.and_then(|select| usize::try_from(select.selected_index() - 1).ok()) {
            chosen(index);
        }
    });
    html! {
        <select class="field" aria-label={label} {onchange}>
            <option selected=true>{ label }</option>
            { for names.iter().map(|name| html! { <option>{ name }</option> }) }
        </select>
    }
}

fn params(app: &AppHandle, model: &Model) -> Html {
    let scenario = model.session().scenario();
    let about = model.session().run().about();
    let mut values: Vec<(&'static str, ParamValue)> = Vec::new();
    for param in about.params {
        let now = scenario.params.get(param.name).cloned().unwrap_or_else(|| param.kind.default());
        let others =
            others(param, &now).into_iter().filter(|value| *value != now && param.kind.allows(value));
        values.extend(others.map(|value| (param.name, value)));
    }
    let names =
        values.iter().map(|(name, value)| say!("{name} = {value}", name, value = value.shown())).collect();
    let app = app.clone();
    list(say!("A parameter…"), names, move |index| {
        if let Some((name, value)) = values.get(index) {
            app.send(Msg::Compare(With::Param(name, value.clone())));
        }
    })
}

/// Values worth comparing with: all of a few, half and twice a number.
fn others(param: &Param, now: &ParamValue) -> Vec<ParamValue> {
    match (param.kind, now) {
        (ParamKind::Switch { .. }, ParamValue::Switch(on)) => vec![ParamValue::Switch(!on)],
        (ParamKind::Choice { options }, _) => {
            options.iter().map(|(name, _)| ParamValue::Name((*name).to_owned())).collect()
        }
        (_, ParamValue::Number(number)) => {
            [number / 2, number.saturating_mul(2)].map(ParamValue::Number).into()
        }
        _ => Vec::new(),
    }
}

fn flaws(app: &AppHandle, model: &Model) -> Html {
    let on = &model.session().scenario().flaws;
    let flaws = model.session().run().about().flaws;
    let turned: Vec<(&'static str, bool)> =
        flaws.iter().map(|flaw| (flaw.name, !on.contains(flaw.name))).collect();
    let names = turned
        .iter()
        .map(
            |(name, on)| {
                if *on { say!("with {flaw}", flaw = name) } else { say!("without {flaw}", flaw = name) }
            },
        )
        .collect();
    let app = app.clone();
    list(say!("A broken rule…"), names, move |index| {
        if let Some((name, on)) = turned.get(index) {
            app.send(Msg::Compare(With::Flaw(name, *on)));
        }
    })
}

fn seed(app: &AppHandle, model: &Model) -> Html {
    let now = model.session().scenario().seed;
    let app = app.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let input = form.and_then(|form| form.query_selector("input").ok().flatten());
        let text =
            input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()).map(|input| input.value());
        let text = text.unwrap_or_default();
        let seed =
            if text.trim().is_empty() { Some(browser::fresh_seed()) } else { decimal::parse(&text, 0) };
        app.send(match seed {
            Some(seed) => Msg::Compare(With::Seed(seed)),
            None => Msg::Warn(say!("A seed is a whole number from 0 to 18446744073709551615.").to_owned()),
        });
    });
    html! {
        <form {onsubmit}>
            <input class="field number" inputmode="numeric" aria-label={say!("Another seed; empty for any")} placeholder={say!("not {seed}", seed = now)} />
            <button type="submit" class="button framed">{ say!("Another seed") }</button>
        </form>
    }
}

fn scenarios(app: &AppHandle, model: &Model) -> Html {
    let shown = model.session().scenario().title.clone();
    let items: Vec<_> = gallery().iter().filter(|item| item.title != shown).collect();
    let names = items.iter().map(|item| language::of_document(item.title).to_owned()).collect();
    let app = app.clone();
    list(say!("From the gallery…"), names, move |index| {
        if let Some(item) = items.get(index) {
            app.send(Msg::Compare(With::Scenario(item.path)));
        }
    })
}
