//! The list of licences: who wrote what is in the product, under which terms, and the texts that must go with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::product::{self, Part};
use crate::npm;
use crate::workspace::Workspace;

const HEAD: &str = "\
Netsplit is licensed under the MIT License or the Apache License 2.0, at your option.

It contains the work of others, listed here with their terms; the texts follow. It also contains parts of Rust's
standard library, Copyright The Rust Project Contributors, under MIT OR Apache-2.0.
";
/// Begin the names of files with terms.
const NAMES: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"];
/// The terms that this repository has the text of, for parts that state them and carry none.
const APACHE: (&str, &str) = ("Apache-2.0", "LICENSE-APACHE");
const MIT: (&str, &str) = ("MIT", "LICENSE-MIT");
/// Begins the line of that text that says whose work it is about.
const COPYRIGHT: &str = "Copyright";
const RULE: &str =
    "------------------------------------------------------------------------------------------";

/// Each text of terms, and for whom it stands.
type Texts = BTreeMap<String, BTreeSet<String>>;

pub(super) fn text(workspace: &Workspace, metadata: &Value) -> Result<String> {
    let mut parts = product::crates(metadata)?;
    parts.extend(product::npm_parts(workspace, &npm::lock(workspace)?));
    let mut texts = Texts::new();
    for (_, name) in [MIT, APACHE] {
        add(&mut texts, read(&workspace.path(name))?, "Netsplit");
    }
    for part in &parts {
        add_texts_of(&mut texts, workspace, part)?;
    }
    Ok(written(&parts, &texts))
}

fn add_texts_of(texts: &mut Texts, workspace: &Workspace, part: &Part) -> Result<()> {
    let whose = format!("{} {}", part.name, part.version);
    let found = files_with_terms(&part.folder)?;
    for path in &found {
        add(texts, read(path)?, &whose);
    }
    if found.is_empty() {
        add(texts, usual_text(workspace, part)?, &whose);
    }
    Ok(())
}

/// The text of the terms that a part states without bringing it.
fn usual_text(workspace: &Workspace, part: &Part) -> Result<String> {
    let states = |terms: &str| part.licence.split([' ', '(', ')']).any(|word| word == terms);
    if states(APACHE.0) {
        return read(&workspace.path(APACHE.1));
    }
    if states(MIT.0) && !part.authors.is_empty() {
        return Ok(said_of(&read(&workspace.path(MIT.1))?, &part.authors));
    }
    bail!("{} {} is under {} and carries no text of it", part.name, part.version, part.licence)
}

/// The same text about somebody else's work.
fn said_of(text: &str, authors: &str) -> String {
    let line = |line: &str| match line.starts_with(COPYRIGHT) {
        true => format!("{COPYRIGHT} (c) {authors}\n"),
        false => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

fn files_with_terms(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if path.is_file() && NAMES.iter().any(|begin| name.starts_with(begin)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<String> {
    let text = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// The same text stands once, however its lines end.
fn add(texts: &mut Texts, text: String, whose: &str) {
    let text = text.replace("\r\n", "\n");
    texts.entry(text.trim_matches('\n').to_owned()).or_default().insert(whose.to_owned());
}

fn written(parts: &BTreeSet<Part>, texts: &Texts) -> String {
    let mut all = format!("{HEAD}\n");
    for part in parts {
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(all, "{} {}: {}", part.name, part.version, part.licence);
    }
    for (text, whose) in texts {
        let whose: Vec<_> = whose.iter().map(String::as_str).collect();
        let _ = write!(all, "\n{RULE}\n{}\n{RULE}\n\n{text}\n", whose.join(", "));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Part, Texts, said_of, written};

    #[test]
    fn terms_without_a_text_are_those_of_their_author() {
        let ours = "MIT License\n\nCopyright (c) 2026 us\n\nPermission is hereby granted\n";
        let theirs = "MIT License\n\nCopyright (c) Project Nayuki\n\nPermission is hereby granted\n";
        assert_eq!(said_of(ours, "Project Nayuki"), theirs);
    }

    #[test]
    fn a_text_shared_by_two_stands_once_under_both_names() {
        let part = |name: &str| Part {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: "MIT".to_owned(),
            authors: String::new(),
            folder: "/".into(),
        };
        let whose = ["a 1.0.0".to_owned(), "b 1.0.0".to_owned()].into();
        let all =
            written(&[part("a"), part("b")].into(), &Texts::from([("Do as you like.".to_owned(), whose)]));
        assert_eq!(all.matches("Do as you like.").count(), 1);
        assert!(all.contains("a 1.0.0, b 1.0.0") && all.contains("a 1.0.0: MIT\nb 1.0.0: MIT\n"), "{all}");
    }
}
