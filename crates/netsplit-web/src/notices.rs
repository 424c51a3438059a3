//! Notices on top of the page: what happened, and what can be done about it.

use netsplit_scenarios::gallery;
use netsplit_words::say;
use yew::prelude::{Callback, Html, MouseEvent, classes, html};

use crate::button::{Look, button, icon_button};
use crate::icon::Icon;
use crate::model::{Notice, NoticeTone, Offer};
use crate::msg::{Dialog, Msg, Origin};
use crate::offline;
use crate::stage_contract::AppHandle;

/// Notices on top of the page, the oldest first.
pub fn notices(app: &AppHandle, notices: &[Notice]) -> Html {
    html! {
        <section class="notices" aria-label={say!("Notices")}>{ for notices.iter().map(|notice| line(app, notice)) }</section>
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
            { icon_button(Icon::Close, say!("Dismiss"), app.sends(Msg::Dismiss(notice.id))) }
        </div>
    }
}

fn offered(app: &AppHandle, offer: Offer) -> Html {
    let (words, onclick) = match offer {
        Offer::Undo => (say!("Undo"), app.sends(Msg::Undo)),
        Offer::Paste => (say!("Paste another link"), app.sends(Msg::OpenDialog(Dialog::Paste))),
        Offer::Gallery => (say!("Choose a scenario"), app.sends(Msg::OpenDialog(Dialog::Gallery))),
        Offer::StartEmpty => (
            say!("Start with an untouched cluster"),
            app.sends(Msg::Open(["#scenario=", gallery::FIRST].concat(), Origin::Inside)),
        ),
        Offer::Renew => (say!("Reload"), renews(app)),
    };
    button(Look::Framed, words, onclick)
}

fn renews(app: &AppHandle) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| offline::renew(&app))
}
