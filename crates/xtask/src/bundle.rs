//! Bundling the page with Trunk.

use std::process::Command;

use anyhow::Result;

use crate::setup::{self, Report};
use crate::shell;
use crate::workspace::Workspace;

/// Bundles the page into dist/. A release is what visitors get: `[profile.wasm]`, then wasm-opt if it is there.
pub(crate) fn build(workspace: &Workspace, release: bool) -> Result<()> {
    setup::ensure(workspace, &setup::BUNDLE, Report::MissingOnly)?;
    let mut trunk = trunk(workspace, "build")?;
    if release {
        trunk.arg("--release");
    }
    shell::run(&mut trunk)
}

/// Rebuilds and reloads on every change of a source file, until interrupted.
pub(crate) fn watch(workspace: &Workspace, port: u16) -> Result<()> {
    setup::ensure(workspace, &setup::BUNDLE, Report::MissingOnly)?;
    let mut trunk = trunk(workspace, "serve")?;
    trunk.args(["--address", "127.0.0.1", "--port", &port.to_string()]);
    shell::run(&mut trunk)
}

/// Trunk as it is always called here. Offline it downloads no tools of its own choice; but it then keeps cargo
/// offline as well, so the crates are fetched before.
fn trunk(workspace: &Workspace, subcommand: &str) -> Result<Command> {
    shell::run(shell::command(workspace, "cargo")?.args(["fetch", "--quiet"]))?;
    let mut trunk = shell::command(workspace, "trunk")?;
    trunk.args([subcommand, "--offline", "--skip-version-check"]);
    // Trunk reads this widely set variable as a boolean flag and refuses the usual value "1".
    trunk.env_remove("NO_COLOR");
    Ok(trunk)
}
