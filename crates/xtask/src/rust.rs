//! Parts of the Rust tool chain that rust-toolchain.toml asks for and a machine may still lack.

use std::path::Path;

use anyhow::{Result, bail};

use crate::shell;
use crate::workspace::Workspace;

pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Asks rustc where the target's library would be, which also works for a Rust that rustup did not install.
pub(crate) fn has_wasm_target(workspace: &Workspace) -> Result<bool> {
    let mut question = shell::command(workspace, "rustc")?;
    question.args(["--print", "target-libdir", "--target", WASM_TARGET]);
    Ok(shell::probe(&mut question).is_some_and(|folder| Path::new(&folder).is_dir()))
}

/// Whether `cargo <subcommand>` exists.
pub(crate) fn has_component(workspace: &Workspace, subcommand: &str) -> Result<bool> {
    let mut question = shell::command(workspace, "cargo")?;
    question.args([subcommand, "--version"]);
    Ok(shell::probe(&mut question).is_some())
}

/// `kind` is "component" or "target", in rustup's words.
pub(crate) fn add(workspace: &Workspace, kind: &str, name: &str) -> Result<()> {
    if shell::find(workspace, "rustup").is_none() {
        bail!(
            "this Rust was not installed by rustup, so xtask cannot add the {kind} {name}: \
             install it with your system's package manager, or use https://rustup.rs"
        );
    }
    shell::run(shell::command(workspace, "rustup")?.args([kind, "add", name]))
}
