//! Something in HTML that floats over the stage at a pixel. Its place is set through the style object,
//! since the page's policy forbids style attributes.

use netsplit_view::geometry::Point;
use web_sys::HtmlElement;
use yew::prelude::{
    Children, Classes, Html, NodeRef, Properties, component, html, use_effect_with, use_node_ref,
};

/// Which point of the floating thing lies at the pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its upper left corner, moved so that it stays inside the stage.
    Corner,
    /// It stands a little beside the pixel, on the side where there is room, so that what it is about
    /// stays in sight.
    Beside,
}

/// What floats, and where.
#[derive(Clone, PartialEq, Properties)]
pub struct PlaceProps {
    /// The pixel.
    pub at: Point,
    /// What lies there.
    pub anchor: Anchor,
    /// Classes of the element.
    pub class: Classes,
    /// What it holds.
    pub children: Children,
}

/// A floating element.
#[component]
pub fn Place(props: &PlaceProps) -> Html {
    let element = use_node_ref();
    {
        let element = element.clone();
        // Its own size may have changed with its children, so that it is placed after every render.
        use_effect_with((props.at, props.anchor, props.children.clone()), move |(at, anchor, _)| {
            put(&element, *at, *anchor);
        });
    }
    html! {
        <div ref={element} class={props.class.clone()}>
            { props.children.clone() }
        </div>
    }
}

/// How far beside its pixel a menu stands.
const GAP: f64 = 40.0;

fn put(element: &NodeRef, at: Point, anchor: Anchor) {
    let Some(element) = element.cast::<HtmlElement>() else { return };
    let (width, height) = (f64::from(element.offset_width()), f64::from(element.offset_height()));
    let room = element.offset_parent();
    let room = room.map_or((width, height), |e| (f64::from(e.client_width()), f64::from(e.client_height())));
    let corner = match anchor {
        Anchor::Corner => at,
        Anchor::Beside if at.x + GAP + width > room.0 && at.x - GAP >= width => {
            Point::new(at.x - GAP - width, at.y - height / 3.0)
        }
        Anchor::Beside => Point::new(at.x + GAP, at.y - height / 3.0),
    };
    let style = element.style();
    for (name, value, size, room) in [("left", corner.x, width, room.0), ("top", corner.y, height, room.1)] {
        const MARGIN: f64 = 8.0;
        let kept = value.clamp(MARGIN, (room - size - MARGIN).max(MARGIN));
        // Setting a known property to a length cannot be refused.
        let _ = style.set_property(name, &(netsplit_view::path_data::num(kept) + "px"));
    }
}
