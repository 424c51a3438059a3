//! Controls in prose: `set:W=1`, `cut:n1,n2|n3,n4,n5`, `go:1.2s`.

use netsplit_sim::describe::ParamValue;
use netsplit_sim::id::NodeId;
use netsplit_sim::time::SimTime;
use thiserror::Error;

use super::deed::Deed;
use crate::limits;

/// Something that a word in the prose does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// Sets a parameter; the run begins again.
    Set(String, ParamValue),
    /// Switches a flaw on or off; the run begins again.
    Flaw(String, bool),
    /// Another seed; the run begins again.
    Seed(u64),
    /// The cursor goes to a time.
    Go(SimTime),
    /// The cursor goes right after a step.
    Step(u64),
    /// Plays, up to a time if there is one.
    Play(Option<SimTime>),
    /// Rests.
    Rest,
    /// The run as the step has it.
    Reset,
    /// Selects a participant.
    Select(NodeId),
    /// Shows a panel, by its name in `panels=`.
    Show(String),
    /// Does something to the system.
    Do(Deed),
}

/// A control that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("“{control}” is no control: {allowed}")]
pub struct BadControl {
    /// As it stands.
    pub control: String,
    /// What would be one.
    pub allowed: &'static str,
}

/// Panels that can be shown.
pub const PANELS: [&str; 9] =
    ["spacetime", "log", "history", "metrics", "events", "inspector", "settings", "script", "why"];

impl Control {
    /// Reads a control, without its `do:`.
    pub fn parse(text: &str) -> Result<Self, BadControl> {
        let (verb, rest) = text.split_once(':').unwrap_or((text, ""));
        let bad = |allowed| BadControl { control: text.to_owned(), allowed };
        match verb {
            "set" => set(rest).ok_or(bad("it sets one parameter, such as set:W=1 or set:timeout=300ms")),
            "flaw" | "no-flaw" if !rest.is_empty() => Ok(Self::Flaw(rest.to_owned(), verb == "flaw")),
            "seed" => rest.parse().map(Self::Seed).map_err(|_| bad("a seed is a whole number: seed:8")),
            "go" => time(rest).map(Self::Go).ok_or(bad("it goes to a moment, such as go:1.2s")),
            "step" => rest.parse().map(Self::Step).map_err(|_| bad("a step is a whole number: step:120")),
            "play" if rest.is_empty() => Ok(Self::Play(None)),
            "play" => time(rest)
                .map(|to| Self::Play(Some(to)))
                .ok_or(bad("it plays up to a moment, such as play:2s")),
            "rest" if rest.is_empty() => Ok(Self::Rest),
            "reset" if rest.is_empty() => Ok(Self::Reset),
            "select" => rest.parse().map(Self::Select).map_err(|_| bad("one selects n1, or c1")),
            "show" if PANELS.contains(&rest) => Ok(Self::Show(rest.to_owned())),
            "show" => Err(bad(
                "one can show spacetime, log, history, metrics, events, inspector, settings, script and why",
            )),
            _ => Deed::parse(verb, rest).map(Self::Do).map_err(bad),
        }
    }
}

fn set(text: &str) -> Option<Control> {
    let (name, value) = text.split_once('=').filter(|(name, value)| !name.is_empty() && !value.is_empty())?;
    Some(Control::Set(name.to_owned(), param(value)))
}

/// A value of a parameter: a duration, a whole number, a switch, or a name.
pub(super) fn param(text: &str) -> ParamValue {
    let number = time(text).map(|time| time.0).or_else(|| text.parse().ok());
    match (number, text) {
        (Some(number), _) => ParamValue::Number(number),
        (None, "true" | "false") => ParamValue::Switch(text == "true"),
        (None, _) => ParamValue::Name(text.to_owned()),
    }
}

/// `1.2s`, `300ms`, `5us`, `7ns`, within what a run may last.
pub(super) fn time(text: &str) -> Option<SimTime> {
    let number = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit: u64 = match &text[number.len()..] {
        "s" => 1_000_000_000,
        "ms" => 1_000_000,
        "us" => 1_000,
        "ns" => 1,
        _ => return None,
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 9 || !digits(whole) || !digits(part) {
        return None;
    }
    let whole = whole.parse::<u64>().ok()?.checked_mul(unit)?;
    let part: u64 = format!("{part:0<9}").parse().ok()?;
    let nanos = whole.checked_add(part * unit / 1_000_000_000)?;
    (nanos <= limits::UNTIL).then_some(SimTime(nanos))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_exactly() {
        for (text, nanos) in [
            ("1.2s", 1_200_000_000),
            ("300ms", 300_000_000),
            ("0.000000001s", 1),
            ("7ns", 7),
            ("1.5us", 1_500),
        ] {
            assert_eq!(time(text), Some(SimTime(nanos)), "{text}");
        }
        for text in ["", "s", "1", "1.2", "-1s", "1 s", "3h", "99999999s", "1.2.3s", "é"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn a_parameter_is_a_duration_a_number_a_switch_or_a_name() {
        assert_eq!(
            Control::parse("set:timeout=300ms"),
            Ok(Control::Set("timeout".into(), ParamValue::Number(300_000_000)))
        );
        assert_eq!(Control::parse("set:W=1"), Ok(Control::Set("W".into(), ParamValue::Number(1))));
        assert_eq!(
            Control::parse("set:fast=true"),
            Ok(Control::Set("fast".into(), ParamValue::Switch(true)))
        );
        assert_eq!(
            Control::parse("set:read_mode=lease"),
            Ok(Control::Set("read_mode".into(), ParamValue::Name("lease".into())))
        );
    }

    #[test]
    fn a_control_that_means_nothing_says_what_would() {
        for (text, allowed) in [
            ("set:W", "set:W=1"),
            ("go:soon", "go:1.2s"),
            ("cut:n1", "n1,n2|n3"),
            ("crash:n1:twice", "crash:n1:disk"),
            ("show:everything", "spacetime"),
            ("dance", "known are"),
        ] {
            let error = Control::parse(text).expect_err(text).to_string();
            assert!(error.contains(allowed), "{error}");
        }
    }
}
