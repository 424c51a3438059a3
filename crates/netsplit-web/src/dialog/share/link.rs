//! The link with lights for where it fits, and the digest at the cursor.

use netsplit_words::{say, told, word};
use web_sys::HtmlInputElement;
use yew::prelude::{Callback, FocusEvent, Html, MouseEvent, TargetCast, classes, html};

use crate::address;
use crate::browser;
use crate::button::{Look, button};
use crate::stage_contract::AppHandle;

/// Where a link of some length still fits: the longest length, and where. A file holds any.
const LIGHTS: [(usize, &str); 4] = [
    (300, word!("fits a QR code")),
    (2_000, word!("fits a chat")),
    (4_000, word!("fits a chat for long messages")),
    (usize::MAX, word!("fits a file")),
];

/// The link to this moment.
pub(super) fn draw(app: &AppHandle, fragment: &str) -> Html {
    let link = [&address::page(), fragment].concat();
    let length = link.chars().count();
    let (digest, second, step, time) = app.read(|model| {
        let run = model.session().run();
        let second = model.versus().map(|versus| versus.session().run().digest().to_string());
        (run.digest().to_string(), second, run.step().0, run.now().to_string())
    });
    let select = Callback::from(|event: FocusEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            input.select();
        }
    });
    html! {
        <>
            <p>{ say!("Whoever opens this link sees the same run, event for event, paused at this moment.") }</p>
            <div class="share-link">
                <input class="field mono" readonly=true value={link.clone()} aria-label={say!("Link to this run")} onfocus={select} />
                { button(Look::Primary, say!("Copy link"), copy(app, link)) }
            </div>
            <p class="soft">{ say!("{count, plural, one {# character} other {# characters}}", count = netsplit_view::format::grouped(length as u64)) }</p>
            <ul class="lights">{ for LIGHTS.iter().map(|(most, text)| light(length <= *most, text)) }</ul>
            { advice(length) }
            <dl class="fields">
                <dt>{ say!("moment") }</dt><dd>{ say!("{time}, step {step}", time, step) }</dd>
                <dt title={say!("Two runs with the same digest at the same step are the same run.")}>{ say!("digest") }</dt>
                <dd class="share-digest">{ digest }</dd>
                if let Some(second) = second {
                    <dt>{ say!("second digest") }</dt>
                    <dd class="share-digest">{ second }</dd>
                }
            </dl>
        </>
    }
}

fn copy(app: &AppHandle, link: String) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| browser::copy(&app, link.clone(), say!("The link was copied.")))
}

fn advice(length: usize) -> Html {
    match length {
        0..=2_000 => Html::default(),
        2_001..=4_000 => html! { <p>{ say!("Some chats cut off links of this length.") }</p> },
        _ => {
            html! { <p>{ say!("This link is too long for most chats and mails: share the file instead.") }</p> }
        }
    }
}

fn light(fits: bool, text: &'static str) -> Html {
    let (class, state) = if fits { ("on", say!("yes:")) } else { ("off", say!("no:")) };
    html! { <li class={classes!("light", class)}><span class="unseen">{ state }{ " " }</span>{ told(text) }</li> }
}
