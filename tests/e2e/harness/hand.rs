//! Hands: a real pointer and real keys, as the browser hears them from a person.

use std::time::Duration;

use fantoccini::actions::{
    InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::key::Key;
use serde_json::Value;

use super::page::Page;

/// A pixel of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Spot {
    /// The spot on the way to another; 0 is here, 1 is there.
    pub fn towards(self, to: Self, part: f64) -> Self {
        Self { x: self.x + (to.x - self.x) * part, y: self.y + (to.y - self.y) * part }
    }

    /// A spot that a script found.
    pub fn of(value: &Value) -> Self {
        let read = |name: &str| value[name].as_f64().expect("a spot has coordinates");
        Self { x: read("x"), y: read("y") }
    }
}

/// Places at which a pointer that is dragged is heard on its way.
const DRAG_STEPS: u32 = 12;

impl Page {
    /// A spot of an element that a pointer would touch, once the element rests.
    pub async fn spot(&self, element: &str) -> Spot {
        Spot::of(&self.at_rest(&format!("spot({element})")).await)
    }

    /// Clicks an element, which an expression of `look.js` finds.
    pub async fn click(&self, element: &str) {
        let spot = self.spot(element).await;
        self.click_at(spot).await;
    }

    /// Clicks a spot.
    pub async fn click_at(&self, spot: Spot) {
        self.point([self.move_to(spot), press(), release()]).await;
    }

    /// Presses at the first spot and moves on to the last; the button stays down.
    pub async fn drag(&self, from: Spot, to: Spot) {
        let on_the_way = (1..=DRAG_STEPS)
            .map(|step| self.move_to(from.towards(to, f64::from(step) / f64::from(DRAG_STEPS))));
        self.point([self.move_to(from), press()].into_iter().chain(on_the_way)).await;
    }

    /// Moves on while the button is down.
    pub async fn drag_on(&self, to: Spot) {
        self.point([self.move_to(to)]).await;
    }

    /// Lets the button go.
    pub async fn let_go(&self) {
        self.point([release()]).await;
    }

    fn move_to(&self, spot: Spot) -> PointerAction {
        let Spot { x, y } = self.in_window(spot);
        PointerAction::MoveTo { duration: Some(Duration::from_millis(8)), x, y }
    }

    async fn point(&self, actions: impl IntoIterator<Item = PointerAction>) {
        let mouse = MouseActions::new("mouse".to_owned());
        let sequence = actions.into_iter().fold(mouse, MouseActions::then);
        self.client().perform_actions(sequence).await.expect("the pointer moves inside the page");
    }

    /// Presses keys one after another; each is a letter, or the name of a key, with its modifiers before it:
    /// `"Alt+k"`, `"Enter"`, `"."`.
    pub async fn keys(&self, keys: &[&str]) {
        let pressed = keys.iter().flat_map(|chord| strokes(chord));
        let sequence = pressed.fold(KeyActions::new("keys".to_owned()), KeyActions::then);
        self.client().perform_actions(sequence).await.expect("keys can be pressed");
    }

    /// Types a text.
    pub async fn type_text(&self, text: &str) {
        let letters: Vec<String> = text.chars().map(String::from).collect();
        self.keys(&letters.iter().map(String::as_str).collect::<Vec<_>>()).await;
    }

    /// Presses Tab until the focus is on an element.
    pub async fn tab_to(&self, element: &str) {
        const MOST: u32 = 80;
        for _ in 0..MOST {
            if self.look(&format!("hasFocus({element})")).await == Value::Bool(true) {
                return;
            }
            self.keys(&["Tab"]).await;
        }
        let focus =
            self.look("document.activeElement && document.activeElement.outerHTML.slice(0, 200)").await;
        panic!("Tab does not lead to {element}; after {MOST} times the focus is on {focus}");
    }
}

fn strokes(chord: &str) -> Vec<KeyAction> {
    // A plus alone is a key, not what joins two.
    let parts: Vec<&str> = if chord.len() == 1 { vec![chord] } else { chord.split('+').collect() };
    let values: Vec<char> = parts.into_iter().map(key).collect();
    let down = values.iter().map(|&value| KeyAction::Down { value });
    let up = values.iter().rev().map(|&value| KeyAction::Up { value });
    down.chain(up).collect()
}

fn key(name: &str) -> char {
    let key = match name {
        "Alt" => Key::Alt,
        "Control" => Key::Control,
        "Shift" => Key::Shift,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Delete" => Key::Delete,
        "Space" => return ' ',
        "Home" => Key::Home,
        "End" => Key::End,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        _ => {
            let mut letters = name.chars();
            return match (letters.next(), letters.next()) {
                (Some(letter), None) => letter,
                _ => panic!("no key is called {name}"),
            };
        }
    };
    key.into()
}

fn press() -> PointerAction {
    PointerAction::Down { button: MOUSE_BUTTON_LEFT }
}

fn release() -> PointerAction {
    PointerAction::Up { button: MOUSE_BUTTON_LEFT }
}
