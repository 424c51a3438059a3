//! From what a person typed or pasted to a run and the moment it points to.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, Result};
use netsplit_scenarios::fragment::{Fragment, Source, parse_fragment};
use netsplit_scenarios::limits;
use netsplit_scenarios::link::{self, Opened};

/// Opens a link, a file or a name.
pub(crate) fn open(what: &str) -> Result<Opened> {
    let what = what.trim();
    if what == "-" {
        return read(io::stdin()).context("standard input");
    }
    if let Some(fragment) = fragment_of(what) {
        return Ok(link::load(&parse_fragment(fragment)?)?);
    }
    if Path::new(what).is_file() {
        return File::open(what).map_err(Into::into).and_then(read).with_context(|| what.to_owned());
    }
    link::load(&named(what)?).with_context(|| format!("there is no file {what}"))
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

/// Reads a document; one byte more than allowed is enough to refuse it.
fn read(input: impl Read) -> Result<Opened> {
    let mut text = String::new();
    input.take(limits::DOCUMENT_BYTES as u64 + 1).read_to_string(&mut text)?;
    Ok(link::load_text(&Fragment::default(), &text)?)
}
