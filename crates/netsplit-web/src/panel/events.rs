//! Events: one plain sentence per event with its section; a click goes there. The newest stands on top.

use netsplit_sim::id::NodeId;
use netsplit_view::cone::Influence;
use netsplit_view::format;
use netsplit_view::sentence::{EventLine, Filter, count, event_lines};
use netsplit_view::why::{Asked, Offer};
use netsplit_words::say;
use web_sys::HtmlSelectElement;
use yew::prelude::{Callback, Event, Html, TargetCast, classes, html};

use super::DetailsProps;
use crate::button::{Look, button};
use crate::msg::{Choices, Msg, Selection};
use crate::spacetime::Sight;

/// Events.
pub(super) fn events(props: &DetailsProps) -> Html {
    let Choices { filter, events: limit, .. } = props.choices;
    props.app.read(|model| {
        let run = model.session().run();
        let lines = event_lines(run, filter, limit);
        let total = count(run, filter);
        let sight = Sight::of(run, &props.diagram, props.selection);
        let lies = |step| sight.as_ref().map(|sight| told(sight, sight.step(run, step)));
        let more = Msg::Choose(Choices { events: limit * 2, ..props.choices });
        html! {
            <>
                <div class="panel-tools">
                    <label class="inline-label">
                        { say!("Show") }
                        <select class="field" onchange={filtered(props)}>
                            <option value="notable" selected={filter == Filter::Notable}>{ say!("what is notable") }</option>
                            <option value="all" selected={filter == Filter::All}>{ say!("every event") }</option>
                            { for run.topology().everyone().map(|id| at_node(id, filter)) }
                        </select>
                    </label>
                    <span class="soft">{ say!("{count, plural, one {# event} other {# events}}", count = format::grouped(total as u64)) }</span>
                </div>
                if lines.is_empty() {
                    <p class="nothing">{ say!("Nothing of this kind has happened yet.") }</p>
                }
                <ol class="events">
                    { for lines.iter().rev().map(|event| line(props, event, event.step == run.step(), lies(event.step))) }
                </ol>
                if total > lines.len() {
                    { button(Look::Framed, say!("Show earlier events"), props.app.sends(more)) }
                }
            </>
        }
    })
}

fn filtered(props: &DetailsProps) -> Callback<Event> {
    let (app, choices) = (props.app.clone(), props.choices);
    Callback::from(move |event: Event| {
        let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        let filter = filter_named(&value.unwrap_or_default());
        app.send(Msg::Choose(Choices { filter, events: Choices::default().events, ..choices }));
    })
}

fn at_node(id: NodeId, filter: Filter) -> Html {
    let name = id.to_string();
    html! { <option value={name.clone()} selected={filter == Filter::Node(id)}>{ say!("what happens at {node}", node = name) }</option> }
}

fn filter_named(name: &str) -> Filter {
    match name {
        "notable" => Filter::Notable,
        "all" => Filter::All,
        node => node.parse().map_or(Filter::All, Filter::Node),
    }
}

fn line(
    props: &DetailsProps,
    line: &EventLine,
    here: bool,
    lies: Option<(&'static str, &'static str)>,
) -> Html {
    let (class, words) = lies.unwrap_or_default();
    let why = Offer { label: say!("Why, at {time}?", time = line.time), asked: Asked::Event(line.step) };
    html! {
        <li key={line.step.0} class={classes!("event", line.notable.then_some("notable"), class)}>
            <button
                type="button"
                aria-current={here.then_some("true")}
                onclick={props.app.sends(Msg::SeekStep(line.step))}
            >
                <span class="event-time mono">{ &line.time }</span>
                <span class="event-text">{ &line.text }if !words.is_empty() { <span class="event-lies">{ words }</span> }</span>
                <span class="event-section soft">{ line.sections.join(", ") }</span>
            </button>
            { cone(props, line) }
            <button
                type="button"
                class="event-why"
                aria-label={say!("why? {time}", time = line.time)}
                onclick={props.app.sends(Msg::Ask(why))}
            >
                { say!("why?") }
            </button>
        </li>
    }
}

/// Lights what could have influenced an event and what it could influence, or everything again.
fn cone(props: &DetailsProps, line: &EventLine) -> Html {
    let selection = Selection::Event(line.step);
    let on = props.selection == Some(selection);
    let wanted = if on { None } else { Some(selection) };
    html! {
        <button type="button" class="event-why" aria-pressed={if on { "true" } else { "false" }}
            aria-label={say!("cone, {time}", time = line.time)} onclick={props.app.sends(Msg::Select(wanted))}>
            { say!("cone") }
        </button>
    }
}

/// How an event lies to what the diagram looks at.
fn told(sight: &Sight, lies: Influence) -> (&'static str, &'static str) {
    match lies {
        Influence::Past if sight.is_operation() => ("", say!("served it")),
        Influence::Past => ("", say!("past")),
        Influence::Itself => ("", say!("this")),
        Influence::Future => ("", say!("future")),
        Influence::Apart => ("is-dim", say!("apart")),
    }
}
