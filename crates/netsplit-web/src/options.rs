//! The query of the address: how the page presents itself. The fragment, not this, holds the run.

use netsplit_scenarios::document::Speed;

use crate::decimal;

/// Presentation that the address asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// The opening speed, instead of the scenario's own.
    pub speed: Option<Speed>,
    /// Whether to run at once, instead of what the kind of link says.
    pub play: Option<bool>,
    /// Whether things may move.
    pub motion: Motion,
    /// Whether only stage and transport are shown.
    pub embed: bool,
    /// One sentence for each option that was not understood.
    pub warnings: Vec<String>,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
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

impl Theme {
    /// Its name in the address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The one that the switch offers next.
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }
}

impl Options {
    /// Reads `?theme=dark&speed=0.03`. A bad value leaves the default and a sentence that names it.
    pub fn parse(query: &str) -> Self {
        let mut options = Self::default();
        for item in query.trim_start_matches('?').split('&').filter(|item| !item.is_empty()) {
            let (name, value) = item.split_once('=').unwrap_or((item, ""));
            if let Some(allowed) = options.set(name, value) {
                options.warnings.push(warning(name, value, allowed));
            }
        }
        options
    }

    /// Takes one option; what is allowed, if the value is not. Names of others are not ours to judge.
    fn set(&mut self, name: &str, value: &str) -> Option<&'static str> {
        match name {
            "theme" => pick(&mut self.theme, value, &THEMES, "auto, light or dark"),
            "motion" => pick(&mut self.motion, value, &MOTIONS, "auto, reduce or full"),
            "embed" => pick(&mut self.embed, value, &SWITCH, "0 or 1"),
            "play" => pick(&mut self.play, value, &PLAY, "0 or 1"),
            "lang" => pick(&mut (), value, &[("en", ()), ("auto", ())], "auto or en"),
            "speed" => match parse_speed(value) {
                Some(speed) => {
                    self.speed = Some(speed);
                    None
                }
                None => Some("a number from 0.001 to 100"),
            },
            _ => None,
        }
    }
}

const THEMES: [(&str, Theme); 3] = [("auto", Theme::Auto), ("light", Theme::Light), ("dark", Theme::Dark)];
const MOTIONS: [(&str, Motion); 3] =
    [("auto", Motion::Auto), ("reduce", Motion::Reduce), ("full", Motion::Full)];
const SWITCH: [(&str, bool); 2] = [("0", false), ("1", true)];
const PLAY: [(&str, Option<bool>); 2] = [("0", Some(false)), ("1", Some(true))];

fn pick<T: Clone>(
    slot: &mut T,
    value: &str,
    choices: &[(&str, T)],
    allowed: &'static str,
) -> Option<&'static str> {
    match choices.iter().find(|(name, _)| *name == value) {
        Some((_, choice)) => {
            *slot = choice.clone();
            None
        }
        None => Some(allowed),
    }
}

/// `0.03` as parts per million, if it is a speed that the slider has.
pub fn parse_speed(text: &str) -> Option<Speed> {
    let speed = Speed(u32::try_from(decimal::parse(text, 6)?).ok()?);
    (SLOWEST..=FASTEST).contains(&speed).then_some(speed)
}

/// The ends of the speed slider.
pub const SLOWEST: Speed = Speed(1_000);
/// The other end.
pub const FASTEST: Speed = Speed(100_000_000);

fn warning(name: &str, value: &str, allowed: &str) -> String {
    let shown: String = value.chars().take(40).collect();
    ["The address says ", name, "=", &shown, ", but ", name, " can only be ", allowed, "; it was left out."]
        .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_in_any_order() {
        let options = Options::parse("?play=0&theme=dark&speed=0.03&embed=1&motion=reduce&lang=en");
        assert_eq!(options.theme, Theme::Dark);
        assert_eq!(options.speed, Some(Speed(30_000)));
        assert_eq!((options.play, options.embed, options.motion), (Some(false), true, Motion::Reduce));
        assert!(options.warnings.is_empty());
    }

    #[test]
    fn a_bad_value_leaves_the_default_and_is_named() {
        for (query, named) in [
            ("?theme=pink", "theme=pink"),
            ("?speed=fast", "speed=fast"),
            ("?speed=NaN", "speed=NaN"),
            ("?speed=1e99", "speed=1e99"),
            ("?embed", "embed="),
            ("?lang=tlh", "lang=tlh"),
        ] {
            let options = Options::parse(query);
            assert_eq!(options.warnings.len(), 1, "{query}");
            assert!(options.warnings[0].contains(named), "{}", options.warnings[0]);
            assert_eq!(Options { warnings: Vec::new(), ..options }, Options::default());
        }
    }

    #[test]
    fn options_of_others_are_left_alone() {
        assert_eq!(Options::parse("?utm_source=mail&&x"), Options::default());
    }
}
