//! Colours of standalone pictures: the values of the page's tokens, by theme.

use netsplit_sim::describe::Tone;

/// What a picture is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Light screens.
    #[default]
    Light,
    /// Dark screens.
    Dark,
    /// Paper: the light roles, black on white.
    Print,
}

/// What a colour is for, as `www/tokens.css` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The ground of a panel.
    Panel,
    /// What lies above a panel.
    Raise,
    /// Thin lines that only divide.
    Line,
    /// The border of something that is handled.
    Edge,
    /// Text.
    Ink,
    /// Text that matters less.
    Soft,
    /// Outlines of what plays no role.
    Faint,
    /// The ground of the stage.
    Stage,
    /// The inside of a node.
    Node,
    /// Links.
    Link,
    /// Who leads.
    Lead,
    /// Who wants to.
    Contend,
    /// Who agrees.
    Assent,
    /// Clients.
    Client,
    /// What is neither good nor bad.
    Info,
    /// Walls, and what died at one.
    Wall,
    /// What is as it should be.
    Ok,
    /// What is broken.
    Bad,
    /// Text that says so.
    OkText,
    /// Text that warns.
    BadText,
    /// Text on a coloured node.
    OnRole,
    /// Letters on a message.
    OnMessage,
}

/// Token, dark value, light value; in the order of [`Role`].
const TABLE: [(Role, &str, &str, &str); 22] = [
    (Role::Panel, "--panel", "#151a21", "#ffffff"),
    (Role::Raise, "--raise", "#1c222b", "#f0f1ef"),
    (Role::Line, "--line", "#2a323d", "#dcdfdd"),
    (Role::Edge, "--edge", "#6b7887", "#7b848d"),
    (Role::Ink, "--ink", "#e8ecf1", "#14181d"),
    (Role::Soft, "--soft", "#9fabb9", "#55606c"),
    (Role::Faint, "--faint", "#75828f", "#747e88"),
    (Role::Stage, "--stage", "#11161d", "#fcfcfa"),
    (Role::Node, "--node", "#232b36", "#ffffff"),
    (Role::Link, "--link", "#5f6d7e", "#7b848d"),
    (Role::Lead, "--lead", "#e69f00", "#bd7d00"),
    (Role::Contend, "--contend", "#56b4e9", "#2e8ecb"),
    (Role::Assent, "--assent", "#00a87a", "#00936a"),
    (Role::Client, "--client", "#cc79a7", "#c0659d"),
    (Role::Info, "--info", "#6f9fd8", "#5a87c6"),
    (Role::Wall, "--wall", "#e0651a", "#c04e00"),
    (Role::Ok, "--ok", "#35c08f", "#00704f"),
    (Role::Bad, "--bad", "#ff8a4c", "#b34700"),
    (Role::OkText, "--ok-text", "#4fd0a2", "#006547"),
    (Role::BadText, "--bad-text", "#ff9a63", "#a34000"),
    (Role::OnRole, "--on-role", "#14181d", "#14181d"),
    (Role::OnMessage, "--on-message", "#0e1116", "#0e1116"),
];

impl Theme {
    /// The theme of this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Light, Self::Dark, Self::Print].into_iter().find(|theme| theme.name() == name)
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Print => "print",
        }
    }

    /// The value of a colour.
    pub const fn colour(self, role: Role) -> &'static str {
        let (_, _, dark, light) = TABLE[role as usize];
        match (self, role) {
            (Self::Dark, _) => dark,
            (Self::Print, Role::Stage | Role::Panel | Role::Node) => "#ffffff",
            (Self::Print, Role::Ink | Role::OnRole | Role::OnMessage) => "#000000",
            (Self::Light | Self::Print, _) => light,
        }
    }

    /// A share of one colour on the ground of another.
    pub fn mixed(self, role: Role, share: f64, ground: Role) -> String {
        let part = |colour: &str, at: usize| {
            colour.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or_default()
        };
        let (over, under) = (self.colour(role), self.colour(ground));
        let mixed = |at: usize| {
            let (over, under) = (f64::from(part(over, at)), f64::from(part(under, at)));
            (over * share + under * (1.0 - share)).round() as u8
        };
        format!("#{:02x}{:02x}{:02x}", mixed(1), mixed(3), mixed(5))
    }

    /// The value of a colour role of the protocol's.
    pub const fn tone(self, tone: Tone) -> &'static str {
        self.colour(match tone {
            Tone::Lead => Role::Lead,
            Tone::Contend => Role::Contend,
            Tone::Assent => Role::Assent,
            Tone::Client => Role::Client,
            Tone::Plain => Role::Soft,
            Tone::Info => Role::Info,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKENS: &str = include_str!("../../../../www/tokens.css");

    /// What a token is worth under a theme of the style sheet.
    fn token(theme: &str, name: &str) -> Option<&'static str> {
        let (_, block) = TOKENS.split_once(&format!("[data-theme=\"{theme}\"]"))?;
        let (block, _) = block.split_once('}')?;
        let (_, value) = block.split_once(&format!("{name}: "))?;
        value.split_once(';').map(|(value, _)| value)
    }

    #[test]
    fn pictures_have_the_colours_of_the_page() {
        for (role, name, dark, light) in TABLE {
            assert_eq!(token("dark", name), Some(dark), "{name}");
            assert_eq!(token("light", name), Some(light), "{name}");
            assert_eq!((Theme::Dark.colour(role), Theme::Light.colour(role)), (dark, light), "{name}");
        }
    }

    #[test]
    fn a_share_of_a_colour_lies_between_it_and_its_ground() {
        assert_eq!(Theme::Light.mixed(Role::Ink, 1.0, Role::Panel), "#14181d");
        assert_eq!(Theme::Light.mixed(Role::Ink, 0.0, Role::Panel), "#ffffff");
        assert_eq!(Theme::Print.mixed(Role::Ink, 0.5, Role::Panel), "#808080");
    }

    #[test]
    fn themes_are_found_by_their_names() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            assert_eq!(Theme::named(theme.name()), Some(theme));
        }
        assert_eq!(Theme::named("Dark"), None);
    }
}
