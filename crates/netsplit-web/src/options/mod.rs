//! The query of the address: how the page presents itself. The fragment, not this, holds the run.
//!
//! | option | values |
//! |---|---|
//! | `embed` | `0`, `1`: stage and permitted controls only; opens paused, never writes to the address |
//! | `theme` | `auto`, `light`, `dark`, `contrast` |
//! | `lang` | `auto`, `en`, `de` |
//! | `play` | `0`, `1`: whether to run at once |
//! | `speed` | virtual time per real time, from 0.001 to 100 |
//! | `controls` | `full`, `basic`, `none` |
//! | `panels` | `all`, `none`, or names of panels with commas between them |
//! | `lock` | what may not be changed: names with commas between them, see [`locks`] |
//! | `motion` | `auto`, `reduce`, `full` |
//! | `verdict` | `show`, `after-prediction`: claims appear once a prediction was made |
//! | `allowLinks` | `0`, `1`: whether an embedded page offers to open itself alone |
//! | `zoom` | from 0.5 to 2: how large words and controls are |
//! | `resize` | `0`, `1`: whether an embedded page tells its height to the host |

pub mod choice;
pub mod locks;
pub mod panels;

use netsplit_scenarios::document::Speed;
use netsplit_scenarios::percent;
use netsplit_words::{Pseudo, say, told, word};

use crate::decimal;
use choice::Named;
pub use choice::{Controls, Lang, Motion, Theme, Verdict};
pub use locks::{Lock, Locks};
pub use panels::{PANELS, Panels};

/// Presentation that the address asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Whether only the stage and what is permitted beside it are shown.
    pub embed: bool,
    /// Which colours.
    pub theme: Theme,
    /// Which language.
    pub lang: Lang,
    /// Whether to run at once, instead of what the kind of link says.
    pub play: Option<bool>,
    /// The opening speed, instead of the scenario's own.
    pub speed: Option<Speed>,
    /// Which controls there are.
    pub controls: Controls,
    /// Which panels there are, if the address says so.
    pub panels: Option<Panels>,
    /// What may not be changed.
    pub locks: Locks,
    /// Whether things may move.
    pub motion: Motion,
    /// When claims about the run are shown.
    pub verdict: Verdict,
    /// Whether an embedded page offers to open itself alone.
    pub allow_links: bool,
    /// How large words and controls are, in percent.
    pub zoom: u32,
    /// Whether an embedded page tells its height to the host.
    pub resize: bool,
    /// One sentence for each option that was not understood.
    pub warnings: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            embed: false,
            theme: Theme::Auto,
            lang: Lang::Auto,
            play: None,
            speed: None,
            controls: Controls::Full,
            panels: None,
            locks: Locks::default(),
            motion: Motion::Auto,
            verdict: Verdict::Show,
            allow_links: true,
            zoom: 100,
            resize: false,
            warnings: Vec::new(),
        }
    }
}

impl Options {
    /// Reads `?theme=dark&speed=0.03`. A bad value leaves the default and a sentence that names it.
    pub fn parse(query: &str) -> Self {
        let mut options = Self::default();
        for item in query.trim_start_matches('?').split('&').filter(|item| !item.is_empty()) {
            let (name, value) = item.split_once('=').unwrap_or((item, ""));
            let value = percent::decode(value);
            if let Some(allowed) = options.set(name, &value) {
                options.warnings.push(warning(name, &value, allowed));
            }
        }
        options
    }

    /// Which panels there are: in an embedded page none, unless the address names some.
    pub fn shown_panels(&self) -> Panels {
        let unnamed = if self.embed { Panels::NONE } else { Panels::All };
        self.panels.clone().unwrap_or(unnamed)
    }

    /// Takes one option; what is allowed, if the value is not. Names of others are not ours to judge.
    fn set(&mut self, name: &str, value: &str) -> Option<&'static str> {
        match name {
            "embed" => pick(&mut self.embed, value),
            "theme" => pick(&mut self.theme, value),
            // Languages made for tests; they are settled before the options are read.
            "lang" if Pseudo::of_code(value).is_some() => None,
            "lang" => pick(&mut self.lang, value),
            "play" => {
                let mut play = false;
                let refused = pick(&mut play, value);
                self.play = refused.is_none().then_some(play);
                refused
            }
            "speed" => {
                take(&mut self.speed, parse_speed(value).map(Some), word!("a number from 0.001 to 100"))
            }
            "controls" => pick(&mut self.controls, value),
            "panels" => take(&mut self.panels, Panels::parse(value).map(Some), panels::ALLOWED),
            "lock" => take(&mut self.locks, Locks::parse(value), locks::ALLOWED),
            "motion" => pick(&mut self.motion, value),
            "verdict" => pick(&mut self.verdict, value),
            "allowLinks" => pick(&mut self.allow_links, value),
            "zoom" => take(&mut self.zoom, parse_zoom(value), word!("a number from 0.5 to 2")),
            "resize" => pick(&mut self.resize, value),
            _ => None,
        }
    }
}

