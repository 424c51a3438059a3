//! A link: one line per pair, with what each direction does to messages.

use netsplit_sim::id::Link as LinkId;
use netsplit_view::geometry::Point;
use netsplit_view::link_picture::LinkPicture;
use yew::prelude::{Html, Properties, classes, component, html};

use super::grip_name::GripName;
use netsplit_view::path_data as svg;

/// What a link is drawn from.
#[derive(Clone, PartialEq, Properties)]
pub struct LinkProps {
    /// The link.
    pub picture: LinkPicture,
    /// Its ends, in pixels.
    pub ends: (Point, Point),
    /// Whether it is selected.
    pub selected: bool,
    /// Whether the wall being drawn would cut it.
    pub will_cut: bool,
    /// Whether Tab leads to it.
    pub stop: bool,
}

/// A link.
#[component]
pub fn Link(props: &LinkProps) -> Html {
    let LinkProps { picture, ends: (a, b), .. } = props;
    let cut = match (picture.forward.cut, picture.backward.cut) {
        (true, true) => Some("is-cut"),
        (false, false) => None,
        _ => Some("is-half"),
    };
    let changed = picture.forward.changed || picture.backward.changed;
    let class = classes!(
        "link",
        cut,
        changed.then_some("is-changed"),
        props.will_cut.then_some("will-cut"),
        props.selected.then_some("is-selected"),
    );
    let line = svg::path(&[*a, *b], false);
    let grip = GripName::Link(LinkId::new(picture.a, picture.b)).to_string();
    html! {
        <g {class} data-grip={grip} role="button" aria-haspopup="menu"
            tabindex={if props.stop { "0" } else { "-1" }} aria-label={picture.accessible.clone()}>
            <path class="link-hit" d={line.clone()} />
            <path class="link-line" d={line} />
            { passing(picture, *a, *b) }
            { note(picture, *a, *b) }
        </g>
    }
}

/// On a link that is cut one way: arrows along what still passes.
fn passing(picture: &LinkPicture, a: Point, b: Point) -> Html {
    let (from, to) = match (picture.forward.cut, picture.backward.cut) {
        (true, false) => (b, a),
        (false, true) => (a, b),
        _ => return Html::default(),
    };
    let turn = (to.y - from.y).atan2(to.x - from.x).to_degrees();
    let arrow = |along: f64| {
        let at = from.towards(to, along);
        let transform = svg::translate(at) + &svg::rotate(turn);
        html! { <path class="link-arrow" d="M-4-5 3 0-4 5" {transform} /> }
    };
    html! { <>{ arrow(0.36) }{ arrow(0.64) }</> }
}

fn note(picture: &LinkPicture, a: Point, b: Point) -> Html {
    if picture.label.is_empty() {
        return Html::default();
    }
    // A third of the way rather than half: in the middle of a ring all diagonals meet.
    let at = a.towards(b, 0.4);
    html! { <text class="link-note" x={svg::num(at.x)} y={svg::num(at.y - 5.0)}>{ &picture.label }</text> }
}
