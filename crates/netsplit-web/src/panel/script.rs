//! The fault script: what was and will be done to the system, in order.

use netsplit_view::script::{ScriptLine, script};
use yew::prelude::{Html, classes, component, html};

use super::PanelProps;
use crate::button::{Button, Look};
use crate::msg::Msg;

/// The fault script.
#[component]
pub fn ScriptPanel(props: &PanelProps) -> Html {
    let (lines, can_undo) =
        props.app.read(|model| (script(model.session().run()), model.session().can_undo()));
    html! {
        <>
            <h3>{ "Fault script" }</h3>
            <p class="soft">{ "Everything that is done to the system, by this scenario and by you. It is part of the link." }</p>
            if lines.is_empty() {
                <p class="nothing">{ "Nothing yet. Drag a wall onto the stage, or open a node’s menu." }</p>
            }
            <ol class="script">{ for lines.iter().map(|line| entry(props, line)) }</ol>
            if can_undo {
                <Button look={Look::Framed} onclick={props.app.sends(Msg::Undo)}>{ "Undo the last change" }</Button>
            }
        </>
    }
}

fn entry(props: &PanelProps, line: &ScriptLine) -> Html {
    let go = line.step.map_or(Msg::Seek(line.at), Msg::SeekStep);
    html! {
        <li class={classes!("event", line.past.then_some("past"))}>
            <button type="button" onclick={props.app.sends(go)}>
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
