//! What can be wrong with a document or a link, each in a sentence that names it and what is allowed.

use thiserror::Error;

use crate::versions::SCHEMA;

/// Why a document cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// It is no JSON.
    #[error("this is not a scenario: line {line}, column {column} is not valid JSON")]
    NotJson {
        /// From one.
        line: usize,
        /// From one.
        column: usize,
    },
    /// Its brackets nest too deeply.
    #[error("this document nests deeper than {0} levels, which no scenario needs")]
    TooDeep(usize),
    /// It is too large.
    #[error("this document is larger than {0} bytes, which is the most that is read")]
    TooLarge(usize),
    /// Made by a newer version in a syntax not known here.
    #[error("this was written by a newer version of Netsplit (schema {0}; this one reads up to {SCHEMA})")]
    NewerSchema(u64),
    /// Nobody here speaks this protocol.
    #[error("this build knows no protocol “{name}”; it knows {known}")]
    UnknownProtocol {
        /// The name given.
        name: String,
        /// The names there are.
        known: String,
    },
    /// A field that means nothing.
    #[error("{place}{dot}{name} is not a field that is known here; known are {known}", dot = if place.is_empty() { "" } else { "." })]
    UnknownField {
        /// Where it stands; empty for the top.
        place: String,
        /// Its name.
        name: String,
        /// The names there are.
        known: String,
    },
    /// A field that is not there.
    #[error("{0} is missing")]
    Missing(String),
    /// A value of the wrong kind or out of range.
    #[error("{place} must be {allowed}, not {given}")]
    Bad {
        /// The field's path.
        place: String,
        /// What is allowed.
        allowed: String,
        /// What was given.
        given: String,
    },
    /// Something that makes no sense in this run.
    #[error("{place}: {problem}")]
    Impossible {
        /// The field's path.
        place: String,
        /// What is wrong, and what is allowed.
        problem: String,
    },
}

/// Why a link cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LinkError {
    /// The end is missing.
    #[error(
        "this link is cut short: its end is missing, as happens when a chat or a mail breaks a long line"
    )]
    Truncated,
    /// Something in it changed on the way.
    #[error("this link was damaged on its way: its checksum does not fit")]
    Corrupt,
    /// Too long.
    #[error("this link is longer than {0} bytes, which is the most that is read")]
    TooLong(usize),
    /// Too large once unpacked.
    #[error("this link unpacks to more than {0} bytes, which is the most that is read")]
    TooLarge(usize),
    /// Packed in a newer way.
    #[error("this link was made by a newer version of Netsplit (envelope {0}; this one reads 1)")]
    NewerEnvelope(u32),
    /// Packed in an unknown way.
    #[error("this link is packed in a way unknown here (“{0}”); known are j (plain) and z (deflated)")]
    UnknownCodec(String),
    /// Its checksum fits and it still cannot be unpacked.
    #[error("this link cannot be unpacked: {0}")]
    NotPacked(&'static str),
    /// Unpacked, it is no run.
    #[error(transparent)]
    Document(#[from] OpenError),
    /// The gallery has no such scenario.
    #[error("the gallery has no “{name}”; nearest are {nearest}")]
    UnknownName {
        /// The name given.
        name: String,
        /// Names like it.
        nearest: String,
    },
    /// The gallery has the scenario, not this revision.
    #[error("“{name}” is here at revision {has}, not {asked}")]
    UnknownRevision {
        /// The scenario.
        name: String,
        /// The revision asked for.
        asked: u32,
        /// The revision there is.
        has: u32,
    },
    /// A part of the fragment with a value that it cannot have.
    #[error("{item} in this link must be {allowed}, not “{given}”")]
    BadItem {
        /// Which part.
        item: &'static str,
        /// What is allowed.
        allowed: &'static str,
        /// What was given.
        given: String,
    },
    /// Two runs in one link.
    #[error(
        "this link names two runs: it has both {0} and {1}, and only one of scenario, s and src may stand in it"
    )]
    TwoSources(&'static str, &'static str),
    /// No run, although it seems to want one.
    #[error("this link names no run: it has {0}, and one of scenario, s and src is needed")]
    NoSource(String),
    /// A file, which has to be fetched first.
    #[error("this link points to a file at {0}, which has to be fetched first")]
    NotFetched(String),
}

/// Texts from links are hostile: a sentence quotes no more than a line of one.
pub(crate) fn clip(text: &str) -> String {
    const MOST: usize = 60;
    let mut letters = text.chars();
    let mut clipped: String = letters.by_ref().take(MOST).collect();
    if letters.next().is_some() {
        clipped.push('…');
    }
    one_line(&clipped)
}

/// Line breaks and other control characters have no place in a sentence.
pub(crate) fn one_line(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { char::REPLACEMENT_CHARACTER } else { letter })
        .collect()
}
