//! Buttons: every one has a name, and a target of at least 24 pixels.

use yew::prelude::{Callback, Html, MouseEvent, html};

use crate::icon::Icon;

/// How a button with words looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Words only, until the pointer is on it.
    Quiet,
    /// With a frame.
    Framed,
    /// The one that matters most.
    Primary,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Quiet => "button",
            Self::Framed => "button framed",
            Self::Primary => "button primary",
        }
    }
}

/// A button with words.
pub fn button(look: Look, words: &'static str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class={look.class()} {onclick}>{ words }</button> }
}

/// A button with an icon only; its name is told and shown as a hint.
pub fn icon_button(icon: Icon, name: &'static str, onclick: Callback<MouseEvent>) -> Html {
    icon_key(icon, name, None, onclick)
}

/// The same with the key that does as much, as `aria-keyshortcuts` has it.
pub fn icon_key(
    icon: Icon,
    name: &'static str,
    keys: Option<&'static str>,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button
            type="button"
            class="button icon"
            aria-label={name}
            title={name}
            aria-keyshortcuts={keys}
            {onclick}
        >
            { icon.draw() }
        </button>
    }
}
