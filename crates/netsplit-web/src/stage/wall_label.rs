//! A wall's label: what it is, and buttons to flip it, to change it, and to take it away.

use netsplit_sim::id::WallId;
use netsplit_view::geometry::Point;
use netsplit_words::say;
use yew::prelude::{Callback, Html, classes, html};

use super::grip_name::GripName;
use super::icon::{Icon, glyph};
use super::place::{Anchor, Place};

/// What is done by a button of the label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelDeed {
    /// Cuts the other direction.
    Flip,
    /// Opens the wall's menu.
    More,
    /// Takes the wall away.
    Remove,
}

/// What a label is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelProps {
    /// The wall.
    pub id: WallId,
    /// What it is.
    pub text: String,
    /// Its name by sides.
    pub name: String,
    /// Whether it can be flipped.
    pub flips: bool,
    /// Where it stands, in pixels.
    pub at: Point,
    /// A button was pressed.
    pub on_deed: Callback<(WallId, LabelDeed)>,
}

/// The label.
pub fn wall_label(props: &LabelProps) -> Html {
    let deed = |deed| {
        let (id, emit) = (props.id, props.on_deed.clone());
        Callback::from(move |_| emit.emit((id, deed)))
    };
    let wall = &props.name;
    let button = |name: String, icon, what, class| {
        html! {
            <button type="button" {class} aria-label={name.clone()} title={name} onclick={deed(what)}>
                { glyph(icon, 16) }
            </button>
        }
    };
    html! {
        <Place key={props.id.0} at={props.at} anchor={Anchor::Corner} class={classes!("wall-label")}>
            <span data-grip={GripName::Wall(props.id).to_string()} title={props.name.clone()}>{ &props.text }</span>
            if props.flips {
                { button(say!("Flip the wall {wall}", wall), Icon::Flip, LabelDeed::Flip, "") }
            }
            { button(say!("Change the wall {wall}", wall), Icon::More, LabelDeed::More, "") }
            { button(say!("Take away the wall {wall}", wall), Icon::Remove, LabelDeed::Remove, "wall-remove") }
        </Place>
    }
}

/// About how wide a label is, in pixels.
pub fn width(text: &str, flips: bool) -> f64 {
    netsplit_view::path_data::text_width(text, 13.0) + if flips { 100.0 } else { 74.0 }
}
