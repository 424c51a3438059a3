//! While paused, messages can take the focus: unseen circles over the canvas, with names.

use netsplit_sim::id::MessageId;
use netsplit_view::geometry::Point;
use yew::prelude::{Html, classes, html};

use super::grip_name::GripName;
use netsplit_view::path_data as svg;

/// A message that can take the focus.
#[derive(Clone, Debug, PartialEq)]
pub struct FlightStop {
    /// Which.
    pub id: MessageId,
    /// Where it is, in pixels.
    pub at: Point,
    /// What it is, in words.
    pub name: String,
}

/// What they are made of.
#[derive(Clone, Debug, PartialEq)]
pub struct FlightProps<'a> {
    /// The messages, at most as many as can be listened to.
    pub stops: &'a [FlightStop],
    /// The message that Tab leads to.
    pub stop: Option<MessageId>,
    /// The message that is selected.
    pub selected: Option<MessageId>,
    /// The radius of a message.
    pub radius: f64,
}

/// Focusable stand-ins for messages.
pub fn flight_stops(props: &FlightProps<'_>) -> Html {
    let radius = svg::num((props.radius + 3.0).max(12.0));
    let first = props.stops.first().map(|stop| stop.id);
    let tab = props.stop.filter(|id| props.stops.iter().any(|stop| stop.id == *id)).or(first);
    html! {
        <g>
            { for props.stops.iter().map(|stop| html! {
                <circle key={GripName::Message(stop.id).to_string()} role="button" aria-haspopup="menu"
                    class={classes!("flight", (props.selected == Some(stop.id)).then_some("is-selected"))}
                    data-grip={GripName::Message(stop.id).to_string()} aria-label={stop.name.clone()}
                    tabindex={if tab == Some(stop.id) { "0" } else { "-1" }}
                    cx={svg::num(stop.at.x)} cy={svg::num(stop.at.y)} r={radius.clone()} />
            }) }
        </g>
    }
}
