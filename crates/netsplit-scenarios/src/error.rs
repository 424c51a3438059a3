//! What can be wrong with a document or a link, each in a sentence that names it and what is allowed.

use netsplit_words::say;
use thiserror::Error;

use crate::versions::SCHEMA;

/// Why a document cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// It is no JSON.
    #[error("{}", say!("this is not a scenario: line {line}, column {column} is not valid JSON", line, column))]
    NotJson {
        /// From one.
        line: usize,
        /// From one.
        column: usize,
    },
    /// Its brackets nest too deeply.
    #[error("{}", say!("this document nests deeper than {it} levels, which no scenario needs", it = _0))]
    TooDeep(usize),
    /// It is too large.
    #[error("{}", say!("this document is larger than {it} bytes, which is the most that is read", it = _0))]
    TooLarge(usize),
    /// Made by a newer version in a syntax not known here.
    #[error("{}", say!("this was written by a newer version of Netsplit (schema {it}; this one reads up to {newest})", it = _0, newest = SCHEMA))]
    NewerSchema(u64),
    /// Nobody here speaks this protocol.
    #[error("{}", say!("this build knows no protocol “{name}”; it knows {known}", name, known))]
    UnknownProtocol {
        /// The name given.
        name: String,
        /// The names there are.
        known: String,
    },
    /// A field that means nothing.
    #[error("{}", say!("{field} is not a field that is known here; known are {known}", field = path(place, name), known))]
    UnknownField {
        /// Where it stands; empty for the top.
        place: String,
        /// Its name.
        name: String,
        /// The names there are.
        known: String,
    },
    /// A field that is not there.
    #[error("{}", say!("{it} is missing", it = _0))]
    Missing(String),
    /// A value of the wrong kind or out of range.
    #[error("{}", say!("{place} must be {allowed}, not {given}", place, allowed, given))]
    Bad {
        /// The field's path.
        place: String,
        /// What is allowed.
        allowed: String,
        /// What was given.
        given: String,
    },
    /// Something that makes no sense in this run.
    #[error("{}", say!("{place}: {problem}", place, problem))]
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
    #[error("{}", say!("this link is cut short: its end is missing, as happens when a chat or a mail breaks a long line"))]
    Truncated,
    /// Something in it changed on the way.
    #[error("{}", say!("this link was damaged on its way: its checksum does not fit"))]
    Corrupt,
    /// Too long.
    #[error("{}", say!("this link is longer than {it} bytes, which is the most that is read", it = _0))]
    TooLong(usize),
    /// Too large once unpacked.
    #[error("{}", say!("this link unpacks to more than {it} bytes, which is the most that is read", it = _0))]
    TooLarge(usize),
    /// Packed in a newer way.
    #[error("{}", say!("this link was made by a newer version of Netsplit (envelope {it}; this one reads 1)", it = _0))]
    NewerEnvelope(u32),
    /// Packed in an unknown way.
    #[error("{}", say!("this link is packed in a way unknown here (“{it}”); known are j (plain) and z (deflated)", it = _0))]
    UnknownCodec(String),
    /// Its checksum fits and it still cannot be unpacked.
    #[error("{}", say!("this link cannot be unpacked: {it}", it = _0))]
    NotPacked(&'static str),
    /// Unpacked, it is no run.
    #[error(transparent)]
    Document(#[from] OpenError),
    /// The gallery has no such scenario.
    #[error("{}", say!("the gallery has no “{name}”; nearest are {nearest}", name, nearest))]
    UnknownName {
        /// The name given.
        name: String,
        /// Names like it.
        nearest: String,
    },
    /// The gallery has the scenario, not this revision.
    #[error("{}", say!("“{name}” is here at revision {has}, not {asked}", name, has, asked))]
    UnknownRevision {
        /// The scenario.
        name: String,
        /// The revision asked for.
        asked: u32,
        /// The revision there is.
        has: u32,
    },
    /// A part of the fragment with a value that it cannot have.
    #[error("{}", say!("{item} in this link must be {allowed}, not “{given}”", item, allowed, given))]
    BadItem {
        /// Which part.
        item: &'static str,
        /// What is allowed.
        allowed: &'static str,
        /// What was given.
        given: String,
    },
    /// Two runs in one link.
    #[error("{}", say!("this link names two runs: it has both {it} and {other}, and only one of scenario, s and src may stand in it", it = _0, other = _1))]
    TwoSources(&'static str, &'static str),
    /// No run, although it seems to want one.
    #[error("{}", say!("this link names no run: it has {it}, and one of scenario, s and src is needed", it = _0))]
    NoSource(String),
    /// A file, which has to be fetched first.
    #[error("{}", say!("this link points to a file at {it}, which has to be fetched first", it = _0))]
    NotFetched(String),
}

/// `clients.home`; at the top only the name.
fn path(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { [place, ".", name].concat() }
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
