//! Notices on top of the page: what happened, and what can be done about it.

use netsplit_scenarios::gallery;
use yew::prelude::{Html, Properties, classes, component, html};

use crate::button::{Button, IconButton, Look};
use crate::icon::Icon;
use crate::model::{Notice, NoticeTone, Offer};
use crate::msg::{Dialog, Msg, Origin};
use crate::stage_contract::AppHandle;

/// What is to be told.
#[derive(Clone, PartialEq, Properties)]
pub struct NoticesProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// The oldest first.
    pub notices: Vec<Notice>,
}

/// Notices on top of the page.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    html! {
        <div class="notices">{ for props.notices.iter().map(|notice| line(&props.app, notice)) }</div>
    }
}

fn line(app: &AppHandle, notice: &Notice) -> Html {
    let tone = match notice.tone {
        NoticeTone::Bad => "bad",
        NoticeTone::Told => "told",
    };
    html! {
        <div key={notice.id} class={classes!("notice", tone)}>
            <p class="what">{ &notice.text }</p>
            { for notice.offers.iter().map(|offer| button(app, *offer)) }
            <IconButton icon={Icon::Close} name="Dismiss" onclick={app.sends(Msg::Dismiss(notice.id))} />
        </div>
    }
}

fn button(app: &AppHandle, offer: Offer) -> Html {
    let (words, msg) = match offer {
        Offer::Undo => ("Undo", Msg::Undo),
        Offer::Paste => ("Paste another link", Msg::OpenDialog(Dialog::Paste)),
        Offer::Gallery => ("Choose a scenario", Msg::OpenDialog(Dialog::Gallery)),
        Offer::StartEmpty => (
            "Start with an untouched cluster",
            Msg::Open(["#scenario=", gallery::FIRST].concat(), Origin::Inside),
        ),
    };
    html! { <Button look={Look::Framed} onclick={app.sends(msg)}>{ html! { words } }</Button> }
}
