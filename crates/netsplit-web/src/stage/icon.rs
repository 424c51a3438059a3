//! The stage's own icons: single paths on a 24-unit square, drawn in the colour of the text.

use yew::prelude::{Html, html};

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Two strokes across: a wall both ways.
    Wall,
    /// An arrow that ends at a wall.
    OneWay,
    /// A cross.
    Crash,
    /// Two bars.
    Pause,
    /// A clock.
    Slow,
    /// A broken line.
    Lose,
    /// A person.
    Client,
    /// Two groups of dots.
    Groups,
    /// Two arrows that change places.
    Flip,
    /// A small cross.
    Remove,
    /// Three dots.
    More,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Wall => "M4 17 17 4M7 20 20 7M8.5 12.5l3 3M12.5 8.5l3 3",
            Self::OneWay => "M3 12h12m-5-5 5 5-5 5M20 3v18",
            Self::Crash => "M6 6l12 12M18 6 6 18",
            Self::Pause => "M9 5v14M15 5v14",
            Self::Slow => "M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0M12 7.5V12l3 2",
            Self::Lose => "M2 12h6M16 12h6M9.5 8.5l5 7M14.5 8.5l-5 7",
            Self::Client => "M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0M4.5 20.5c.8-6 14.2-6 15 0",
            Self::Groups => {
                "M7.5 7a2 2 0 1 1-4 0 2 2 0 0 1 4 0M7.5 17a2 2 0 1 1-4 0 2 2 0 0 1 4 0M20.5 7a2 2 0 1 1-4 0 2 2 0 \
                 0 1 4 0M20.5 17a2 2 0 1 1-4 0 2 2 0 0 1 4 0M12 3v18"
            }
            Self::Flip => "M4 8h15m-4-4 4 4-4 4M20 16H5m4 4-4-4 4-4",
            Self::Remove => "M7 7l10 10M17 7 7 17",
            Self::More => "M6 12h.1M12 12h.1M18 12h.1",
        }
    }
}

/// An icon with an edge of `size` pixels, hidden from those who hear the page: the name stands beside it.
pub fn glyph(icon: Icon, size: u32) -> Html {
    let size = size.to_string();
    html! {
        <svg class="glyph" width={size.clone()} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor"
            stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d={icon.path()} />
        </svg>
    }
}
