//! The grammar of fragments: `#s=z1.<payload>.<crc>&t=…` or `#scenario=raft/minority-leader@1&seed=7`,
//! and `&vs=…` for a second run beside the first, by name or payload.

use std::borrow::Cow;
use std::fmt;

use crate::error::{LinkError, clip};
use crate::fingerprint::Fingerprint;
use crate::lesson::content::LessonPlace;
use crate::limits;
use crate::percent;

/// A fragment taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fragment {
    /// Which run.
    pub source: Source,
    /// Another seed than the source's own.
    pub seed: Option<u64>,
    /// View position: everything up to and including this microsecond has happened.
    pub t: Option<u64>,
    /// View position: exactly so many events and interventions have been applied; wins over `t`.
    pub step: Option<u64>,
    /// What the author saw at `step`.
    pub h: Option<Fingerprint>,
    /// A run to show beside this one, at the same time: of the gallery, or a whole one.
    pub versus: Option<Source>,
    /// The lesson that it is opened with, or by.
    pub lesson: Option<LessonPlace>,
    /// The goal of the lesson that the run is said to meet.
    pub goal: Option<String>,
    /// Whose seed the lesson has.
    pub student: Option<String>,
    /// Items that mean nothing here, kept as they stood for re-sharing; the value if there was a `=`.
    pub unknown: Vec<(String, Option<String>)>,
}

/// Which run a fragment names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// None: the bare page.
    #[default]
    Bare,
    /// One of the gallery.
    Gallery {
        /// Its path: `raft/minority-leader`.
        path: String,
        /// The number after `@`.
        revision: Option<u32>,
    },
    /// A whole run: `<codec><envelope>.<payload>.<crc>`.
    Payload(String),
    /// A file at this address, to be fetched once the person agrees.
    Address(String),
}

impl Source {
    /// The item that names it.
    fn item(&self) -> &'static str {
        match self {
            Self::Bare => "nothing",
            Self::Gallery { .. } => "scenario",
            Self::Payload(_) => "s",
            Self::Address(_) => "src",
        }
    }

    /// Its value in a fragment.
    fn written(&self) -> Option<String> {
        match self {
            Self::Bare => None,
            Self::Gallery { path, revision } => {
                let revision = revision.map(|revision| format!("@{revision}")).unwrap_or_default();
                Some(format!("{}{revision}", percent::encode(path)))
            }
            Self::Payload(text) | Self::Address(text) => Some(percent::encode(text)),
        }
    }
}

/// Takes a fragment apart, with or without its `#`.
pub fn parse_fragment(text: &str) -> Result<Fragment, LinkError> {
    if text.len() > limits::FRAGMENT_BYTES {
        return Err(LinkError::TooLong(limits::FRAGMENT_BYTES));
    }
    let text = text.strip_prefix('#').unwrap_or(text);
    let text = as_if_never_escaped(text);
    let mut fragment = Fragment::default();
    for item in text.split('&').filter(|item| !item.is_empty()) {
        match item.split_once('=') {
            Some((name, value)) => fragment.take(name, value)?,
            None => fragment.unknown.push((item.to_owned(), None)),
        }
    }
    Ok(fragment)
}

/// Some programs escape a whole fragment when they pass it on; then its first `=` is gone.
fn as_if_never_escaped(text: &str) -> Cow<'_, str> {
    if text.contains('=') { Cow::Borrowed(text) } else { percent::decode(text) }
}

impl Fragment {
    fn take(&mut self, name: &str, value: &str) -> Result<(), LinkError> {
        match name {
            "scenario" => self.name_source(gallery_source(&percent::decode(value))?),
            "s" => self.name_source(Source::Payload(percent::decode(value).into_owned())),
            "src" => self.name_source(Source::Address(percent::decode(value).into_owned())),
            "seed" => number("seed", value).map(|seed| self.seed = Some(seed)),
            "t" => number("t", value).map(|micros| self.t = Some(micros)),
            "step" => number("step", value).map(|step| self.step = Some(step)),
            "h" => value.parse().map(|fingerprint| self.h = Some(fingerprint)),
            "vs" => self.name_second(&percent::decode(value)),
            "lesson" => lesson_place(&percent::decode(value)).map(|place| self.lesson = Some(place)),
            "goal" => {
                self.goal = Some(percent::decode(value).into_owned());
                Ok(())
            }
            "student" => {
                self.student = Some(percent::decode(value).into_owned());
                Ok(())
            }
            _ => {
                self.unknown.push((name.to_owned(), Some(value.to_owned())));
                Ok(())
            }
        }
    }

    fn name_source(&mut self, source: Source) -> Result<(), LinkError> {
        if self.source != Source::Bare {
            return Err(LinkError::TwoSources(self.source.item(), source.item()));
        }
        self.source = source;
        Ok(())
    }

    fn name_second(&mut self, value: &str) -> Result<(), LinkError> {
        if self.versus.is_some() {
            return Err(LinkError::BadItem { item: "vs", allowed: "there once", given: clip(value) });
        }
        self.versus = Some(second_source(value)?);
        Ok(())
    }
}

/// Names of the gallery have a slash, which payloads never have.
fn second_source(value: &str) -> Result<Source, LinkError> {
    if value.contains('/') { gallery_source(value) } else { Ok(Source::Payload(value.to_owned())) }
}

fn gallery_source(value: &str) -> Result<Source, LinkError> {
    let Some((path, revision)) = value.split_once('@') else {
        return Ok(Source::Gallery { path: value.to_owned(), revision: None });
    };
    let revision = revision.parse().map_err(|_| LinkError::BadItem {
        item: "the revision after @",
        allowed: "a whole number",
        given: clip(revision),
    })?;
    Ok(Source::Gallery { path: path.to_owned(), revision: Some(revision) })
}

fn lesson_place(value: &str) -> Result<LessonPlace, LinkError> {
    LessonPlace::parse(value).ok_or_else(|| LinkError::BadItem {
        item: "lesson",
        allowed: "the name of a lesson, and a step after a slash",
        given: clip(value),
    })
}

fn number(item: &'static str, value: &str) -> Result<u64, LinkError> {
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let number = if digits { value.parse().ok() } else { None };
    number.ok_or_else(|| LinkError::BadItem { item, allowed: "a whole number", given: clip(value) })
}

impl fmt::Display for Fragment {
    /// With its `#`; nothing at all for the bare page.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = [
            self.source.written().map(|value| format!("{}={value}", self.source.item())),
            self.seed.map(|seed| format!("seed={seed}")),
            self.t.map(|micros| format!("t={micros}")),
            self.step.map(|step| format!("step={step}")),
            self.h.map(|fingerprint| format!("h={fingerprint}")),
            self.versus.as_ref().and_then(Source::written).map(|value| format!("vs={value}")),
            self.lesson.as_ref().map(|place| format!("lesson={place}")),
            self.goal.as_ref().map(|goal| format!("goal={}", percent::encode(goal))),
            self.student.as_ref().map(|student| format!("student={}", percent::encode(student))),
        ];
        let unknown = self.unknown.iter().map(|(name, value)| match value {
            Some(value) => format!("{name}={value}"),
            None => name.clone(),
        });
        let items = known.into_iter().flatten().chain(unknown);
        items
            .enumerate()
            .try_for_each(|(place, item)| write!(f, "{}{item}", if place == 0 { '#' } else { '&' }))
    }
}
