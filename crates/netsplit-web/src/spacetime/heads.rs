//! The heads of the lanes: who it is, in what role at the cursor, and a way to leave the lane out.

use netsplit_sim::id::NodeId;
use netsplit_sim::run::Run;
use netsplit_view::node_picture::{self, RolePicture};
use netsplit_words::say;
use yew::prelude::{Html, classes, html};

use super::diagram::Change;
use super::sight::Sight;
use super::source;
use crate::icon::Icon;
use crate::model::Model;
use crate::msg::{Msg, Selection};
use crate::stage_contract::AppHandle;
use crate::tone;

/// The heads, from the top.
pub fn heads(app: &AppHandle, model: &Model) -> Html {
    let run = model.session().run();
    let ui = model.ui();
    let sight = Sight::of(run, &ui.diagram, ui.selection);
    let lanes = source::lanes(run, &ui.diagram);
    let only = lanes.len() == 1;
    html! {
        <ul class="lane-heads" aria-label={say!("Lanes")}>
            { for lanes.into_iter().map(|id| {
                let selected = ui.selection == Some(Selection::Node(id));
                let known = sight.as_ref().and_then(|sight| words(run, sight, id));
                head(app, id, &role(run, id), selected, known, only)
            }) }
        </ul>
    }
}

fn role(run: &dyn Run, id: NodeId) -> RolePicture {
    node_picture::role(run, &run.node(id))
}

/// What the participant whose knowledge is shown can know of another.
fn words(run: &dyn Run, sight: &Sight, id: NodeId) -> Option<String> {
    let Sight::Knowledge(knowledge) = sight else { return None };
    let known = knowledge.words(run).into_iter().find(|(other, _)| *other == id)?.1;
    Some(say!("{node} can know {known}", node = knowledge.of, known))
}

fn head(
    app: &AppHandle,
    id: NodeId,
    role: &RolePicture,
    selected: bool,
    known: Option<String>,
    only: bool,
) -> Html {
    let name = id.to_string();
    html! {
        <li key={name.clone()} class={classes!("lane-head", tone::class(role.tone), selected.then_some("selected"))}>
            <button type="button" class="lane-name" title={known.clone()} aria-pressed={if selected { "true" } else { "false" }}
                onclick={app.sends(Msg::Select(Some(Selection::Node(id))))}>
                <b class="letter" aria-hidden="true">{ role.letter }</b>
                <span>{ &name }</span>
                <span class="unseen">{ ", " }{ role.name }</span>
                if let Some(known) = known {
                    <span class="unseen">{ ", " }{ known }</span>
                }
            </button>
            if !only {
                <button type="button" class="lane-hide" aria-label={say!("Hide the lane of {name}", name)}
                    title={say!("Hide the lane of {name}", name)} onclick={app.sends(Msg::Diagram(Change::Hide(id)))}>
                    { Icon::Close.draw() }
                </button>
            }
        </li>
    }
}
