//! Which panels there are beside and below the stage.

use netsplit_words::word;

use crate::msg::Panel;

/// Which panels there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Panels {
    /// All of them.
    #[default]
    All,
    /// These; perhaps none.
    Only(Vec<Panel>),
}

/// Every panel with its name in the address.
pub const PANELS: [(&str, Panel); 10] = [
    ("spacetime", Panel::Spacetime),
    ("log", Panel::Log),
    ("history", Panel::History),
    ("metrics", Panel::Metrics),
    ("events", Panel::Events),
    ("lesson", Panel::Lesson),
    ("inspector", Panel::Inspector),
    ("why", Panel::Why),
    ("settings", Panel::Settings),
    ("script", Panel::Script),
];

/// What the address may say.
pub(super) const ALLOWED: &str =
    word!("all, none, or names of panels with commas between them, such as log,events");

impl Panels {
    /// No panel.
    pub const NONE: Self = Self::Only(Vec::new());

    /// Reads `log,events`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "all" => return Some(Self::All),
            "none" => return Some(Self::NONE),
            _ => {}
        }
        let named = |name: &str| PANELS.iter().find(|(known, _)| *known == name).map(|(_, panel)| *panel);
        text.split(',').map(named).collect::<Option<_>>().map(Self::Only)
    }

    /// These, and the lesson's; or these without it.
    pub fn with_lesson(self, lesson: bool) -> Self {
        if lesson == self.has(Panel::Lesson) {
            return self;
        }
        let there = PANELS.iter().map(|(_, panel)| *panel).filter(|panel| match panel {
            Panel::Lesson => lesson,
            panel => self.has(*panel),
        });
        Self::Only(there.collect())
    }

    /// Whether this one is there.
    pub fn has(&self, panel: Panel) -> bool {
        match self {
            Self::All => true,
            Self::Only(some) => some.contains(&panel),
        }
    }

    /// Those of `all` that are there.
    pub fn of(&self, all: &[Panel]) -> Vec<Panel> {
        all.iter().copied().filter(|panel| self.has(*panel)).collect()
    }

    /// This one if it is there, else the first that stands in the same place.
    pub fn first_like(&self, wanted: Panel) -> Option<Panel> {
        match self {
            Self::All => Some(wanted),
            Self::Only(some) if some.contains(&wanted) => Some(wanted),
            Self::Only(some) => some.iter().copied().find(|panel| is_below(*panel) == is_below(wanted)),
        }
    }
}

/// Whether it belongs into the drawer.
const fn is_below(panel: Panel) -> bool {
    matches!(panel, Panel::Spacetime | Panel::Log | Panel::History | Panel::Metrics | Panel::Events)
}
