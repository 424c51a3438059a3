//! The sentences of other languages: from the translators' files in lang/ to one table a language in the page,
//! which a browser fetches when somebody asks for that language.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use netsplit_words::Language;
use netsplit_words::source::Dictionary;
use sha2::{Digest, Sha256};

use crate::release::LATE_MARK;
use crate::workspace::Workspace;

/// Languages besides English.
const LANGUAGES: [Language; 1] = [Language::GERMAN];

/// The table of each language with its code. A malformed file is refused, and with it the build.
pub(crate) fn texts(workspace: &Workspace) -> Result<Vec<(&'static str, String)>> {
    LANGUAGES.iter().map(|language| Ok((language.code, text(workspace, *language)?))).collect()
}

fn text(workspace: &Workspace, language: Language) -> Result<String> {
    let mut dictionary = Dictionary::default();
    for path in translators_files(&workspace.path("lang").join(language.code))? {
        let text = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
        dictionary.add(&path.display().to_string(), &text)?;
    }
    Ok(dictionary.table(language)?)
}

fn translators_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Puts the tables beside the page, as `lang/de-<hash>_late.txt`, and returns the page with their names in it:
/// `<meta name="words-de" content="lang/de-….txt">`.
pub(crate) fn write(workspace: &Workspace, staging: &Path, html: &str) -> Result<String> {
    let folder = staging.join("lang");
    fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
    let mut names = String::new();
    for (code, text) in texts(workspace)? {
        let hash = &HEXLOWER.encode(&Sha256::digest(&text))[..16];
        let name = format!("lang/{code}-{hash}{LATE_MARK}txt");
        fs::write(staging.join(&name), text).with_context(|| format!("could not write {name}"))?;
        names.push_str(&format!("<meta name=\"words-{code}\" content=\"{name}\">\n"));
    }
    let end = html.find("</head>").context("index.html has no </head>")?;
    Ok(format!("{}{names}{}", &html[..end], &html[end..]))
}
