//! One line of the fault script, open to be changed: when, whether, and what is done.

use netsplit_scenarios::run_record::Entry;
use netsplit_sim::time::SimTime;
use netsplit_words::say;
use web_sys::{Event, HtmlInputElement};
use yew::prelude::{Callback, Html, TargetCast, html};

use super::what_form::WhatForm;
use crate::button::{Look, button};
use crate::decimal;
use crate::model::Model;
use crate::msg::Msg;
use crate::session::ScriptEdit;
use crate::stage_contract::AppHandle;

/// Nanoseconds are typed as milliseconds: six digits after the point.
const MILLIS: u32 = 6;

/// The open line.
pub(super) fn line_form(app: &AppHandle, model: &Model, index: usize) -> Html {
    let Some(entry) = model.session().record().script.get(index) else { return Html::default() };
    let edit = |edit| app.sends(Msg::Edit(edit));
    let mute = if entry.muted { say!("Unmute") } else { say!("Mute") };
    html! {
        <div class="line-form">
            <label class="line-time">
                <span>{ say!("at, ms") }</span>
                { time_field(app, index, entry) }
            </label>
            <WhatForm app={app.clone()} {index} what={entry.what.clone()} key={format!("{index} {:?}", entry.what)} />
            <div class="line-tools">
                { button(Look::Framed, mute, edit(ScriptEdit::Mute(index, !entry.muted))) }
                { button(Look::Framed, say!("Duplicate"), edit(ScriptEdit::Duplicate(index))) }
                { button(Look::Framed, say!("Delete"), edit(ScriptEdit::Delete(index))) }
            </div>
        </div>
    }
}

fn time_field(app: &AppHandle, index: usize, entry: &Entry) -> Html {
    let (app, stands) = (app.clone(), decimal::told(entry.at.0, MILLIS));
    let value = stands.clone();
    let onchange = Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        match decimal::parse(&input.value(), MILLIS) {
            Some(nanos) => app.send(Msg::Edit(ScriptEdit::Move(index, SimTime(nanos)))),
            None => {
                input.set_value(&stands);
                app.send(Msg::Warn(say!(
                    "A time is a number of milliseconds, such as 1200 or {half}.",
                    half = decimal::local("1200.5"),
                )));
            }
        }
    });
    html! { <input class="field number" inputmode="decimal" {value} {onchange} /> }
}
