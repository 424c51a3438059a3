//! What happened up to this moment, for other tools.

use netsplit_formats::trace::SCHEMA;
use netsplit_words::say;
use yew::prelude::{Callback, Html, MouseEvent, html};

use crate::browser;
use crate::button::{Look, button};
use crate::msg::Msg;
use crate::picture::made::file_name;
use crate::picture::save;
use crate::picture::traces::Format;
use crate::stage_contract::AppHandle;

/// The formats, each with what it is for.
pub(super) fn draw(app: &AppHandle) -> Html {
    let schema = {
        let app = app.clone();
        Callback::from(move |_| {
            save::save(&app, "netsplit-trace.schema.json", save::blob(SCHEMA, "application/schema+json"));
        })
    };
    html! {
        <>
            <p>{ say!("What happened up to this moment, for other tools.") }</p>
            <ul class="traces">{ for Format::ALL.iter().map(|format| entry(app, *format)) }</ul>
            { button(Look::Quiet, say!("Save the schema of the JSON lines"), schema) }
        </>
    }
}

fn entry(app: &AppHandle, format: Format) -> Html {
    let (ending, kind) = format.file();
    let save = {
        let app = app.clone();
        Callback::from(move |_| {
            if let Some(text) = written(&app, format) {
                let name = app.read(|model| file_name(model, "trace", ending));
                save::save(&app, &name, save::blob(&text, kind));
            }
        })
    };
    let copy = {
        let app = app.clone();
        Callback::from(move |_| {
            if let Some(text) = written(&app, format) {
                browser::copy(&app, text, say!("It was copied."));
            }
        })
    };
    html! {
        <li class="trace-format" data-format={ending}>
            <b>{ format.name() }</b>
            <p class="soft">{ format.purpose() }</p>
            <div class="row">
                { named(say!("Save"), say!("Save: {format}", format = format.name()), save) }
                { named(say!("Copy"), say!("Copy: {format}", format = format.name()), copy) }
            </div>
        </li>
    }
}

/// A button among others that do the same with something else.
fn named(words: &'static str, name: String, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="button framed" aria-label={name} {onclick}>{ words }</button> }
}

/// The run in a format; where that fails the page says why.
fn written(app: &AppHandle, format: Format) -> Option<String> {
    match app.read(|model| format.write(model)) {
        Ok(text) => Some(text),
        Err(sentence) => {
            app.send(Msg::Warn(sentence));
            None
        }
    }
}
