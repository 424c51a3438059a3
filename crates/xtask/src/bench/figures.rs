//! `cargo xtask figures`: how soon the page is there, on a desk and on a phone with a slow line.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{NEEDS, Rows, in_browser, tell};
use crate::setup::{self, Report};
use crate::workspace::Workspace;
use crate::{bundle, first_load, one_file, size};

const RESULT: &str = "target/figures.json";
/// The page as a good host has it: each file once more as it is sent.
const PAGE: &str = "target/figures/page";

/// Measures a release, prints the table and writes the file. `built` takes the page that is in dist/ already.
pub(crate) fn run(workspace: &Workspace, built: bool) -> Result<()> {
    setup::ensure(workspace, &NEEDS, Report::MissingOnly)?;
    if !built {
        bundle::build(workspace, true)?;
    }
    let rows = Rows::begin(workspace)?;
    in_browser(workspace, &rows, &compressed(workspace)?, &["figures::"], "page")?;
    tell(workspace, "cargo xtask figures", RESULT, &rows)
}

fn compressed(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.path(PAGE);
    // What another build has left is not on this page.
    let _emptied = fs::remove_dir_all(&folder);
    for (name, bytes) in first_load::read_page(&workspace.dist())? {
        write(&folder.join(&name), &bytes)?;
        // Nobody is sent the whole page once more.
        if name != one_file::NAME {
            write(&folder.join(format!("{name}.br")), &size::brotli(&bytes)?)?;
        }
    }
    Ok(folder)
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let written = fs::create_dir_all(path.parent().unwrap_or(path)).and_then(|()| fs::write(path, bytes));
    written.with_context(|| format!("could not write {}", path.display()))
}
