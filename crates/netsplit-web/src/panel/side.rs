//! The side panel.

use yew::prelude::{Html, component, html};

use super::tabs::Tabs;
use super::{BESIDE, PanelProps, content};
use crate::button::IconButton;
use crate::icon::Icon;
use crate::msg::Msg;

/// The side panel; nothing while it is closed.
#[component]
pub fn Side(props: &PanelProps) -> Html {
    let Some(shown) = props.shown else { return Html::default() };
    html! {
        <aside class="area-side panel" aria-label="Side panel">
            <div class="panel-head">
                <Tabs app={props.app.clone()} label="Side panel" panels={&BESIDE[..]} shown={props.shown} />
                <IconButton icon={Icon::Close} name="Close the side panel" onclick={props.app.sends(Msg::Panel(shown))} />
            </div>
            { content(props) }
        </aside>
    }
}
