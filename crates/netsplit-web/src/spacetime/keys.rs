//! What each key does while the diagram has the focus.

use super::rove::Way;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deed {
    /// Moves the focus.
    Rove(Way),
    /// Selects what has the focus.
    Select,
    /// Goes to what has the focus.
    Go,
    /// Closer, by a factor below one, or farther.
    Zoom(f64),
    /// Shows the whole run.
    Whole,
    /// Lets everything be lit again.
    Escape,
}

/// What a key asks for, with or without Shift.
pub fn deed(key: &str, shift: bool) -> Option<Deed> {
    Some(match key {
        "ArrowLeft" => Deed::Rove(Way::Left),
        "ArrowRight" => Deed::Rove(Way::Right),
        "ArrowUp" => Deed::Rove(Way::Up),
        "ArrowDown" => Deed::Rove(Way::Down),
        "Home" => Deed::Rove(Way::First),
        "End" => Deed::Rove(Way::Last),
        "Enter" if shift => Deed::Go,
        "Enter" => Deed::Select,
        "+" | "=" => Deed::Zoom(0.5),
        "-" => Deed::Zoom(2.0),
        "0" => Deed::Whole,
        "Escape" => Deed::Escape,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_others_are_left_alone() {
        for key in ["Tab", " ", ",", ".", "a", "PageUp"] {
            assert_eq!(deed(key, false), None, "{key}");
        }
    }

    #[test]
    fn shift_turns_selecting_into_going() {
        assert_eq!((deed("Enter", false), deed("Enter", true)), (Some(Deed::Select), Some(Deed::Go)));
        assert_eq!(deed("+", true), Some(Deed::Zoom(0.5)), "plus may need Shift");
    }
}
