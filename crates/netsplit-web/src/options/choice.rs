//! Options that are one of a few words.

use netsplit_words::word;

/// Which colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// White on black, with no shade between that would have to be told from its neighbour.
    Contrast,
}

/// Which language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// As the browser asks for.
    #[default]
    Auto,
    /// English.
    En,
    /// German.
    De,
}

/// Whether things may move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Motion {
    /// As the system has it.
    #[default]
    Auto,
    /// Play steps from event to event.
    Reduce,
    /// Messages glide.
    Full,
}

/// Which controls there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Controls {
    /// Tools, the whole transport with its timeline.
    #[default]
    Full,
    /// Play, one event back and forward, the time, reset.
    Basic,
    /// None: the host page moves the run, or nobody does.
    None,
}

/// When claims about the run are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// Always.
    #[default]
    Show,
    /// Once whoever looks has said what they expect.
    AfterPrediction,
}

/// A type whose values have names in the address.
pub trait Named: Copy + PartialEq + 'static {
    /// Every value with its name, as the address has it.
    const NAMES: &'static [(&'static str, Self)];
    /// The names in a sentence.
    const ALLOWED: &'static str;

    /// Its name in the address.
    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, value)| *value == self).map_or("", |(name, _)| name)
    }
}

impl Named for Theme {
    const NAMES: &'static [(&'static str, Self)] =
        &[("auto", Self::Auto), ("light", Self::Light), ("dark", Self::Dark), ("contrast", Self::Contrast)];
    const ALLOWED: &'static str = word!("auto, light, dark or contrast");
}

impl Named for Lang {
    const NAMES: &'static [(&'static str, Self)] =
        &[("auto", Self::Auto), ("en", Self::En), ("de", Self::De)];
    const ALLOWED: &'static str = word!("auto, en or de");
}

impl Named for Motion {
    const NAMES: &'static [(&'static str, Self)] =
        &[("auto", Self::Auto), ("reduce", Self::Reduce), ("full", Self::Full)];
    const ALLOWED: &'static str = word!("auto, reduce or full");
}

impl Named for Controls {
    const NAMES: &'static [(&'static str, Self)] =
        &[("full", Self::Full), ("basic", Self::Basic), ("none", Self::None)];
    const ALLOWED: &'static str = word!("full, basic or none");
}

impl Named for Verdict {
    const NAMES: &'static [(&'static str, Self)] =
        &[("show", Self::Show), ("after-prediction", Self::AfterPrediction)];
    const ALLOWED: &'static str = word!("show or after-prediction");
}

impl Named for bool {
    const NAMES: &'static [(&'static str, Self)] = &[("0", false), ("1", true)];
    const ALLOWED: &'static str = word!("0 or 1");
}

impl Theme {
    /// The one that the switch offers next.
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Contrast,
            Self::Contrast => Self::Auto,
        }
    }
}
