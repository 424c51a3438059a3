//! A client: outside the cluster, with its last operation and what came of it.

use netsplit_view::geometry::Point;
use netsplit_view::layout::Sizes;
use netsplit_view::node_picture::{Answer, ClientPicture};
use yew::prelude::{Html, classes, html};

use super::dim::named;
use super::grip_name::GripName;
use super::node::Group;
use crate::tone;
use netsplit_view::path_data as svg;

/// What a client is drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientProps {
    /// The client.
    pub picture: ClientPicture,
    /// Where it stands, in pixels.
    pub at: Point,
    /// The stage's width, which the text must not leave.
    pub room: f64,
    /// How large things are.
    pub sizes: Sizes,
    /// Whether it is selected.
    pub selected: bool,
    /// The group it is in while a wall is made.
    pub group: Option<Group>,
    /// Whether Tab leads to it.
    pub stop: bool,
    /// Whether it is dim.
    pub dim: bool,
}

/// A client.
pub fn client(props: &ClientProps) -> Html {
    let ClientProps { picture, at, sizes, .. } = props;
    let half = sizes.client;
    let (edge, corner) = (svg::num(half * 2.0), svg::num(-half));
    let class = classes!(
        "node",
        "client",
        tone::class(picture.role.tone),
        props.selected.then_some("is-selected"),
        props.dim.then_some("is-dim"),
        props.group.map(Group::class),
    );
    let grip = GripName::Node(picture.id).to_string();
    html! {
        <g key={grip.clone()} {class} transform={svg::translate(*at)} data-grip={grip.clone()}>
            <g class="node-face" data-grip={grip} role="button" aria-haspopup="menu"
                tabindex={if props.stop { "0" } else { "-1" }} aria-label={named(&picture.accessible, props.dim)}>
                <circle class="node-halo" r={svg::num(half * 1.45 + 4.0)} />
                <circle class="node-hit" r={svg::num(half.max(14.0) + 4.0)} />
                <rect class="client-body" x={corner.clone()} y={corner} width={edge.clone()} height={edge}
                    rx={svg::num(half * 0.55)} />
                <text class={classes!("node-name", (half < 14.0).then_some("is-small"))} y="4.5">
                    { &picture.name }
                </text>
            </g>
            if let Some(group) = props.group {
                <g class="node-group" transform={svg::translate(Point::new(0.0, -half - 13.0))}>
                    <circle r="9" />
                    <text y="4">{ group.letter() }</text>
                </g>
            }
            { operation(props) }
        </g>
    }
}

fn operation(props: &ClientProps) -> Html {
    let text = &props.picture.operation;
    let x = svg::nudge(props.at.x, svg::text_width(text, 12.8), props.room);
    let answer = match props.picture.answer {
        Answer::Idle => return Html::default(),
        Answer::Pending => "is-pending",
        Answer::Done => "is-done",
        Answer::Refused => "is-refused",
        Answer::Unknown => "is-unknown",
    };
    html! {
        <text class={classes!("client-last", answer)} x={svg::num(x)} y={svg::num(props.sizes.client + 19.0)}>
            { text }
        </text>
    }
}
