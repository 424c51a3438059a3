//! The stage without looking: tables and lists that are always in the document.

use netsplit_view::describe_state::describe_state;
use netsplit_view::layout::StageSize;
use netsplit_view::sentence::{Filter, event_lines};
use netsplit_view::stage::stage;
use netsplit_words::say;
use yew::prelude::{Html, html};

use crate::session::Session;

/// Events listed at most.
const EVENTS: usize = 20;

/// The stage without looking.
pub fn text_view(session: &Session) -> Html {
    let picture = stage(session.run(), &session.scene(StageSize::default()));
    let events = event_lines(session.run(), Filter::Notable, EVENTS);
    let state = describe_state(session.run(), &picture);
    let more = (state.more_messages > 0).then(|| {
        say!("{count, plural, one {# more message} other {# more messages}}", count = state.more_messages)
    });
    html! {
        <section class="unseen" aria-labelledby="text-view-title">
            <h2 id="text-view-title">{ say!("The state in words") }</h2>
            <p>{ state.heading }</p>
            { list(say!("Participants"), state.nodes.into_iter().map(|(_, text)| text).collect()) }
            { list(say!("Links that differ"), state.links) }
            { list(say!("Walls"), state.walls.into_iter().map(|(_, text)| text).collect()) }
            { list(say!("What each side can do"), state.sides) }
            { list(say!("Messages under way"), state.messages.into_iter().map(|message| message.text).chain(more).collect()) }
            { list(say!("The last notable events"), events.into_iter().map(|line| line.text).collect()) }
        </section>
    }
}

fn list(title: &'static str, rows: Vec<String>) -> Html {
    if rows.is_empty() {
        return Html::default();
    }
    html! { <><h3>{ title }</h3><ul>{ for rows.into_iter().map(|text| html! { <li>{ text }</li> }) }</ul></> }
}
