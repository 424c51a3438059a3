//! The bar on top: where we are, the seed, and what can be done with the whole run.

use yew::prelude::{Html, Properties, component, html};

use crate::button::{Button, IconButton, Look};
use crate::icon::Icon;
use crate::msg::{Dialog, Msg, Panel};
use crate::options::Theme;
use crate::seed::Seed;
use crate::stage_contract::AppHandle;

/// What the header shows.
#[derive(Clone, PartialEq, Properties)]
pub struct HeaderProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// The protocol's name for people.
    pub protocol: &'static str,
    /// The scenario's title.
    pub title: String,
    /// The seed.
    pub seed: u64,
    /// The theme that is set.
    pub theme: Theme,
    /// Whether a parameter or flaw differs from the scenario that was opened.
    pub modified: bool,
    /// Whether the settings are shown.
    pub settings: bool,
}

/// The bar on top.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let app = &props.app;
    let theme = match props.theme {
        Theme::Auto => "Theme: as the system has it. Switch to light",
        Theme::Light => "Theme: light. Switch to dark",
        Theme::Dark => "Theme: dark. Switch to the system’s",
    };
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
                    <span class="protocol">{ props.protocol }</span>
                    <span class="sep protocol" aria-hidden="true">{ "›" }</span>
                    <span class="where">{ &props.title }</span>
                    { Icon::Down.draw() }
                </button>
            </h1>
            <Seed app={app.clone()} seed={props.seed} />
            if props.modified {
                <span class="pill badge-warn">{ "modified protocol" }</span>
            }
            <span class="grow" />
            <IconButton icon={Icon::Help} name="Keys" class="wide" onclick={app.sends(Msg::OpenDialog(Dialog::Keys))} />
            <button
                type="button"
                class="button wide"
                aria-pressed={if props.settings { "true" } else { "false" }}
                onclick={app.sends(Msg::Panel(Panel::Settings))}
            >
                { "Settings" }
            </button>
            <IconButton icon={Icon::Theme} name={theme} onclick={app.sends(Msg::Theme(props.theme.next()))} />
            <Button look={Look::Primary} onclick={app.sends(Msg::OpenDialog(Dialog::Share))}>{ "Share" }</Button>
        </header>
    }
}
