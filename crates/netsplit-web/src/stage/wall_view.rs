//! A wall on the stage: hatched, with handles, and with arrows where it lets pass one way.

use netsplit_sim::id::WallId;
use netsplit_view::geometry::Point;
use netsplit_words::say;
use yew::prelude::{Html, classes, html};

use super::grip_name::GripName;
use netsplit_view::path_data as svg;
use netsplit_view::wall_lines::WallLines;

/// How a wall stands there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stance {
    /// It stands.
    #[default]
    Standing,
    /// It is being put elsewhere, and this is where it was.
    Left,
    /// It is being drawn or moved, and this is where it would be.
    Ghost,
    /// It would go away if let go now.
    Leaving,
    /// It is grabbed by the keyboard.
    Grabbed,
}

/// What a wall is drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct WallProps {
    /// Which; a new one has no number yet.
    pub id: Option<WallId>,
    /// Its lines.
    pub lines: WallLines,
    /// `n1, n2 | n3, n4, n5`.
    pub name: String,
    /// How it stands there.
    pub stance: Stance,
    /// Whether it is selected.
    pub selected: bool,
    /// Whether Tab leads to it.
    pub stop: bool,
}

/// A wall. Its hatch runs across it however it lies.
pub fn wall(props: &WallProps) -> Html {
    let lines = &props.lines;
    let line = svg::path(&lines.line, lines.closed);
    let hatch = props.id.map_or("hatch".to_owned(), |id| format!("hatch-{}", id.0));
    let drawing = html! {
        <>
            <pattern id={hatch.clone()} width="7" height="7" patternUnits="userSpaceOnUse"
                patternTransform={svg::rotate(lines.hatch)}>
                <path class="wall-hatch" d="M0 0v7" />
            </pattern>
            <path class="wall-tint" d={svg::path(&lines.region, true)} />
            <path class="wall-halo" d={line.clone()} />
            <path class="wall-edge" d={line.clone()} />
            <path class="wall-ground" d={line.clone()} />
            <path class="wall-body" stroke={format!("url(#{hatch})")} d={line.clone()} />
            <path class="wall-hit" d={line} />
            { for lines.passing.iter().map(|&(at, turn)| arrow(at, turn)) }
        </>
    };
    match (props.id, props.stance) {
        (Some(id), Stance::Standing | Stance::Grabbed) => standing(props, id, drawing),
        _ => {
            let key = props.id.map_or(-1, |id| i64::from(id.0));
            html! { <g {key} class={classes!("wall", stance_class(props.stance))}>{ drawing }</g> }
        }
    }
}

fn standing(props: &WallProps, id: WallId, drawing: Html) -> Html {
    let grabbed = props.stance == Stance::Grabbed;
    let class = classes!("wall", stance_class(props.stance), props.selected.then_some("is-selected"));
    let middle = props.lines.line.first().zip(props.lines.line.last()).map(|(a, b)| a.towards(*b, 0.5).x);
    html! {
        <g key={i64::from(id.0)} {class} data-grip={GripName::Wall(id).to_string()} tabindex={if props.stop { "0" } else { "-1" }}
            role={if grabbed { "slider" } else { "button" }} aria-label={say!("wall {name}", name = props.name)}
            aria-haspopup={(!grabbed).then_some("menu")} aria-valuetext={grabbed.then(|| props.name.clone())}
            aria-valuenow={middle.filter(|_| grabbed).map(svg::num)}>
            { drawing }
            { for props.lines.handles.iter().map(|&(kind, at)| html! {
                <g class="wall-handle" data-grip={GripName::Handle(id, kind).to_string()} transform={svg::translate(at)}>
                    <title>{ say!("turn the wall") }</title>
                    <circle class="hit" r="15" />
                    <circle r="6.5" />
                </g>
            }) }
        </g>
    }
}

const fn stance_class(stance: Stance) -> Option<&'static str> {
    match stance {
        Stance::Standing => None,
        Stance::Left => Some("is-left"),
        Stance::Ghost => Some("is-ghost"),
        Stance::Leaving => Some("is-leaving"),
        Stance::Grabbed => Some("is-grabbed"),
    }
}

fn arrow(at: Point, turn: f64) -> Html {
    let transform = svg::translate(at) + &svg::rotate(turn);
    html! { <path class="wall-arrow" d="M-6-8 9 0-6 8Z" {transform} /> }
}
