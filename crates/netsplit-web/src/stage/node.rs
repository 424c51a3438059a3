//! A server: outline by role, name and badge, letter, what is wrong with it, and what it stores.

use netsplit_sim::run::Status;
use netsplit_view::geometry::Point;
use netsplit_view::layout::Sizes;
use netsplit_view::node_picture::NodePicture;
use netsplit_words::say;
use yew::prelude::{Html, Properties, classes, component, html};

use super::dim::named;
use super::grip_name::GripName;
use super::store::store;
use crate::tone;
use netsplit_view::outline::{self, BODY};
use netsplit_view::path_data as svg;

/// The group that a node is put into while a wall is drawn or made by clicks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Left of a stroke, inside a lasso, or the first group.
    A,
    /// The others.
    B,
}

impl Group {
    /// The class that tints its members.
    pub const fn class(self) -> &'static str {
        match self {
            Self::A => "side-a",
            Self::B => "side-b",
        }
    }

    /// Its letter, since it is not told by colour alone.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
        }
    }
}

/// What a server is drawn from.
#[derive(Clone, PartialEq, Properties)]
pub struct NodeProps {
    /// The server.
    pub picture: NodePicture,
    /// Where it stands, in pixels.
    pub at: Point,
    /// How large things are.
    pub sizes: Sizes,
    /// Whether it is selected.
    pub selected: bool,
    /// The group it is in while a wall is made.
    pub group: Option<Group>,
    /// Whether a wall has a door for it.
    pub door: bool,
    /// Whether Tab leads to it.
    pub stop: bool,
    /// Whether it is dim.
    pub dim: bool,
}

/// A server.
#[component]
pub fn Node(props: &NodeProps) -> Html {
    let NodeProps { picture, sizes, .. } = props;
    let status = match picture.status {
        Status::Up => None,
        Status::Paused => Some("is-paused"),
        Status::Crashed => Some("is-crashed"),
    };
    let class = classes!(
        "node",
        tone::class(picture.role.tone),
        status,
        props.selected.then_some("is-selected"),
        props.dim.then_some("is-dim"),
        props.group.map(Group::class),
    );
    let grip = GripName::Node(picture.id).to_string();
    html! {
        <g {class} transform={svg::translate(props.at)} data-grip={grip.clone()}>
            { face(props, grip) }
            if picture.timer.is_some() {
                <circle class="node-ring" r={svg::num(sizes.arc)} />
                <circle class="node-arc" data-arc={picture.id.to_string()} r={svg::num(sizes.arc)} pathLength="100"
                    transform="rotate(-90)" stroke-dasharray="0 100" />
            }
            { badge(picture, sizes) }
            { satellites(props) }
            { store(&picture.store, sizes.arc + 7.0, sizes.cell) }
        </g>
    }
}

/// What takes the focus: the outline and the name. Everything else about the server is told by the
/// label, so it stands beside this element and not inside (WCAG 2.5.3).
fn face(props: &NodeProps, grip: String) -> Html {
    let NodeProps { picture, sizes, .. } = props;
    let y = if shown_badge(picture, sizes).is_some() { "0" } else { "4.5" };
    html! {
        <g class="node-face" data-grip={grip} role="button" aria-haspopup="menu"
            tabindex={if props.stop { "0" } else { "-1" }} aria-label={named(&picture.accessible, props.dim)}>
            <circle class="node-halo" r={svg::num(sizes.arc + 6.0)} />
            <circle class="node-hit" r={svg::num(sizes.arc.max(14.0))} />
            <path class="node-body" d={outline::of(picture.role.shape)}
                transform={scaled(sizes.node / BODY)} />
            <text class={classes!("node-name", (sizes.node < 18.0).then_some("is-small"))} {y}>{ &picture.name }</text>
        </g>
    }
}

fn scaled(by: f64) -> String {
    // Thousandths written as a whole number of them.
    ["scale(", &((by * 1_000.0).round() as i64).to_string(), "e-3)"].concat()
}

/// The word or two under the name; what is too small to be read is left out.
fn shown_badge<'a>(picture: &'a NodePicture, sizes: &Sizes) -> Option<&'a str> {
    let badge = if picture.status_text.is_empty() { picture.badge.as_str() } else { picture.status_text };
    (sizes.node >= 22.0 && !badge.is_empty()).then_some(badge)
}

fn badge(picture: &NodePicture, sizes: &Sizes) -> Html {
    let Some(badge) = shown_badge(picture, sizes) else { return Html::default() };
    let small = (sizes.node < 28.0).then_some("is-small");
    html! { <text class={classes!("node-badge", "mono", small)} y="13" aria-hidden="true">{ badge }</text> }
}

/// Small discs round the node: role, status, clock, door, and the group while a wall is made.
fn satellites(props: &NodeProps) -> Html {
    let NodeProps { picture, sizes, .. } = props;
    let reach = sizes.node * 0.98;
    let at = |x: f64, y: f64| svg::translate(Point::new(x * reach, y * reach));
    let radius = svg::num((sizes.node * 0.31).clamp(6.5, 10.0));
    html! {
        <>
            if picture.status != Status::Crashed {
                <g class="node-letter" transform={at(0.9, -0.98)}>
                    <circle r={radius.clone()} />
                    <text y="4">{ picture.role.letter }</text>
                </g>
            }
            { status_disc(picture.status, at(-0.9, -0.98)) }
            if let Some(clock) = &picture.clock {
                <g class="node-sign" transform={at(0.92, 0.92)}>
                    <title>{ clock }</title>
                    <circle r="9" />
                    <path d="M0-5V0L3.5 2" />
                </g>
            }
            if props.door {
                <g class="node-sign is-door" transform={at(-0.92, 0.92)}>
                    <title>{ say!("a door: the wall leaves its links alone") }</title>
                    <circle r="9" />
                    <path d="M-3 5V-5H3V5M1 0H1.1" />
                </g>
            }
            if let Some(group) = props.group {
                <g class="node-group" transform={at(0.0, -1.42)}>
                    <circle r="9" />
                    <text y="4">{ group.letter() }</text>
                </g>
            }
        </>
    }
}

fn status_disc(status: Status, transform: String) -> Html {
    let (class, path) = match status {
        Status::Up => return Html::default(),
        Status::Paused => ("node-sign is-bars", "M-2.6-4V4M2.6-4V4"),
        Status::Crashed => ("node-sign is-cross", "M-3.6-3.6 3.6 3.6M3.6-3.6-3.6 3.6"),
    };
    html! {
        <g {class} {transform}>
            <circle r="9.5" />
            <path d={path} />
        </g>
    }
}
