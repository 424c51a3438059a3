//! Events: one plain sentence per event with its section; a click goes there. The newest stands on top.

use netsplit_sim::id::NodeId;
use netsplit_view::sentence::{EventLine, Filter, count, event_lines};
use web_sys::HtmlSelectElement;
use yew::prelude::{Callback, Event, Html, Properties, TargetCast, classes, component, html, use_state_eq};

use super::PanelProps;
use crate::button::Button;
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// So many lines stand there at first.
const LINES: usize = 80;

/// Events.
#[component]
pub fn Events(props: &PanelProps) -> Html {
    let filter = use_state_eq(Filter::default);
    let limit = use_state_eq(|| LINES);
    let (lines, total, servers, now) = props.app.read(|model| {
        let run = model.session().run();
        let lines = event_lines(run, *filter, *limit);
        (lines, count(run, *filter), run.topology().everyone().collect::<Vec<_>>(), run.step())
    });
    let onchange = {
        let (filter, limit) = (filter.clone(), limit.clone());
        Callback::from(move |event: Event| {
            let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            filter.set(filter_named(&value.unwrap_or_default()));
            limit.set(LINES);
        })
    };
    let more = {
        let limit = limit.clone();
        Callback::from(move |_| limit.set(*limit * 2))
    };
    let earlier = total.saturating_sub(lines.len());
    html! {
        <>
            <div class="panel-tools">
                <label class="inline-label">
                    { "Show" }
                    <select class="field" {onchange}>
                        <option value="notable" selected={*filter == Filter::Notable}>{ "what is notable" }</option>
                        <option value="all" selected={*filter == Filter::All}>{ "every event" }</option>
                        { for servers.iter().map(|id| at_node(*id, *filter)) }
                    </select>
                </label>
                <span class="soft">{ netsplit_view::format::count(total as u64, "event", "events") }</span>
            </div>
            if lines.is_empty() {
                <p class="nothing">{ "Nothing of this kind has happened yet." }</p>
            }
            <ol class="events">
                { for lines.into_iter().rev().map(|line| {
                    let (here, key) = (line.step == now, line.step.0);
                    html! { <Line {key} app={props.app.clone()} {line} {here} /> }
                }) }
            </ol>
            if earlier > 0 {
                <Button onclick={more}>{ "Show earlier events" }</Button>
            }
        </>
    }
}

fn at_node(id: NodeId, filter: Filter) -> Html {
    let name = id.to_string();
    html! { <option value={name.clone()} selected={filter == Filter::Node(id)}>{ "what happens at " }{ name }</option> }
}

fn filter_named(name: &str) -> Filter {
    match name {
        "notable" => Filter::Notable,
        "all" => Filter::All,
        node => node.parse().map_or(Filter::All, Filter::Node),
    }
}

#[derive(Clone, PartialEq, Properties)]
struct LineProps {
    app: AppHandle,
    line: EventLine,
    here: bool,
}

#[component]
fn Line(props: &LineProps) -> Html {
    let line = &props.line;
    let sections = line.sections.join(", ");
    html! {
        <li class={classes!("event", line.notable.then_some("notable"))}>
            <button
                type="button"
                aria-current={props.here.then_some("true")}
                onclick={props.app.sends(Msg::SeekStep(line.step))}
            >
                <span class="event-time mono">{ &line.time }</span>
                <span class="event-text">{ &line.text }</span>
                <span class="event-section soft">{ sections }</span>
            </button>
        </li>
    }
}
