//! The colours of the canvas, read from the page's tokens once per theme.

use netsplit_sim::describe::Tone;
use web_sys::{Element, window};

/// The tokens that the canvas paints with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Colours {
    theme: Option<String>,
    tones: [String; 6],
    /// Letters on a message.
    pub on_message: String,
    /// The ground of the stage.
    pub stage: String,
    /// Walls, and what died at one.
    pub wall: String,
    /// Text.
    pub ink: String,
}

const TONES: [&str; 6] = ["--lead", "--contend", "--assent", "--client", "--soft", "--info"];

impl Colours {
    /// Reads the tokens again if the theme is another than last time.
    pub fn refresh(&mut self, root: &Element) {
        let theme = root.get_attribute("data-theme");
        if theme == self.theme && !self.ink.is_empty() {
            return;
        }
        let Some(Ok(Some(style))) = window().map(|window| window.get_computed_style(root)) else { return };
        let token = |name: &str| style.get_property_value(name).unwrap_or_default().trim().to_owned();
        self.tones = TONES.map(token);
        self.on_message = token("--on-message");
        self.stage = token("--stage");
        self.wall = token("--wall");
        self.ink = token("--ink");
        self.theme = theme;
    }

    /// The colour of a role.
    pub fn tone(&self, tone: Tone) -> &str {
        let index = match tone {
            Tone::Lead => 0,
            Tone::Contend => 1,
            Tone::Assent => 2,
            Tone::Client => 3,
            Tone::Plain => 4,
            Tone::Info => 5,
        };
        &self.tones[index]
    }
}
