//! What keeps the page for when there is no network: the worker with the list of files, each with its hash.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use data_encoding::{BASE64, HEXLOWER};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::first_load::{self, Page};
use crate::one_file;
use crate::workspace::Workspace;

/// What the worker is called. Its folder is what it answers for, so it stands beside index.html.
const WORKER: &str = "offline.js";
const KEEPER: &str = "www/offline/offline.js";
/// In the worker's place where the next build is only a moment away.
const GONE: &str = "www/offline/gone.js";
/// Stand in the text of the worker.
const FILES: &str = "FILES_OF_THE_PAGE";
const VERSION: &str = "VERSION_OF_THE_PAGE";
const INDEX: &str = "index.html";

/// Writes the worker for the page in `staging`, which must be finished.
pub(crate) fn write(workspace: &Workspace, staging: &Path, in_development: bool) -> Result<()> {
    let source = if in_development { GONE } else { KEEPER };
    let text =
        fs::read_to_string(workspace.path(source)).with_context(|| format!("could not read {source}"))?;
    let worker = if in_development { text } else { filled(&text, &first_load::read_page(staging)?)? };
    let path = staging.join(WORKER);
    fs::write(&path, worker).with_context(|| format!("could not write {}", path.display()))
}

/// The worker's text with the list of files, and a version that is another if any file is.
fn filled(text: &str, page: &Page) -> Result<String> {
    for place in [FILES, VERSION] {
        ensure!(text.matches(place).count() == 1, "{KEEPER} does not say {place} once");
    }
    let files = serde_json::to_string(&list(page)).context("could not write the list of files")?;
    let version = HEXLOWER.encode(&Sha256::digest(&files)[..8]);
    Ok(text.replace(VERSION, &version).replace(FILES, &files))
}

/// The hash of each file, as browsers check it. The page stands under the address of its folder, because some
/// hosts redirect there. Twice the same page need not be kept.
fn list(page: &Page) -> Map<String, Value> {
    let kept = page.iter().filter(|(name, _)| ![WORKER, one_file::NAME].contains(&name.as_str()));
    let hashed = kept.map(|(name, bytes)| {
        let path = if name == INDEX { "./" } else { name };
        (path.to_owned(), Value::from(format!("sha256-{}", BASE64.encode(&Sha256::digest(bytes)))))
    });
    hashed.collect()
}

#[cfg(test)]
mod tests {
    use super::{Page, filled};

    const TEXT: &str = "const FILES = FILES_OF_THE_PAGE; open('VERSION_OF_THE_PAGE');";

    fn page(files: &[(&str, &str)]) -> Page {
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn every_file_is_listed_with_its_hash_but_the_worker_and_the_page_in_one_file() {
        let files =
            [("index.html", "abc"), ("lang/de.json", ""), ("netsplit.html", "x"), ("offline.js", "y")];
        let text = filled(TEXT, &page(&files)).unwrap();
        // FIPS 180-2's example for `abc`, in the other notation.
        assert!(text.contains(r#""./":"sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=""#), "{text}");
        assert!(text.contains("lang/de.json"), "{text}");
        assert!(!text.contains("netsplit.html") && !text.contains("offline.js"), "{text}");
    }

    #[test]
    fn another_file_is_another_version_and_the_same_files_are_the_same() {
        let version = |text: &str| {
            let worker = filled(TEXT, &page(&[("index.html", text)])).unwrap();
            worker.split("open(").nth(1).unwrap().to_owned()
        };
        assert_eq!(version("a"), version("a"));
        assert_ne!(version("a"), version("b"));
    }

    #[test]
    fn a_worker_without_a_place_for_the_list_is_refused() {
        assert!(filled("const FILES = {};", &page(&[])).is_err());
    }
}
