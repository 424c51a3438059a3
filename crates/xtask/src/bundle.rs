//! Bundling the page with Trunk.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::setup::{self, Report};
use crate::workspace::Workspace;
use crate::{profile, shell};

/// Bundles the page into dist/. A release is what visitors get: `[profile.wasm]`, then wasm-opt if it is there.
pub(crate) fn build(workspace: &Workspace, release: bool) -> Result<()> {
    setup::ensure(workspace, &setup::BUNDLE, Report::MissingOnly)?;
    let mut trunk = trunk(workspace, "build")?;
    if release {
        as_release(workspace, &mut trunk);
    }
    shell::run(&mut trunk)
}

/// Bundles a release that notes what runs.
pub(crate) fn build_instrumented(workspace: &Workspace, folder: &Path) -> Result<()> {
    let mut trunk = trunk(workspace, "build")?;
    as_release(workspace, &mut trunk);
    shell::run(trunk.arg("--dist").arg(folder).env(profile::INSTRUMENT, "1"))
}

/// The split asks the compiler for names that tell generic functions apart, and the linker for what refers to
/// which data. Panics need not say on whose machine the page was built.
fn as_release(workspace: &Workspace, trunk: &mut Command) {
    let mut flags = "-Csymbol-mangling-version=v0 -Clink-arg=--emit-relocs".to_owned();
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    for folder in [home.map(|home| home.join("registry/src")), Some(workspace.root().to_owned())] {
        // The variable separates flags by spaces, and those for the host's programs would reach the hooks too.
        if let Some(folder) = folder.as_deref().and_then(Path::to_str).filter(|folder| !folder.contains(' '))
        {
            flags += &format!(" --remap-path-prefix={folder}/=");
        }
    }
    trunk.arg("--release").env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
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
