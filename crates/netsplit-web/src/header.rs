//! The bar on top: where we are, the seed, and what can be done with the whole run.

use netsplit_words::say;
use yew::prelude::{Html, MouseEvent, html};

use crate::button::{Look, button, icon_button, icon_key};
use crate::icon::Icon;
use crate::language;
use crate::model::Model;
use crate::msg::{Dialog, Msg, Panel};
use crate::options::Theme;
use crate::seed::seed;
use crate::stage_contract::AppHandle;

/// The bar on top.
pub fn header(app: &AppHandle, model: &Model) -> Html {
    let (session, ui) = (model.session(), model.ui());
    let theme = match ui.theme {
        Theme::Auto => say!("Theme: as the system has it. Switch to light"),
        Theme::Light => say!("Theme: light. Switch to dark"),
        Theme::Dark => say!("Theme: dark. Switch to high contrast"),
        Theme::Contrast => say!("Theme: high contrast. Switch to the system’s"),
    };
    let settings = ui.shown_beside() == Some(Panel::Settings);
    html! {
        <header class="bar">
            <span class="brand">{ "Netsplit" }</span>
            <h1 class="crumb-head">
                <button
                    type="button"
                    class="button crumb"
                    aria-haspopup="dialog"
                    onclick={app.sends(Msg::OpenDialog(Dialog::Gallery))}
                >
                    <span class="protocol">{ session.run().about().title }</span>
                    <span class="sep protocol" aria-hidden="true">{ "›" }</span>
                    <span class="where">{ language::of_document(&session.scenario().title) }</span>
                    { Icon::Down.draw() }
                </button>
            </h1>
            { seed(app, model) }
            if !session.scenario().flaws.is_empty() {
                <span class="pill badge-warn">{ say!("modified protocol") }</span>
            }
            <span class="grow" />
            <span class="wide">
                if session.can_undo() {
                    { icon_key(Icon::Undo, say!("Undo the last change"), Some("Control+Z"), app.sends(Msg::Undo)) }
                }
                if session.can_redo() {
                    { icon_key(Icon::Redo, say!("Redo"), Some("Control+Y"), app.sends(Msg::Redo)) }
                }
                { icon_button(Icon::Help, say!("Help"), app.sends(Msg::OpenDialog(Dialog::Help))) }
                <button
                    type="button"
                    class="button"
                    aria-pressed={if settings { "true" } else { "false" }}
                    onclick={app.sends(Msg::Panel(Panel::Settings))}
                >
                    { say!("Settings") }
                </button>
            </span>
            { compare(app, model) }
            { icon_button(Icon::Theme, theme, app.sends(Msg::Theme(ui.theme.next()))) }
            <span class="wide">{ language_switch(app, "button") }</span>
            { button(Look::Primary, say!("Share"), app.sends(Msg::OpenDialog(Dialog::Share))) }
        </header>
    }
}

/// Opens this moment in the other language.
pub fn language_switch(app: &AppHandle, class: &'static str) -> Html {
    let Some(other) = language::other() else { return Html::default() };
    let app = app.clone();
    let onclick = move |_: MouseEvent| {
        let fragment = app.read(|model| model.fragment(&model.session().position()));
        language::switch_to(other, &fragment);
    };
    html! {
        <button type="button" {class} lang={other.code} translate="no" title={other.offer} {onclick}>
            { other.name }
        </button>
    }
}

/// Chooses a second run to show beside this one, or ends that.
fn compare(app: &AppHandle, model: &Model) -> Html {
    let comparing = model.versus().is_some();
    let msg = if comparing { Msg::EndComparison } else { Msg::OpenDialog(Dialog::Compare) };
    html! {
        <button
            type="button"
            class="button compare"
            aria-pressed={if comparing { "true" } else { "false" }}
            aria-label={say!("Compare")}
            title={say!("Compare with another run, on one clock")}
            onclick={app.sends(msg)}
        >
            { Icon::Compare.draw() }
            <span class="wide" aria-hidden="true">{ say!("Compare") }</span>
        </button>
    }
}
