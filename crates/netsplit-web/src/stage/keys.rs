//! What a key means while the focus is on the stage.

use netsplit_sim::id::WallId;

use super::grip_name::GripName;
use super::roving::Arrow;

/// What a key asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyDeed {
    /// Moves the focus.
    Rove(Arrow),
    /// Does what a click does.
    Click,
    /// Takes hold of what has the focus.
    Grab,
    /// Takes the wall away.
    Remove(WallId),
    /// The menu's item with this key.
    Shortcut(String),
    /// Lets go of the tool, or of the selection.
    Leave,
    /// Moves what is grabbed.
    Move(Arrow),
    /// Turns the grabbed wall, clockwise or back.
    Turn(bool),
    /// Lets go of what is grabbed, here.
    Drop,
    /// Lets go of what is grabbed, where it was.
    PutBack,
}

/// The meaning of a key pressed without Ctrl, Alt or Meta, on what has the focus.
pub fn key_deed(key: &str, shift: bool, focus: Option<GripName>, grabbed: bool) -> Option<KeyDeed> {
    if grabbed {
        return while_grabbed(key, shift);
    }
    if key == "Escape" {
        return Some(KeyDeed::Leave);
    }
    let focus = focus?;
    match (key, focus) {
        ("Enter", _) => Some(KeyDeed::Click),
        ("Delete" | "Backspace", GripName::Wall(wall)) => Some(KeyDeed::Remove(wall)),
        ("g" | "G", GripName::Wall(_) | GripName::Node(_)) => Some(KeyDeed::Grab),
        _ => match Arrow::of_key(key) {
            Some(arrow) => Some(KeyDeed::Rove(arrow)),
            None => is_letter(key).then(|| KeyDeed::Shortcut(key.to_ascii_lowercase())),
        },
    }
}

fn while_grabbed(key: &str, shift: bool) -> Option<KeyDeed> {
    match key {
        "Enter" | "g" | "G" => Some(KeyDeed::Drop),
        "Escape" => Some(KeyDeed::PutBack),
        "r" | "]" => Some(KeyDeed::Turn(true)),
        "R" if shift => Some(KeyDeed::Turn(true)),
        "[" => Some(KeyDeed::Turn(false)),
        "}" => Some(KeyDeed::Turn(true)),
        "{" => Some(KeyDeed::Turn(false)),
        _ => Arrow::of_key(key).map(KeyDeed::Move),
    }
}

/// Space, comma and full stop belong to the transport.
fn is_letter(key: &str) -> bool {
    key.len() == 1 && key.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use netsplit_sim::id::NodeId;

    use super::*;

    const NODE: Option<GripName> = Some(GripName::Node(NodeId::server(0)));
    const WALL: Option<GripName> = Some(GripName::Wall(WallId(2)));

    #[test]
    fn arrows_rove_until_something_is_grabbed() {
        assert_eq!(key_deed("ArrowUp", false, NODE, false), Some(KeyDeed::Rove(Arrow::Up)));
        assert_eq!(key_deed("ArrowUp", false, WALL, true), Some(KeyDeed::Move(Arrow::Up)));
    }

    #[test]
    fn the_transports_keys_pass_through() {
        for key in [" ", ",", ".", "Tab", "F5"] {
            assert_eq!(key_deed(key, false, NODE, false), None, "{key}");
            assert_eq!(key_deed(key, false, WALL, true), None, "{key}");
        }
    }

    #[test]
    fn delete_takes_a_wall_away_and_nothing_else() {
        assert_eq!(key_deed("Delete", false, WALL, false), Some(KeyDeed::Remove(WallId(2))));
        assert_eq!(key_deed("Delete", false, NODE, false), None);
    }

    #[test]
    fn letters_are_the_menus_shortcuts() {
        assert_eq!(key_deed("C", true, NODE, false), Some(KeyDeed::Shortcut("c".to_owned())));
        assert_eq!(key_deed("c", false, None, false), None);
    }

    #[test]
    fn a_grabbed_wall_turns_by_letter_and_by_brackets() {
        for key in ["r", "]", "}"] {
            assert_eq!(key_deed(key, false, WALL, true), Some(KeyDeed::Turn(true)), "{key}");
        }
        for key in ["[", "{"] {
            assert_eq!(key_deed(key, false, WALL, true), Some(KeyDeed::Turn(false)), "{key}");
        }
    }

    #[test]
    fn escape_leaves_even_without_focus() {
        assert_eq!(key_deed("Escape", false, None, false), Some(KeyDeed::Leave));
        assert_eq!(key_deed("Escape", false, WALL, true), Some(KeyDeed::PutBack));
    }
}
