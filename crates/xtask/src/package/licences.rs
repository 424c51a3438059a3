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
/// The terms for parts that state them and carry no text: this repository has it.
const APACHE: (&str, &str) = ("Apache-2.0", "LICENSE-APACHE");
const OURS: [&str; 2] = ["LICENSE-MIT", APACHE.1];
const RULE: &str =
    "------------------------------------------------------------------------------------------";

/// Each text of terms, and for whom it stands.
type Texts = BTreeMap<String, BTreeSet<String>>;

pub(super) fn text(workspace: &Workspace, metadata: &Value) -> Result<String> {
    let mut parts = product::crates(metadata)?;
    parts.extend(product::npm_parts(workspace, &npm::lock(workspace)?));
    let mut texts = Texts::new();
    for name in OURS {
        add(&mut texts, &workspace.path(name), "Netsplit")?;
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
        add(texts, path, &whose)?;
    }
    match found.is_empty() {
        false => Ok(()),
        true if part.licence.contains(APACHE.0) => add(texts, &workspace.path(APACHE.1), &whose),
        true => bail!("{whose} is under {} and carries no text of it", part.licence),
    }
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

/// The same text stands once, however its lines end.
fn add(texts: &mut Texts, path: &Path, whose: &str) -> Result<()> {
    let text = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    let text = String::from_utf8_lossy(&text).replace("\r\n", "\n");
    texts.entry(text.trim_matches('\n').to_owned()).or_default().insert(whose.to_owned());
    Ok(())
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
    use super::{Part, Texts, written};

    #[test]
    fn a_text_shared_by_two_stands_once_under_both_names() {
        let part = |name: &str| Part {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: "MIT".to_owned(),
            folder: "/".into(),
        };
        let whose = ["a 1.0.0".to_owned(), "b 1.0.0".to_owned()].into();
        let all =
            written(&[part("a"), part("b")].into(), &Texts::from([("Do as you like.".to_owned(), whose)]));
        assert_eq!(all.matches("Do as you like.").count(), 1);
        assert!(all.contains("a 1.0.0, b 1.0.0") && all.contains("a 1.0.0: MIT\nb 1.0.0: MIT\n"), "{all}");
    }
}
