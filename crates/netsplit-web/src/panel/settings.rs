//! Settings: a form generated from the protocol's own descriptions. Every change begins the run again.

use netsplit_sim::describe::{Flaw, Param, ParamKind, ParamValue};
use netsplit_sim::time::SimDuration;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::{Callback, Event, Html, TargetCast, component, html};

use super::{PanelProps, about};
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// Settings.
#[component]
pub fn SettingsPanel(props: &PanelProps) -> Html {
    props.app.read(|model| {
        let about = model.session().run().about();
        let scenario = model.session().scenario();
        let value = |param: &Param| scenario.params.get(param.name).cloned().unwrap_or_else(|| param.kind.default());
        let flawed = !scenario.flaws.is_empty();
        html! {
            <>
                <h3>{ "Parameters" }</h3>
                <p class="soft">{ "A change begins the run again with the same seed; what was done to the system stays in it." }</p>
                <div class="form">
                    { for about.params.iter().map(|param| row(&props.app, param, &value(param))) }
                </div>
                <h3>{ "Break a rule on purpose" }</h3>
                if flawed {
                    <p class="banner" role="note"><b>{ "Modified protocol." }</b>{ "What is shown is no longer what the paper describes." }</p>
                }
                <div class="form">
                    { for about.flaws.iter().map(|flaw| switch(&props.app, flaw, scenario.flaws.contains(flaw.name))) }
                </div>
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
            let allowed = format!("{} to {}", SimDuration(min), SimDuration(max));
            number(app, param, millis(*nanos), allowed, Unit::Millis)
        }
        (ParamKind::Count { min, max, .. }, ParamValue::Number(number_now)) => {
            number(app, param, number_now.to_string(), format!("{min} to {max}"), Unit::One)
        }
        // A record is checked against these very descriptions when it is opened.
        (_, _) => return Html::default(),
    };
    html! {
        <label class="setting">
            <span class="setting-name mono">{ breakable(param.name) }</span>
            { control }
            <span class="setting-meaning soft">{ param.meaning }</span>
        </label>
    }
}

/// In which unit a number is typed.
#[derive(Clone, Copy)]
enum Unit {
    Millis,
    One,
}

fn number(app: &AppHandle, param: &'static Param, value: String, allowed: String, unit: Unit) -> Html {
    let app = app.clone();
    let hint = allowed.clone();
    let onchange = Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        let read =
            parse(&input.value(), unit).map(ParamValue::Number).filter(|value| param.kind.allows(value));
        app.send(match read {
            Some(value) => Msg::Param(param.name, value),
            None => {
                Msg::Warn(format!("{} must be from {hint}, not “{}”.", param.name, clipped(&input.value())))
            }
        });
    });
    let suffix = match unit {
        Unit::Millis => "ms",
        Unit::One => "",
    };
    html! {
        <span class="setting-control">
            <input class="field number" inputmode="decimal" {value} title={allowed} {onchange} />
            <span class="soft">{ suffix }</span>
        </span>
    }
}

fn choice(app: &AppHandle, param: &'static Param, options: &'static [(&str, &str)], now: &str) -> Html {
    let app = app.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            app.send(Msg::Param(param.name, ParamValue::Name(select.value())));
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
    let app = app.clone();
    let set = Callback::from(move |on| app.send(Msg::Param(param.name, ParamValue::Switch(on))));
    check(param.name, param.meaning, on, set)
}

fn switch(app: &AppHandle, flaw: &'static Flaw, on: bool) -> Html {
    let app = app.clone();
    let set = Callback::from(move |on| app.send(Msg::Flaw(flaw.name, on)));
    check(flaw.name, flaw.meaning, on, set)
}

fn check(name: &'static str, meaning: &'static str, on: bool, set: Callback<bool>) -> Html {
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            set.emit(input.checked());
        }
    });
    html! {
        <label class="setting">
            <span class="setting-name mono">{ breakable(name) }</span>
            <span class="setting-control"><input type="checkbox" checked={on} {onchange} /></span>
            <span class="setting-meaning soft">{ meaning }</span>
        </label>
    }
}

/// A name that may go on in the next line after each underscore or dash.
fn breakable(name: &'static str) -> Html {
    let parts = name.split_inclusive(['_', '-']);
    html! { { for parts.map(|part| html! { <>{ part }<wbr /></> }) } }
}

/// Nanoseconds as milliseconds, without idle zeros.
fn millis(nanos: u64) -> String {
    let text = format!("{}.{:06}", nanos / 1_000_000, nanos % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn parse(text: &str, unit: Unit) -> Option<u64> {
    let text = text.trim();
    match unit {
        Unit::One => text.parse().ok(),
        Unit::Millis => {
            let millis: f64 = text.parse().ok()?;
            (0.0..1e12).contains(&millis).then(|| (millis * 1e6).round() as u64)
        }
    }
}

fn clipped(text: &str) -> String {
    text.chars().take(30).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_reads_back_as_it_was_shown() {
        for nanos in [0, 1, 150_000_000, 12_500_000, 1_234_567] {
            assert_eq!(parse(&millis(nanos), Unit::Millis), Some(nanos));
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "fast", "NaN", "-3", "1e99", "inf"] {
            assert_eq!(parse(text, Unit::Millis), None, "{text}");
        }
        assert_eq!(parse("2.5", Unit::One), None);
    }
}
