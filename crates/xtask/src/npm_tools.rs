//! wasm-opt and esbuild, where npm has installed them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::shell;
use crate::workspace::Workspace;

const WASM_OPT: &str = "node_modules/.bin/wasm-opt";
const ESBUILD: &str = "node_modules/.bin/esbuild";
/// How a script that is a module is read and written.
const MODULE: [&str; 2] = ["--bundle", "--format=esm"];

pub(crate) fn are_installed(workspace: &Workspace) -> bool {
    [WASM_OPT, ESBUILD].iter().all(|tool| workspace.path(tool).is_file())
}

/// Replaces a module by a smaller one that does the same. Names stay, because the split needs them.
/// No `--all-features`: with it Chromium refuses the module ("Invalid import kind 126").
pub(crate) fn wasm_opt(workspace: &Workspace, module: &Path) -> Result<()> {
    let smaller = module.with_extension("wasm.smaller");
    let mut command = shell::command(workspace, WASM_OPT)?;
    shell::run(command.args(["-Oz", "-g"]).arg(module).arg("-o").arg(&smaller))?;
    fs::rename(&smaller, module).with_context(|| format!("could not replace {}", module.display()))
}

/// Shortens the scripts, style sheets and pages in a folder. The script of wasm-bindgen is a module, of which
/// what nobody imports goes; the start script must run in browsers that are too old for the rest.
pub(crate) fn minify_all(workspace: &Workspace, folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let options: &[&str] = match path.extension().and_then(|extension| extension.to_str()) {
            Some("js") if name.starts_with("boot-") => &["--target=es2015"],
            Some("js") => &MODULE,
            Some("css") => &[],
            _ => continue,
        };
        minify(workspace, &path, options)?;
    }
    Ok(())
}

/// Shortens a script that is a module.
pub(crate) fn minify_module(workspace: &Workspace, path: &Path) -> Result<()> {
    minify(workspace, path, &MODULE)
}

fn minify(workspace: &Workspace, path: &Path, options: &[&str]) -> Result<()> {
    let mut command = shell::command(workspace, ESBUILD)?;
    command.args(["--minify", "--allow-overwrite", "--log-level=warning"]).args(options).arg(path);
    shell::run(command.arg(format!("--outfile={}", path.display())))
}
