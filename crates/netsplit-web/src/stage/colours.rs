//! The colours of the canvas, read from the page's tokens once per theme.

use netsplit_sim::describe::Tone;
use netsplit_view::picture::Role;
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
    /// Text that matters less.
    pub soft: String,
    /// Text that warns.
    pub bad_text: String,
    /// The ground of panels.
    pub panel: String,
    /// What lies above a panel.
    pub raise: String,
    /// Its border.
    pub edge: String,
    /// Thin lines that only divide.
    pub line: String,
    /// Thin lines that mean something.
    pub link: String,
    /// What is neither good nor bad.
    pub info: String,
    /// What is as it should be.
    pub ok: String,
    /// What is broken.
    pub bad: String,
    /// What has the focus.
    pub focus: String,
}

const TONES: [&str; 6] = ["--lead", "--contend", "--assent", "--client", "--soft", "--info"];

impl Colours {
    /// Reads the tokens again if the theme is another than last time; says whether it was.
    pub fn refresh(&mut self, root: &Element) -> bool {
        let theme = root.get_attribute("data-theme");
        if theme == self.theme && !self.ink.is_empty() {
            return false;
        }
        let Some(Ok(Some(style))) = window().map(|window| window.get_computed_style(root)) else {
            return false;
        };
        let token = |name: &str| style.get_property_value(name).unwrap_or_default().trim().to_owned();
        self.tones = TONES.map(token);
        self.on_message = token("--on-message");
        self.stage = token("--stage");
        self.wall = token("--wall");
        self.ink = token("--ink");
        self.soft = token("--soft");
        self.bad_text = token("--bad-text");
        self.panel = token("--panel");
        self.raise = token("--raise");
        self.edge = token("--edge");
        self.line = token("--line");
        self.link = token("--link");
        self.info = token("--info");
        self.ok = token("--ok");
        self.bad = token("--bad");
        self.focus = token("--focus");
        self.theme = theme;
        true
    }

    /// The colour for a purpose, as far as canvases have it.
    pub fn role(&self, role: Role) -> &str {
        match role {
            Role::Panel | Role::Node => &self.panel,
            Role::Raise => &self.raise,
            Role::Line => &self.line,
            Role::Edge | Role::Faint => &self.edge,
            Role::Ink | Role::OnRole => &self.ink,
            Role::Soft => &self.soft,
            Role::Stage => &self.stage,
            Role::Link => &self.link,
            Role::Lead => self.tone(Tone::Lead),
            Role::Contend => self.tone(Tone::Contend),
            Role::Assent => self.tone(Tone::Assent),
            Role::Client => self.tone(Tone::Client),
            Role::Info => &self.info,
            Role::Wall => &self.wall,
            Role::Ok | Role::OkText => &self.ok,
            Role::Bad => &self.bad,
            Role::BadText => &self.bad_text,
            Role::OnMessage => &self.on_message,
        }
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
