//! Parameters and flaws as a document gives them, checked against a protocol's description.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_words::say;
use thiserror::Error;

use crate::id::NodeId;

use super::{About, ParamKind};

/// A parameter's value in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamValue {
    /// Durations in nanoseconds, and counts.
    Number(u64),
    /// Switches.
    Switch(bool),
    /// Choices.
    Name(String),
}

/// One value for each parameter described, in that order.
type Values = Vec<(&'static str, ParamValue)>;

/// Parameters checked against their descriptions, every default filled in, and the flaws switched on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    values: Values,
    flaws: Vec<&'static str>,
    /// What servers have of their own, in whole.
    own: BTreeMap<NodeId, Values>,
}

/// Why settings were refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadSetting {
    /// No parameter has this name.
    #[error("{}", say!("{protocol} has no parameter “{name}”; it has {allowed}", protocol, name, allowed))]
    UnknownParam {
        /// The protocol.
        protocol: &'static str,
        /// The name given.
        name: String,
        /// The names there are.
        allowed: String,
    },
    /// A parameter on which all servers have to agree.
    #[error("{}", say!("all servers share “{name}”; some can have a {allowed} of their own", name, allowed))]
    Shared {
        /// The parameter.
        name: &'static str,
        /// The names of those that may differ.
        allowed: String,
    },
    /// No flaw has this name.
    #[error("{}", say!("{protocol} has no flaw “{name}”; it has {allowed}", protocol, name, allowed))]
    UnknownFlaw {
        /// The protocol.
        protocol: &'static str,
        /// The name given.
        name: String,
        /// The names there are.
        allowed: String,
    },
    /// A value of the wrong type or out of range.
    #[error("{}", say!("{name} must be {allowed}, not {given}", name, allowed, given))]
    OutOfRange {
        /// The parameter.
        name: &'static str,
        /// What is allowed.
        allowed: String,
        /// What was given.
        given: String,
    },
    /// Values that make no sense together.
    #[error("{0}")]
    Combination(String),
}

impl About {
    /// Checks what a document says against the parameters and flaws described, and fills in defaults.
    pub fn settings(
        &self,
        params: &BTreeMap<String, ParamValue>,
        flaws: &BTreeSet<String>,
    ) -> Result<Settings, BadSetting> {
        let mut values: Values = self.params.iter().map(|p| (p.name, p.kind.default())).collect();
        for (name, value) in params {
            self.set(&mut values, name, value)?;
        }
        let flaws = flaws.iter().map(|name| self.flaw(name)).collect::<Result<_, _>>()?;
        Ok(Settings { values, flaws, own: BTreeMap::new() })
    }

    /// Gives some servers parameters of their own, on top of what they have so far.
    pub fn roll_out(
        &self,
        settings: &mut Settings,
        nodes: &BTreeSet<NodeId>,
        params: &BTreeMap<String, ParamValue>,
    ) -> Result<(), BadSetting> {
        for id in nodes {
            let values = settings.own.entry(*id).or_insert_with(|| settings.values.clone());
            for (name, value) in params {
                let name = self.set(values, name, value)?;
                if !self.rollouts.contains(&name) {
                    let allowed = list(self.rollouts.iter().copied());
                    return Err(BadSetting::Shared { name, allowed });
                }
            }
        }
        Ok(())
    }

    fn set(&self, values: &mut Values, name: &str, value: &ParamValue) -> Result<&'static str, BadSetting> {
        let mut described = self.params.iter().zip(values);
        let (param, setting) = described.find(|(p, _)| p.name == name).ok_or_else(|| {
            let allowed = list(self.params.iter().map(|p| p.name));
            BadSetting::UnknownParam { protocol: self.title, name: clip(name), allowed }
        })?;
        if !param.kind.allows(value) {
            let allowed = param.kind.allowed();
            return Err(BadSetting::OutOfRange { name: param.name, allowed, given: value.shown() });
        }
        setting.1 = value.clone();
        Ok(param.name)
    }

    fn flaw(&self, name: &str) -> Result<&'static str, BadSetting> {
        let found = self.flaws.iter().find(|flaw| flaw.name == name);
        found.map(|flaw| flaw.name).ok_or_else(|| {
            let allowed = list(self.flaws.iter().map(|flaw| flaw.name));
            BadSetting::UnknownFlaw { protocol: self.title, name: clip(name), allowed }
        })
    }
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// Names from links are hostile: an error quotes no more than a line of one.
fn clip(text: &str) -> String {
    text.chars().take(60).collect()
}

impl ParamKind {
    /// The value when nothing is said.
    pub fn default(&self) -> ParamValue {
        match *self {
            Self::Duration { default, .. } | Self::Count { default, .. } => ParamValue::Number(default),
            Self::Switch { default } => ParamValue::Switch(default),
            Self::Choice { options } => ParamValue::Name(options[0].0.to_owned()),
        }
    }

    /// Whether the value has the right type and is in range.
    pub fn allows(&self, value: &ParamValue) -> bool {
        match (self, value) {
            (Self::Duration { min, max, .. } | Self::Count { min, max, .. }, ParamValue::Number(n)) => {
                (min..=max).contains(&n)
            }
            (Self::Switch { .. }, ParamValue::Switch(_)) => true,
            (Self::Choice { options }, ParamValue::Name(name)) => {
                options.iter().any(|(option, _)| option == name)
            }
            _ => false,
        }
    }

    /// What is allowed, in words.
    pub fn allowed(&self) -> String {
        match self {
            Self::Duration { min, max, .. } => format!("a whole number of nanoseconds from {min} to {max}"),
            Self::Count { min, max, .. } => format!("a whole number from {min} to {max}"),
            Self::Switch { .. } => "true or false".to_owned(),
            Self::Choice { options } => format!("one of {}", list(options.iter().map(|(name, _)| *name))),
        }
    }
}

impl ParamValue {
    /// As text.
    pub fn shown(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Switch(on) => on.to_string(),
            Self::Name(name) => format!("“{}”", clip(name)),
        }
    }
}

impl Settings {
    /// A duration or count. The name must be one that the protocol described as such.
    pub fn number(&self, name: &str) -> u64 {
        match self.value(name) {
            Some(ParamValue::Number(number)) => *number,
            other => unreachable!("{name} is described as a number, and is {other:?}"),
        }
    }

    /// A switch. The name must be one that the protocol described as such.
    pub fn switch(&self, name: &str) -> bool {
        match self.value(name) {
            Some(ParamValue::Switch(on)) => *on,
            other => unreachable!("{name} is described as a switch, and is {other:?}"),
        }
    }

    /// A choice. The name must be one that the protocol described as such.
    pub fn choice(&self, name: &str) -> &str {
        match self.value(name) {
            Some(ParamValue::Name(choice)) => choice,
            other => unreachable!("{name} is described as a choice, and is {other:?}"),
        }
    }

    /// The servers with parameters of their own, and all parameters of each.
    pub fn rolled_out(&self) -> impl Iterator<Item = (NodeId, Settings)> {
        let whole = |values: &Values| Settings {
            values: values.clone(),
            flaws: self.flaws.clone(),
            own: BTreeMap::new(),
        };
        self.own.iter().map(move |(id, values)| (*id, whole(values)))
    }

    /// Whether a flaw is switched on.
    pub fn flaw(&self, name: &str) -> bool {
        self.flaws.contains(&name)
    }

    fn value(&self, name: &str) -> Option<&ParamValue> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}
