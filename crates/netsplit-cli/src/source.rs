//! From what a person typed or pasted to a run and the moment it points to, or to a history.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, Result};
use netsplit_formats::history::bad::BYTES;
use netsplit_formats::history::is_messages;
use netsplit_scenarios::fragment::{Fragment, Source, parse_fragment};
use netsplit_scenarios::limits;
use netsplit_scenarios::link::{self, Opened};

/// What was found.
pub(crate) enum Found {
    /// A run.
    Run(Box<Opened>),
    /// A client history, still to be read, and what it is called.
    History { name: String, text: String },
}

/// Opens a link, a file or a name.
pub(crate) fn open(what: &str) -> Result<Opened> {
    match text(what, limits::DOCUMENT_BYTES)? {
        Some((name, text)) => document(&text).context(name),
        None => elsewhere(what.trim()),
    }
}

/// The same, or reads a file with a history.
pub(crate) fn find(what: &str) -> Result<Found> {
    match text(what, BYTES)? {
        Some((name, text)) if is_document(&text) => Ok(Found::Run(Box::new(document(&text).context(name)?))),
        Some((name, text)) => Ok(Found::History { name, text }),
        None => Ok(Found::Run(Box::new(elsewhere(what.trim())?))),
    }
}

/// What a file or standard input holds, with its name; `None` if this is neither. One byte more than allowed
/// is enough to refuse it.
fn text(what: &str, most: usize) -> Result<Option<(String, String)>> {
    let what = what.trim();
    let (name, input): (_, Box<dyn Read>) = if what == "-" {
        ("standard input", Box::new(io::stdin()))
    } else if fragment_of(what).is_none() && Path::new(what).is_file() {
        (what, Box::new(File::open(what).with_context(|| what.to_owned())?))
    } else {
        return Ok(None);
    };
    let mut text = String::new();
    input.take(most as u64 + 1).read_to_string(&mut text).with_context(|| name.to_owned())?;
    Ok(Some((name.to_owned(), text)))
}

/// Whether a text is JSON of our own: no EDN map of a history begins with a text.
fn is_document(text: &str) -> bool {
    !is_messages(text)
        && text.trim_start().strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

fn document(text: &str) -> Result<Opened> {
    Ok(link::load_text(&Fragment::default(), text)?)
}

/// A link or a name.
fn elsewhere(what: &str) -> Result<Opened> {
    match fragment_of(what) {
        Some(fragment) => Ok(link::load(&parse_fragment(fragment)?)?),
        None => link::load(&named(what)?).with_context(|| format!("there is no file {what}")),
    }
}

/// The fragment, if this is a link, whole or without its beginning.
fn fragment_of(what: &str) -> Option<&str> {
    if let Some((_, fragment)) = what.split_once('#') {
        return Some(fragment);
    }
    let is_bare = ["scenario=", "s=", "src="].iter().any(|item| what.starts_with(item));
    match what.contains("://") {
        true => Some(""),
        false => is_bare.then_some(what),
    }
}

/// A name of the gallery, with its revision or without: `raft/minority-leader@1`.
fn named(what: &str) -> Result<Fragment> {
    let mut fragment = Fragment::default();
    let (path, revision) = match what.split_once('@') {
        Some((path, revision)) => {
            (path, Some(revision.parse().context("the revision after @ must be a whole number")?))
        }
        None => (what, None),
    };
    fragment.source = Source::Gallery { path: path.to_owned(), revision };
    Ok(fragment)
}
