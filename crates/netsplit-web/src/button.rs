//! Buttons: every one has a name, a target of at least 24 pixels, and says why it is off.

use yew::prelude::{AttrValue, Callback, Children, Html, MouseEvent, Properties, classes, component, html};

use crate::icon::Icon;

/// A button with an icon only.
#[derive(Clone, PartialEq, Properties)]
pub struct IconButtonProps {
    /// The drawing.
    pub icon: Icon,
    /// What it does; also its name for those who do not see it.
    pub name: AttrValue,
    /// The key that does the same, as `aria-keyshortcuts` has it.
    #[prop_or_default]
    pub keys: Option<&'static str>,
    /// More classes.
    #[prop_or_default]
    pub class: Option<&'static str>,
    /// What happens on a click.
    pub onclick: Callback<MouseEvent>,
}

/// A button with an icon only.
#[component]
pub fn IconButton(props: &IconButtonProps) -> Html {
    html! {
        <button
            type="button"
            class={classes!("button", "icon", props.class)}
            aria-label={props.name.clone()}
            title={props.name.clone()}
            aria-keyshortcuts={props.keys}
            onclick={props.onclick.clone()}
        >
            { props.icon.draw() }
        </button>
    }
}

/// A button with words.
#[derive(Clone, PartialEq, Properties)]
pub struct ButtonProps {
    /// How it looks.
    #[prop_or_default]
    pub look: Look,
    /// Whether what it opens is open.
    #[prop_or_default]
    pub expanded: Option<bool>,
    /// What happens on a click.
    pub onclick: Callback<MouseEvent>,
    /// The words.
    pub children: Children,
}

/// How a button looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Words only, until the pointer is on it.
    #[default]
    Quiet,
    /// With a frame.
    Framed,
    /// The one that matters most.
    Primary,
}

impl Look {
    const fn class(self) -> Option<&'static str> {
        match self {
            Self::Quiet => None,
            Self::Framed => Some("framed"),
            Self::Primary => Some("primary"),
        }
    }
}

/// A button with words.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let expanded = props.expanded.map(|open| if open { "true" } else { "false" });
    html! {
        <button
            type="button"
            class={classes!("button", props.look.class())}
            aria-expanded={expanded}
            onclick={props.onclick.clone()}
        >
            { for props.children.iter() }
        </button>
    }
}
