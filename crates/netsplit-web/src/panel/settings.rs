//! Settings: a form generated from the protocol's own descriptions. Every change begins the run again.

use netsplit_sim::describe::{Flaw, Param, ParamKind, ParamValue};
use netsplit_sim::time::SimDuration;
use netsplit_words::say;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::{Callback, Event, Html, TargetCast, html};

use super::about;
use crate::decimal;
use crate::header::language_switch;
use crate::language;
use crate::msg::Msg;
use crate::options::Lock;
use crate::stage_contract::AppHandle;

/// Settings.
pub(super) fn settings(app: &AppHandle) -> Html {
    app.read(|model| {
        let about = model.session().run().about();
        let scenario = model.session().scenario();
        let value =
            |param: &Param| scenario.params.get(param.name).cloned().unwrap_or_else(|| param.kind.default());
        html! {
            <>
                <h3>{ say!("Parameters") }</h3>
                <p class="soft">{ say!("A change begins the run again with the same seed; what was done to the system stays in it.") }</p>
                <div class="form">
                    { for about.params.iter().map(|param| row(app, param, &value(param))) }
                </div>
                <h3>{ say!("Break a rule on purpose") }</h3>
                if let Some(reason) = model.closed(Lock::Flaws) {
                    <p class="soft setting-locked">{ reason }</p>
                }
                if !scenario.flaws.is_empty() {
                    <p class="banner" role="note"><b>{ say!("Modified protocol.") }</b>{ say!("What is shown is no longer what the paper describes.") }</p>
                }
                <div class="form">
                    { for about.flaws.iter().map(|flaw| switch(app, flaw, scenario.flaws.contains(flaw.name))) }
                </div>
                if language::other().is_some() {
                    <h3>{ say!("Language") }</h3>
                    <p class="setting-language">{ language_switch(app, "button framed") }</p>
                }
                { about::cards(about) }
            </>
        }
    })
}

fn row(app: &AppHandle, param: &'static Param, value: &ParamValue) -> Html {
    let control = match (param.kind, value) {
        (ParamKind::Switch { .. }, ParamValue::Switch(on)) => return toggle(app, param, *on),
        (ParamKind::Choice { options }, ParamValue::Name(name)) => choice(app, param, options, name),
        (ParamKind::Duration { min, max, .. }, ParamValue::Number(nanos)) => {
            let allowed = say!("{low} to {high}", low = SimDuration(min), high = SimDuration(max));
            number(app, param, decimal::told(*nanos, MILLIS), allowed, MILLIS)
        }
        (ParamKind::Count { min, max, .. }, ParamValue::Number(number_now)) => {
            let allowed = say!("{low} to {high}", low = min, high = max);
            number(app, param, number_now.to_string(), allowed, 0)
        }
        // A record is checked against these very descriptions when it is opened.
        (_, _) => return Html::default(),
    };
    html! {
        <label class="setting">
            <span class="setting-name mono">{ breakable(param.name) }</span>
            { control }
            <span class="setting-meaning soft">{ param.meaning }</span>
            { locked(app, param.name) }
        </label>
    }
}

/// Nanoseconds are typed as milliseconds: six digits after the point.
const MILLIS: u32 = 6;

fn number(app: &AppHandle, param: &'static Param, value: String, allowed: String, digits: u32) -> Html {
    let app = app.clone();
    let (hint, stands) = (allowed.clone(), value.clone());
    let onchange = Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        let given = clipped(&input.value());
        let read = decimal::parse(&given, digits).map(ParamValue::Number);
        let Some(value) = read.filter(|value| param.kind.allows(value)) else {
            // What stands in the field is what the run has.
            input.set_value(&stands);
            let sentence =
                say!("{name} must be from {range}, not “{given}”.", name = param.name, range = hint, given);
            return app.send(Msg::Warn(sentence));
        };
        ask(&app, Msg::Param(param.name, value), || input.set_value(&stands));
    });
    let suffix = if digits == MILLIS { "ms" } else { "" };
    html! {
        <span class="setting-control">
            <input class="field number" inputmode="decimal" {value} title={allowed} {onchange} />
            <span class="soft">{ suffix }</span>
        </span>
    }
}

fn choice(app: &AppHandle, param: &'static Param, options: &'static [(&str, &str)], now: &str) -> Html {
    let (app, stands) = (app.clone(), now.to_owned());
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            let msg = Msg::Param(param.name, ParamValue::Name(select.value()));
            ask(&app, msg, || select.set_value(&stands));
        }
    });
    html! {
        <select class="field" {onchange}>
            { for options.iter().map(|(name, meaning)| html! {
                <option value={*name} title={*meaning} selected={*name == now}>{ *name }</option>
            }) }
        </select>
    }
}

fn toggle(app: &AppHandle, param: &'static Param, on: bool) -> Html {
    check(app, param.name, param.meaning, on, |on| Msg::Param(param.name, ParamValue::Switch(on)))
}

fn switch(app: &AppHandle, flaw: &'static Flaw, on: bool) -> Html {
    check(app, flaw.name, flaw.meaning, on, |on| Msg::Flaw(flaw.name, on))
}

fn check(
    app: &AppHandle,
    name: &'static str,
    meaning: &'static str,
    on: bool,
    set: impl Fn(bool) -> Msg + 'static,
) -> Html {
    let (app, reason) = (app.clone(), locked(app, name));
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            ask(&app, set(input.checked()), || input.set_checked(on));
        }
    });
    html! {
        <label class="setting">
            <span class="setting-name mono">{ breakable(name) }</span>
            <span class="setting-control"><input type="checkbox" checked={on} {onchange} /></span>
            <span class="setting-meaning soft">{ meaning }</span>
            { reason }
        </label>
    }
}

/// Asks for a change. If it is locked the page says why, and the field shows again what the run has.
fn ask(app: &AppHandle, msg: Msg, put_back: impl FnOnce()) {
    if app.read(|model| model.locked(&msg)).is_some() {
        put_back();
    }
    app.send(msg);
}

/// Why a parameter cannot be chosen freely here, if it cannot.
fn locked(app: &AppHandle, name: &str) -> Html {
    let reason = app.read(|model| model.options().locks.of_param(name).map(|allowed| allowed.reason(name)));
    html! { if let Some(reason) = reason { <span class="setting-meaning setting-locked">{ reason }</span> } }
}

/// A name that may go on in the next line after each underscore or dash.
fn breakable(name: &'static str) -> Html {
    let parts = name.split_inclusive(['_', '-']);
    html! { { for parts.map(|part| html! { <>{ part }<wbr /></> }) } }
}

fn clipped(text: &str) -> String {
    text.chars().take(30).collect()
}
