//! Once, on a page nobody has touched yet: a wall that waits to be dragged onto the cluster.

use netsplit_words::say;
use yew::prelude::{Html, html};

use super::gesture::Way;
use super::grip_name::GripName;

/// The invitation.
pub fn invitation() -> Html {
    html! {
        <div class="invitation" data-grip={GripName::Palette(Way::Both).to_string()}>
            <svg width="16" height="56" viewBox="0 0 16 56" aria-hidden="true">
                <path class="wall-hatch" d="M2 9 9 2M2 19 14 7M2 29 14 17M2 39 14 27M2 49 14 37M6 54 14 46" />
                <path class="wall-frame" d="M1.5 1.5h13v53h-13Z" fill="none" />
            </svg>
            <p>{ say!("Drag this wall onto the cluster") }</p>
        </div>
    }
}
