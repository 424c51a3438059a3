//! Cargo-installed tools, kept in target/tools at exactly the versions that were tried.

use std::fs;

use anyhow::{Context, Result};

use crate::shell;
use crate::workspace::Workspace;

/// A program that `cargo install` builds.
pub(crate) struct CargoTool {
    package: &'static str,
    binary: &'static str,
    version: String,
    /// What `cargo install` is told beside the version.
    options: &'static [&'static str],
}

/// With the tool's own lock file.
const LOCKED: [&str; 1] = ["--locked"];

/// Newer ones need a newer Rust than this workspace pins.
pub(crate) fn trunk() -> CargoTool {
    CargoTool { package: "trunk", binary: "trunk", version: "0.21.14".to_owned(), options: &LOCKED }
}

pub(crate) fn wasm_pack() -> CargoTool {
    CargoTool { package: "wasm-pack", binary: "wasm-pack", version: "0.15.1".to_owned(), options: &LOCKED }
}

/// Without its server and its search, and without an optimiser: it builds one small book.
pub(crate) fn mdbook() -> CargoTool {
    let options = &["--locked", "--debug", "--no-default-features"];
    CargoTool { package: "mdbook", binary: "mdbook", version: "0.5.4".to_owned(), options }
}

/// The tool and the library must be of one version, so Cargo.lock decides. Not `--locked`: the tool's lock file
/// names a dependency that the registry no longer has.
pub(crate) fn wasm_bindgen(workspace: &Workspace) -> Result<CargoTool> {
    let lock = fs::read_to_string(workspace.path("Cargo.lock"))
        .context("could not read Cargo.lock, which says which wasm-bindgen is needed")?;
    let version = locked_version(&lock, "wasm-bindgen")
        .context("Cargo.lock names no wasm-bindgen, yet the page needs it")?;
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        binary: "wasm-bindgen",
        version: version.to_owned(),
        options: &[],
    })
}

impl CargoTool {
    /// One of the right version elsewhere on PATH is as good as our own.
    pub(crate) fn is_installed(&self, workspace: &Workspace) -> Result<bool> {
        let mut question = shell::command(workspace, self.binary)?;
        let answer = shell::probe(question.arg("--version"));
        // Some write `trunk 0.21.14`, others `mdbook v0.5.4`.
        let version = answer.as_deref().and_then(|line| line.split_whitespace().nth(1));
        Ok(version.is_some_and(|version| version.trim_start_matches('v') == self.version))
    }

    pub(crate) fn install(&self, workspace: &Workspace) -> Result<()> {
        let mut install = shell::command(workspace, "cargo")?;
        install.arg("install").arg("--root").arg(workspace.tools());
        install.args(self.options).arg(format!("{}@{}", self.package, self.version));
        shell::run(&mut install)
    }
}

/// The version of `package` in the text of a Cargo.lock. cargo writes the two lines one after the other.
fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    version.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen-futures"
version = "0.4.80"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry"
"#;

    #[test]
    fn version_is_read_for_the_exact_package_name() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-futures"), Some("0.4.80"));
    }

    #[test]
    fn absent_package_has_no_version() {
        assert_eq!(locked_version(LOCK, "wasm"), None);
        assert_eq!(locked_version("", "wasm-bindgen"), None);
    }
}
