//! What a release does to the page that Trunk made: a smaller module in two halves, and shorter texts.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::halves::{self, Halves, Profile};
use crate::one_file::Whole;
use crate::workspace::Workspace;
use crate::{glue, npm_tools, profile, stylesheet};

/// What ran until the first movement; `cargo xtask profile` writes it.
pub(crate) const PROFILE: &str = "www/first.txt";
/// In the name of each file that a browser fetches after the first load, and in no other.
pub(crate) const LATE_MARK: &str = "_late.";
const MODULE_END: &str = "_bg.wasm";

/// Makes the page in `staging` as light as it can be, and returns what was split. Without the tools of npm it stays
/// as it is: heavier, and no different.
pub(crate) fn lighten(workspace: &Workspace, staging: &Path) -> Result<Whole> {
    if !npm_tools::are_installed(workspace) {
        println!("wasm-opt and esbuild are not installed, so the page stays heavier: `npm ci` adds them");
        return Whole::read(staging);
    }
    let module = find_module(staging)?;
    let linked = read(&module)?;
    let bare = halves::without_custom_sections(&linked, &halves::NEEDED)?;
    fs::write(&module, bare).with_context(|| format!("could not write {}", module.display()))?;
    npm_tools::wasm_opt(workspace, &module)?;
    let whole = Whole::read(staging)?;
    if env::var_os(profile::INSTRUMENT).is_some() {
        profile::instrument(workspace, &module, &script_of(&module))?;
        return Ok(whole);
    }
    split(workspace, &module, &linked)?;
    split_styles(staging)?;
    npm_tools::minify_all(workspace, staging)?;
    Ok(whole)
}

/// Puts the first half in the module's place and the late one beside it.
fn split(workspace: &Workspace, module: &Path, linked: &[u8]) -> Result<()> {
    let text =
        fs::read_to_string(workspace.path(PROFILE)).with_context(|| format!("could not read {PROFILE}"))?;
    let profile = Profile::read(&text).with_context(|| format!("{PROFILE} is no profile"))?;
    let Halves { first, late, renamed } = halves::split(&read(module)?, linked, &profile)?;
    let late_path =
        module.with_file_name(file_name(module)?.replace(MODULE_END, &format!("{LATE_MARK}wasm")));
    let script = script_of(module);
    let text = fs::read_to_string(&script).with_context(|| format!("could not read {}", script.display()))?;
    let joined = glue::for_halves(workspace, &text, &renamed, file_name(&late_path)?)?;
    for (path, bytes) in [(module, first), (&late_path, late), (&script, joined.into_bytes())] {
        fs::write(path, bytes).with_context(|| format!("could not write {}", path.display()))?;
    }
    Ok(())
}

/// Puts the style of what comes late beside that of the rest, from where www/boot/late.js fetches it.
fn split_styles(staging: &Path) -> Result<()> {
    let path = find(staging, ".css")?;
    let css = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    let (first, late) =
        css.split_once(stylesheet::CUT).context("the style sheet says nowhere what is late")?;
    for (path, css) in [(&path, first), (&late_style(&path), late)] {
        fs::write(path, css).with_context(|| format!("could not write {}", path.display()))?;
    }
    Ok(())
}

/// Where the late part of a style sheet lies.
pub(crate) fn late_style(path: &Path) -> PathBuf {
    let name =
        path.file_name().unwrap_or_default().to_string_lossy().replace(".css", &format!("{LATE_MARK}css"));
    path.with_file_name(name)
}

/// wasm-bindgen names the script `x.js` and its module `x_bg.wasm`.
pub(crate) fn script_of(module: &Path) -> PathBuf {
    let name = module.file_name().unwrap_or_default().to_string_lossy().replace(MODULE_END, ".js");
    module.with_file_name(name)
}

/// The module that Trunk put there.
pub(crate) fn find_module(staging: &Path) -> Result<PathBuf> {
    find(staging, MODULE_END)
}

/// The one file in the page's own folder whose name ends so.
fn find(staging: &Path, ending: &str) -> Result<PathBuf> {
    for entry in fs::read_dir(staging).with_context(|| format!("could not list {}", staging.display()))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(ending) {
            return Ok(path);
        }
    }
    bail!("{} holds no file whose name ends in {ending}", staging.display())
}

fn file_name(path: &Path) -> Result<&str> {
    path.file_name().and_then(|name| name.to_str()).context("a file of the page has no readable name")
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("could not read {}", path.display()))
}
