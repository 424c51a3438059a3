//! Asking before a file is fetched: the only request that the page ever makes to another origin.

use netsplit_words::say;
use yew::prelude::{Callback, Html, html};

use crate::browser;
use crate::button::{Look, button};
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// Asking before a file is fetched. The address comes from a link: it is hostile until shown.
pub(super) fn fetch(app: &AppHandle, address: &str, fragment: &str) -> Html {
    let Some(origin) = browser::origin(address) else {
        return html! { <p>{ say!("The link names a file that is not at an https address, so it is not fetched. The run on the page is as it was.") }</p> };
    };
    let agree = {
        let (app, address, fragment) = (app.clone(), address.to_owned(), fragment.to_owned());
        Callback::from(move |_| {
            app.send(Msg::CloseDialog);
            browser::fetch(&app, address.clone(), fragment.clone());
        })
    };
    html! {
        <>
            <p>{ say!("This link opens a run from a file at") }</p>
            <p class="mono origin">{ origin }</p>
            <p class="soft address">{ address.to_owned() }</p>
            <p>{ say!("That site will see that you asked for it. Nothing is sent besides.") }</p>
            <div class="row">
                { button(Look::Framed, say!("Do not fetch it"), app.sends(Msg::CloseDialog)) }
                { button(Look::Primary, say!("Fetch it"), agree) }
            </div>
        </>
    }
}
