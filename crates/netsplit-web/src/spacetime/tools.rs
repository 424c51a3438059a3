//! The tools of the diagram: closer and farther, what a step to the right means, whose eyes.

use netsplit_sim::id::NodeId;
use netsplit_words::say;
use web_sys::HtmlSelectElement;
use yew::prelude::{Callback, Event, Html, MouseEvent, TargetCast, html};

use super::diagram::Change;
use crate::button::icon_button;
use crate::icon::Icon;
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// The tools, for the head of the drawer.
pub fn tools(app: &AppHandle) -> Html {
    app.read(|model| {
        let diagram = &model.ui().diagram;
        let now = model.session().run().now();
        let does = |change| app.sends(Msg::Diagram(change));
        html! {
            <div class="spacetime-tools" role="toolbar" aria-label={say!("Space-time diagram")}>
                if !diagram.hidden.is_empty() {
                    <button type="button" class="button framed" onclick={does(Change::ShowAll)}>
                        { say!("{count} hidden, show", count = diagram.hidden.len()) }
                    </button>
                }
                { toggle(say!("Fold quiet"), say!("Draw stretches without events narrow"), !diagram.even, does(Change::Fold(diagram.even))) }
                { toggle(say!("By cause"), say!("One step to the right for each link in the longest chain of causes"), diagram.causal, does(Change::Causal(!diagram.causal))) }
                { toggle(say!("Cone"), say!("Light what could have influenced the selection, and what it could influence"), !diagram.plain, does(Change::Cone(diagram.plain))) }
                { eyes(app, model.session().run().topology().everyone(), diagram.knows) }
                <span class="spacetime-zoom">
                    { icon_button(Icon::ZoomOut, say!("Show more time in the diagram"), does(Change::Zoom(now, 2.0))) }
                    { icon_button(Icon::ZoomIn, say!("Zoom in on the cursor in the diagram"), does(Change::Zoom(now, 0.5))) }
                    <button type="button" class="button" title={say!("Show all of the run that is known")} onclick={does(Change::Whole)}>{ say!("Whole") }</button>
                </span>
            </div>
        }
    })
}

fn toggle(words: &'static str, meaning: &'static str, on: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="button toggle" title={meaning} aria-pressed={if on { "true" } else { "false" }} {onclick}>
            { words }
        </button>
    }
}

/// Whose knowledge is shown.
fn eyes(app: &AppHandle, everyone: impl Iterator<Item = NodeId>, knows: Option<NodeId>) -> Html {
    let app = app.clone();
    let onchange = Callback::from(move |event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        let who = chosen.and_then(|name| name.parse().ok());
        app.send(Msg::Diagram(Change::Knows(who)));
    });
    html! {
        <select class="field" aria-label={say!("Whose knowledge is shown")} {onchange}>
            <option value="" selected={knows.is_none()}>{ say!("Everything") }</option>
            { for everyone.map(|id| {
                let name = id.to_string();
                html! { <option value={name.clone()} selected={knows == Some(id)}>{ say!("What {name} knows", name) }</option> }
            }) }
        </select>
    }
}
