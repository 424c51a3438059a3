//! The fault script: what was and will be done to the system, in order.

use netsplit_view::script::{self, ScriptLine};
use yew::prelude::{Html, classes, html};

use crate::button::{Look, button};
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// The fault script.
pub(super) fn script(app: &AppHandle) -> Html {
    let (lines, can_undo) =
        app.read(|model| (script::script(model.session().run()), model.session().can_undo()));
    html! {
        <>
            <h3>{ "Fault script" }</h3>
            <p class="soft">{ "Everything that is done to the system, by this scenario and by you. It is part of the link." }</p>
            if lines.is_empty() {
                <p class="nothing">{ "Nothing yet. Drag a wall onto the stage, or open a node’s menu." }</p>
            }
            <ol class="script">{ for lines.iter().map(|line| entry(app, line)) }</ol>
            if can_undo {
                { button(Look::Framed, "Undo the last change", app.sends(Msg::Undo)) }
            }
        </>
    }
}

fn entry(app: &AppHandle, line: &ScriptLine) -> Html {
    let go = line.step.map_or(Msg::Seek(line.at), Msg::SeekStep);
    html! {
        <li class={classes!("event", line.past.then_some("past"))}>
            <button type="button" onclick={app.sends(go)}>
                <span class="event-time mono">{ &line.time }</span>
                <span class="event-text">
                    { &line.text }
                    if let Some(reason) = &line.refused {
                        <span class="soft">{ " No effect: " }{ reason }{ "." }</span>
                    }
                    if !line.past {
                        <span class="soft">{ " Still to come." }</span>
                    }
                </span>
            </button>
        </li>
    }
}
