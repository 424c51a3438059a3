//! The sheet of a phone: drawer and side panel in one.

use yew::prelude::{Html, classes, component, html};

use super::tabs::Tabs;
use super::{PanelProps, content};
use crate::msg::Panel;

const ALL: [Panel; 5] = [Panel::Log, Panel::Events, Panel::Inspector, Panel::Settings, Panel::Script];

/// The sheet of a phone.
#[component]
pub fn Sheet(props: &PanelProps) -> Html {
    html! {
        <section class={classes!("area-sheet", "panel", props.shown.map(|_| "open"))} aria-label="Details">
            <div class="panel-head">
                <Tabs app={props.app.clone()} label="Details" panels={&ALL[..]} shown={props.shown} />
            </div>
            { content(props) }
        </section>
    }
}
