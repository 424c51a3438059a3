//! Once, on a page nobody has touched yet: a wall that waits to be dragged onto the cluster.

use yew::prelude::{Html, component, html};

use super::gesture::Way;
use super::grip_name::GripName;

/// The invitation.
#[component]
pub fn Invitation() -> Html {
    html! {
        <div class="invitation" data-grip={GripName::Palette(Way::Both).to_string()}>
            <svg width="16" height="56" viewBox="0 0 16 56" aria-hidden="true">
                <rect x="1.5" y="1.5" width="13" height="53" fill="url(#hatch)" class="wall-frame" />
            </svg>
            <p>{ "Drag this wall onto the cluster" }</p>
        </div>
    }
}
