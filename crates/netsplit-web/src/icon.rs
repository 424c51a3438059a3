//! The icons of the shell, as paths on a grid of sixteen.

use yew::prelude::{Html, html};

/// An icon. It never stands alone: the button that carries it has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A triangle.
    Play,
    /// Two bars.
    Pause,
    /// A bar, then a triangle.
    StepForward,
    /// A triangle, then a bar.
    StepBack,
    /// A triangle to a bar.
    NextMark,
    /// A bar before a triangle.
    PreviousMark,
    /// An arrow in a circle.
    Reset,
    /// Half a disk.
    Theme,
    /// A cross.
    Close,
    /// Sliders.
    Settings,
    /// A question mark.
    Help,
    /// Closer.
    ZoomIn,
    /// Further.
    ZoomOut,
    /// Down.
    Down,
    /// An arrow back.
    Undo,
    /// An arrow on.
    Redo,
    /// Two arrows, there and back.
    Compare,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Play => "M4 2l10 6-10 6z",
            Self::Pause => "M3.5 2h3v12h-3zM9.5 2h3v12h-3z",
            Self::StepForward => "M6 3v10l6-5zM3 3h2v10H3z",
            Self::StepBack => "M10 3v10L4 8zM11 3h2v10h-2z",
            Self::NextMark => "M12 2h2v12h-2zM2 2v12l9-6z",
            Self::PreviousMark => "M2 2h2v12H2zM14 2v12L5 8z",
            Self::Reset => "M8 2.5a5.5 5.5 0 1 1-5.3 4h1.6A4 4 0 1 0 8 4v2.6L3.8 3.3 8 0z",
            Self::Theme => "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM8 3v10A5 5 0 0 0 8 3z",
            Self::Close => {
                "M3.6 2.5 8 6.9l4.4-4.4 1.1 1.1L9.1 8l4.4 4.4-1.1 1.1L8 9.1l-4.4 4.4-1.1-1.1L6.9 8 2.5 3.6z"
            }
            Self::Settings => {
                "M2 4h6v1.5H2zM12 4h2v1.5h-2zM9 2.5h2V7H9zM2 10.5h2V12H2zM8 10.5h6V12H8zM5 9h2v4.5H5z"
            }
            Self::Help => {
                "M7.2 11.5h1.6v1.7H7.2zM8 2.8c1.9 0 3.2 1.1 3.2 2.8 0 2.2-2.4 2.3-2.4 4.2v.4H7.2v-.5c0-2.5 2.3-2.7 2.3-4 0-.8-.6-1.3-1.5-1.3-1 0-1.6.6-1.7 1.6L4.7 5.8C4.9 4 6.1 2.8 8 2.8z"
            }
            Self::ZoomIn => "M7.2 3h1.6v4.2H13v1.6H8.8V13H7.2V8.8H3V7.2h4.2z",
            Self::ZoomOut => "M3 7.2h10v1.6H3z",
            Self::Undo => "M6.5 2.5v2.3H10a4.3 4.3 0 0 1 0 8.6H5v-1.6h5a2.7 2.7 0 0 0 0-5.4H6.5v2.3L2 5.6z",
            Self::Redo => "M9.5 2.5v2.3H6a4.3 4.3 0 0 0 0 8.6h5v-1.6H6a2.7 2.7 0 0 1 0-5.4h3.5v2.3L14 5.6z",
            Self::Compare => "M10.5 1.5 14 5l-3.5 3.5V5.8H2V4.2h8.5zM5.5 7.5v2.7H14v1.6H5.5v2.7L2 11z",
            Self::Down => "M3 5.5 8 10.5l5-5 1 1L8 12.6l-6-6z",
        }
    }

    /// The drawing.
    pub fn draw(self) -> Html {
        html! {
            <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
                <path d={self.path()} />
            </svg>
        }
    }
}
