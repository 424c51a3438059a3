//! What stands beside and below the stage: two places on a wide page, one sheet on a phone.

mod about;
pub mod drawer;
mod events;
mod inspector;
mod log;
mod script;
mod settings;
pub mod sheet;
pub mod side;
mod tabs;

use yew::prelude::{Html, Properties, html};

use crate::msg::{Panel, Selection};
use crate::stage_contract::AppHandle;

/// What every panel is given.
#[derive(Clone, PartialEq, Properties)]
pub struct PanelProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// Grows, now and then while it plays, when the run shows something else.
    pub revision: u64,
    /// What is selected.
    pub selection: Option<Selection>,
    /// What this place shows; closed if nothing.
    pub shown: Option<Panel>,
}

/// Panels of the drawer.
const BELOW: [Panel; 2] = [Panel::Log, Panel::Events];
/// Panels of the side.
const BESIDE: [Panel; 3] = [Panel::Inspector, Panel::Settings, Panel::Script];

impl Panel {
    /// What its tab says.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Log => "Log",
            Self::Events => "Events",
            Self::Inspector => "Inspector",
            Self::Settings => "Settings",
            Self::Script => "Script",
        }
    }

    /// The id of its content, for its tab.
    const fn id(self) -> &'static str {
        match self {
            Self::Log => "panel-log",
            Self::Events => "panel-events",
            Self::Inspector => "panel-inspector",
            Self::Settings => "panel-settings",
            Self::Script => "panel-script",
        }
    }

    /// The id of its tab.
    const fn tab_id(self) -> &'static str {
        match self {
            Self::Log => "tab-log",
            Self::Events => "tab-events",
            Self::Inspector => "tab-inspector",
            Self::Settings => "tab-settings",
            Self::Script => "tab-script",
        }
    }
}

/// The content of the panel that is shown.
fn content(props: &PanelProps) -> Html {
    let Some(shown) = props.shown else { return Html::default() };
    let props = props.clone();
    let inner = match shown {
        Panel::Log => html! { <log::Log ..props /> },
        Panel::Events => html! { <events::Events ..props /> },
        Panel::Inspector => html! { <inspector::InspectorPanel ..props /> },
        Panel::Settings => html! { <settings::SettingsPanel ..props /> },
        Panel::Script => html! { <script::ScriptPanel ..props /> },
    };
    html! {
        <div class="panel-content" id={shown.id()} role="tabpanel" aria-labelledby={shown.tab_id()} tabindex="0" key={shown.id()}>
            { inner }
        </div>
    }
}
