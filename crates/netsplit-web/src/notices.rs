//! Notices on top of the page: what happened, and what can be done about it.

use netsplit_scenarios::gallery;
use yew::prelude::{Html, classes, html};

use crate::button::{Look, button, icon_button};
use crate::icon::Icon;
use crate::model::{Notice, NoticeTone, Offer};
use crate::msg::{Dialog, Msg, Origin};
use crate::stage_contract::AppHandle;

/// Notices on top of the page, the oldest first.
pub fn notices(app: &AppHandle, notices: &[Notice]) -> Html {
    html! {
        <div class="notices">{ for notices.iter().map(|notice| line(app, notice)) }</div>
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
            { for notice.offers.iter().map(|offer| offered(app, *offer)) }
            { icon_button(Icon::Close, "Dismiss", app.sends(Msg::Dismiss(notice.id))) }
        </div>
    }
}

fn offered(app: &AppHandle, offer: Offer) -> Html {
    let (words, msg) = match offer {
        Offer::Undo => ("Undo", Msg::Undo),
        Offer::Paste => ("Paste another link", Msg::OpenDialog(Dialog::Paste)),
        Offer::Gallery => ("Choose a scenario", Msg::OpenDialog(Dialog::Gallery)),
        Offer::StartEmpty => (
            "Start with an untouched cluster",
            Msg::Open(["#scenario=", gallery::FIRST].concat(), Origin::Inside),
        ),
    };
    button(Look::Framed, words, app.sends(msg))
}
