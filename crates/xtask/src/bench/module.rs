//! The kernel as a module in a page that holds nothing else: once at level 3, once as the page ships it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Rows;
use crate::rust::WASM_TARGET;
use crate::workspace::Workspace;
use crate::{npm_tools, shell};

/// A profile of Cargo, where its rows are from, and whether the module is made smaller afterwards.
const BUILDS: [(&str, &str, bool); 2] =
    [("release", "wasm, level 3", false), ("wasm", "wasm, as shipped", true)];

const PAGE: &str = "<!doctype html>
<meta charset=\"utf-8\">
<link rel=\"icon\" href=\"data:,\">
<title>Measuring the kernel</title>
<script type=\"module\">
  import init, { measure } from './bench-page.js';
  await init();
  window.measure = measure;
</script>
";

pub(super) fn measure(workspace: &Workspace, rows: &Rows) -> Result<()> {
    for (profile, place, shipped) in BUILDS {
        let folder = build(workspace, profile)?;
        if shipped {
            npm_tools::wasm_opt(workspace, &folder.join("bench-page_bg.wasm"))?;
        }
        super::in_browser(workspace, rows, &folder, &["bench::kernel"], place)?;
    }
    Ok(())
}

/// The folder with the page and its module.
fn build(workspace: &Workspace, profile: &str) -> Result<PathBuf> {
    let words = "build --package netsplit-tests --features bench --bin bench-page";
    let mut cargo = shell::command(workspace, "cargo")?;
    cargo.args(words.split(' ')).args(["--target", WASM_TARGET, "--profile", profile]);
    shell::run(&mut cargo)?;
    let folder = workspace.path(&format!("target/bench/{profile}"));
    let module = target_folder(workspace).join(WASM_TARGET).join(profile).join("bench-page.wasm");
    bind(workspace, &module, &folder)?;
    fs::write(folder.join("index.html"), PAGE).context("could not write the page")?;
    Ok(folder)
}

fn bind(workspace: &Workspace, module: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = shell::command(workspace, "wasm-bindgen")?;
    bindgen.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(folder).arg(module);
    shell::run(&mut bindgen)
}

/// Where Cargo builds, which a person may have moved.
fn target_folder(workspace: &Workspace) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.path("target"), PathBuf::from)
}