fn pick<T: Named>(slot: &mut T, value: &str) -> Option<&'static str> {
    let named = T::NAMES.iter().find(|(name, _)| *name == value).map(|(_, named)| *named);
    take(slot, named, T::ALLOWED)
}

/// Takes what could be read; else what is allowed.
fn take<T>(slot: &mut T, read: Option<T>, allowed: &'static str) -> Option<&'static str> {
    match read {
        Some(value) => {
            *slot = value;
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

/// `1.5` as percent.
fn parse_zoom(text: &str) -> Option<u32> {
    let percent = u32::try_from(decimal::parse(text, 2)?).ok()?;
    (50..=200).contains(&percent).then_some(percent)
}

/// The ends of the speed slider.
pub const SLOWEST: Speed = Speed(1_000);
/// The other end.
pub const FASTEST: Speed = Speed(100_000_000);

fn warning(name: &str, value: &str, allowed: &'static str) -> String {
    let value: String = value.chars().take(40).collect();
    say!(
        "The address says {name}={value}, but {name} can only be {allowed}; it was left out.",
        name,
        value,
        allowed = told(allowed),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msg::Panel;

    #[test]
    fn options_are_read_in_any_order() {
        let options = Options::parse("?play=0&theme=dark&speed=0.03&embed=1&motion=reduce&lang=de");
        assert_eq!(options.theme, Theme::Dark);
        assert_eq!(options.speed, Some(Speed(30_000)));
        assert_eq!((options.play, options.embed, options.motion), (Some(false), true, Motion::Reduce));
        assert_eq!(options.lang, Lang::De);
        assert!(options.warnings.is_empty());
    }

    #[test]
    fn what_a_teacher_asks_for_is_read() {
        let query = "?embed=1&controls=basic&panels=events,log&lock=seed,R:1..3&verdict=after-prediction\
                     &allowLinks=0&zoom=1.5&resize=1&theme=contrast";
        let options = Options::parse(query);
        assert!(options.warnings.is_empty(), "{:?}", options.warnings);
        assert_eq!(options.shown_panels(), Panels::Only(vec![Panel::Events, Panel::Log]));
        assert!(options.locks.closes(Lock::Seed) && options.locks.of_param("R").is_some());
        assert_eq!((options.controls, options.verdict), (Controls::Basic, Verdict::AfterPrediction));
        assert_eq!((options.allow_links, options.zoom, options.resize), (false, 150, true));
    }

    #[test]
    fn an_embedded_page_has_no_panels_unless_some_are_named() {
        assert_eq!(Options::parse("?embed=1").shown_panels(), Panels::NONE);
        assert_eq!(Options::parse("?embed=1&panels=all").shown_panels(), Panels::All);
        assert_eq!(Options::parse("").shown_panels(), Panels::All);
        assert_eq!(Options::parse("?panels=none").shown_panels(), Panels::NONE);
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
            ("?play=yes", "play=yes"),
            ("?controls=some", "controls=some"),
            ("?panels=log,stocks", "panels=log,stocks"),
            ("?lock=R:1..", "lock=R:1.."),
            ("?verdict=hide", "verdict=hide"),
            ("?allowLinks=no", "allowLinks=no"),
            ("?zoom=3", "zoom=3"),
            ("?resize=2", "resize=2"),
        ] {
            let options = Options::parse(query);
            assert_eq!(options.warnings.len(), 1, "{query}");
            assert!(options.warnings[0].contains(named), "{}", options.warnings[0]);
            assert_eq!(Options { warnings: Vec::new(), ..options }, Options::default());
        }
    }

    #[test]
    fn values_are_unescaped_once() {
        assert_eq!(Options::parse("?lock=seed%2CR%3A1..3"), Options::parse("?lock=seed,R:1..3"));
    }

    #[test]
    fn options_of_others_are_left_alone() {
        assert_eq!(Options::parse("?utm_source=mail&&x"), Options::default());
    }
}
