//! The run as a file: a document that this page and the command line open.

use netsplit_words::say;
use yew::prelude::{Callback, Html, MouseEvent, html};

use crate::browser;
use crate::button::{Look, button};
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// The run as a file.
pub(super) fn draw(app: &AppHandle) -> Html {
    html! {
        <>
            <p>{ say!("The file holds the scenario, the seed and everything that was done to the system. Drop it on this page or give it to the command line, and the same run is there again.") }</p>
            { button(Look::Framed, say!("Download as a file"), save(app)) }
        </>
    }
}

fn save(app: &AppHandle) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| {
        let (name, text) = app.read(|model| {
            let session = model.session();
            (file_name(&session.scenario().title), session.record().to_json())
        });
        if browser::download(&name, &text).is_err() {
            app.send(Msg::Warn(say!("This browser did not let the page save a file.").to_owned()));
        }
    })
}

/// The title as a file's name.
fn file_name(title: &str) -> String {
    let letters =
        title.chars().take(60).map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    ["netsplit-", letters.collect::<String>().trim_matches('-'), ".json"].concat()
}
