//! wasm-opt over the release, where npm has installed it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::shell;
use crate::workspace::Workspace;

const WASM_OPT: &str = "node_modules/.bin/wasm-opt";

/// Replaces each module in `folder` by a smaller one that does the same.
pub(crate) fn shrink_all(workspace: &Workspace, folder: &Path) -> Result<()> {
    if !workspace.path(WASM_OPT).is_file() {
        println!("wasm-opt is not installed, so the module stays a little larger: `npm ci` adds it");
        return Ok(());
    }
    let entries = fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            shrink(workspace, &path)?;
        }
    }
    Ok(())
}

/// No `--all-features`: with it Chromium refuses the module ("Invalid import kind 126").
fn shrink(workspace: &Workspace, module: &Path) -> Result<()> {
    let smaller = module.with_extension("wasm.smaller");
    let mut command = shell::command(workspace, WASM_OPT)?;
    shell::run(command.arg("-Oz").arg(module).arg("-o").arg(&smaller))?;
    fs::rename(&smaller, module).with_context(|| format!("could not replace {}", module.display()))
}
