//! Asking before a file is fetched: the only request that the page ever makes to another origin.

use yew::prelude::{Callback, Html, Properties, component, html};

use crate::browser;
use crate::button::{Button, Look};
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// Which file.
#[derive(Clone, PartialEq, Properties)]
pub struct FetchProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// Its address, from a link: hostile until shown.
    pub address: String,
    /// The link's fragment, which may say where to look.
    pub fragment: String,
}

/// Asking before a file is fetched.
#[component]
pub fn Fetch(props: &FetchProps) -> Html {
    let Some(origin) = browser::origin(&props.address) else {
        return html! { <p>{ "The link names a file that is not at an https address, so it is not fetched. The run on the page is as it was." }</p> };
    };
    let agree = {
        let (app, address, fragment) = (props.app.clone(), props.address.clone(), props.fragment.clone());
        Callback::from(move |_| {
            app.send(Msg::CloseDialog);
            browser::fetch(&app, address.clone(), fragment.clone());
        })
    };
    html! {
        <>
            <p>{ "This link opens a run from a file at" }</p>
            <p class="mono origin">{ origin }</p>
            <p class="soft address">{ &props.address }</p>
            <p>{ "That site will see that you asked for it. Nothing is sent besides." }</p>
            <div class="row">
                <Button look={Look::Framed} onclick={props.app.sends(Msg::CloseDialog)}>{ "Do not fetch it" }</Button>
                <Button look={Look::Primary} onclick={agree}>{ "Fetch it" }</Button>
            </div>
        </>
    }
}
