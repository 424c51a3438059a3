//! The stage without looking: tables and lists that are always in the document.

use std::rc::Rc;

use netsplit_view::describe_state::{StateText, describe_state};
use netsplit_view::layout::StageSize;
use netsplit_view::sentence::{EventLine, Filter, event_lines};
use netsplit_view::stage::stage;
use yew::prelude::{Html, Properties, component, html};

use crate::stage_contract::AppHandle;

/// Whose state.
#[derive(Clone, PartialEq, Properties)]
pub struct TextViewProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// Grows when the run shows something else.
    pub revision: u64,
}

/// Events listed at most.
const EVENTS: usize = 20;

/// The stage without looking.
#[component]
pub fn TextView(props: &TextViewProps) -> Html {
    let (state, events) = props.app.read(|model| {
        let session = model.session();
        let picture = stage(session.run(), &session.scene(StageSize::default()));
        let events = event_lines(session.run(), Filter::Notable, EVENTS);
        (describe_state(session.run(), &picture), events)
    });
    html! { <Words state={Rc::new(state)} events={Rc::new(events)} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct WordsProps {
    state: Rc<StateText>,
    events: Rc<Vec<EventLine>>,
}

#[component]
fn Words(props: &WordsProps) -> Html {
    let state = &*props.state;
    let more = (state.more_messages > 0)
        .then(|| netsplit_view::format::count(state.more_messages as u64, "more message", "more messages"));
    html! {
        <section class="unseen" aria-labelledby="text-view-title">
            <h2 id="text-view-title">{ "The state in words" }</h2>
            <p>{ &state.heading }</p>
            { list("Participants", state.nodes.iter().map(|(_, text)| text.as_str())) }
            { list("Links that differ", state.links.iter().map(String::as_str)) }
            { list("Walls", state.walls.iter().map(|(_, text)| text.as_str())) }
            { list("What each side can do", state.sides.iter().map(String::as_str)) }
            { list("Messages under way", state.messages.iter().map(|message| message.text.as_str()).chain(more.as_deref())) }
            { list("The last notable events", props.events.iter().map(|line| line.text.as_str())) }
        </section>
    }
}

fn list<'a>(title: &'static str, rows: impl Iterator<Item = &'a str>) -> Html {
    let rows: Vec<Html> = rows.map(|text| html! { <li>{ text.to_owned() }</li> }).collect();
    if rows.is_empty() {
        return Html::default();
    }
    html! { <><h3>{ title }</h3><ul>{ for rows }</ul></> }
}
